// What can run this month and at what cost: what stands, less what is mothballed, as far as its ramp-up has come.
// docs/model.md section 3.8.
//
//   K = r (installed - idle),   c = c0
//
// The mechanisms behind it in the list move the parts and add what they do to the cost.
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Plants final : public Mechanism {
 public:
  [[nodiscard]] const char* name() const override { return "plants"; }

  void start(const world::World& world, world::State& state) const override {
    state.plants.assign(world.facilities.size(), {});
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      auto& plant = state.plants[f];
      plant.installed = facility.capacity;
      switch (facility.status) {
        case world::FacilityStatus::operating:
          break;
        case world::FacilityStatus::suspended:
          plant.stage = world::PlantStage::suspended;
          plant.idle = plant.installed;
          break;
        case world::FacilityStatus::building:
        case world::FacilityStatus::planned:
          plant.stage = world::PlantStage::prospect;
          break;
      }
    }
    state.plant_rules.assign(world.facilities.size(), {});
    state.capacity.assign(world.facilities.size(), 0.0);
    state.cash_cost.assign(world.facilities.size(), 0.0);
    expect(world, state);
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& plant = state.plants[f];
      state.capacity[f] = plant.ramp * (plant.installed - plant.idle);
      state.cash_cost[f] = world.facilities[f].cash_cost;
    }
  }

  // Each part has its own mechanism.
  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium&, world::State&) const override {}
};

}  // namespace

std::unique_ptr<Mechanism> plants() {
  return std::make_unique<Plants>();
}

}  // namespace lodestone::dynamics
