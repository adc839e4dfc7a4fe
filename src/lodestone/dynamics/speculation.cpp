// Speculative stocks: bought on an expected rise with money of their own, sold when it ends or the loss is too large.
// docs/model.md section 3.23.
//
//   x = H (g - c)                                what holding for H months is expected to earn, as a share of the price
//   x > 0:                  buys for s M a month, at no more than L = p exp(min(x, 1/2))
//   g < 0:                  sells s S a month, nothing below 0.7 p
//   S p < (1 - l) paid:     sells s S a month at nearly any price
//   g <- g + (d ln p - g) / T,   M <- M - p B
//
// g trend of the price, c cost of holding per month, p last price, M money left, B purchases, S stock, l largest loss.
// M only moves by what is bought and sold, so no money is made from nothing, and it cannot fall below 0. Between x = 0
// and g = 0 they hold: buying and selling do not follow each other from month to month.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kMostRise = 0.5;   // of the price, in logarithms: beyond it hope adds nothing to the limit
constexpr double kFullFrom = 0.85;  // of the highest price paid: below it all of the month's money is spent
constexpr double kLeastWilling = 0.7, kLeastForced = 0.1;  // of the last price: lowest at which they sell

struct SpeculationRules {
  double horizon, memory;  // months
  double carry, pace;      // per month
  double loss;             // share of what was paid
};

/// Falls evenly from `quantity` at the price `low` to 0 at `high`.
void set_line(double low, double high, double quantity, world::StockCurve& curve) {
  constexpr std::size_t kLast = world::StockCurve::kPoints - 1;
  for (std::size_t k = 0; k <= kLast; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(kLast);
    curve.price[k] = low + share * (high - low);
    curve.held_back[k] = quantity * (1 - share);
  }
}

class Speculators final : public Mechanism {
 public:
  explicit Speculators(const SpeculationRules& rules) : rules_(rules) {}
  [[nodiscard]] const char* name() const override { return "speculation"; }

  void start(const world::World& world, world::State& state) const override {
    state.speculation.assign(world.stocks.size(), {});
    for (std::size_t h = 0; h < world.stocks.size(); ++h) state.speculation[h].money = world.stocks[h].money;
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      if (stock.holder != world::Holder::speculative) continue;
      set_curve(state.speculation[h], state.stock[h], state.last_price[world.node(stock.product, stock.region)],
                state.stock_curve[h]);
    }
  }

  // What is in store is moved by the working stocks for all holders; before this mechanism in the list.
  void age(const world::World& world, const world::MonthMarket&, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      if (stock.holder != world::Holder::speculative) continue;
      const std::size_t node = world.node(stock.product, stock.region);
      const double sold = equilibrium.stock_release[h];
      world::Speculation& own = state.speculation[h];
      own.money = std::max(own.money + equilibrium.price[node] * sold, 0.0);
      if (sold <= 0)
        own.paid -= equilibrium.price[node] * sold;
      else
        own.paid *= state.stock[h] / (state.stock[h] + sold);
      const double before = state.last_price[node], now = shown_price(equilibrium, node, before);
      const double change = before > 0 && now > 0 ? std::log(now / before) : 0;
      own.trend += (change - own.trend) / rules_.memory;
    }
  }

 private:
  void set_curve(const world::Speculation& own, double in_store, double last_price, world::StockCurve& curve) const {
    curve = {};
    if (!(last_price > 0)) return;
    const double gain = rules_.horizon * (own.trend - rules_.carry);
    const bool forced = last_price * in_store < (1 - rules_.loss) * own.paid;
    if (!forced && gain > 0) {
      const double most = last_price * std::exp(std::min(gain, kMostRise));
      set_line(kFullFrom * most, most, rules_.pace * own.money / most, curve);
    } else if (forced || own.trend < 0) {
      curve.release_limit = rules_.pace * in_store;
      const double least = forced ? kLeastForced : kLeastWilling;
      set_line(least * last_price, std::sqrt(least) * last_price, curve.release_limit, curve);
    }
  }

  SpeculationRules rules_;
};

}  // namespace

std::unique_ptr<Mechanism> speculation(const world::World& world) {
  return std::make_unique<Speculators>(SpeculationRules{
      world.parameter("speculation-horizon"), world.parameter("speculation-memory"),
      world.parameter("speculation-carry"), world.parameter("speculation-pace"), world.parameter("speculation-loss")});
}

}  // namespace lodestone::dynamics
