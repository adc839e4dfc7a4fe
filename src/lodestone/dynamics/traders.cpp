// Commercial stocks: traders buy what they expect to sell for more than it costs to keep, and sell the rest.
// docs/model.md section 3.22.
//
//   S*(p) = V min(1, max(0, (z - p / Pe) / w)),   B(p) = k (S* - S)
//   z = 1 - c  where nothing was in store in the base year, else 1 + w S0 / V
//
// V room, Pe expected price (adaptive), c cost of keeping goods until they are sold as a share of the price, w spread
// of the prices at which traders buy, k gap closed per month, S0 stock in the base year. The base year is a steady
// state: what was in store then was worth its keeping, so z says at which price the last trader would have sold.
#include <algorithm>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

class Traders final : public Mechanism {
 public:
  Traders(double carry, double spread, double speed) : carry_(carry), spread_(spread), speed_(speed) {}
  [[nodiscard]] const char* name() const override { return "traders"; }

  // Its slice is the stock, which the working stocks start and age for all holders.
  void start(const world::World&, world::State&) const override {}
  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium&, world::State&) const override {}

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      if (stock.holder != world::Holder::commercial) continue;
      set_curve(stock, state.stock[h], state.normal_price[world.node(stock.product, stock.region)],
                state.stock_curve[h]);
    }
  }

 private:
  /// Linear from the price at which all room is wanted to the one at which nothing is.
  void set_curve(const world::Stock& stock, double in_store, double expected_price, world::StockCurve& curve) const {
    curve = {};
    if (!(stock.room > 0) || !(expected_price > 0)) return;
    const double most = stock.quantity > 0 ? 1 + spread_ * stock.quantity / stock.room : 1 - carry_;
    constexpr std::size_t kLast = world::StockCurve::kPoints - 1;
    for (std::size_t k = 0; k <= kLast; ++k) {
      const double share = static_cast<double>(k) / static_cast<double>(kLast);
      curve.price[k] = expected_price * (most - spread_ * (1 - share));
      curve.held_back[k] = speed_ * stock.room * (1 - share);
    }
    curve.release_limit = speed_ * in_store;
  }

  double carry_, spread_, speed_;
};

}  // namespace

std::unique_ptr<Mechanism> traders(const world::World& world) {
  return std::make_unique<Traders>(world.parameter("trader-carry"), world.parameter("trader-spread"),
                                   world.parameter("stock-gap-closing"));
}

}  // namespace lodestone::dynamics
