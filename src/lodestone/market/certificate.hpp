// The proof for every price: computed by code that shares nothing with the solvers.
#pragma once

#include <string>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

/// Largest violations of the conditions in problem.hpp, each relative to the price and quantity scales of its row or
/// column (dimensionless). Column residual: |x - clip(x - z, 0, u)| with x in units of money_scale/activity_value and
/// z in units of activity_value. Row residual: |min(lambda, Mx - b)| likewise.
struct Certificate {
  double stationarity = 0;     // columns: natural-map residual, prices including wedges
  double feasibility = 0;      // rows: shortfall max(0, b - Mx)
  double complementarity = 0;  // rows: natural-map residual |min(lambda, Mx - b)|
  double bounds = 0;           // columns outside [0, u], prices below 0
  double ad_valorem = 0;       // stationarity over the columns that carry a wedge
  double gap = 0;              // |complementarity products summed| / money turned over
  Index worst_column = -1;     // column of the stationarity residual, -1 when there is none
  Index worst_row = -1;        // row of the larger of feasibility and complementarity

  [[nodiscard]] double worst() const;
  [[nodiscard]] bool holds(double tolerance) const;  // false for NaN
};

inline constexpr double kTolerance = 1e-8;

Certificate certify(const Topology& topology, const Numbers& numbers, const Solution& solution);
/// The same with a place to work in that is kept from month to month (rows; resized as needed).
Certificate certify(const Topology& topology, const Numbers& numbers, const Solution& solution,
                    std::vector<double>& surplus);

/// A sentence that names the worst row or column with the caller's labels; for the error that stops a future.
std::string explain(const Certificate& certificate, double tolerance, const std::vector<std::string>& row_names,
                    const std::vector<std::string>& column_names);

/// A node without turnover has no price but an interval.
struct Quote {
  bool traded = false;
  double bid = 0;  // the highest price at which some column would take a unit; 0 when nobody would
  double ask = 0;  // the lowest price at which some column would bring a unit; kUnlimited when nobody could
};

/// Quotes of every node (size topology.nodes). For traded nodes bid = ask = price. Independent of which of several
/// equivalent duals the solver returned at untraded nodes: there bids and asks are built from traded prices alone,
/// through untraded neighbours where needed. `turnover_tolerance` is relative to the row's quantity scale.
void quote_nodes(const Topology& topology, const Numbers& numbers, const Solution& solution, double turnover_tolerance,
                 std::vector<Quote>& quotes);

}  // namespace lodestone::market
