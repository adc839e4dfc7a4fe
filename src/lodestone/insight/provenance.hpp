// How much rests on figures that nobody has published.
#pragma once

#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// Share of a product's final demand (by base-year value) whose elasticities and choke price are assumed; of all final
/// demand when the product has none of its own.
double assumed_demand(const world::World& world, world::ProductId product);

/// Shares, by base-year value, that rest on assumed figures.
struct AssumedShares {
  double supply = 0;   // output of facilities
  double demand = 0;   // final demand
  double prices = 0;   // final demand, by the price it pays
  double trade = 0;    // flows between regions
  int parameters = 0;  // behavioural parameters assumed
  int parameters_all = 0;
  /// Mean of the four shares: the one number in a headline.
  [[nodiscard]] double overall() const { return (supply + demand + prices + trade) / 4; }
};
AssumedShares assumed_shares(const world::World& world);
std::string say(const AssumedShares& shares);

}  // namespace lodestone::insight
