// What a node's good is worth to those who process or ship it: what their products would fetch. Nobody orders an input
// at a price that its products cannot pay. docs/model.md section 3.7.
//
//   V_n = max over processes and routes of n:  (sum_o a_o v_o + support - sum_i a_i p_i) / a_n,  netback of v at the
//   end v = max(p, Pn)
//
// o outputs, i the other inputs, a t per t of activity, p price last month, Pn normal price. Cash costs are left out: V
// is a bound. Goods that come back to their own input (magnets leave swarf, swarf gives oxide) would otherwise raise
// each other's price without end.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Worth final : public Mechanism {
 public:
  [[nodiscard]] const char* name() const override { return "worth"; }

  void start(const world::World& world, world::State& state) const override { state.worth.assign(world.nodes(), 0.0); }

  void expect(const world::World& world, world::State& state) const override {
    std::fill(state.worth.begin(), state.worth.end(), 0.0);
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      if (state.capacity[f] > 0) add_processing(world, f, state);
    for (const auto& arc : world.arcs) {
      const double landed = value(state, world.node(arc.product, arc.to)) - arc.wedge;
      raise(state, world.node(arc.product, arc.from),
            (landed / (1 + arc.base_tariff) - arc.freight) / (1 + arc.export_vat));
    }
  }

  // Everything it needs is worked out anew each month.
  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium&, world::State&) const override {}

 private:
  static double value(const world::State& state, std::size_t node) {
    return std::max(state.last_price[node], state.normal_price[node]);
  }

  static void raise(world::State& state, std::size_t node, double worth) {
    state.worth[node] = std::max(state.worth[node], worth);
  }

  static void add_processing(const world::World& world, std::size_t f, world::State& state) {
    const auto& facility = world.facilities[f];
    const auto& process = world.processes[facility.process.index()];
    double margin = facility.support + state.rules_margin[f];
    for (const auto& item : process.outputs)
      margin += item.amount * value(state, world.node(item.product, facility.region));
    for (const auto& item : process.inputs)
      margin -= item.amount * state.last_price[world.node(item.product, facility.region)];
    for (const auto& item : process.inputs) {
      const std::size_t node = world.node(item.product, facility.region);
      raise(state, node, margin / item.amount + state.last_price[node]);
    }
  }
};

}  // namespace

std::unique_ptr<Mechanism> worth() {
  return std::make_unique<Worth>();
}

}  // namespace lodestone::dynamics
