// Plants of the base year: mothballing, restart, scrapping, capacity ordered by aggregates.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

TEST(Plants, AtBasePricesNothingMoves) {
  auto world = three_region_world();
  world.facilities[1].opens.reset();
  ThreeRegions toy(world);
  toy.age(60);
  EXPECT_DOUBLE_EQ(toy.state.capacity[0], 10);
  EXPECT_DOUBLE_EQ(toy.state.cash_cost[0], 800);
  EXPECT_EQ(toy.maker().stage, world::PlantStage::operating);
  EXPECT_EQ(toy.state.capacity[1], 0);
}

TEST(Plants, CalibrationSupportCountsAsEarned) {
  auto world = three_region_world();
  world.facilities[0].cash_cost = 1500;  // sells at 1,000: the base year rests on 500 of support
  world.facilities[0].support = 500;
  world.facilities[0].step_cost = {1300, 1500, 1501};
  ThreeRegions toy(world);
  toy.age(24);
  EXPECT_DOUBLE_EQ(toy.state.capacity[0], 10);
}

TEST(Plants, WhatDoesNotPayIsMothballedAndWhatIsIdleIsScrapped) {
  ThreeRegions toy;
  toy.price(600);  // below 0.85 x 800
  toy.age();
  // 1 % of 10 idle, and 2 % of that scrapped.
  EXPECT_NEAR(toy.maker().idle, 0.1 * 0.98, 1e-12);
  EXPECT_NEAR(toy.maker().installed, 10 - 0.1 * 0.02, 1e-12);
  EXPECT_NEAR(toy.state.capacity[0], 9.9, 1e-12);
  EXPECT_EQ(toy.maker().stall, world::Stall::price);
  toy.age(600);
  EXPECT_EQ(toy.maker().stage, world::PlantStage::closed);
  EXPECT_EQ(toy.state.capacity[0], 0);
}

TEST(Plants, WhatComesAlongWithAnotherProductIsNotMothballed) {
  auto world = three_region_world();
  world.facilities[0].capacity_kind = world::CapacityKind::by_product;
  ThreeRegions toy(world);
  toy.price(10);
  toy.age(24);
  EXPECT_DOUBLE_EQ(toy.state.capacity[0], 10);
}

TEST(Plants, BetweenTheTwoMarginsNothingIsMothballed) {
  ThreeRegions toy;
  toy.price(700);  // 0.875 of the cash cost
  toy.age(12);
  EXPECT_DOUBLE_EQ(toy.state.capacity[0], 10);
}

TEST(Plants, ComeBackWhenItPaidWellForThreeMonths) {
  ThreeRegions toy;
  toy.maker().idle = 5;
  toy.price(1000);  // 1.25 x 800
  toy.age(2);
  EXPECT_DOUBLE_EQ(toy.maker().idle, 5);
  toy.age();
  EXPECT_DOUBLE_EQ(toy.maker().idle, 5 - 0.12 * 10);
}

TEST(CapacityOrders, AggregatesOrderWhenPricesRiseAboveFullCost) {
  ThreeRegions toy;
  toy.price(1200);  // full cost is 1,000: what the last tonne of the base year cost
  toy.age();
  const double ordered = 10 * 0.1 * std::log(1.2);
  EXPECT_DOUBLE_EQ(toy.maker().installed, 10);
  toy.price(1000);
  toy.age();
  EXPECT_DOUBLE_EQ(toy.maker().installed, 10);
  toy.age();
  EXPECT_NEAR(toy.maker().installed, 10 + ordered, 1e-12);  // two months after the order
  toy.age(12);
  EXPECT_NEAR(toy.maker().installed, 10 + ordered, 1e-12);
}

TEST(CapacityOrders, HaveASpeedLimitAndStopAtAQuota) {
  ThreeRegions fast;
  fast.price(5000);
  fast.age(3);
  EXPECT_NEAR(fast.maker().installed, 10 + 10 * 0.05, 1e-12);
  auto world = three_region_world();
  world.facilities[0].capacity_kind = world::CapacityKind::quota;
  ThreeRegions quota(world);
  quota.price(5000);
  quota.age(12);
  EXPECT_DOUBLE_EQ(quota.maker().installed, 10);
}

// 2 t of feed per t, half a t that it can do, recontracting in 4 months: a quarter of a t is planned for after the
// first.
TEST(Plans, APlantThatRampsUpOrdersForWhatItCanDoAsLongAsThatPays) {
  auto world = three_region_world();
  auto feed = world.products[0];
  feed.id = "feed";
  world.products.push_back(feed);
  world.base_price = {1000, 1000, 1000, 250, 250, 250};
  world.processes[0].inputs = {{world::ProductId(1), 2}};
  const std::size_t node = world.node(world::ProductId(1), world::RegionId(2));
  const auto planned = [&](double feed_price, world::PlantStage stage) {
    const auto mechanism = plans(world);
    world::State state;
    mechanism->start(world, state);
    state.plants.resize(2);
    state.plants[1].stage = stage;
    state.capacity = {10, 0.5};
    state.cash_cost = {300, 500};
    state.rules_margin = {0, 0};
    state.last_price = world.base_price;
    state.last_price[node] = feed_price;
    world::Equilibrium equilibrium;
    equilibrium.activity = {10, 0};
    equilibrium.arc_flow = {10, 0};
    mechanism->age(world, world::MonthMarket(world, {}, {}), equilibrium, state);
    return state.planned_use[node];
  };
  EXPECT_DOUBLE_EQ(planned(250, world::PlantStage::ramp_up), 2 * 0.5 / 4) << "at 250 it just earns its cash cost";
  EXPECT_EQ(planned(300, world::PlantStage::ramp_up), 0) << "it would lose";
  EXPECT_EQ(planned(250, world::PlantStage::operating), 0) << "it goes by what it usually does";
}

}  // namespace
}  // namespace lodestone::dynamics
