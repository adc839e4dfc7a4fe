// Contracts: a share of what a route carries is sold ahead for a term, at a lagged average of its spot price. A claim
// and no wall: who breaks it pays damages. docs/model.md section 3.25.
//
//   V <- V + (c flow - V) / T        volume that contracts ask for, t per month
//   P <- P + (F - P) / L             what they pay, on leaving the origin, F the price of the day there
//   D = d P                          damages per tonne not delivered, or not taken
//
// c share of contracts in new trade (what plants of one operator ship to each other included), T term, L mean age of
// the prices that contracts are tied to. What a government does not let pass excuses both sides.
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Contracts final : public Mechanism {
 public:
  Contracts(double term, double lag, double damages) : term_(term), lag_(lag), damages_(damages) {}
  [[nodiscard]] const char* name() const override { return "contracts"; }

  void start(const world::World& world, world::State& state) const override {
    state.contract_volume.clear();
    state.contract_price.clear();
    for (const auto& arc : world.arcs) {
      state.contract_volume.push_back(arc.contracted * arc.base_flow);
      state.contract_price.push_back((1 + arc.export_vat) * world.base_price[world.node(arc.product, arc.from)]);
    }
    state.contract_damages.assign(world.arcs.size(), 0.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t a = 0; a < world.arcs.size(); ++a) state.contract_damages[a] = damages_ * state.contract_price[a];
  }

  // A price at which nothing was shipped is nobody's.
  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t a = 0; a < world.arcs.size(); ++a) {
      const double flow = equilibrium.arc_flow[a];
      state.contract_volume[a] += (world.arcs[a].contracted * flow - state.contract_volume[a]) / term_;
      if (flow > 0) state.contract_price[a] += (equilibrium.arc_fob[a] - state.contract_price[a]) / lag_;
    }
  }

 private:
  double term_, lag_;  // months, at least 1
  double damages_;     // share of the price
};

}  // namespace

bool has_contracts(const world::World& world) {
  for (const auto& arc : world.arcs)
    if (arc.contracted > 0) return true;
  return false;
}

std::unique_ptr<Mechanism> contracts(const world::World& world) {
  return std::make_unique<Contracts>(world.parameter("contract-term"), world.parameter("contract-price-lag"),
                                     world.parameter("contract-damages"));
}

}  // namespace lodestone::dynamics
