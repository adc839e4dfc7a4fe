// A new plant reaches its capacity by running, and costs more until it has. docs/model.md section 3.11.
//
//   r <- min(1, r + (1 - r0) / R * (activity / capacity) * skill * know-how),   c <- c (1 + a (1 - r))
//
// R months of ramp-up of its stage and place, r0 where it begins, know-how what bans on technology leave it (1
// without). What stands idle learns nothing.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kDone = 1 - 1e-9;  // sums of months round
constexpr double kShort = 0.95;     // of the workers that are needed: below it skill is what holds a plant back

class RampUp final : public Mechanism {
 public:
  explicit RampUp(const world::World& world)
      : start_(world.parameter("ramp-start")), premium_(world.parameter("ramp-cost-premium")) {}
  [[nodiscard]] const char* name() const override { return "ramp-up"; }

  void start(const world::World& world, world::State& state) const override {
    state.skill.assign(world.facilities.size(), 1.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      state.cash_cost[f] *= 1 + premium_ * (1 - state.plants[f].ramp);
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      auto& plant = state.plants[f];
      if (plant.stage != world::PlantStage::ramp_up) continue;
      const double months = std::max(1, world.facilities[f].construction.ramp_months);
      const double use = state.capacity[f] > 0 ? equilibrium.activity[f] / state.capacity[f] : 0;
      plant.ramp =
          std::min(1.0, plant.ramp + (1 - start_) / months * use * state.skill[f] * state.plant_rules[f].know_how);
      plant.stall = state.skill[f] < kShort ? world::Stall::skill
                    : use < 0.5             ? world::Stall::price
                                            : world::Stall::none;
      if (plant.ramp < kDone) continue;
      plant.ramp = 1;
      plant.stage = world::PlantStage::operating;
    }
  }

 private:
  double start_;    // share of capacity
  double premium_;  // share of the cash cost, when nothing has been reached
};

}  // namespace

std::unique_ptr<Mechanism> ramp_up(const world::World& world) {
  return std::make_unique<RampUp>(world);
}

}  // namespace lodestone::dynamics
