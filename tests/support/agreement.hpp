// Do two solutions of one market say the same, wherever the market has one answer only?
#pragma once

#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market::test {

/// Rows whose price is settled by the columns strictly between their bounds (for those the margin is 0 in every
/// equilibrium) and by the rows with a surplus (price 0). Everywhere else an interval of prices may clear.
std::vector<bool> settled_prices(const Topology& topology, const Numbers& numbers, const Solution& solution);

struct Difference {
  double objective = 0;  // over the money turned over
  double activity = 0;  // largest over columns with curvature: in units of quantity, times the scaled curvature below 1
  double price = 0;     // largest over settled rows, relative to the larger of typical and found price

  [[nodiscard]] double worst() const;
};

Difference difference(const Topology& topology, const Numbers& numbers, const Solution& a, const Solution& b);

/// The solution of the original market from one of its shuffled copy.
Solution unshuffle(const Solution& shuffled, const std::vector<Index>& row_at, const std::vector<Index>& column_at);

}  // namespace lodestone::market::test
