// What governments do about people and permits, by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "with_plants.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

/// The maker needs 2 workers per t a month, those planned 1: 20, 10 and 10 workers.
world::World with_workers() {
  auto world = with_plants();
  world.facilities[kMaker].construction.labour = 2;
  world.facilities[kPlan].construction.labour = world.facilities[kPlanAbroad].construction.labour = 1;
  return world;
}

std::size_t pool(const world::World& world, const char* region) {
  return world::pool_of_workers(world, world::Stage::magnet, tiny::region(world, region));
}

// 10 people begin a month for three months each: 120 of them in the year, at 30,000 USD.
TEST(Training, TeachesAfterItsTimeAndIsPaidWhileItLasts) {
  PlayedMonths months({act("training", "people = 120\ncost-per-head = 30000\nduration = 3\n")}, with_workers());
  months.jump_to(2025, 1);
  const std::size_t usa = pool(months.world(), "USA");
  std::vector<double> taught, paid;
  for (int m = 0; m < 24; ++m) {
    const auto& measures = months.open().measures;
    taught.push_back(measures.taught[usa]);
    paid.push_back(measures.spending[0]);
    months.close();
  }
  EXPECT_EQ(paid[2], 0);
  EXPECT_DOUBLE_EQ(paid[3], 100'000);  // April: one class under way
  EXPECT_DOUBLE_EQ(paid[5], 300'000);
  EXPECT_EQ(taught[4], 0);
  EXPECT_DOUBLE_EQ(taught[5], 10);   // June: those of April finish
  EXPECT_DOUBLE_EQ(taught[16], 10);  // May 2026: those of March
  EXPECT_EQ(taught[17], 0);
  const double people = std::accumulate(taught.begin(), taught.end(), 0.0);
  const double money = std::accumulate(paid.begin(), paid.end(), 0.0);
  EXPECT_NEAR(people, 120, 1e-9);
  EXPECT_NEAR(money, 120 * 30'000, 1e-3);
}

TEST(Training, IsSharedOutByTheWorkersThatPlantsWouldNeed) {
  PlayedMonths months({act("training", "people = 120\ncost-per-head = 30000\nduration = 1\norigins = [\"all\"]\n")},
                      with_workers());
  months.jump_to(2025, 4);
  const auto& taught = months.open().measures.taught;
  EXPECT_DOUBLE_EQ(taught[pool(months.world(), "USA")], 7.5);  // 30 of 40 workers
  EXPECT_DOUBLE_EQ(taught[pool(months.world(), "DEU")], 2.5);
}

TEST(Training, SaysWhatIsWrong) {
  const auto with = [](const char* more) { return error_of(act("training", more), with_workers()); };
  EXPECT_EQ(with("people = 120\ncost-per-head = 30000\n"), "");
  EXPECT_THAT(with("people = -1\ncost-per-head = 30000\n"), HasSubstr("test.toml:15:10"));
  EXPECT_THAT(with("people = 120\n"), HasSubstr("cost-per-head"));
  EXPECT_THAT(with("people = 120\ncost-per-head = 30000\nplants = [\"makers\"]\n"), HasSubstr("'maker'"));
  EXPECT_THAT(error_of(act("training", "people = 120\ncost-per-head = 30000\n"), with_plants()),
              HasSubstr("no plant whose workers are counted"));
}

TEST(PermittingReform, TakesMonthsOffPermitsOfTheActorAndCostsItsOffices) {
  PlayedMonths months({act("permitting-reform", "months = 36\ncost = 24\n"),
                       "id = \"more\"\n" + act("permitting-reform", "months = 12\nmore-at-once = 2\ncost = 0\n")
                                               .substr(std::string("id = \"permitting-reform\"\n").size())},
                      with_plants());
  EXPECT_EQ(months.open().measures.permit_months[kPlan], 0);
  months.jump_to(2025, 4);
  const auto& measures = months.open().measures;
  EXPECT_EQ(measures.permit_months[kPlan], 36);  // the one that takes most off
  EXPECT_EQ(measures.permit_months[kPlanAbroad], 0);
  EXPECT_EQ(measures.permit_slots[tiny::region(months.world(), "USA").index()], 2);
  EXPECT_DOUBLE_EQ(measures.spending[0], 2e6);
  EXPECT_EQ(measures.spending[1], 0);
  months.jump_to(2026, 4);
  EXPECT_EQ(months.open().measures.permit_months[kPlan], 0);
}

TEST(PermittingReform, SaysWhatIsWrong) {
  EXPECT_THAT(error_of(act("permitting-reform", "months = 36\n")), HasSubstr("cost"));
  EXPECT_THAT(error_of(act("permitting-reform", "months = 360\ncost = 1\n")), HasSubstr("between 0 and 240"));
  EXPECT_THAT(error_of(act("permitting-reform", "months = 0\ncost = 1\n")), HasSubstr("a reform that changes"));
  EXPECT_THAT(error_of(act("permitting-reform", "months = 6\ncost = 1\nplants = [\"plan-abroad\"]\n")),
              HasSubstr("'plan-abroad' in DEU"));
}

}  // namespace
}  // namespace lodestone::policy::test
