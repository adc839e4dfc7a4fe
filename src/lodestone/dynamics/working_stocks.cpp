// Working stocks: a cover target that falls with price, closed in part each month. docs/model.md section 3.6.
//
//   B(p) = max( k (S* - S), -r S ),   S*(p) = C min(m, c (Pn / p)^s) U
//
// B purchases, S stock, C target cover (months), c what supply risk makes of it, U forecast use, Pn normal price, k gap
// closed per month, r largest release, m ceiling, s price elasticity of the desired stock. A government's stock moves
// by levers alone. What is in store is moved here for every holder.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"
#include "lodestone/world/curve.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kLeastTarget = 0.02;  // of the normal target: the curve ends where so little is desired
constexpr double kNextToFree = 0.05;   // of the price at which the ceiling is reached: there stores find more room,
constexpr double kMoreRoom = 1.5;      // up to so many times the ceiling. A rigid ceiling would leave all of a swing in
                                       // supply to use, and orders that count on use would swing back
constexpr double kNarrowest = 1.05;    // least ratio between the ends of the curve
constexpr double kAround = 1 / 0.85;   // the normal price times and over this: the ends of the piece around it

struct StockRules {
  CoverRule cover;
  double gap_closing, release_share;
};

/// The curve of one stock; exact at the normal price, linear between its points.
void set_curve(double stock, double target, double multiple, double usual_price, const StockRules& rules,
               world::StockCurve& curve) {
  curve = {};
  constexpr std::size_t kLast = world::StockCurve::kPoints - 1, kMiddle = kLast / 2 - 1;
  if (!(target > 0) || !(usual_price > 0)) return;  // nobody uses it here: what is in store stays there
  // A larger cover at the normal price is the normal cover at a higher one.
  const double normal_price = usual_price * std::pow(multiple, 1 / rules.cover.elasticity);
  curve.release_limit = std::min(rules.release_share, 0.95 * rules.gap_closing) * stock;
  const double least = std::max(stock - curve.release_limit / rules.gap_closing, kLeastTarget * target);
  const double low = normal_price * std::pow(rules.cover.ceiling, -1 / rules.cover.elasticity);
  const double high = std::max(normal_price * std::pow(target / least, 1 / rules.cover.elasticity), low * kNarrowest);
  const bool inside = normal_price > low * kNarrowest && high > normal_price * kNarrowest;
  const double middle = inside ? normal_price : std::sqrt(low * high);
  const double around = std::min({kAround, std::sqrt(middle / low), std::sqrt(high / middle)});
  const auto spread = [&](std::size_t first, std::size_t last, double from, double to) {
    for (std::size_t k = first; k <= last; ++k)
      curve.price[k] = from * std::pow(to / from, static_cast<double>(k - first) / static_cast<double>(last - first));
  };
  curve.price[0] = kNextToFree * low;
  spread(1, kMiddle, low, middle / around);
  spread(kMiddle + 1, kLast, middle * around, high);
  const auto held_back = [&](double price) {
    const double desired = rules.cover.desired(target, 1, normal_price, price);
    return rules.gap_closing * (desired - stock) + curve.release_limit;
  };
  for (std::size_t k = 1; k <= kLast; ++k) curve.held_back[k] = held_back(curve.price[k]);
  curve.held_back[0] = held_back(low) + rules.gap_closing * (kMoreRoom - 1) * rules.cover.ceiling * target;
  world::pass_through(curve.price, curve.held_back, kMiddle, middle, held_back(middle));
  world::cut_at_zero(curve.price, curve.held_back);
  curve.held_back[kLast] = 0;
}

class WorkingStocks final : public Mechanism {
 public:
  explicit WorkingStocks(const StockRules& rules) : rules_(rules) {}
  [[nodiscard]] const char* name() const override { return "working stocks"; }

  void start(const world::World& world, world::State& state) const override {
    state.stock.clear();
    for (const auto& stock : world.stocks) state.stock.push_back(stock.quantity);
    state.stock_curve.assign(world.stocks.size(), {});
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      if (stock.holder != world::Holder::working) continue;
      const std::size_t node = world.node(stock.product, stock.region);
      set_curve(state.stock[h], stock.cover * state.forecast_use[node], state.cover_multiple[node],
                state.normal_price[node], rules_, state.stock_curve[h]);
    }
  }

  void age(const world::World& world, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t h = 0; h < world.stocks.size(); ++h)
      state.stock[h] = std::max(state.stock[h] - equilibrium.stock_release[h], 0.0);
    for (std::size_t r = 0; r < market.releases().size(); ++r)
      release(world, market.releases()[r], equilibrium.government_release[r], state);
  }

 private:
  static void release(const world::World& world, const world::ReleasePoint& point, double quantity,
                      world::State& state) {
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      if (stock.holder == world::Holder::government && stock.product == point.product && stock.region == point.region)
        state.stock[h] = std::max(state.stock[h] - quantity, 0.0);
    }
  }

  StockRules rules_;
};

}  // namespace

std::unique_ptr<Mechanism> working_stocks(const world::World& world) {
  return std::make_unique<WorkingStocks>(
      StockRules{CoverRule(world), world.parameter("stock-gap-closing"), world.parameter("stock-release-limit")});
}

}  // namespace lodestone::dynamics
