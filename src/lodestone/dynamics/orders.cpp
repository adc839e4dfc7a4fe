// What a node orders for arrival: planned use and what its stock lacks, less what is already on the way.
// docs/model.md section 3.7.
//
//   O(p) = max( 0, sum_s D_s(p) + W min(1, (p / Pn)^-e) g(p / V) - Z + k (min(c K C U, S*(p)) - I) )
//   I = S + under way - L (sum_s D_s(Pe) + W - Z)          expected in store when the goods arrive
//
// K cover multiple of supply risk, D final demand, W processing and shipments that are planned for, Z what usually
// comes without a lag, S* desired and S present stock, V what products made of the good would pay for it (worth.cpp),
// g = min(1, max(0, 2 - p / V)), L mean lag of what comes late, Pn normal and Pe expected price, k gap closed per
// month. Counting what is under way keeps orders from swinging: buyers know what has been bought.
#include <algorithm>
#include <array>
#include <cmath>

#include "lodestone/dynamics/mechanism.hpp"
#include "lodestone/world/curve.hpp"

namespace lodestone::dynamics {
namespace {

/// Prices of the curve's points, in expected prices; beyond the last nobody orders.
constexpr std::array<double, world::OrderCurve::kPoints> kMultiples{0.02, 0.3, 0.85, 1 / 0.85, 2, 5, 12, 30, 60};
constexpr std::size_t kExpected = 2;  // the expected price lies between this point and the next

struct OrderRules {
  CoverRule cover;
  double gap_closing, use_elasticity, ceiling;
};

class Orders final : public Mechanism {
 public:
  Orders(const world::World& world, const OrderRules& rules) : rules_(rules) { measure(world); }
  [[nodiscard]] const char* name() const override { return "orders"; }

  void start(const world::World& world, world::State& state) const override {
    state.order_curve.assign(world.nodes(), {});
    state.expected_stock.assign(world.nodes(), 0.0);
  }

  void expect(const world::World& world, world::State& state) const override {
    for (std::size_t n = 0; n < world.nodes(); ++n) set_prices(state.expected_price[n], state.order_curve[n]);
    for (const auto& segment : world.segments) add_final_demand(world, segment, state);
    expect_stocks(world, state);
    for (std::size_t n = 0; n < world.nodes(); ++n) complete(n, state);
  }

  // Everything it needs is worked out anew each month.
  void age(const world::World&, const world::MonthMarket&, const world::Equilibrium&, world::State&) const override {}

 private:
  /// Mean lag of what usually comes late, and the working cover, per node.
  void measure(const world::World& world) {
    std::vector<double> late(world.nodes(), 0.0), under_way(world.nodes(), 0.0), longest(world.nodes(), 0.0);
    const auto add = [&](std::size_t node, int lag, double flow) {
      if (lag == 0) return;
      late[node] += flow;
      under_way[node] += lag * flow;
      longest[node] = std::max(longest[node], static_cast<double>(lag));
    };
    for (const auto& arc : world.arcs) add(world.node(arc.product, arc.to), arc.lag, arc.base_flow);
    for (const auto& facility : world.facilities) {
      if (facility.step_quantity.empty()) continue;
      const auto& process = world.processes[facility.process.index()];
      for (const auto& item : process.outputs)
        add(world.node(item.product, facility.region), process.lag, item.amount * facility.base_activity);
    }
    for (std::size_t n = 0; n < world.nodes(); ++n) lag_.push_back(late[n] > 0 ? under_way[n] / late[n] : longest[n]);
    cover_.assign(world.nodes(), 0.0);
    for (const auto& stock : world.stocks)
      if (stock.holder == world::Holder::working) cover_[world.node(stock.product, stock.region)] += stock.cover;
  }

  static void set_prices(double expected_price, world::OrderCurve& curve) {
    curve.quantity.fill(0);
    for (std::size_t k = 0; k < kMultiples.size(); ++k) curve.price[k] = kMultiples[k] * expected_price;
  }

  static void add_final_demand(const world::World& world, const world::Segment& segment, world::State& state) {
    const std::size_t node = world.node(segment.product, segment.region);
    const double level = state.wanted(static_cast<std::size_t>(&segment - world.segments.data()));
    world::OrderCurve& curve = state.order_curve[node];
    for (std::size_t k = 0; k < kMultiples.size(); ++k)
      curve.quantity[k] += world::demand_at(segment, level, curve.price[k]);
  }

  void expect_stocks(const world::World& world, world::State& state) const {
    std::fill(state.expected_stock.begin(), state.expected_stock.end(), 0.0);
    for (std::size_t h = 0; h < world.stocks.size(); ++h)
      if (world.stocks[h].holder == world::Holder::working)
        state.expected_stock[world.node(world.stocks[h].product, world.stocks[h].region)] += state.stock[h];
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      state.expected_stock[world.node(world.arcs[a].product, world.arcs[a].to)] += state.at_sea.under_way(a);
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      for (const auto& item : world.processes[world.facilities[f].process.index()].outputs)
        state.expected_stock[world.node(item.product, world.facilities[f].region)] +=
            item.amount * state.in_process.under_way(f);
    for (std::size_t n = 0; n < world.nodes(); ++n)
      state.expected_stock[n] -= lag_[n] * (state.final_use[n] + state.planned_use[n] - state.prompt_supply[n]);
  }

  /// The share of planned use that goes on at a price: all up to what its products pay for it, nothing from twice that.
  static double paid_for(double price, double worth) {
    return price <= worth ? 1 : worth > 0 ? std::max(0.0, 2 - price / worth) : 0;
  }

  /// From final demand at the points to orders.
  void complete(std::size_t n, world::State& state) const {
    world::OrderCurve& curve = state.order_curve[n];
    if (!(state.expected_price[n] > 0)) {  // what costs nothing is not ordered
      curve.quantity.fill(0);
      return;
    }
    const double expected = state.expected_price[n];
    const auto without_final_use = [&](double price) {
      const double multiple = price / state.normal_price[n];
      const double planned = state.planned_use[n] * std::min(1.0, std::pow(multiple, -rules_.use_elasticity)) *
                             paid_for(price, state.worth[n]);
      const double target = cover_[n] * state.forecast_use[n];
      // Orders fill a store and hoard little: what looks cheap is bought on the spot.
      const double wanted = state.cover_multiple[n];
      const double desired =
          std::min(rules_.ceiling * wanted * target, rules_.cover.desired(target, wanted, 1, multiple));
      return planned - state.prompt_supply[n] + rules_.gap_closing * (desired - state.expected_stock[n]);
    };
    for (std::size_t k = 0; k < kMultiples.size(); ++k) curve.quantity[k] += without_final_use(curve.price[k]);
    world::pass_through(curve.price, curve.quantity, kExpected, expected,
                        state.final_use[n] + without_final_use(expected));
    world::cut_at_zero(curve.price, curve.quantity);
    curve.quantity.back() = 0;  // beyond the last point nobody orders
  }

  OrderRules rules_;
  std::vector<double> lag_, cover_;  // nodes: months
};

}  // namespace

std::unique_ptr<Mechanism> orders(const world::World& world) {
  return std::make_unique<Orders>(
      world, OrderRules{CoverRule(world), world.parameter("stock-gap-closing"),
                        world.parameter("planned-use-elasticity"), world.parameter("order-ceiling")});
}

}  // namespace lodestone::dynamics
