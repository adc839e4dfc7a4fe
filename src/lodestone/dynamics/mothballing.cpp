// Plants that do not pay are mothballed bit by bit, come back when it pays well for some months, and are scrapped when
// it never does. docs/model.md section 3.9.
//
//   e = outputs - inputs at normal prices + support,   c cash cost (of a plant that was idle in the base year: what it
//                                                        takes to start it)
//   e < 0.85 c                             idle <- idle + 1 % of what is installed
//   e > 1.2 c for 3 months                 idle <- idle - 12 %
//   e < c                                  a share of what is idle is scrapped
//
// Source: feasibility study of the dynamics (assumed there).
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kAll = 0.99;      // of what is installed: idle as a whole
constexpr double kNothing = 0.05;  // of the full plant: too little is left to call it one

class Mothballing final : public Mechanism {
 public:
  explicit Mothballing(const world::World& world)
      : idling_margin_(world.parameter("idling-margin")),
        idling_rate_(world.parameter("idling-rate")),
        restart_margin_(world.parameter("restart-margin")),
        restart_delay_(world.parameter("restart-delay")),
        restart_rate_(world.parameter("restart-rate")),
        scrapping_rate_(world.parameter("scrapping-rate")) {}
  [[nodiscard]] const char* name() const override { return "mothballing"; }

  void start(const world::World&, world::State&) const override {}

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium&,
           world::State& state) const override {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      auto& plant = state.plants[f];
      if (plant.stage < world::PlantStage::ramp_up || plant.stage == world::PlantStage::closed) continue;
      const auto& facility = world.facilities[f];
      if (!facility.makes_something() || facility.capacity_kind == world::CapacityKind::by_product) continue;
      const double earned = earnings(world, facility, state.normal_price).margin() + facility.support +
                            state.rules_margin[f] + state.licence_saving[f];
      move(earned, cost_of(facility, state.cash_cost[f]), plant);
      name_stage(facility, plant);
    }
  }

 private:
  /// What it must earn to run: the plants of the base year their cash cost, idle ones what starting them takes.
  static double cost_of(const world::Facility& facility, double cash_cost) {
    const bool idle = facility.capacity > 0 && facility.base_activity == 0 && !facility.step_cost.empty();
    return idle ? facility.step_cost.front() + cash_cost - facility.cash_cost : cash_cost;
  }

  void move(double earned, double cost, world::Plant& plant) const {
    plant.warm = earned > restart_margin_ * cost ? plant.warm + 1 : 0;
    const bool cold = earned < idling_margin_ * cost;
    if (cold) plant.idle = std::min(plant.installed, plant.idle + idling_rate_ * plant.installed);
    if (plant.warm >= restart_delay_) plant.idle = std::max(0.0, plant.idle - restart_rate_ * plant.installed);
    if (earned < cost) {
      const double scrapped = scrapping_rate_ * plant.idle;
      plant.installed -= scrapped;
      plant.idle -= scrapped;
    }
    if (plant.stage != world::PlantStage::ramp_up)
      plant.stall = plant.idle > 0 && plant.warm == 0 ? world::Stall::price : world::Stall::none;
  }

  static void name_stage(const world::Facility& facility, world::Plant& plant) {
    if (plant.installed < kNothing * facility.full_capacity()) {
      plant.stage = world::PlantStage::closed;
      plant.installed = plant.idle = 0;
    } else if (plant.idle >= kAll * plant.installed) {
      plant.stage = world::PlantStage::suspended;
    } else if (plant.stage == world::PlantStage::suspended) {
      plant.stage = world::PlantStage::operating;
    }
  }

  double idling_margin_, idling_rate_, restart_margin_, restart_delay_, restart_rate_, scrapping_rate_;
};

}  // namespace

std::unique_ptr<Mechanism> mothballing(const world::World& world) {
  return std::make_unique<Mothballing>(world);
}

}  // namespace lodestone::dynamics
