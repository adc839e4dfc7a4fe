// The stock of a government that a lever sells from or buys for.
#pragma once

#include <string>
#include <vector>

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

class GovernmentStock {
 public:
  /// The stock of the head's one product in its one region. Throws WrongOptions when the dataset knows of none.
  GovernmentStock(const LeverHead& head, const world::World& world);

  [[nodiscard]] const world::Stock& stock(const world::World& world) const { return world.stocks[index_]; }
  /// Registers a place to sell from it.
  std::size_t register_release(const world::World& world, const std::string& name, MarketNeeds& needs);
  /// Registers a place to buy for it.
  std::size_t register_purchase(const world::World& world, const std::string& name, MarketNeeds& needs) const;
  /// What is in store and not yet offered by levers before this one (t).
  [[nodiscard]] double in_store(const world::State& state, const world::Rules& rules) const;

 private:
  std::size_t index_;                 // of World::stocks
  std::vector<std::size_t> earlier_;  // releases of earlier levers from the same stock
};

}  // namespace lodestone::policy
