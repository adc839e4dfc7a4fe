// Money and promises of governments for plants: what they change and what they cost.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

using world::PlantStage;
using world::Stall;
using world::Support;

/// One lever that offers the plan something from the first month on.
struct Helped : ThreeRegions {
  explicit Helped(world::World a_world, const std::vector<world::Offer>& offers, double purse = 1e9)
      : ThreeRegions(std::move(a_world)) {
    state.public_cost = state.public_spent = {0};
    state.purse = {purse};
    state.offers = offers;
    for (auto& offer : state.offers) offer.facility = 1;
  }
};

world::Offer offer(Support kind, double share) {
  world::Offer out;
  out.kind = kind;
  out.share = share;
  return out;
}

world::World dear_world(double capex) {
  auto world = three_region_world();
  world.facilities[1].construction.capex = capex;
  return world;
}

// 2 t a month at 1,000 x 1.25 USD per t a year: 30,000 USD; owners have 22,000 when the permit is there.
TEST(PublicFinance, AGrantFillsWhatPrivateMoneyLacks) {
  ThreeRegions alone(dear_world(1000));
  alone.age(10);
  ASSERT_EQ(alone.plan().stall, Stall::money);
  Helped toy(dear_world(1000), {offer(Support::grant, 0.4)});
  toy.age(8);
  EXPECT_EQ(toy.plan().stage, PlantStage::construction);
  EXPECT_NEAR(toy.state.public_spent[0], 12000, 1e-9);
  EXPECT_NEAR(toy.state.public_cost[0], 12000, 1e-9);
  EXPECT_NEAR(toy.state.public_invested[2], 12000, 1e-9);
  EXPECT_NEAR(toy.state.private_invested[2], 18000, 1e-9);
  toy.age();
  EXPECT_EQ(toy.state.public_cost[0], 0);
}

TEST(PublicFinance, APurseGivesNoMoreThanItHolds) {
  Helped toy(dear_world(800), {offer(Support::grant, 0.4)}, 3000);
  toy.age(10);
  EXPECT_GE(toy.plan().stage, PlantStage::construction);
  EXPECT_NEAR(toy.state.public_spent[0], 3000, 1e-9);
}

// A grant of half doubles the worth of what is left; a loan leaves its service to pay.
TEST(PublicFinance, WorthIsWhatOwnersGetOnWhatTheyPutIn) {
  const auto world = three_region_world();
  const Lenders lenders(world);
  auto plan = world.facilities[1];
  plan.construction.build_months = plan.construction.ramp_months = 0;
  const double alone = lenders.worth(plan, 1000, 500, 0.1);
  PublicPart grant;
  grant.grant = 0.5;
  EXPECT_NEAR(lenders.worth(plan, 1000, 500, 0.1, grant), 2 * alone, 1e-9);
  PublicPart loan;
  loan.loan = 0.5;
  loan.service = 0.5 * 0.1;  // interest of 10 % for ever, here for 20 years
  loan.loan_years = 20;
  EXPECT_NEAR(lenders.worth(plan, 1000, 500, 0.1, loan), (alone - 0.05 * 8.5136) / 0.5, 1e-3);
}

// 100 USD per t promised for ten years: 0.85 x 100 x annuity at 10 % and 10 % more for its reversal.
TEST(PublicFinance, APromiseIsDiscountedByTheChanceOfItsReversal) {
  const auto world = three_region_world();
  const Lenders lenders(world);
  auto plan = world.facilities[1];
  plan.construction.build_months = plan.construction.ramp_months = 0;
  PublicPart part;
  part.promise = 100;
  part.promise_years = 10;
  part.reversal = 0.1;
  const double more = lenders.worth(plan, 1000, 500, 0.1, part) - lenders.worth(plan, 1000, 500, 0.1);
  EXPECT_NEAR(more, 0.85 * 100 * (1 - std::pow(1.2, -10)) / 0.2 / 125, 1e-9);
}

// It costs 500 to run and earns 400: without the promise it would stand idle, with it it earns what the promise adds
// above its cost, and nothing more once that has ended.
TEST(PublicFinance, AfterThePromiseAPlantThatDoesNotPayStandsIdle) {
  const auto world = three_region_world();
  const Lenders lenders(world);
  auto plan = world.facilities[1];
  plan.construction.build_months = plan.construction.ramp_months = 0;
  EXPECT_EQ(lenders.worth(plan, 400, 500, 0.1), 0);
  PublicPart part;
  part.promise = 250;
  part.promise_years = 10;
  part.reversal = 0.1;
  EXPECT_NEAR(lenders.worth(plan, 400, 500, 0.1, part), 0.85 * 150 * (1 - std::pow(1.2, -10)) / 0.2 / 125, 1e-9);
}

// Half of the cash cost for a year frightens lenders; with a floor above it nothing is lost and nothing is feared.
TEST(PublicFinance, AFloorTakesTheFearOutOfAFlood) {
  ThreeRegions alone, covered;
  covered.state.rules_margin[1] = 300;
  for (auto* toy : {&alone, &covered}) {
    toy->price(250);
    toy->age(6);
  }
  EXPECT_GT(alone.state.project_risk[1].flood, 0.3);
  EXPECT_EQ(covered.state.project_risk[1].flood, 0);
}

TEST(PublicFinance, AnOffTakeIsASale) {
  auto world = three_region_world();
  world.arcs.pop_back();  // nobody in reach
  auto promise = offer(Support::promise, 0.5);
  promise.sale = true;
  promise.product = world::ProductId(0);
  promise.years = 10;
  ThreeRegions alone(world);
  alone.month.arc_flow = {10};
  alone.age(10);
  EXPECT_EQ(alone.plan().stall, Stall::sale);
  Helped toy(world, {promise});
  toy.month.arc_flow = {10};
  toy.age(10);
  EXPECT_EQ(toy.plan().stage, PlantStage::construction);
  Helped crowded(world, {promise});
  crowded.state.contracted[0] = 1000;  // others have sold more than anybody uses
  crowded.month.arc_flow = {10};
  crowded.age(10);
  EXPECT_EQ(crowded.plan().stage, PlantStage::construction);
}

// A loan of 1,200 USD a month comes back from the first output on, and not from a plant that is closed.
TEST(PublicFinance, LoansComeBackWhileThePlantStands) {
  auto loan = offer(Support::loan, 0.5);
  loan.rate = 0;
  loan.years = 5;
  Helped toy(dear_world(400), {loan});
  toy.age(8);
  ASSERT_EQ(toy.plan().stage, PlantStage::construction);
  EXPECT_NEAR(toy.state.public_cost[0], 6000, 1e-9);
  toy.age(4);
  EXPECT_EQ(toy.state.public_cost[0], 0);
  toy.age(2);
  ASSERT_EQ(toy.plan().stage, PlantStage::ramp_up);
  EXPECT_NEAR(toy.state.public_cost[0], -6000 / 60.0, 1e-9);
  toy.plan().stage = PlantStage::closed;
  toy.age();
  EXPECT_EQ(toy.state.public_cost[0], 0);
}

TEST(PublicFinance, AGuaranteeIsPaidWhenThePlantCloses) {
  Helped toy(dear_world(400), {offer(Support::guarantee, 0.5)});
  toy.age(8);
  ASSERT_EQ(toy.plan().stage, PlantStage::construction);
  EXPECT_EQ(toy.state.public_cost[0], 0);
  toy.plan().stage = PlantStage::closed;
  toy.age();
  EXPECT_NEAR(toy.state.public_cost[0], 6000, 1e-9);
  toy.age();
  EXPECT_EQ(toy.state.public_cost[0], 0);
}

// Country premium of 9 % and its fear stop it; a government that bears half of the risk brings it back.
TEST(PublicFinance, AGuaranteeTakesOffWhatLendersFear) {
  auto world = dear_world(2500);
  world.facilities[1].construction.country_premium = 0.09;
  world.facilities[1].planned_capacity = 0.5;  // 18,750 USD
  ThreeRegions alone(world);
  alone.age(10);
  EXPECT_EQ(alone.plan().stall, Stall::money);
  Helped toy(world, {offer(Support::guarantee, 1)});
  toy.age(8);
  EXPECT_EQ(toy.plan().stage, PlantStage::construction);
}

TEST(PublicFinance, ACampThatIsNotTheHostsAsksForMore) {
  auto world = three_region_world();
  world.facilities[1].construction.bloc_premium = 0.04;
  const Lenders lenders(world);
  EXPECT_NEAR(lenders.rate(world.facilities[1], {}), 0.1 + 0.02 + 0.04, 1e-12);
}

TEST(PublicFinance, PromisesPayTheDifferenceToTheirPrice) {
  const auto world = three_region_world();
  auto floor = offer(Support::promise, 0.5);
  floor.product = world::ProductId(0);
  floor.price = 1000;
  floor.upside = 0.3;
  EXPECT_DOUBLE_EQ(world::promised(world.processes[0], floor, 800), 100);
  EXPECT_DOUBLE_EQ(world::promised(world.processes[0], floor, 1200), -30);
}

}  // namespace
}  // namespace lodestone::dynamics
