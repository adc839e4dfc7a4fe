// Perceived supply risk: it jumps with news, decays, and is kept alive by refused trade. Buyers who fear for their
// supply hold a larger cover. docs/model.md section 3.15.
//
//   K = max(1, (min(C, Cn) (1 + a min(R + J, 2)) - V) / C)    cover wanted over normal cover
//   then K (1 + x)^s                         x the change of price that measures to come would bring
//   R <- [R + J]+ 2^(-1/h) + b rho           rho = min(1, refused trade / usual use)
//
// C target cover of working stocks, Cn the normal one, V months of forecast use in the stores of traders. Fear asks for
// a number of months and not for a multiple: who holds much already, or sees it with traders, asks for nothing more.
//
// Source: the panic rule of the feasibility study of four past shocks (2026), without which the error on export
// controls nearly doubles.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kMostRisk = 2;    // beyond it fear adds no cover
constexpr double kMostFall = 0.9;  // of a price, that anybody counts on

class SupplyRisk final : public Mechanism {
 public:
  SupplyRisk(const world::World& world, double half_life, double refusal, double cover, double normal_cover)
      : kept_(std::exp2(-1 / half_life)),
        refusal_(refusal),
        cover_(cover),
        normal_cover_(normal_cover),
        elasticity_(CoverRule(world).elasticity) {
    target_.assign(world.nodes(), 0.0);
    for (const auto& stock : world.stocks)
      if (stock.holder == world::Holder::working) target_[world.node(stock.product, stock.region)] += stock.cover;
  }
  [[nodiscard]] const char* name() const override { return "supply risk"; }

  void start(const world::World& world, world::State& state) const override {
    state.news.assign(world.nodes(), 0.0);
    state.price_rise.assign(world.nodes(), 0.0);
    state.refused.assign(world.arcs.size(), 0.0);
    state.risk.assign(world.nodes(), 0.0);
    state.cover_multiple.assign(world.nodes(), 1.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    // The months that fear asks for, less what traders hold, in months of normal cover.
    for (std::size_t n = 0; n < world.nodes(); ++n)
      state.cover_multiple[n] = std::min(target_[n], normal_cover_) *
                                (1 + cover_ * std::clamp(state.risk[n] + state.news[n], 0.0, kMostRisk));
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      const std::size_t n = world.node(stock.product, stock.region);
      if (stock.holder == world::Holder::commercial && state.forecast_use[n] > 0)
        state.cover_multiple[n] -= state.stock[h] / state.forecast_use[n];
    }
    for (std::size_t n = 0; n < world.nodes(); ++n)
      state.cover_multiple[n] = target_[n] > 0 ? std::max(1.0, state.cover_multiple[n] / target_[n]) : 1.0;
    // Who expects a price to rise buys before it does, who expects it to fall waits: as if goods were so much cheaper.
    for (std::size_t n = 0; n < world.nodes(); ++n)
      if (state.price_rise[n] != 0)
        state.cover_multiple[n] *= std::pow(1 + std::max(-kMostFall, state.price_rise[n]), elasticity_);
  }

  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium&,
           world::State& state) const override {
    for (std::size_t n = 0; n < world.nodes(); ++n)
      state.risk[n] = kept_ * std::max(0.0, state.risk[n] + state.news[n]);
    for (std::size_t a = 0; a < world.arcs.size(); ++a) {
      if (!(state.refused[a] > 0)) continue;
      const std::size_t node = world.node(world.arcs[a].product, world.arcs[a].to);
      state.risk[node] += refusal_ * state.refused[a] / std::max(state.usual_use[node], state.refused[a]);
    }
  }

 private:
  double kept_;                 // share of the risk left after a month
  double refusal_;              // risk added by a month in which all trade is refused
  double cover_;                // extra cover per unit of risk, over normal cover
  double normal_cover_;         // months: the most that fear multiplies
  double elasticity_;           // of the stock wanted, by price
  std::vector<double> target_;  // nodes: cover of working stocks, months
};

}  // namespace

std::unique_ptr<Mechanism> supply_risk(const world::World& world) {
  return std::make_unique<SupplyRisk>(world, world.parameter("risk-half-life"), world.parameter("risk-refused-trade"),
                                      world.parameter("risk-cover"), world.parameter("risk-normal-cover"));
}

}  // namespace lodestone::dynamics
