// Projects from prospect to full capacity, and what stalls them.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

using world::PlantStage;
using world::Stall;

// It is to open in January 2026 and takes 4 months to build: the permit must be there in September 2025, 8 months from
// the start.
TEST(Projects, GoThroughPermitMoneyConstructionAndRampUp) {
  ThreeRegions toy;
  EXPECT_EQ(toy.plan().stage, PlantStage::permitting);
  EXPECT_DOUBLE_EQ(toy.plan().left, 8);
  toy.age();
  EXPECT_EQ(toy.plan().stall, Stall::none);  // seven months left, the permit takes six: it has not applied yet
  toy.age(2);
  EXPECT_EQ(toy.plan().stall, Stall::permit);
  toy.age(5);
  EXPECT_EQ(toy.plan().stage, PlantStage::construction);  // permit and money in the same month
  EXPECT_DOUBLE_EQ(toy.plan().left, 4 * 1.5 - 1);         // half as long again as announced
  toy.age(4);
  EXPECT_EQ(toy.state.capacity[1], 0);
  toy.age();
  EXPECT_EQ(toy.plan().stage, PlantStage::ramp_up);
  EXPECT_NEAR(toy.state.capacity[1], 2 * 0.1, 1e-12);
  EXPECT_NEAR(toy.state.cash_cost[1], 500 * (1 + 0.5 * 0.9), 1e-9);
}

TEST(Projects, RampUpByRunningAndLearnNothingIdle) {
  ThreeRegions toy;
  toy.age(13);
  ASSERT_EQ(toy.plan().stage, PlantStage::ramp_up);
  toy.age(5);  // nothing runs
  EXPECT_DOUBLE_EQ(toy.plan().ramp, 0.1);
  EXPECT_EQ(toy.plan().stall, Stall::price);
  for (int m = 0; m < 10; ++m) {
    toy.month.activity[1] = toy.state.capacity[1];
    toy.age();
    EXPECT_NEAR(toy.plan().ramp, 0.1 + 0.09 * (m + 1), 1e-12);
  }
  EXPECT_EQ(toy.plan().stage, PlantStage::operating);
  EXPECT_DOUBLE_EQ(toy.state.capacity[1], 2);
  EXPECT_DOUBLE_EQ(toy.state.cash_cost[1], 500);
}

TEST(Projects, WorthIsWhatAFeasibilityStudyWouldSay) {
  const auto world = three_region_world();
  const Lenders lenders(world);
  auto plan = world.facilities[1];
  plan.construction.build_months = plan.construction.ramp_months = 0;
  // 20 years at 10 %: annuity 8.5136; 0.85 x (1000 - 500) x 8.5136 / (100 x 1.25)
  EXPECT_NEAR(lenders.worth(plan, 1000, 500, 0.1), 28.946, 1e-3);
  // Built in 4 x 1.5 months and half of 10 lost in ramp-up: 11 months later.
  EXPECT_NEAR(lenders.worth(world.facilities[1], 1000, 500, 0.1), 28.946 * std::pow(1.1, -11 / 12.0), 1e-3);
}

TEST(Projects, AFloodRaisesTheHurdleAndFadesByHalfInItsMemory) {
  auto world = three_region_world();
  world.facilities[1].opens.reset();  // it waits throughout
  ThreeRegions toy(world);
  toy.price(250);  // half of the cash cost
  toy.age(12);
  const Lenders lenders(toy.world);
  const double flood = toy.state.project_risk[1].flood;
  EXPECT_NEAR(flood, std::log(2), 0.05);  // a year of it counts in full, less what has faded
  EXPECT_NEAR(lenders.rate(toy.world.facilities[1], {1000, 0, flood}), 0.12 + 0.2 * flood, 1e-12);
  toy.price(1000);
  toy.age(60);
  EXPECT_NEAR(toy.state.project_risk[1].flood, flood / 2, 1e-9);
}

// Capital costs 99 USD per t: at a worth of 1 without fear and below it with, money is what lacks.
TEST(Projects, StallForPriceOrForMoney) {
  auto world = three_region_world();
  world.facilities[1].construction.capex = 10000;
  ThreeRegions dear(world);
  dear.age(10);
  EXPECT_EQ(dear.plan().stage, PlantStage::financing);
  EXPECT_EQ(dear.plan().stall, Stall::price);
  world.facilities[1].construction.capex = 2500;  // pays at 10 %, not at 10 % and 9 % for the country
  world.facilities[1].construction.country_premium = 0.09;
  ThreeRegions risky(world);
  risky.age(10);
  EXPECT_EQ(risky.plan().stage, PlantStage::financing);
  EXPECT_EQ(risky.plan().stall, Stall::money);
}

// The same project at the same price: who remembers two years at half its cost does not pay for it, who does not, does.
TEST(Projects, AFloodThatIsRememberedStallsWhatWouldPay) {
  auto world = three_region_world();
  world.facilities[1].construction.capex = 2000;
  ThreeRegions forgotten(world), remembered(world);
  remembered.price(250);
  for (int month = 0; month < 24; ++month) {
    remembered.age();
    remembered.price(250);
  }
  remembered.price(1000);
  forgotten.age(24);
  const double flood = remembered.state.project_risk[1].flood;
  EXPECT_GT(flood, 0.5);
  const Lenders lenders(world);
  const auto rate_of = [&](double f) {
    return lenders.rate(world.facilities[1], {.revenue = 0, .variance = 0, .flood = f});
  };
  EXPECT_NEAR(rate_of(flood) - rate_of(0), 0.2 * flood, 1e-12);
  EXPECT_GT(lenders.worth(world.facilities[1], 1000, 500, rate_of(0)), 1);
  EXPECT_LT(lenders.worth(world.facilities[1], 1000, 500, rate_of(flood)), 1);
}

// Prices of a quarter would lie by ln(500 / 250) below its cash cost of 500; as an expected cut that is ln 4.
TEST(Projects, AFloodThatIsThreatenedStallsWhatWouldPay) {
  auto world = three_region_world();
  world.facilities[1].construction.capex = 2000;
  world.facilities[1].planned_capacity = 0.1;  // private capital is enough
  ThreeRegions calm(world), threatened(world), mildly(world);
  threatened.state.plant_rules[1].price_cut = std::log(4);
  mildly.state.plant_rules[1].price_cut = std::log(2);  // down to the cash cost: nobody would lose
  for (auto* toy : {&calm, &threatened, &mildly}) toy->age(10);
  EXPECT_NE(calm.plan().stage, PlantStage::financing);
  EXPECT_NE(mildly.plan().stage, PlantStage::financing);
  EXPECT_EQ(threatened.plan().stage, PlantStage::financing);
  EXPECT_EQ(threatened.plan().stall, Stall::money);
}

TEST(Projects, StallWithoutABuyerInReach) {
  auto world = three_region_world();
  world.arcs.pop_back();
  ThreeRegions toy(world);
  toy.month.arc_flow = {10};
  toy.age(10);
  EXPECT_EQ(toy.plan().stage, PlantStage::financing);
  EXPECT_EQ(toy.plan().stall, Stall::sale);
}

// Users sign for 0.3 x 10 t, each project sells half of its 4 t ahead: one is served, the other waits.
TEST(Projects, ShareTheBuyersAndTheQueueForPermits) {
  auto world = three_region_world();
  world.facilities[1].planned_capacity = 4;
  world.facilities.push_back(world.facilities[1]);
  world.facilities[2].id = "second";
  world.facilities[2].cash_cost = 510;
  ThreeRegions toy(world);
  toy.age(8);  // two waited for one place for the last six months of them: three months late
  EXPECT_EQ(toy.plan().stage, PlantStage::permitting);
  toy.age(10);
  EXPECT_GE(toy.plan().stage, PlantStage::construction);
  EXPECT_EQ(toy.state.plants[2].stage, PlantStage::financing);
  EXPECT_EQ(toy.state.plants[2].stall, Stall::sale);
}

TEST(Projects, PrivateCapitalIsLimited) {
  auto world = three_region_world();
  world.facilities[1].construction.capex = 1000;  // 1000 x 1.25 x 24 t a year = 30,000 USD; 12 months of saving: 12,000
  ThreeRegions toy(world);
  toy.age(10);
  EXPECT_EQ(toy.plan().stall, Stall::money);
  EXPECT_NEAR(toy.state.private_capital, 12000 + 10 * 1000, 5);
  toy.age(10);
  EXPECT_EQ(toy.plan().stage, PlantStage::financing);  // savings end at 24 months: 24,000
  EXPECT_NEAR(toy.state.private_capital, 24000, 1e-6);
}

// A permit of six months that takes three less moves on by two months in one.
TEST(Projects, APermitThatTakesLessMovesOnFaster) {
  ThreeRegions toy;
  toy.state.measures.permit_months[1] = 3;
  toy.age(2);
  EXPECT_DOUBLE_EQ(toy.plan().left, 6) << "before it has applied the developer's time runs as it did";
  toy.age();
  EXPECT_DOUBLE_EQ(toy.plan().left, 4);
  toy.age(2);
  EXPECT_EQ(toy.plan().stage, PlantStage::construction);
  ThreeRegions most;
  most.state.measures.permit_months[1] = 100;
  most.age(3);
  EXPECT_EQ(most.plan().stage, PlantStage::construction) << "a month is the least";
}

TEST(Projects, MoreOfficesShortenTheQueue) {
  auto world = three_region_world();
  for (int k = 0; k < 3; ++k) world.facilities.push_back(world.facilities[1]);
  const auto left_after = [&](double more) {
    ThreeRegions toy(world);
    toy.state.measures.permit_slots[2] = more;
    toy.age(3);  // four wait since the third month, one is handled at once
    return toy.plan().left;
  };
  EXPECT_DOUBLE_EQ(left_after(0), 5.75);
  EXPECT_DOUBLE_EQ(left_after(1), 5.5);
  EXPECT_DOUBLE_EQ(left_after(9), 5);
}

}  // namespace
}  // namespace lodestone::dynamics
