// Slow response of demand: the level drifts towards what the long-run elasticity asks for. docs/model.md section 3.2.
//
//   ln h/T <- ln h/T + k [ (el - es) ln(p / P0) - ln h/T ]      P0 the base year's price at the node, T the trend
//
// What cannot be designed out stays: the goal is not below ln(1 - limit), the segment's substitution limit.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class DemandResponse final : public Mechanism {
 public:
  explicit DemandResponse(double adjustment) : adjustment_(adjustment) {}
  [[nodiscard]] const char* name() const override { return "demand response"; }

  void start(const world::World& world, world::State& state) const override {
    state.demand_level.assign(world.segments.size(), 1.0);
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      const world::Segment& segment = world.segments[s];
      const std::size_t node = world.node(segment.product, segment.region);
      const double price = shown_price(equilibrium, node, state.last_price[node]);
      // Beyond the ends of the demand curve a price tells users nothing more. Demand has settled at the base year's
      // price, which is P0 except where a surplus makes the good free.
      const double lowest = world::kLowestPrice * segment.base_price;
      const double seen = std::clamp(price, lowest, segment.choke_price);
      const double settled = std::clamp(world.base_price[node], lowest, segment.choke_price);
      const double answer = (segment.long_elasticity - segment.short_elasticity) * std::log(seen / settled);
      const double goal = std::max(answer, std::log(1 - segment.substitution_limit));
      const double trend = state.demand_trend[s];
      const double level = std::log(state.demand_level[s] / trend);
      state.demand_level[s] = trend * std::exp(level + adjustment_ * (goal - level));
    }
  }

 private:
  double adjustment_;  // per month
};

}  // namespace

std::unique_ptr<Mechanism> demand_response(const world::World& world) {
  return std::make_unique<DemandResponse>(world.parameter("demand-adjustment"));
}

}  // namespace lodestone::dynamics
