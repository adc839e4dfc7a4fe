#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/base/diagnostics.hpp"
#include "tests/dynamics/one_node.hpp"

namespace lodestone::dynamics {
namespace {

TEST(Mechanisms, TheBaseYearStays) {
  OneNode one;
  for (int month = 0; month < 24; ++month) one.age();
  EXPECT_DOUBLE_EQ(one.state.demand_level[0], 1);
  EXPECT_DOUBLE_EQ(one.state.normal_price[0], 1000);
  EXPECT_DOUBLE_EQ(one.state.stock[0], 30);
  EXPECT_NEAR(one.state.usual_use[0], 10, 1e-12);
}

TEST(Mechanisms, AMissingParameterIsWrongInput) {
  auto world = one_node_world();
  world.parameters.erase(world.parameters.begin());
  try {
    (void)mechanisms(world, world::kNoGrowth);
    FAIL() << "no error";
  } catch (const base::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("demand-adjustment"), std::string::npos) << error.what();
  }
}

TEST(DemandResponse, ClosesATenthOfTheGapToTheLongRun) {
  OneNode one;
  one.price(2000);
  one.age();
  // ln h = 0.1 * (-0.4 + 0.1) * ln 2 = -0.0207944
  EXPECT_NEAR(std::log(one.state.demand_level[0]), -0.0207944, 1e-7);
  for (int month = 0; month < 400; ++month) one.age();
  // In the long run h (p/P0)^es = (p/P0)^el.
  EXPECT_NEAR(one.state.demand_level[0] * std::pow(2, -0.1), std::pow(2, -0.4), 1e-9);
}

TEST(DemandResponse, ListensNoFurtherThanTheChokePrice) {
  OneNode one, choked;
  one.price(30000);
  choked.price(90000);
  one.age();
  choked.age();
  EXPECT_DOUBLE_EQ(one.state.demand_level[0], choked.state.demand_level[0]);
}

TEST(DemandResponse, KeepsWhatCannotBeDesignedOut) {
  OneNode one;
  one.world.segments[0].substitution_limit = 0.25;
  one.price(16000);  // asks for 16^(-0.3) = 0.435 in the long run
  for (int month = 0; month < 400; ++month) one.age();
  EXPECT_NEAR(one.state.demand_level[0], 0.75, 1e-9);
}

TEST(Expectations, NormalPriceFollowsInLogarithms) {
  OneNode one;
  one.price(4000);
  one.age();
  EXPECT_NEAR(one.state.normal_price[0], 1000 * std::pow(4, 0.12), 1e-9);
  EXPECT_DOUBLE_EQ(one.state.last_price[0], 4000);
}

TEST(Expectations, WithoutTradeThePriceStaysBetweenBidAndAsk) {
  OneNode one;
  one.month.quote = {{false, 1500, 9000}};
  EXPECT_DOUBLE_EQ(shown_price(one.month, 0, 1000), 1500);
  EXPECT_DOUBLE_EQ(shown_price(one.month, 0, 2000), 2000);
  EXPECT_DOUBLE_EQ(shown_price(one.month, 0, 10000), 9000);
}

TEST(Expectations, ASurplusMayCostNothing) {
  OneNode one;
  one.price(0);
  for (int month = 0; month < 3; ++month) one.age();
  EXPECT_NEAR(one.state.normal_price[0], 1000 * std::pow(0.88, 3), 1e-9);
}

/// What the curve orders at a price.
double ordered(const world::OrderCurve& curve, double price) {
  if (price <= curve.price.front()) return curve.quantity.front();
  for (std::size_t k = 1; k < world::OrderCurve::kPoints; ++k)
    if (price <= curve.price[k]) {
      const double share = (price - curve.price[k - 1]) / (curve.price[k] - curve.price[k - 1]);
      return curve.quantity[k - 1] + share * (curve.quantity[k] - curve.quantity[k - 1]);
    }
  return 0;
}

TEST(WorkingStocks, NobodyBuysOrSellsAtTheNormalPriceWithCoverOnTarget) {
  const OneNode one;
  EXPECT_NEAR(purchase(one.state.stock_curve[0], 1000), 0, 1e-12);
}

TEST(WorkingStocks, CurveMeetsTheEquationAtItsPoints) {
  OneNode one;
  one.state.stock[0] = 24;
  for (const auto& mechanism : one.all) mechanism->expect(one.world, one.state);
  const auto& curve = one.state.stock_curve[0];
  const double full = 1000 * std::pow(3.2, -1 / 1.5);  // at this price 3.2 times the target is wanted
  const auto asked_for = [&](double price) {
    // Next to free, at a twentieth of it, stores find room for half as much again.
    const double ceiling = price < full ? 3.2 * 1.5 : 3.2;
    const double desired = 30 * std::min(ceiling, std::pow(1000 / price, 1.5));
    return std::max(0.5 * (desired - 24), -0.4 * 24);
  };
  EXPECT_NEAR(curve.price[0], full / 20, 1e-9);
  EXPECT_NEAR(curve.price[1], full, 1e-9);
  EXPECT_NEAR(purchase(curve, 1000), asked_for(1000), 1e-9);
  for (std::size_t k = 0; k + 1 < world::StockCurve::kPoints; ++k) {
    // The two points around the normal price are shifted a little, so that the curve is exact there.
    EXPECT_NEAR(purchase(curve, curve.price[k]), asked_for(curve.price[k]), k == 3 || k == 4 ? 0.8 : 1e-9) << k;
    EXPECT_LT(curve.price[k], curve.price[k + 1]);
    EXPECT_GE(curve.held_back[k], curve.held_back[k + 1]);
  }
  EXPECT_DOUBLE_EQ(curve.release_limit, 0.4 * 24);
  EXPECT_EQ(curve.held_back.back(), 0);
}

TEST(WorkingStocks, AnEmptyStoreOnlyBuysAndAnUnusedOneStaysShut) {
  OneNode one;
  one.state.stock[0] = 0;
  for (const auto& mechanism : one.all) mechanism->expect(one.world, one.state);
  EXPECT_EQ(one.state.stock_curve[0].release_limit, 0);
  EXPECT_GT(purchase(one.state.stock_curve[0], 1000), 0);
  one.state.demand_level[0] = 0;
  one.state.stock[0] = 12;
  for (const auto& mechanism : one.all) mechanism->expect(one.world, one.state);
  EXPECT_EQ(one.state.stock_curve[0].release_limit, 0);
  EXPECT_EQ(one.state.stock_curve[0].held_back.front(), 0);
}

TEST(WorkingStocks, TakesWhatWasReleased) {
  OneNode one;
  one.month.stock_release = {4};
  one.age();
  EXPECT_DOUBLE_EQ(one.state.stock[0], 26);
}

// Target 30 at the normal price; with K = 2.5 the same 30 are wanted at 2.5^(1/1.5) times the price, and at the normal
// price 75.
TEST(WorkingStocks, FearMakesTheTargetLarger) {
  OneNode one;
  one.state.news[0] = 0.5;  // K = 1 + 3 * 0.5
  for (const auto& mechanism : one.all) mechanism->expect(one.world, one.state);
  EXPECT_NEAR(purchase(one.state.stock_curve[0], 1000 * std::pow(2.5, 1 / 1.5)), 0, 1e-9);
  EXPECT_NEAR(purchase(one.state.stock_curve[0], 1000), 0.5 * (75 - 30), 2) << "between two points of the curve";
  // Orders are for the same: 10 of use and half of what is lacking.
  EXPECT_NEAR(ordered(one.state.order_curve[0], 1000), 10 + 0.5 * (75 - 30), 1e-9);
}

// Nobody stores what users cannot pay for: at an expected price beyond the choke price there is no use to cover.
TEST(Plans, CoversAreOfUseAtTheExpectedPrice) {
  OneNode one;
  one.state.expected_price[0] = 2000;
  for (const auto& mechanism : one.all) mechanism->expect(one.world, one.state);
  EXPECT_NEAR(one.state.forecast_use[0], 10 * std::pow(2, -0.1), 1e-9);
  EXPECT_DOUBLE_EQ(one.state.usual_use[0], 10);
  one.state.expected_price[0] = 31000;
  for (const auto& mechanism : one.all) mechanism->expect(one.world, one.state);
  EXPECT_DOUBLE_EQ(one.state.forecast_use[0], 0);
}

// What buyers plan for does not shrink with a shortage, so the target stays.
TEST(Plans, AShortageIsNotForgotten) {
  OneNode one;
  one.month.consumption = {5};
  one.age();
  EXPECT_DOUBLE_EQ(one.state.usual_use[0], 10);
}

TEST(Orders, AtTheNormalPriceWithStocksOnTargetWhatIsUsedIsOrdered) {
  const OneNode one;
  EXPECT_NEAR(ordered(one.state.order_curve[0], 1000), 10, 1e-9);
  EXPECT_EQ(ordered(one.state.order_curve[0], 60000), 0);
}

TEST(Orders, AStoreHalfEmptyIsFilledByTheShareThatIsClosedEachMonth) {
  OneNode one;
  one.state.stock[0] = 20;  // of a target of 30, closed by half
  for (const auto& mechanism : one.all) mechanism->expect(one.world, one.state);
  EXPECT_NEAR(ordered(one.state.order_curve[0], 1000), 10 + 0.5 * 10, 1e-9);
  // At twice the normal price: use 10 * 2^-0.1, desired stock 30 * 2^-1.5.
  EXPECT_NEAR(ordered(one.state.order_curve[0], 2000), 10 * std::pow(2, -0.1) + 0.5 * (30 * std::pow(2, -1.5) - 20),
              1e-9);
}

TEST(Orders, HoardNoMoreThanTheirCeiling) {
  const OneNode one;
  // At 0.3 Pn stores would like 3.2 times their target; orders aim for 1.5 times.
  EXPECT_NEAR(ordered(one.state.order_curve[0], 300), 10 * std::pow(0.3, -0.1) + 0.5 * (1.5 * 30 - 30), 1e-9);
}

}  // namespace
}  // namespace lodestone::dynamics
