// Goods past a restriction, through third countries: who evades learns and leaves. docs/model.md section 3.24.
//
//   E/K > 1/2   K <- K (1 + g (2 E/K - 1)),  at most c T
//   else        K <- K (1 - l (1 - 2 E/K)),  at least k T
//
// K capacity of a route, E what went past this month, T what the route carried before it was restricted. The cost of
// passing, and the column that it belongs to, are in world/month_evasion.cpp.
//
// Source: the evasion rule of the feasibility study of four past shocks (2026); that capacity leaves when it is idle
// is an assumption.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

struct EvasionRules {
  double start, ceiling;   // shares of T
  double growth, leaving;  // per month
  double margin, full_cost;
};

class Evasion final : public Mechanism {
 public:
  explicit Evasion(const EvasionRules& rules) : rules_(rules) {}
  [[nodiscard]] const char* name() const override { return "evasion"; }

  void start(const world::World& world, world::State& state) const override {
    state.evasion_margin = rules_.margin;
    state.evasion_full_cost = rules_.full_cost;
    state.evasion.clear();
    for (const auto& arc : world.arcs) state.evasion.push_back({rules_.start * arc.base_flow, arc.base_flow});
  }

  void age(const world::World&, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (const world::ArcId arc : market.evadable()) {
      world::EvasionRoute& route = state.evasion[arc.index()];
      if (!market.evasion_open(arc)) route.trade = state.usual_flow[arc.index()];
      const double used = route.capacity > 0 ? equilibrium.evaded_flow[arc.index()] / route.capacity : 0;
      const double rate = used > 0.5 ? rules_.growth : rules_.leaving;
      const double floor = rules_.start * route.trade;
      route.capacity = std::clamp(route.capacity * (1 + rate * (2 * used - 1)), floor,
                                  std::max(floor, rules_.ceiling * route.trade));
    }
  }

 private:
  EvasionRules rules_;
};

}  // namespace

std::unique_ptr<Mechanism> evasion(const world::World& world) {
  return std::make_unique<Evasion>(EvasionRules{world.parameter("evasion-start"), world.parameter("evasion-ceiling"),
                                                world.parameter("evasion-growth"), world.parameter("evasion-leaving"),
                                                world.parameter("evasion-margin"), world.parameter("evasion-cost")});
}

}  // namespace lodestone::dynamics
