// Country aggregates order new capacity when prices rise above what the base year's lasted on.
// docs/model.md section 3.10.
//
//   ordered = K min(imax, eta [ln (outputs + support) / (inputs + full cost)]+),   on stream L months later
//
// at normal prices; full cost = marginal cost of the base year's activity, capital and rents included, moved with the
// cash cost. At base prices the two are equal and nothing is ordered. Named plants grow by projects, and what a quota
// or a permit limits does not grow at all. Source: feasibility study of the dynamics (fitted on two cases).
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

bool grows(const world::Facility& facility) {
  const bool free =
      facility.capacity_kind == world::CapacityKind::nameplate || facility.capacity_kind == world::CapacityKind::output;
  return facility.aggregate && facility.makes_something() && facility.base_activity > 0 && free;
}

class CapacityOrders final : public Mechanism {
 public:
  explicit CapacityOrders(const world::World& world)
      : rate_(world.parameter("capacity-order-rate")),
        limit_(world.parameter("capacity-order-limit")),
        lag_(static_cast<int>(std::lround(world.parameter("capacity-lag")))) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      if (grows(world.facilities[f])) growing_.push_back(f);
    ordered_.assign(world.facilities.size(), 0.0);
  }
  [[nodiscard]] const char* name() const override { return "capacity orders"; }

  void start(const world::World& world, world::State& state) const override {
    std::vector<int> lags(world.facilities.size(), 0);
    for (const std::size_t f : growing_) lags[f] = std::max(lag_, 1);
    state.on_order.resize(lags);
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium&,
           world::State& state) const override {
    for (const std::size_t f : growing_) {
      const auto& facility = world.facilities[f];
      auto& plant = state.plants[f];
      plant.installed += state.on_order.arriving(f);
      const auto earned = earnings(world, facility, state.normal_price);
      const double cost = facility.marginal_cost(facility.base_activity, facility.capacity, state.cash_cost[f]);
      const double ratio = (earned.revenue + facility.support + state.rules_margin[f]) / (earned.inputs + cost);
      ordered_[f] = plant.idle > 0 || !(ratio > 1) ? 0 : plant.installed * std::min(limit_, rate_ * std::log(ratio));
    }
    state.on_order.advance(ordered_);
  }

 private:
  double rate_, limit_;  // per month
  int lag_;              // months
  std::vector<std::size_t> growing_;
  mutable std::vector<double> ordered_;  // scratch, t of activity per month
};

}  // namespace

std::unique_ptr<Mechanism> capacity_orders(const world::World& world) {
  return std::make_unique<CapacityOrders>(world);
}

}  // namespace lodestone::dynamics
