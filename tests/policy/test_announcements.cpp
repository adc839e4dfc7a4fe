// What levers tell buyers before they act, and what they refuse while they do.
#include <gtest/gtest.h>

#include "lodestone/base/diagnostics.hpp"
#include "played_month.hpp"

namespace lodestone::policy::test {
namespace {

constexpr const char* kDy = "dysprosium-oxide";

/// News at the node of dysprosium oxide in a region, in the month to which `months` was moved.
double news(PlayedMonths& months, const char* region) {
  return months.news(kDy, region);
}

double refused(const PlayedMonths& months, const char* to) {
  return months.rules().arc_refused[months.arc(kDy, "CHN", to)];
}

TEST(Announcement, IsTheShareOfSupplyTimesTheShareCut) {
  PlayedMonths months({lever_text("export-ban")});
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(news(months, "JPN"), 1) << "all of it comes from China";
  EXPECT_EQ(news(months, "FRA"), 0) << "nothing was bought there";
  EXPECT_EQ(news(months, "CHN"), 0);
  const auto& world = months.world();
  months.state().usual_use[world.node(tiny::product(world, kDy), tiny::region(world, "JPN"))] = 50;
  EXPECT_DOUBLE_EQ(news(months, "JPN"), 0.4) << "20 of 50";
  months.jump_to(2025, 5);
  EXPECT_EQ(news(months, "JPN"), 0) << "it is news once";
}

TEST(Announcement, ComesInItsOwnMonth) {
  PlayedMonths months({lever_text("export-ban", "announced = \"2025-02\"\n")});
  months.jump_to(2025, 2);
  EXPECT_DOUBLE_EQ(news(months, "JPN"), 1);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited) << "not in force yet";
  months.jump_to(2025, 4);
  EXPECT_EQ(news(months, "JPN"), 0);
}

TEST(Announcement, MustBeWithinTheRunAndNotAfterTheStart) {
  for (const char* month : {"2024-12", "2025-05"})
    EXPECT_THROW(PlayedMonths({lever_text("export-ban", "announced = \"" + std::string(month) + "\"\n")}),
                 base::InputError)
        << month;
}

TEST(Announcement, OfALicenceIsWhatItWillRefuseUnlessItSaysMore) {
  const std::string terms = "approval-rate = 0.6\ndelay = 2\nexpiry = 6\n";
  PlayedMonths plain({lever_text("export-licence", terms)});
  PlayedMonths worse({lever_text("export-licence", terms + "announced-cut = 0.9\n")});
  plain.jump_to(2025, 4);
  worse.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(news(plain, "JPN"), 0.4);
  EXPECT_DOUBLE_EQ(news(worse, "JPN"), 0.9);
}

TEST(Announcement, OfAQuotaIsWhatItTakesAway) {
  // 60 a month are usual (USA 10, JPN 20, DEU 30); 30 a month are allowed.
  PlayedMonths months({lever_text("export-quota", "quantity = 180\nperiod = 6\n")});
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(news(months, "JPN"), 0.5);
  PlayedMonths wide({lever_text("export-quota", "quantity = 600\nperiod = 6\n")});
  wide.jump_to(2025, 4);
  EXPECT_EQ(news(wide, "JPN"), 0);
}

TEST(Announcement, OfATaxCutsNothing) {
  PlayedMonths months({lever_text("export-tax", "rate = 0.3\n")});
  months.jump_to(2025, 4);
  EXPECT_EQ(news(months, "JPN"), 0);
}

TEST(Refusal, IsWhatTheRouteWouldCarryLessWhatMayPass) {
  PlayedMonths months({lever_text("export-licence", "approval-rate = 0.5\ndelay = 0\nexpiry = 1\nreapply = 0\n")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(refused(months, "JPN"), 10);
  months.close();
  const auto& world = months.world();
  const auto jpn = world.node(tiny::product(world, kDy), tiny::region(world, "JPN"));
  months.state().usual_flow[months.arc(kDy, "CHN", "JPN")] = 10;
  months.open();
  EXPECT_DOUBLE_EQ(refused(months, "JPN"), 10) << "buyers do not forget what they need";
  months.close();
  months.state().usual_use[jpn] = 10;  // they learned to do with half
  months.open();
  EXPECT_DOUBLE_EQ(refused(months, "JPN"), 0);
}

TEST(Refusal, OfAQuotaEndsWhenItStopsBinding) {
  PlayedMonths months({lever_text("export-quota", "quantity = 180\nperiod = 6\n")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(refused(months, "JPN"), 10) << "30 of 60, every buyer the same share";
  EXPECT_DOUBLE_EQ(refused(months, "DEU"), 15);
  for (int month = 0; month < 4; ++month) {  // 45 left after four months of a little less
    for (const char* to : {"JPN", "DEU", "USA"}) months.flow(kDy, "CHN", to) = 11.25;
    months.close();
    months.open();
  }
  EXPECT_NEAR(refused(months, "JPN"), 20 * (1 - 22.5 / 60), 1e-9);
  for (auto& use : months.state().usual_use) use /= 4;
  for (auto& flow : months.state().usual_flow) flow /= 4;
  months.open();
  EXPECT_EQ(refused(months, "JPN"), 0);
}

TEST(Refusal, OfSeveralLeversTheStrictestCounts) {
  PlayedMonths months({lever_text("export-licence", "approval-rate = 0.5\ndelay = 0\nexpiry = 1\nreapply = 0\n"),
                       lever_text("export-ban", "destinations = [\"DEU\"]\n", "ban")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(refused(months, "DEU"), 30);
  EXPECT_DOUBLE_EQ(refused(months, "JPN"), 10);
}

}  // namespace
}  // namespace lodestone::policy::test
