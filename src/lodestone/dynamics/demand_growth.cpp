// Growth of demand: users want more or less of a good at the same price as time goes by. docs/model.md section 3.2.
//
//   T <- T (1 + r)^(1/12),   h <- h (1 + r)^(1/12)      r the rate a year in the coming month, on the scenario's path
//
// The first month of a run is the base year's; growth begins with the second. Without a path nothing moves.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "lodestone/base/units.hpp"
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

using base::kMonths;

class DemandGrowth final : public Mechanism {
 public:
  DemandGrowth(const world::World& world, const std::string& path) {
    if (path == world::kNoGrowth) return;
    const auto found =
        std::find_if(world.growth.begin(), world.growth.end(), [&](const auto& each) { return each.id == path; });
    assert(found != world.growth.end());
    path_ = &*found;
  }
  [[nodiscard]] const char* name() const override { return "demand growth"; }

  void start(const world::World& world, world::State& state) const override {
    state.demand_trend.assign(world.segments.size(), 1.0);
  }

  // After the slow response, which moves the level around the trend as it was.
  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium&,
           world::State& state) const override {
    if (path_ == nullptr) return;
    const base::Month next = state.month + 1;
    for (std::size_t s = 0; s < world.segments.size(); ++s)
      for (const auto& step : path_->segments[s]) {
        if (next < step.from || !(next < step.end)) continue;
        const double factor = std::pow(1 + step.rate, 1 / kMonths);
        state.demand_trend[s] *= factor;
        state.demand_level[s] *= factor;
      }
  }

 private:
  const world::GrowthPath* path_ = nullptr;
};

}  // namespace

std::unique_ptr<Mechanism> demand_growth(const world::World& world, const std::string& path) {
  return std::make_unique<DemandGrowth>(world, path);
}

}  // namespace lodestone::dynamics
