// The books of a month, kept from the cleared quantities and prices alone: who paid whom, and where every tonne went.
#pragma once

#include <vector>

#include "lodestone/simulation/sink.hpp"

namespace lodestone::simulation {

/// Money of the month. Calibration wedges, support and the cost of switching partners are not money.
Accounts keep_accounts(const world::World& world, const world::MonthMarket& market, const world::State& state,
                       const world::Rules& rules, const world::Equilibrium& equilibrium);

/// What entered and left every node. Goods may be left over only where their price is 0.
class MassBook {
 public:
  explicit MassBook(const world::World& world) : in_(world.nodes()), out_(world.nodes()) {}
  /// `after` are the stocks after the month's movements.
  MassBalance balance(const world::World& world, const world::MonthMarket& market, const world::State& state,
                      const world::Equilibrium& equilibrium, const std::vector<double>& after);

 private:
  std::vector<double> in_, out_;  // t this month, per node
};

}  // namespace lodestone::simulation
