// Random markets with everything that can be awkward about one, from a seed. The same bits on every machine.
#pragma once

#include <cstdint>

#include "lodestone/market/problem.hpp"

namespace lodestone::market::test {

/// What kind of market to make. Small numbers of regions and products make failures readable.
struct MarketShape {
  std::uint64_t seed = 0;
  int regions = 3;
  int products = 2;
  bool straight = false;  // no curvature anywhere: a linear program
  bool wedges = false;    // tariffs 0..145 %, royalties, VAT
  bool ties = false;      // costs and capacities in whole numbers: families of routes at the same cost
  bool spread = false;    // coefficients, prices and market sizes over nine orders of magnitude
  bool harsh = false;     // bans, quotas of zero, regions cut off, no demand, no supply
  double highest_tariff = 1.45;
};

struct RandomMarket {
  Topology topology;
  Numbers numbers;
};

/// Mines, plants with joint products, arcs, stocks, arrivals, demand in steps and limits over several columns. x = 0
/// is always feasible and no cycle earns money, so there is always an equilibrium.
RandomMarket random_market(const MarketShape& shape);

/// The shape number `k` of a series that goes through all combinations, with sizes up to 6 regions and 4 products.
MarketShape nth_shape(std::uint64_t k);

/// The same market a month later: costs and capacities drift, and now and then a column is shut or opened again
/// (`base` holds what it goes back to), a quota or a tariff changes.
Numbers next_month(const Topology& topology, const Numbers& base, const Numbers& last, std::uint64_t seed);

/// A jump that has nothing to do with last month: costs times exp(0.4 N), 15 % of the columns banned, 30 % of the
/// quotas 0, one region cut off from all others. `regions` is that of the market's shape.
Numbers stressed_month(const Topology& topology, const Numbers& base, int regions, std::uint64_t seed);

/// The same market with rows and columns in another order. `row_at[i]` and `column_at[j]` say where row i and column j
/// of the original went; nodes stay before limits.
struct Shuffled {
  RandomMarket market;
  std::vector<Index> row_at, column_at;
};
Shuffled shuffle(const RandomMarket& market, std::uint64_t seed);

}  // namespace lodestone::market::test
