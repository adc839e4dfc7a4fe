// Skilled workers: hired, trained and poached; what lacks slows a ramp-up.
#include <gtest/gtest.h>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

constexpr std::size_t kMaker = 0, kNewcomer = 2;  // pools of the mining stage

// The maker has 10 workers per t of its 10 t a month; the newcomer needs 10 for its 2 t.
world::World with_workers() {
  auto world = three_region_world();
  world.facilities[0].construction.labour = 10;
  world.facilities[1].construction.labour = 5;
  return world;
}

TEST(Workforce, TheBaseYearHasTheWorkersItNeeds) {
  ThreeRegions toy(with_workers());
  EXPECT_DOUBLE_EQ(toy.state.skilled[kMaker], 100);
  toy.age(6);
  EXPECT_DOUBLE_EQ(toy.state.skilled[kMaker], 100);
  EXPECT_EQ(toy.state.skilled[kNewcomer], 0);
}

TEST(Workforce, ANewStageBeginsWithThoseItCanPoach) {
  ThreeRegions toy(with_workers());
  toy.age(8);
  ASSERT_EQ(toy.plan().stage, world::PlantStage::construction);
  ASSERT_EQ(toy.state.skilled[kNewcomer], 0);
  while (toy.plan().left > 2) toy.age();
  const double before = toy.state.skilled[kNewcomer];
  toy.age();
  // 1 % of the maker's 100; a hundredth of which would go to itself.
  EXPECT_EQ(before, 0);
  EXPECT_NEAR(toy.state.skilled[kNewcomer], 1, 1e-9);
  EXPECT_NEAR(toy.state.skilled[kMaker], 99, 1e-9);
}

TEST(Workforce, WhatLacksSlowsTheRampUp) {
  ThreeRegions toy(with_workers());
  while (toy.plan().stage != world::PlantStage::ramp_up) toy.age();
  const double skill = toy.state.skill[1];
  EXPECT_NEAR(skill, toy.state.skilled[kNewcomer] / 10, 1e-12);
  EXPECT_LT(skill, 0.5);
  toy.month.activity[1] = toy.state.capacity[1];
  const double before = toy.plan().ramp;
  toy.age();
  EXPECT_NEAR(toy.plan().ramp, before + 0.09 * skill, 1e-12);
  EXPECT_EQ(toy.plan().stall, world::Stall::skill);
}

TEST(Workforce, NobodyIsMadeOrLostByPoaching) {
  ThreeRegions toy(with_workers());
  while (toy.plan().left > 2 || toy.plan().stage != world::PlantStage::construction) toy.age();
  toy.age();
  EXPECT_NEAR(toy.state.skilled[kMaker] + toy.state.skilled[kNewcomer], 100, 1e-9);
}

TEST(Workforce, SkillsAreLostWhereNobodyNeedsThem) {
  ThreeRegions toy(with_workers());
  toy.maker().idle = 10;
  toy.age();
  EXPECT_NEAR(toy.state.skilled[kMaker], 0.99 * (100 - 0.3), 1e-9);  // 0.3 % retire
  EXPECT_EQ(toy.state.workers_trained[kMaker], 0);
}

// 0.3 % of 100 retire a month and as many are trained; faster than 2 % of those who stay nobody is.
TEST(Workforce, WhoRetiresIsReplacedByTraining) {
  ThreeRegions toy(with_workers());
  toy.age();
  EXPECT_NEAR(toy.state.workers_retired[kMaker], 0.3, 1e-12);
  EXPECT_NEAR(toy.state.workers_trained[kMaker], 0.3, 1e-12);
  EXPECT_NEAR(toy.state.workers_wanted[kMaker], 100, 1e-12);
  toy.state.skilled[kMaker] = 50;
  toy.age();
  EXPECT_NEAR(toy.state.workers_trained[kMaker], 1, 1e-12);
  EXPECT_NEAR(toy.state.skilled[kMaker], 50 + 1 - 0.15, 1e-12);
}

// Two hundred are wanted and 0.3 of 100 retire: 60 are taught, plants train 2 % of those who know.
TEST(Workforce, WhoIsTaughtAtPublicCostComesOnTop) {
  ThreeRegions toy(with_workers());
  toy.maker().installed = 20;
  toy.state.measures.taught[kMaker] = 60;
  toy.age();
  EXPECT_NEAR(toy.state.skilled[kMaker], 100 - 0.3 + 60 + 2, 1e-12);
  EXPECT_NEAR(toy.state.workers_trained[kMaker], 62, 1e-12);
  toy.state.measures.taught[kMaker] = 100;
  const double before = toy.state.skilled[kMaker];
  toy.age();
  EXPECT_NEAR(toy.state.skilled[kMaker], before * 0.997 + 100, 1e-9) << "plants need train nobody";
  toy.state.measures.taught[kMaker] = 0;
  toy.age();
  EXPECT_EQ(toy.state.workers_trained[kMaker], 0) << "whom nobody needs leaves";
}

}  // namespace
}  // namespace lodestone::dynamics
