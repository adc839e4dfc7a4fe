// What those who would pay for a project remember of its prices: how much they jumped, and how long they were below
// what it would cost to run. docs/model.md section 3.12.
//
//   v <- v + (d ln(revenue)^2 - v) / 12
//   F <- F 2^(-1/h) + [ln((inputs + c) / revenue)]+ / 12
//
// at this month's prices, and what their host took from others (ownership.cpp). The hurdle rate takes all
// (projects.hpp).
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/projects.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kYear = 12;  // months: memory of jumps, and the time after which a flood counts in full

class ProjectRisks final : public Mechanism {
 public:
  explicit ProjectRisks(const world::World& world) : fading_(std::exp2(-1 / world.parameter("flood-memory"))) {}
  [[nodiscard]] const char* name() const override { return "project risk"; }

  void start(const world::World& world, world::State& state) const override {
    state.project_risk.assign(world.facilities.size(), {});
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      state.project_risk[f].revenue = earnings(world, world.facilities[f], world.base_price).revenue;
  }

  // Expectations age later: the last prices of the state are those before this month.
  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium&,
           world::State& state) const override {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      if (state.plants[f].stage >= world::PlantStage::construction) continue;
      const auto& facility = world.facilities[f];
      auto& risk = state.project_risk[f];
      risk.taking = state.expropriation[facility.region.index()];
      auto now = earnings(world, facility, state.last_price);
      now.revenue += std::max(0.0, state.rules_margin[f]);  // a price that somebody guarantees frightens nobody
      const bool comparable = now.revenue > 0 && risk.revenue > 0;
      const double jump = comparable ? std::log(now.revenue / risk.revenue) : 0;
      risk.variance += (jump * jump - risk.variance) / kYear;
      risk.revenue = now.revenue;
      const double loss = now.revenue > 0 ? std::log((now.inputs + state.cash_cost[f]) / now.revenue) : 0;
      risk.flood = risk.flood * fading_ + std::max(0.0, loss) / kYear;
    }
  }

 private:
  double fading_;  // per month
};

}  // namespace

std::unique_ptr<Mechanism> project_risk(const world::World& world) {
  return std::make_unique<ProjectRisks>(world);
}

}  // namespace lodestone::dynamics
