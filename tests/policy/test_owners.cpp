// Research, mandates, and who may own plants, by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "with_plants.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

/// China runs the maker, and the plan abroad; magnets are thrown away in the United States.
world::World with_owners() {
  auto world = with_plants();
  world.facilities[kMaker].control = world.facilities[kPlanAbroad].control = tiny::region(world, "CHN");
  world.facilities[kMaker].construction.capex = 1000;
  return world;
}

constexpr std::size_t kPlace = 4;

/// A place that collects up to 1 t of scrap a month, worth 40 USD/kg: the last tonne costs 100.
world::World with_scrap() {
  auto world = with_plants();
  const auto scrap = tiny::product(world, "dysprosium-oxide");  // stands for it
  const auto magnet = tiny::product(world, "ndfeb-magnet-high-temperature");
  world.lifetimes.push_back({magnet, "all", 10, 2, 0, scrap, 0.8, {}});
  world::Process collect;
  collect.stage = world::Stage::recycling;
  collect.outputs.push_back({scrap, 1});
  world.processes.push_back(collect);
  world::Facility place;
  place.id = "collection";
  place.region = place.control = tiny::region(world, "USA");
  place.process = world::ProcessId(world.processes.size() - 1);
  place.transfer = world::Transfer::collection;
  place.capacity = 1;
  place.cash_cost = 40'000;
  place.step_quantity = {1};
  place.step_cost = {40'000, 100'000};
  world.facilities.push_back(place);
  world.base_price[world.node(scrap, place.region)] = 40'000;
  return world;
}

// After 12 of 24 months of spending half of the 20 % is found, in use 6 months later.
TEST(Research, SavesInProportionToWhatWasSpentAfterItsLag) {
  PlayedMonths months({act("research", "cost = 12\nsaving = 0.2\nyears = 2\nlag = 6\n")}, with_plants());
  EXPECT_EQ(months.open().measures.spending[0], 0);
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(months.open().measures.spending[0], 1e6);
  EXPECT_EQ(months.rules().measures.saving[kMaker], 0);
  months.jump_to(2025, 11);
  EXPECT_DOUBLE_EQ(months.open().measures.saving[kMaker], 0.2 / 24);
  EXPECT_EQ(months.rules().measures.saving[kPlanAbroad], 0);
  months.jump_to(2026, 12);  // its money ended in April
  EXPECT_DOUBLE_EQ(months.open().measures.saving[kMaker], 0.1);
  EXPECT_EQ(months.rules().measures.spending[0], 0);
}

TEST(Research, OfSeveralEachTakesItsShareOfWhatIsLeft) {
  const std::string more = "cost = 1\nsaving = 0.5\nyears = 0.1\nlag = 0\n";
  PlayedMonths months({act("research", more), "id = \"b\"\n" + act("research", more).substr(16)}, with_plants());
  months.jump_to(2025, 8);
  EXPECT_DOUBLE_EQ(months.open().measures.saving[kMaker], 0.75);
}

// Scrap sells at 40 USD/kg and the last tonne costs 100: 60,000 USD/t, three quarters of them the state's.
TEST(RecyclingMandate, PaysWhatTheLastTonneLacks) {
  PlayedMonths months({act("recycling-mandate", "share = 0.3\nphase-in = 2\npublic-share = 0.75\n")}, with_scrap());
  EXPECT_EQ(months.open().measures.collected[kPlace], 0);
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(months.open().measures.collected[kPlace], 0.1);
  EXPECT_DOUBLE_EQ(months.rules().activity_support[kPlace], 45'000);
  EXPECT_DOUBLE_EQ(months.rules().activity_premium[kPlace], 15'000);
  ASSERT_EQ(months.rules().offers.size(), 1u);
  EXPECT_DOUBLE_EQ(months.rules().offers[0].paid, 45'000);
  months.jump_to(2025, 12);
  for (double& price : months.state().last_price) price = 150'000;
  EXPECT_DOUBLE_EQ(months.open().measures.collected[kPlace], 0.3);
  EXPECT_TRUE(months.rules().offers.empty()) << "its price pays for it";
}

TEST(Nationalisation, TakesWhatOthersControlAgainstItsShareOfTheCost) {
  PlayedMonths months({act("nationalisation", "compensation = 0.25\nshare = 0.6\n")}, with_owners());
  EXPECT_TRUE(months.open().measures.takeovers.empty());
  months.jump_to(2025, 4);
  ASSERT_EQ(months.open().measures.takeovers.size(), 1u);
  EXPECT_LE(months.rules().measures.takeovers.size(), months.needs().takeovers);
  const auto& takeover = months.rules().measures.takeovers[0];
  EXPECT_EQ(takeover.facility, kMaker);
  EXPECT_EQ(takeover.buyer, tiny::region(months.world(), "USA"));
  EXPECT_TRUE(takeover.forced);
  EXPECT_DOUBLE_EQ(takeover.price, 0.25 * 0.6 * 1000 * 12 * 10);
}

TEST(Acquisition, AsksForItsStakeAtItsPrice) {
  PlayedMonths months({act("acquisition", "plants = [\"plan-abroad\"]\nshare = 0.51\nprice = 3\n")}, with_owners());
  months.jump_to(2025, 4);
  ASSERT_EQ(months.open().measures.takeovers.size(), 1u);
  const auto& takeover = months.rules().measures.takeovers[0];
  EXPECT_EQ(takeover.facility, kPlanAbroad);
  EXPECT_EQ(takeover.buyer, tiny::region(months.world(), "USA"));
  EXPECT_DOUBLE_EQ(takeover.price, 3e6);
  EXPECT_FALSE(takeover.forced);
}

TEST(InvestmentScreening, KeepsNamedInvestorsOutOfPlantsAndProjects) {
  auto world = with_owners();
  world.facilities[kPlan].control = tiny::region(world, "CHN");
  PlayedMonths months({act("investment-screening", "investors = [\"CHN\"]\n")}, world);
  months.jump_to(2025, 4);
  const auto& rules = months.open();
  const auto regions = world.regions.size();
  EXPECT_EQ(rules.measures.screened[kPlan * regions + tiny::region(world, "CHN").index()], 1);
  EXPECT_EQ(rules.measures.screened[kPlan * regions + tiny::region(world, "JPN").index()], 0);
  EXPECT_EQ(rules.measures.screened[kPlanAbroad * regions + tiny::region(world, "CHN").index()], 0);
  EXPECT_EQ(rules.plant_rules[kPlan].capital, 0);
  EXPECT_EQ(rules.plant_rules[kPlanAbroad].capital, 1);
}

TEST(OutboundFinance, HoldsItsMoneyOutAbroadAgainstPartOfTheOutput) {
  PlayedMonths months({act("outbound-finance",
                           "origins = [\"all\"]\nbudget = 50\nform = \"loan\"\nshare = 0.4\ninterest = 0.02\nyears = "
                           "10\noff-take = 0.3\n")},
                      with_owners());
  months.jump_to(2025, 4);
  ASSERT_EQ(months.open().offers.size(), 2u) << "none at home";
  const auto& money = months.rules().offers[0];
  EXPECT_EQ(money.facility, kPlanAbroad);
  EXPECT_EQ(money.kind, world::Support::loan);
  EXPECT_DOUBLE_EQ(money.rate, 0.02);
  EXPECT_TRUE(months.rules().offers[1].sale);
  EXPECT_DOUBLE_EQ(months.rules().offers[1].share, 0.3);
  EXPECT_DOUBLE_EQ(months.rules().purse[0], 50e6);
  const auto usa = tiny::region(months.world(), "USA").index();
  months.state().measures.screened[kPlanAbroad * months.world().regions.size() + usa] = 1;
  EXPECT_TRUE(months.open().offers.empty()) << "the host screens it";
}

TEST(Owners, SayWhatIsWrong) {
  const auto with = [](const std::string& kind, const char* more) { return error_of(act(kind, more), with_owners()); };
  EXPECT_THAT(with("research", "cost = 1\nsaving = 0.95\n"), HasSubstr("between 0 and 0.9"));
  EXPECT_THAT(with("recycling-mandate", "share = 0.3\n"), HasSubstr("nothing that is collected"));
  EXPECT_THAT(error_of(act("recycling-mandate", "share = 1.3\n"), with_scrap()), HasSubstr("between 0 and 1"));
  EXPECT_THAT(error_of(act("nationalisation", "compensation = 1\n"), with_plants()), HasSubstr("controls already"));
  EXPECT_THAT(with("acquisition", "share = 0.5\nprice = 1\n"), HasSubstr("plants"));
  EXPECT_THAT(with("acquisition", "plants = [\"maker\", \"plan\"]\nshare = 0.5\nprice = 1\n"), HasSubstr("2 plants"));
  EXPECT_THAT(with("acquisition", "plants = [\"maker\"]\nshare = 0.5\nprice = 1\nbuyer = \"JPN\"\n"),
              HasSubstr("a region of the actor's"));
  EXPECT_THAT(with("investment-screening", "investors = [\"USA\"]\n"), HasSubstr("USA among the investors"));
  EXPECT_THAT(with("investment-screening", "investors = [\"CHM\"]\n"), HasSubstr("'CHN'"));
  EXPECT_THAT(with("outbound-finance", "budget = 1\nform = \"lon\"\nshare = 0.5\n"), HasSubstr("'loan'"));
  EXPECT_THAT(with("outbound-finance", "budget = 1\nform = \"loan\"\nshare = 0.5\n"), HasSubstr("without interest"));
  EXPECT_THAT(with("outbound-finance", "budget = 1\nform = \"equity\"\nshare = 0.5\nyears = 3\n"),
              HasSubstr("only loans"));
  EXPECT_THAT(with("outbound-finance", "budget = 1\nform = \"equity\"\nshare = 0.5\n"), HasSubstr("at home"));
}

}  // namespace
}  // namespace lodestone::policy::test
