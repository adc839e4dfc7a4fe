// Goods under way to holders of licences that are bound to end users, what is theirs in the stores, and what plants
// usually do, which says how much holders may use. docs/model.md section 3.27.
//
//   A <- A + (activity - A) / T        T recontracting-time
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class LicensedGoods final : public Mechanism {
 public:
  explicit LicensedGoods(double memory) : memory_(memory) {}
  [[nodiscard]] const char* name() const override { return "licensed goods"; }

  void start(const world::World& world, world::State& state) const override {
    std::vector<int> lags;
    for (const auto& arc : world.arcs) lags.push_back(arc.lag);
    state.licensed_at_sea.resize(lags);
    state.licensed_store.assign(world.nodes(), 0.0);
    state.licence_saving.assign(world.facilities.size(), 0.0);
    state.usual_activity.clear();
    for (const auto& facility : world.facilities) state.usual_activity.push_back(facility.base_activity);
  }

  void age(const world::World& world, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t f = 0; f < state.usual_activity.size(); ++f)
      state.usual_activity[f] += memory_ * (equilibrium.activity[f] - state.usual_activity[f]);
    if (market.bound().empty()) return;
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& plant = market.licensed().plants[f];
      const double usual = state.usual_activity[f];
      state.licence_saving[f] = usual > 0 ? plant.saving * std::min(1.0, plant.activity / usual) : 0.0;
    }
    state.licensed_at_sea.advance(equilibrium.licensed_flow);
    std::fill(state.licensed_store.begin(), state.licensed_store.end(), 0.0);
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      if (stock.holder != world::Holder::working) continue;
      const std::size_t node = world.node(stock.product, stock.region);
      if (!(equilibrium.licensed_price[node] > 0)) continue;  // no licence is bound here any more: anybody's
      const double after = state.stock[h] - equilibrium.stock_release[h];
      state.licensed_store[node] = std::clamp(equilibrium.licensed_left[node], 0.0, std::max(0.0, after));
    }
  }

 private:
  double memory_;  // per month
};

}  // namespace

std::unique_ptr<Mechanism> licensed_goods(const world::World& world) {
  return std::make_unique<LicensedGoods>(1 / world.parameter("recontracting-time"));
}

}  // namespace lodestone::dynamics
