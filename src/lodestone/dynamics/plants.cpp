// What can run this month and at what cost: the plants of the base year as they stood. docs/model.md section 3.8.
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Plants final : public Mechanism {
 public:
  [[nodiscard]] const char* name() const override { return "plants"; }

  void start(const world::World& world, world::State& state) const override {
    state.capacity.clear();
    state.cash_cost.clear();
    for (const auto& facility : world.facilities) {
      state.capacity.push_back(facility.capacity);
      state.cash_cost.push_back(facility.cash_cost);
    }
  }

  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium&, world::State&) const override {}
};

}  // namespace

std::unique_ptr<Mechanism> plants() {
  return std::make_unique<Plants>();
}

}  // namespace lodestone::dynamics
