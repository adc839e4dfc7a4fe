// Ore that gets poorer and ends.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// The maker mines 10 t a month out of 100 t.
world::World mined_world(double replaced) {
  auto world = three_region_world();
  world.facilities[0].ore = {100, replaced, {}};
  world::Parameter parameter;
  parameter.id = "ore-cost-elasticity";
  parameter.value = 0.3;
  world.parameters.push_back(parameter);
  return world;
}

TEST(Ore, WhatExplorationReplacesCostsNothing) {
  ThreeRegions toy(mined_world(1));
  toy.age(60);
  EXPECT_EQ(toy.state.ore_used[0], 0);
  EXPECT_EQ(toy.state.cash_cost[0], 800);
  EXPECT_EQ(toy.state.capacity[0], 10);
}

TEST(Ore, GetsPoorerAsItIsUsedAndEnds) {
  ThreeRegions toy(mined_world(0));
  toy.age(5);  // half of it
  EXPECT_DOUBLE_EQ(toy.state.ore_used[0], 50);
  EXPECT_NEAR(toy.state.cash_cost[0], 800 * std::pow(0.5, -0.3), 1e-9);  // 984.9
  toy.month.activity[0] = 4;
  toy.age(11);  // 94 t: what is left is less than a month's capacity
  EXPECT_NEAR(toy.state.capacity[0], 6, 1e-12);
  toy.month.activity[0] = 6;
  toy.age();
  EXPECT_EQ(toy.maker().stage, world::PlantStage::closed);
  EXPECT_EQ(toy.state.capacity[0], 0);
}

TEST(Ore, OfWhichNobodySaysHowMuchThereIsDoesNotEnd) {
  ThreeRegions toy;
  toy.age(600);
  EXPECT_EQ(toy.state.capacity[0], 10);
}

}  // namespace
}  // namespace lodestone::dynamics
