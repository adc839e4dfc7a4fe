// Which nodes are part of a month, and how a piece of demand is shared out.
#include <gtest/gtest.h>

#include "lodestone/world/month_market.hpp"

namespace lodestone::world {
namespace {

// Two regions, two products; only the second product in the second region is used, by two end uses.
World two_uses() {
  World world;
  world.regions = {{"AAA", "Alone", false}, {"BBB", "Busy", false}};
  for (const char* id : {"ore", "metal"}) {
    Product product;
    product.id = id;
    world.products.push_back(product);
  }
  for (const double quantity : {30.0, 10.0}) {
    Segment use;
    use.region = RegionId(1);
    use.product = ProductId(1);
    use.base_quantity = quantity;
    use.base_price = 100;
    use.short_elasticity = -0.2;
    use.choke_price = 2000;
    world.segments.push_back(use);
  }
  Stock forgotten;
  forgotten.region = RegionId(0);
  forgotten.product = ProductId(0);
  forgotten.quantity = 5;
  world.stocks.push_back(forgotten);
  world.base_price = {70, 0, 0, 100};
  return world;
}

struct Month {
  World world = two_uses();
  MonthMarket market{world, {}, {}};
  State state;
  Equilibrium read;
  Month() {
    state.demand_level = {1, 0.5};
    state.stock_curve.resize(1);
    state.order_curve.resize(4);
    market.fill(state, {});
  }
};

TEST(MonthRows, ANodeThatNobodyUsesIsNoPartOfTheMonthAndShowsNoTrade) {
  Month month;
  EXPECT_EQ(month.market.topology().rows, 1);
  EXPECT_EQ(month.market.node_row(3), 0);
  EXPECT_EQ(month.market.node_row(0), -1);
  EXPECT_EQ(month.market.typical_price(0), 70);  // it has a typical price all the same
  auto solution = market::Solution::zeros(month.market.topology());
  solution.price[0] = 123;
  month.market.read(solution, month.read);
  ASSERT_EQ(month.read.price.size(), 4u);
  ASSERT_EQ(month.read.quote.size(), 4u);
  EXPECT_EQ(month.read.price[3], 123);
  EXPECT_EQ(month.read.price[0], 0);
  EXPECT_FALSE(month.read.quote[0].traded);
  EXPECT_EQ(month.read.quote[0].bid, 0);
  EXPECT_EQ(month.read.quote[0].ask, market::kUnlimited);
  EXPECT_EQ(month.read.stock_release[0], 0);  // what is in store stays there
}

// Curves of one shape: of 30 + 0.5 x 10 = 35 t at P0 the first use has 6 parts in 7, whatever is bought.
TEST(MonthRows, APieceOfDemandIsSharedOutAsEachUseFillsIt) {
  Month month;
  const auto& numbers = month.market.numbers();
  auto solution = market::Solution::zeros(month.market.topology());
  solution.activity[0] = numbers.upper[0];
  solution.activity[1] = 0.4 * numbers.upper[1];
  month.market.read(solution, month.read);
  const double bought = solution.activity[0] + solution.activity[1];
  ASSERT_GT(bought, 0);
  EXPECT_NEAR(month.read.consumption[0], bought * 6 / 7, 1e-12);
  EXPECT_NEAR(month.read.consumption[1], bought / 7, 1e-12);
}

// The money scale is the 4,000 USD of the node in use, or 40 t of metal: 4e-8 t is the least that counts as an order.
TEST(MonthRows, FaintOrdersAreNone) {
  World world = two_uses();
  Arc arc;
  arc.product = ProductId(1);
  arc.from = RegionId(0);
  arc.to = RegionId(1);
  arc.lag = 1;
  world.arcs.push_back(arc);
  MonthMarket market(world, {}, {});
  State state;
  state.demand_level = {1, 1};
  state.stock_curve.resize(1);
  state.usual_flow = {0};
  state.qualified = {1};
  state.at_sea.resize({1});
  state.order_curve.resize(4);
  OrderCurve& curve = state.order_curve[3];
  for (std::size_t k = 0; k < OrderCurve::kPoints; ++k) curve.price[k] = 1 + static_cast<double>(k);
  Rules rules;
  rules.reset(world, 0, 0, 0);
  rules.arc_limit = {0};
  const auto ordered = [&](double quantity) {
    for (std::size_t k = 0; k < OrderCurve::kPoints; ++k)
      curve.quantity[k] = quantity * (1 - static_cast<double>(k) / (OrderCurve::kPoints - 1));
    market.fill(state, rules);
    double sum = 0;
    const auto& t = market.topology();
    for (market::Index j = 0; j < t.cols; ++j)
      if (t.row_of[t.col_start[j]] == market.forward_row(3)) sum += market.numbers().upper[j];
    return sum;
  };
  EXPECT_NEAR(ordered(1), 1, 1e-12);
  EXPECT_NEAR(ordered(5e-8), 5e-8, 1e-20);
  EXPECT_EQ(ordered(3e-8), 0);
}

}  // namespace
}  // namespace lodestone::world
