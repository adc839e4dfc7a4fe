// Working stocks: a cover target that falls with price, closed in part each month. docs/model.md section 3.5.
//
//   B(p) = max( k (S* - S), -r S ),   S*(p) = C min(m, (Pn / p)^s) U
//
// B purchases, S stock, C target cover (months), U smoothed use and shipments, Pn normal price, k gap closed per month,
// r largest release, m ceiling, s price elasticity of the desired stock. A government's stock moves by levers alone.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kLeastTarget = 0.02;  // of the normal target: the curve ends where so little is desired
constexpr double kNarrowest = 1.05;    // least ratio between the ends of the curve

struct StockRules {
  double elasticity, gap_closing, ceiling, release_share, use_smoothing;
};

/// The curve of one stock; exact at the normal price, linear between its points.
void set_curve(double stock, double target, double normal_price, const StockRules& rules, world::StockCurve& curve) {
  curve = {};
  constexpr std::size_t kLast = world::StockCurve::kPoints - 1, kMiddle = kLast / 2;
  if (!(target > 0) || !(normal_price > 0)) return;  // nobody uses it here: what is in store stays there
  curve.release_limit = std::min(rules.release_share, 0.95 * rules.gap_closing) * stock;
  const double least = std::max(stock - curve.release_limit / rules.gap_closing, kLeastTarget * target);
  const double low = normal_price * std::pow(rules.ceiling, -1 / rules.elasticity);
  const double high = std::max(normal_price * std::pow(target / least, 1 / rules.elasticity), low * kNarrowest);
  const double middle = normal_price > low && normal_price < high ? normal_price : std::sqrt(low * high);
  for (std::size_t k = 0; k <= kLast; ++k) {
    const double share = static_cast<double>(k % kMiddle) / kMiddle;
    const double price = k == kLast     ? high
                         : k == kMiddle ? middle
                         : k < kMiddle  ? low * std::pow(middle / low, share)
                                        : middle * std::pow(high / middle, share);
    const double desired = target * std::min(rules.ceiling, std::pow(normal_price / price, rules.elasticity));
    curve.price[k] = price;
    curve.held_back[k] = k == kLast ? 0.0 : std::max(rules.gap_closing * (desired - stock) + curve.release_limit, 0.0);
  }
}

class WorkingStocks final : public Mechanism {
 public:
  explicit WorkingStocks(const StockRules& rules) : rules_(rules) {}
  [[nodiscard]] const char* name() const override { return "working stocks"; }

  void start(const world::World& world, world::State& state) const override {
    state.stock.clear();
    for (const auto& stock : world.stocks) state.stock.push_back(stock.quantity);
    state.stock_curve.assign(world.stocks.size(), {});
    state.smoothed_use.assign(world.nodes(), 0.0);
    for (const auto& segment : world.segments)
      state.smoothed_use[world.node(segment.product, segment.region)] += segment.base_quantity;
    for (const auto& facility : world.facilities)
      for (const auto& item : world.processes[facility.process.index()].inputs)
        state.smoothed_use[world.node(item.product, facility.region)] += item.amount * facility.base_activity;
    for (const auto& arc : world.arcs) state.smoothed_use[world.node(arc.product, arc.from)] += arc.base_flow;
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t h = 0; h < world.stocks.size(); ++h) {
      const auto& stock = world.stocks[h];
      if (stock.holder != world::Holder::working) continue;
      const std::size_t node = world.node(stock.product, stock.region);
      set_curve(state.stock[h], stock.cover * state.smoothed_use[node], state.normal_price[node], rules_,
                state.stock_curve[h]);
    }
  }

  void age(const world::World& world, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
           world::State& state) const override {
    for (std::size_t h = 0; h < world.stocks.size(); ++h)
      state.stock[h] = std::max(state.stock[h] - equilibrium.stock_release[h], 0.0);
    for (std::size_t r = 0; r < market.releases().size(); ++r)
      release(world, market.releases()[r], equilibrium.government_release[r], state);
    smooth_use(world, equilibrium, state);
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

  // U <- U + u (this month's use and shipments - U)
  void smooth_use(const world::World& world, const world::Equilibrium& equilibrium, world::State& state) const {
    for (double& use : state.smoothed_use) use *= 1 - rules_.use_smoothing;
    const auto add = [&](std::size_t node, double quantity) {
      state.smoothed_use[node] += rules_.use_smoothing * quantity;
    };
    for (std::size_t s = 0; s < world.segments.size(); ++s)
      add(world.node(world.segments[s].product, world.segments[s].region), equilibrium.consumption[s]);
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      for (const auto& item : world.processes[world.facilities[f].process.index()].inputs)
        add(world.node(item.product, world.facilities[f].region), item.amount * equilibrium.activity[f]);
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      add(world.node(world.arcs[a].product, world.arcs[a].from), equilibrium.arc_flow[a]);
  }

  StockRules rules_;
};

}  // namespace

std::unique_ptr<Mechanism> working_stocks(const world::World& world) {
  return std::make_unique<WorkingStocks>(StockRules{
      world.parameter("stock-price-elasticity"), world.parameter("stock-gap-closing"), world.parameter("stock-ceiling"),
      world.parameter("stock-release-limit"), world.parameter("use-smoothing")});
}

}  // namespace lodestone::dynamics
