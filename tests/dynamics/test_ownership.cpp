// Who controls a plant: bought, taken, given back; what it brings and what investors remember.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

const world::RegionId kMaker(0), kUser(1), kNewcomer(2);

/// The maker is run from abroad; it would cost 12 x 10 x 100 USD to build again.
world::World foreign_world() {
  auto world = three_region_world();
  world.facilities[0].control = kUser;
  world.facilities[0].construction.capex = 100;
  return world;
}

struct Owned : ThreeRegions {
  explicit Owned(world::World a_world = foreign_world()) : ThreeRegions(std::move(a_world)) {
    state.public_cost = state.public_spent = {0};
  }
  [[nodiscard]] double cost() const { return state.public_cost[0]; }
  world::Takeover& take(double share, double price, bool forced, world::RegionId buyer) {
    return state.measures.takeovers.emplace_back(world::Takeover{0, 0, buyer, share, price, forced});
  }
};

// 1,000 USD/t less 800 of cash cost on 10 t a month: half of it is 1,000 USD.
TEST(Ownership, APurchaseIsPaidOnceAndBringsItsShareOfTheProfit) {
  Owned toy;
  toy.take(0.5, 7000, false, kNewcomer);
  toy.age();
  EXPECT_EQ(toy.state.control[0], kNewcomer);
  EXPECT_NEAR(toy.cost(), 7000 - 1000, 1e-9);
  toy.age();
  EXPECT_NEAR(toy.cost(), -1000, 1e-9);
  toy.state.measures.takeovers.clear();
  toy.age();
  EXPECT_EQ(toy.state.control[0], kNewcomer) << "what was bought is kept";
  EXPECT_NEAR(toy.state.public_spent[0], 7000, 1e-9);
  EXPECT_EQ(toy.state.expropriation[0], 0);
}

TEST(Ownership, LessThanHalfBringsNoControlAndMoreThanAllIsNotSold) {
  Owned toy;
  toy.take(0.4, 1, false, kNewcomer);
  toy.state.public_cost = toy.state.public_spent = {0, 0};
  toy.take(0.7, 1, false, kMaker).lever = 1;
  toy.age();
  EXPECT_EQ(toy.state.control[0], kUser);
  ASSERT_EQ(toy.state.holdings.size(), 1u);
  EXPECT_EQ(toy.state.public_spent[1], 0);
}

TEST(Ownership, AHostThatScreensABuyerKeepsItOut) {
  Owned toy;
  toy.take(0.6, 7000, false, kNewcomer);
  toy.state.measures.screened[0 * 3 + kNewcomer.index()] = 1;
  toy.age();
  EXPECT_EQ(toy.state.control[0], kUser);
  EXPECT_EQ(toy.cost(), 0);
  toy.state.measures.screened[0 * 3 + kNewcomer.index()] = 0;
  toy.age();
  EXPECT_EQ(toy.state.control[0], kNewcomer);
}

// A quarter is paid for: three quarters of all there is were taken, and forgotten by half in 60 months.
TEST(Ownership, WhatAHostTakesItGivesBackAndInvestorsRememberIt) {
  Owned toy;
  toy.take(1, 0.25 * 12 * 10 * 100, true, kMaker);
  toy.state.measures.screened.assign(6, 1);
  toy.age();
  EXPECT_EQ(toy.state.control[0], kMaker) << "nobody screens it";
  EXPECT_NEAR(toy.cost(), 3000 - 2000, 1e-9);
  EXPECT_NEAR(toy.state.expropriation[0], 0.75, 1e-12);
  EXPECT_EQ(toy.state.expropriation[2], 0);
  toy.state.measures.takeovers.clear();
  toy.age(60);
  EXPECT_EQ(toy.state.control[0], kUser);
  EXPECT_TRUE(toy.state.holdings.empty());
  EXPECT_EQ(toy.cost(), 0);
  EXPECT_NEAR(toy.state.expropriation[0], 0.75 / 2, 1e-12);
}

TEST(Ownership, ProjectsMustEarnMoreWhereAHostTookPlants) {
  auto world = foreign_world();
  world.facilities[0].region = kNewcomer;  // beside the plan, which is worth 12 x 2 x 100
  Owned toy(world);
  toy.take(1, 0, true, kNewcomer);
  toy.age();
  const double taken = 12000.0 / (12000 + 2400);
  EXPECT_NEAR(toy.state.project_risk[1].taking, taken, 1e-12);
  const Lenders lenders(toy.world);
  EXPECT_NEAR(lenders.rate(toy.world.facilities[1], toy.state.project_risk[1]), 0.12 + 0.1 * taken, 1e-12);
}

TEST(Ownership, TheStateTakesItsShareOfWhatOthersBought) {
  Owned toy;
  toy.state.public_cost = toy.state.public_spent = {0, 0};
  toy.take(0.8, 1, false, kNewcomer).lever = 1;
  toy.age();
  toy.take(0.5, 0, true, kMaker);
  toy.age();
  ASSERT_EQ(toy.state.holdings.size(), 2u);
  EXPECT_DOUBLE_EQ(toy.state.holdings[0].share, 0.4);
  EXPECT_EQ(toy.state.control[0], kMaker);
}

// At 2,000 USD/t the foreign mine is asked for more, until the host has it.
TEST(Ownership, AHostBargainsWithOthersOnly) {
  Owned toy(foreign_world());
  toy.price(2000);
  toy.age();
  EXPECT_GT(toy.state.royalty[0], 0);
  toy.take(1, 0, true, kMaker);
  toy.age();
  EXPECT_EQ(toy.state.royalty[0], 0);
}

TEST(Ownership, ResearchTakesItsSavingOffTheCashCost) {
  Owned toy;
  toy.state.measures.saving[0] = 0.1;
  toy.age();
  EXPECT_NEAR(toy.state.cash_cost[0], 720, 1e-9);
}

}  // namespace
}  // namespace lodestone::dynamics
