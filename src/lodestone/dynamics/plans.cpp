// What buyers plan for: usual processing and shipments of a node, final use as it would be at base-year prices, and
// what usually comes without a lag. docs/model.md section 3.5.
//
//   W <- W + (processing and shipments - W) / T        planned use
//   Z <- Z + u (prompt supply - Z)
//   U = W + sum_s D_s(Pe)                              forecast use, which stocks are held for
//   N = W + sum_s h_s Q0_s                             usual use, which refused trade is held against
//
// D final demand, Pe expected price. A shortage does not make buyers forget what they need: final use counts as it
// would be at a price and not at what was left. A price that users cannot pay does: nobody stores what nobody will buy.
// A plant that is ramping up plans for what it can do as long as that pays: it has no usual processing to go by, and
// what nobody orders never comes.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kRounding = 1e-6;

class Plans final : public Mechanism {
 public:
  Plans(double memory, double smoothing) : memory_(memory), smoothing_(smoothing) {}
  [[nodiscard]] const char* name() const override { return "plans"; }

  void start(const world::World& world, world::State& state) const override {
    state.planned_use.assign(world.nodes(), 0.0);
    state.prompt_supply.assign(world.nodes(), 0.0);
    state.usual_use.assign(world.nodes(), 0.0);
    state.final_use.assign(world.nodes(), 0.0);
    state.forecast_use.assign(world.nodes(), 0.0);
    add_flows(
        world, [&](std::size_t f) { return world.facilities[f].base_activity; },
        [&](std::size_t f) { return world.facilities[f].base_activity; },
        [&](std::size_t a) { return world.arcs[a].base_flow; }, 1, 1, state);
  }

  void expect(const world::World& world, world::State& state) const override {
    state.usual_use = state.planned_use;
    std::fill(state.final_use.begin(), state.final_use.end(), 0.0);
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      const auto& segment = world.segments[s];
      const std::size_t node = world.node(segment.product, segment.region);
      state.usual_use[node] += state.wanted(s) * segment.base_quantity;
      state.final_use[node] += world::demand_at(segment, state.wanted(s), state.expected_price[node]);
    }
    for (std::size_t n = 0; n < world.nodes(); ++n) state.forecast_use[n] = state.planned_use[n] + state.final_use[n];
  }

  void age(const world::World& world, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (double& use : state.planned_use) use *= 1 - memory_;
    for (double& supply : state.prompt_supply) supply *= 1 - smoothing_;
    add_flows(
        world, [&](std::size_t f) { return intended(world, equilibrium, state, f); },
        [&](std::size_t f) { return equilibrium.activity[f]; }, [&](std::size_t a) { return equilibrium.arc_flow[a]; },
        memory_, smoothing_, state);
    for (const world::ArcId arc : market.evadable())
      add_shipment(world, world.arcs[arc.index()], equilibrium.evaded_flow[arc.index()], memory_, smoothing_, state);
  }

 private:
  static double intended(const world::World& world, const world::Equilibrium& equilibrium, const world::State& state,
                         std::size_t f) {
    const double activity = equilibrium.activity[f];
    if (state.plants[f].stage != world::PlantStage::ramp_up) return activity;
    // Where only it would use a good, the price shown is what it could pay: it earns its cash cost to rounding.
    const double margin = earnings(world, world.facilities[f], state.last_price).margin() + state.rules_margin[f];
    return margin >= (1 - kRounding) * state.cash_cost[f] ? std::max(activity, state.capacity[f]) : activity;
  }

  /// Adds a month's processing and shipments, and its prompt supply, each with its weight.
  template <class Intended, class Activity, class Flow>
  static void add_flows(const world::World& world, const Intended& intended, const Activity& activity, const Flow& flow,
                        double use_weight, double supply_weight, world::State& state) {
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& facility = world.facilities[f];
      const auto& process = world.processes[facility.process.index()];
      for (const auto& item : process.inputs)
        state.planned_use[world.node(item.product, facility.region)] += use_weight * item.amount * intended(f);
      if (process.lag == 0)
        for (const auto& item : process.outputs)
          state.prompt_supply[world.node(item.product, facility.region)] += supply_weight * item.amount * activity(f);
    }
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      add_shipment(world, world.arcs[a], flow(a), use_weight, supply_weight, state);
  }

  static void add_shipment(const world::World& world, const world::Arc& arc, double flow, double use_weight,
                           double supply_weight, world::State& state) {
    state.planned_use[world.node(arc.product, arc.from)] += use_weight * flow;
    if (arc.lag == 0) state.prompt_supply[world.node(arc.product, arc.to)] += supply_weight * flow;
  }

  double memory_, smoothing_;  // per month
};

}  // namespace

std::unique_ptr<Mechanism> plans(const world::World& world) {
  return std::make_unique<Plans>(1 / world.parameter("recontracting-time"), world.parameter("use-smoothing"));
}

}  // namespace lodestone::dynamics
