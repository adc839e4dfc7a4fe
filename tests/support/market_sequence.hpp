// Months of one synthetic world, one after the other: what months of a run look like to a solver. For benchmarks and
// tests.
#pragma once

#include <cstdint>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market::test {

/// Chains of products in many regions: concentrated mining and refining, two vintages of plants, a by-product of the
/// second stage that the last one consumes (from five products on), 5 % of the arcs with a quota, 15 % with a specific
/// tariff.
struct SequenceShape {
  std::uint64_t seed = 1;
  int regions = 20;
  int products = 5;
  int months = 120;
  double arcs = 0.55;  // share of the pairs of regions that trade a product
  double tariffs = 0;  // share of the arcs with an ad-valorem tariff of 5 to 145 %
  bool ties = false;   // whole-number arc costs over hubs, no drift of freight: many routes at one cost
};

struct MarketSequence {
  Topology topology;
  std::vector<Numbers> months;
};

/// Demand and capacity drift by 0.25 % a month with noise of 1 % and 0.2 %, costs of regions and freight follow AR(1)
/// processes (freight moves every arc), stocks are random, and with 6 % a month a shock of 4 to 12 months begins: an
/// export ban, quotas at 0.4, or a region's capacity at 0.1 to 0.5.
MarketSequence market_sequence(const SequenceShape& shape);

}  // namespace lodestone::market::test
