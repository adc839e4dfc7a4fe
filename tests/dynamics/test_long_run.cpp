// Learning by doing, protest, and what hosts ask for.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

constexpr std::size_t kNewcomer = 2;  // region and, in the first stage, pool

world::World learning_world() {
  auto world = three_region_world();
  for (auto& parameter : world.parameters)
    if (parameter.id == "learning-rate") parameter.value = 0.1;
  return world;
}

TEST(Learning, AtBaseOutputNothingIsLearnedOrForgotten) {
  ThreeRegions toy(learning_world());
  toy.age(120);
  EXPECT_NEAR(toy.state.experience[0], 1000, 1e-9);  // 10 t a month, 1 % forgotten
  EXPECT_NEAR(toy.state.cash_cost[0], 800, 1e-9);
}

// The newcomer starts with 2 % of the world's 1,000 t; after 20 t of its own it knows twice as much.
TEST(Learning, ADoublingOfExperienceSavesTheLearningRate) {
  ThreeRegions toy(learning_world());
  toy.state.experience[kNewcomer] = 20;
  for (const auto& mechanism : toy.all) mechanism->expect(toy.world, toy.state);
  EXPECT_NEAR(toy.state.cash_cost[1], 500 * 0.9, 1e-9);
}

TEST(Learning, WhatIsNotDoneIsForgottenAndGetsDearer) {
  ThreeRegions toy(learning_world());
  toy.month.activity[0] = 0;
  toy.age(60);
  const double left = 1000 * std::pow(0.99, 60);
  EXPECT_NEAR(toy.state.experience[0], left, 1e-9);
  EXPECT_NEAR(toy.state.cash_cost[0], 800 * std::pow((left + 20) / 1020, std::log2(0.9)), 1e-6);
}

world::World governed_world(double governance) {
  auto world = three_region_world();
  world.regions[kNewcomer].governance = governance;
  return world;
}

// 1 t where nobody noticed 5 % of the world's 10 t: twice as much again, so growth 2.
TEST(Environment, ProtestGrowsWithOutputWhereGovernanceIsBadAndFades) {
  ThreeRegions toy(governed_world(0.25));
  toy.month.activity[1] = 1;
  toy.age();
  EXPECT_NEAR(toy.state.backlash[kNewcomer], 0.02 * 0.75 * 2, 1e-12);
  EXPECT_EQ(toy.state.backlash[0], 0);
  toy.month.activity[1] = 0;
  toy.age(24);
  EXPECT_NEAR(toy.state.backlash[kNewcomer], 0.015, 1e-12);  // half after its half-life
  ThreeRegions well(governed_world(1));
  well.month.activity[1] = 1;
  well.age();
  EXPECT_EQ(well.state.backlash[kNewcomer], 0);
}

TEST(Environment, StrongProtestStopsOutputAndSlowsPermits) {
  ThreeRegions toy(governed_world(0.25));
  toy.age(3);  // the developer has applied
  toy.state.backlash[kNewcomer] = 0.5;
  const double left = toy.plan().left;
  toy.age();
  EXPECT_NEAR(left - toy.plan().left, 1 / (1 + 2 * 0.5), 0.02);  // protest fades a little
  toy.plan().installed = 2;
  toy.state.backlash[kNewcomer] = 0.8;  // tolerance 0.5
  for (const auto& mechanism : toy.all) mechanism->expect(toy.world, toy.state);
  EXPECT_NEAR(toy.state.capacity[1], 2 * 0.7, 1e-12);
}

world::World foreign_world() {
  auto world = three_region_world();
  world.facilities[0].control = world::RegionId(1);  // the maker's mine is the user's
  return world;
}

// At 1,000 the mine keeps 20 % of its revenue, at 2,000 60 %: the host aims at 0.3 x 40 %.
TEST(HostBargaining, RoyaltiesFollowRentsAndStayLongerThanTheyCame) {
  ThreeRegions toy(foreign_world());
  toy.age(24);
  EXPECT_EQ(toy.state.royalty[0], 0);
  toy.price(2000);
  toy.age();
  EXPECT_NEAR(toy.state.royalty[0], 0.02 * 0.3 * 0.4, 1e-12);
  const double normal = toy.state.normal_price[0];
  EXPECT_NEAR(toy.state.royalty_due[0], toy.state.royalty[0] * normal, 1e-9);
  EXPECT_NEAR(toy.state.cash_cost[0], 800 + toy.state.royalty_due[0], 1e-9);
  const double won = toy.state.royalty[0];
  toy.price(1000);
  toy.age();
  EXPECT_NEAR(toy.state.royalty[0], won * (1 - 0.02 / 4), 1e-12);
}

TEST(HostBargaining, MinesOfTheHostsOwnPayNoMore) {
  auto world = three_region_world();
  world.facilities[0].control = world::RegionId(0);
  ThreeRegions toy(world);
  toy.price(2000);
  toy.age(12);
  EXPECT_EQ(toy.state.royalty[0], 0);
}

// The newcomer's share of what is shipped rises from none to a half.
TEST(HostBargaining, DependenceRaisesTheDemandForProcessingAtHome) {
  auto world = three_region_world();
  world.facilities[1].control = world::RegionId(1);
  ThreeRegions toy(world);
  toy.month.arc_flow = {10, 0};
  toy.age(12);
  EXPECT_EQ(toy.state.host_tax[1], 0);
  toy.month.arc_flow = {5, 5};
  toy.plan().installed = 2;
  toy.age();
  EXPECT_NEAR(toy.state.home_demand[kNewcomer], 0.02 * 0.5, 1e-12);
  EXPECT_NEAR(toy.state.host_tax[1], 0.3 * 0.01, 1e-12);
  EXPECT_EQ(toy.state.host_tax[0], 0);
}

}  // namespace
}  // namespace lodestone::dynamics
