// The translation of a month into a clearing problem, and back. The topology is built once with every column that
// could ever open; a month only fills in numbers. Source: docs/model.md section 2.
#pragma once

#include <string>
#include <vector>

#include "lodestone/market/problem.hpp"
#include "lodestone/world/equilibrium.hpp"
#include "lodestone/world/state.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::world {

/// A limit over several arcs together (a quota).
struct GroupLimit {
  std::string name;
  std::vector<ArcId> arcs;
  double typical_price = 1;  // USD/t, scale of its rent
};

/// A place where a government may put goods on the market.
struct ReleasePoint {
  std::string name;
  ProductId product;
  RegionId region;
};

class MonthMarket {
 public:
  static constexpr int kDemandSteps = 12;
  MonthMarket(const World& world, std::vector<GroupLimit> limits, std::vector<ReleasePoint> releases);

  [[nodiscard]] const market::Topology& topology() const { return topology_; }
  [[nodiscard]] const market::Numbers& numbers() const { return numbers_; }
  [[nodiscard]] const std::vector<GroupLimit>& limits() const { return limits_; }
  [[nodiscard]] const std::vector<ReleasePoint>& releases() const { return releases_; }
  [[nodiscard]] const std::vector<std::string>& row_names() const { return row_names_; }
  [[nodiscard]] const std::vector<std::string>& column_names() const { return column_names_; }

  /// Fills the numbers of this month. Allocates nothing.
  void fill(const State& state, const Rules& rules);
  /// Reads a solution of the month last filled back into the domain's words. Allocates nothing after the first call.
  void read(const market::Solution& solution, Equilibrium& out) const;
  /// The base-year equilibrium as a starting point for the first month.
  [[nodiscard]] market::Solution base_solution() const;
  /// Marginal cost of a unit landed on an arc as in the month last filled, split into its parts (USD/t).
  struct LandedCost {
    double origin_price, export_vat, export_tax, freight, import_tariff, wedge, switching, limit_rent, group_rent;
    double destination_value;  // what the importer expects to get (lag > 0) or the price there now
  };
  [[nodiscard]] LandedCost landed_cost(ArcId arc, const Equilibrium& equilibrium, const State& state,
                                       const Rules& rules) const;

 private:
  struct Builder;
  const World* world_;
  std::vector<GroupLimit> limits_;
  std::vector<ReleasePoint> releases_;
  market::Topology topology_;
  market::Numbers numbers_;
  std::vector<std::string> row_names_, column_names_;
  // First column of each entity; columns of one entity are contiguous.
  std::vector<market::Index> facility_col_, arc_col_, stock_col_, segment_col_, release_col_;
  std::vector<std::vector<std::size_t>> arc_limits_;  // per arc: group limits it counts towards

  void fill_facilities(const State& state);
  void fill_arcs(const State& state, const Rules& rules);
  void fill_stocks(const State& state);
  void fill_segments(const State& state);
  void fill_rows(const State& state, const Rules& rules);
};

/// Demand at `price` for a segment with demand level `level`: level Q0 (p/P0)^e between 0.2 P0 and the choke price,
/// constant below, 0 above (t per month).
double demand_at(const Segment& segment, double level, double price);
/// The prices at which the 12 linear pieces of a segment's demand meet, ascending (13 values, USD/t).
std::vector<double> demand_grid(const Segment& segment);

}  // namespace lodestone::world
