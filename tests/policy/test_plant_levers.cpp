// Levers that act on plants: which, what is held out to them, and what they cost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "with_plants.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

TEST(PlantLevers, ActOnPlansOfTheActorOrOnThoseNamed) {
  PlayedMonths own({act("grant", "budget = 100\nshare = 0.5\n")}, with_plants());
  EXPECT_TRUE(own.open().offers.empty());
  own.jump_to(2025, 4);
  ASSERT_EQ(own.open().offers.size(), 1u);
  EXPECT_EQ(own.rules().offers[0].facility, kPlan);
  PlayedMonths named({act("grant", "budget = 100\nshare = 0.5\nplants = [\"plan-abroad\"]\n")}, with_plants());
  named.jump_to(2025, 4);
  ASSERT_EQ(named.open().offers.size(), 1u);
  EXPECT_EQ(named.rules().offers[0].facility, kPlanAbroad);
  PlayedMonths everywhere({act("grant", "budget = 100\nshare = 0.5\norigins = [\"all\"]\n")}, with_plants());
  everywhere.jump_to(2025, 4);
  EXPECT_EQ(everywhere.open().offers.size(), 2u);
}

TEST(PlantLevers, ABudgetShrinksByWhatWasSpent) {
  PlayedMonths months({act("loan", "budget = 100\nshare = 0.5\ninterest = 0.03\nyears = 12\n")}, with_plants());
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(months.open().purse[0], 100e6);
  EXPECT_DOUBLE_EQ(months.rules().offers[0].rate, 0.03);
  EXPECT_DOUBLE_EQ(months.rules().offers[0].years, 12);
  months.state().public_spent[0] = 70e6;
  EXPECT_DOUBLE_EQ(months.open().purse[0], 30e6);
}

// A magnet costs 70 USD/kg, the floor is 80: half a tonne of magnets per t of activity is paid 5,000 USD.
TEST(PlantLevers, AFloorPaysWhatThePriceLacksAndTakesItsShareAbove) {
  PlayedMonths months({act("price-floor", "floor-price = 80\nupside-share = 0.3\n")}, with_plants());
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().activity_support[kMaker], 5000);
  EXPECT_DOUBLE_EQ(months.rules().offers[0].years, 1);
  for (double& price : months.state().last_price) price = 100'000;
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().activity_support[kMaker], -0.3 * 10'000);
  months.jump_to(2026, 4);
  EXPECT_EQ(months.open().activity_support[kMaker], 0);
}

TEST(PlantLevers, AnOffTakeCountsAsASaleAndPaysItsPriceBothWays) {
  PlayedMonths market({act("off-take", "share = 0.8\n")}, with_plants());
  market.jump_to(2025, 4);
  market.open();
  EXPECT_TRUE(market.rules().offers[0].sale);
  EXPECT_EQ(market.rules().activity_support[kMaker], 0);
  PlayedMonths priced({act("off-take", "share = 0.8\nprice = 60\n")}, with_plants());
  priced.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(priced.open().activity_support[kMaker], -0.8 * 0.5 * 10'000);
}

// A magnet costs 70 USD/kg: half a tonne of magnets per t of activity pays or is paid a tenth of 35,000 USD.
TEST(PlantLevers, ARoyaltyTakesAShareOfThePriceAndACutGivesIt) {
  PlayedMonths more({act("royalty", "rate = 0.1\n")}, with_plants());
  more.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(more.open().activity_support[kMaker], -3500);
  EXPECT_EQ(more.rules().activity_support[kPlanAbroad], 0);
  PlayedMonths less({act("royalty", "rate = -0.1\n")}, with_plants());
  less.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(less.open().activity_support[kMaker], 3500);
  less.jump_to(2026, 4);
  EXPECT_EQ(less.open().activity_support[kMaker], 0);
}

TEST(PlantLevers, ATaxCreditPaysOnWhatIsMadeOrOnWhatIsBuilt) {
  PlayedMonths made({act("tax-credit", "share-of-value = 0.1\n")}, with_plants());
  made.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(made.open().activity_support[kMaker], 3500);
  PlayedMonths built({act("tax-credit", "share-of-cost = 0.3\n")}, with_plants());
  built.jump_to(2025, 4);
  ASSERT_EQ(built.open().offers.size(), 1u);
  EXPECT_EQ(built.rules().offers[0].facility, kPlan);
  EXPECT_DOUBLE_EQ(built.rules().offers[0].share, 0.3);
  built.state().public_spent[0] = 1e12;
  EXPECT_GT(built.open().purse[0], 1e15) << "it has no cap";
}

TEST(PlantLevers, RulesOnTheEnvironmentCostAndInspectionsStop) {
  PlayedMonths months({act("environmental-rule", "level = 0.5\n"), act("inspection", "share = 0.4\n")}, with_plants());
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().activity_cost[kMaker], 1000);
  EXPECT_DOUBLE_EQ(months.rules().activity_limit[kMaker], 6);
  EXPECT_EQ(months.rules().activity_cost[kPlanAbroad], 0);
}

// Meeting the rules costs 2,000 USD per t of activity, half a tonne of magnets.
TEST(PlantLevers, AGreenPremiumIsEarnedWhereItPaysForItsRulesWhateverTheOrigin) {
  PlayedMonths months({act("green-premium", "premium = 6\norigins = [\"all\"]\n")}, with_plants());
  months.jump_to(2025, 4);
  months.open();
  for (const std::size_t plant : {kMaker, kPlan, kPlanAbroad}) {
    EXPECT_DOUBLE_EQ(months.rules().activity_premium[plant], 3000);
    EXPECT_DOUBLE_EQ(months.rules().activity_cost[plant], 2000);
  }
  PlayedMonths low({act("green-premium", "premium = 3\n")}, with_plants());
  low.jump_to(2025, 4);
  EXPECT_EQ(low.open().activity_premium[kMaker], 0);
}

TEST(PlantLevers, SayWhatIsWrong) {
  EXPECT_THAT(error_of(act("grant", "budget = 1\nshare = 0.5\nplants = [\"plam\"]\n")), HasSubstr("'plan'"));
  EXPECT_THAT(error_of(act("grant", "budget = 1\nshare = 0.5\nplants = [\"maker\"]\n")),
              HasSubstr("being built or planned"));
  EXPECT_THAT(error_of(act("grant", "budget = 1\nshare = 1.5\n")), HasSubstr("share"));
  EXPECT_THAT(error_of(act("tax-credit", "")), HasSubstr("neither share-of-cost nor share-of-value"));
  EXPECT_THAT(error_of(act("tax-credit", "share-of-cost = 0.1\nshare-of-value = 0.1\n")), HasSubstr("both"));
  EXPECT_THAT(error_of(act("royalty", "rate = 1.5\n")), HasSubstr("between -1 and 1"));
  EXPECT_THAT(error_of(act("royalty", "rate = 0.1\nplants = [\"plan-abroad\"]\n")), HasSubstr("the actor's"));
  EXPECT_THAT(error_of(act("inspection", "share = 0.5\norigins = [\"DEU\"]\n")), HasSubstr("actor"));
  EXPECT_THAT(error_of(act("inspection", "share = 0.5\nplants = [\"plan-abroad\"]\n")), HasSubstr("the actor's"));
  EXPECT_THAT(error_of(act("price-floor", "floor-price = 80\ndestinations = [\"JPN\"]\n")), HasSubstr("destinations"));
}

}  // namespace
}  // namespace lodestone::policy::test
