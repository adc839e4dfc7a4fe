// Licences bound to end users: what holders use, what it costs them, and what is left of a month for others.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/market/solver.hpp"
#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// MAK sells 10 t a month to USE, a month away; use falls with the square root of the price.
world::World world_with_a_lag() {
  world::World world = three_region_world();
  world.segments[0].short_elasticity = -0.5;
  world.arcs[0].lag = 1;
  world.arcs[0].freight = 20;
  world::Stock stock;
  stock.region = world::RegionId(1);
  stock.product = world::ProductId(0);
  stock.cover = 3;
  stock.quantity = 30;
  world.stocks.push_back(stock);
  return world;
}

struct Bound {
  world::World world;
  world::MonthMarket market;
  std::unique_ptr<Mechanism> mechanism;
  world::State state;
  world::Rules rules;
  world::Equilibrium month;
  world::LicensedUse use;

  explicit Bound(world::World a_world = world_with_a_lag())
      : world(std::move(a_world)), market(world, {}, {}, {}, {world::ArcId(0)}), mechanism(licensed_goods(world)) {
    for (const auto& each : mechanisms(world, world::kNoGrowth)) each->start(world, state);
    for (const auto& each : mechanisms(world, world::kNoGrowth)) each->expect(world, state);
    rules.reset(world, 0, 0, 0);
    rules.arc_limit = {6, market::kUnlimited};
    rules.arc_bound = {1, 0};
    month.activity.assign(world.facilities.size(), 0.0);
    month.stock_release = {0};
    month.licensed_left.assign(world.nodes(), 0.0);
    month.licensed_price.assign(world.nodes(), 0.0);
    state.last_price = {1000, 3000, 1000};
    arriving(4, 4);
  }
  /// Tonnes at sea that arrive this month, and of them those of holders.
  void arriving(double all, double licensed) {
    state.at_sea.advance({all, 0});
    state.licensed_at_sea.advance({licensed, 0});
  }
  const world::LicensedUse::Place& place() {
    world::work_out_licensed_use(world, state, rules, market.bound(), use);
    return use.places[1];
  }
  void clear() {
    market.fill(state, rules);
    market::Solution solution = market::Solution::zeros(market.topology());
    const auto report =
        market::make_cascade_solver(market.topology())->solve(market.numbers(), solution, market::Start::cold);
    ASSERT_EQ(report.outcome, market::Outcome::solved);
    market.read(solution, month);
  }
};

// Price at the origin and freight; 4 t have come for the 10 (1.02)^-1/2 = 9.901 t that users would use at that price.
TEST(LicensedGoods, HoldersPayThePriceAtTheOriginAndCosts) {
  Bound world;
  EXPECT_DOUBLE_EQ(world.place().price, 1020);
  EXPECT_DOUBLE_EQ(world.place().goods, 4);
  EXPECT_NEAR(world.place().wanted, 10 / std::sqrt(1.02), 1e-12);
  EXPECT_NEAR(world.use.of(world.world, world.state, 0).quantity, 4, 1e-12);
  EXPECT_NEAR(world.use.of(world.world, world.state, 0).share, 4 * std::sqrt(1.02) / 10, 1e-12);
  EXPECT_DOUBLE_EQ(world.place().orders, 6);
  EXPECT_NEAR(world.place().left, 0, 1e-12);
}

TEST(LicensedGoods, WhoCouldBuyForLessOnTheSpotDoesSo) {
  Bound world;
  world.state.last_price[1] = 900;
  EXPECT_DOUBLE_EQ(world.place().price, 900);
}

TEST(LicensedGoods, NobodyHoldsALicenceWhereNoneIsBoundAndNoneIsUnderWay) {
  Bound world;
  world.rules.arc_bound[0] = 0;
  EXPECT_DOUBLE_EQ(world.place().price, 1020) << "what set out for holders still comes";
  EXPECT_EQ(world.place().orders, 0);
  world.arriving(4, 0);
  EXPECT_EQ(world.place().price, 0);
  EXPECT_EQ(world.place().share, 0);
}

// Holders use their 4 t at 1,020. The others would use 6 t at 1,000; the 2.5 t left of what came make that price
// (6 / 2.5)^2 times as high.
TEST(LicensedGoods, TheOthersMeetAThinSpotMarket) {
  auto world = world_with_a_lag();
  world.stocks.clear();
  Bound bound(std::move(world));
  bound.arriving(6.5, 4);
  bound.clear();
  const double others = 1 - 4 * std::sqrt(1.02) / 10, spot = 1000 * std::pow(10 * others / 2.5, 2);
  EXPECT_NEAR(bound.month.price[1], spot, 0.03 * spot) << "pieces of the curve are straight";
  EXPECT_NEAR(bound.month.consumption[0], 6.5, 1e-9);
  EXPECT_NEAR(bound.month.licensed_use[1], 4, 1e-9);
  EXPECT_NEAR(bound.month.weighted_price[1], (4 * 1020 + 2.5 * bound.month.price[1]) / 6.5, 1e-6);
  EXPECT_DOUBLE_EQ(bound.month.licensed_flow[0], bound.month.arc_flow[0]);
  EXPECT_LE(bound.month.licensed_flow[0], 6);
}

// Where even the dearest use goes short, holders are served first.
TEST(LicensedGoods, HoldersAreServedAtAnyPrice) {
  auto world = world_with_a_lag();
  world.stocks.clear();
  Bound bound(std::move(world));
  bound.arriving(4.1, 4);
  bound.clear();
  EXPECT_GT(bound.month.price[1], 0.97 * 30'000);
  EXPECT_NEAR(bound.month.licensed_use[1], 4, 1e-9);
  EXPECT_NEAR(bound.month.consumption[0], 4.1, 1e-9);
}

// 3 t in store are theirs, 12 t come, 9.9 t are used: 5.1 t stay in a store that would gladly sell at this price.
TEST(LicensedGoods, WhatHoldersLeaveStaysInStoreAndIsNotForSale) {
  auto world = world_with_a_lag();
  world.stocks[0].quantity = 3;
  Bound bound(std::move(world));
  bound.state.licensed_store[1] = 3;
  bound.arriving(12, 12);
  bound.clear();
  const double left = 15 - 10 / std::sqrt(1.02);
  EXPECT_EQ(bound.place().share, 1);
  EXPECT_NEAR(bound.place().left, left, 1e-12);
  EXPECT_NEAR(bound.month.licensed_left[1], left, 1e-9);
  EXPECT_LE(bound.month.stock_release[0], 3 - left + 1e-9);
  EXPECT_EQ(bound.place().orders, 3) << "six less what is in store";
  bound.mechanism->age(bound.world, bound.market, bound.month, bound.state);
  EXPECT_NEAR(bound.state.licensed_store[1], left, 1e-9);
}

// Without a working stock nobody can keep goods: what holders leave is anybody's.
TEST(LicensedGoods, NothingIsKeptWhereThereIsNoStore) {
  auto world = world_with_a_lag();
  world.stocks.clear();
  Bound bound(std::move(world));
  bound.arriving(12, 12);
  bound.clear();
  EXPECT_GT(bound.month.licensed_left[1], 2);
  bound.mechanism->age(bound.world, bound.market, bound.month, bound.state);
  EXPECT_EQ(bound.state.licensed_store[1], 0);
}

TEST(LicensedGoods, TheStoreIsAnybodysWhenNoLicenceIsBoundAnyMore) {
  Bound world;
  world.state.licensed_store[1] = 5;
  world.month.licensed_left[1] = 5;
  world.month.licensed_flow = {0, 0};
  world.market.fill(world.state, world.rules);
  world.mechanism->age(world.world, world.market, world.month, world.state);
  EXPECT_EQ(world.state.licensed_store[1], 0);
}

// T = 4 months.
TEST(LicensedGoods, WhatAPlantUsuallyDoesFollowsWhatItDoes) {
  Bound world;
  world.month.activity[0] = 2;
  world.month.licensed_flow = {0, 0};
  world.market.fill(world.state, world.rules);
  world.mechanism->age(world.world, world.market, world.month, world.state);
  EXPECT_DOUBLE_EQ(world.state.usual_activity[0], 8);
}

}  // namespace
}  // namespace lodestone::dynamics
