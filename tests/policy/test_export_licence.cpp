#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "played_month.hpp"

namespace lodestone::policy::test {
namespace {

constexpr const char* kDy = "dysprosium-oxide";

std::string licence(const std::string& more = {}) {
  return lever_text("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 3\nreapply = 0\n" + more);
}

TEST(ExportLicence, LimitsNothingBeforeItStartsAndAfterItEnds) {
  PlayedMonths months({licence()});
  for (const auto& [year, month] : {std::pair(2025, 3), std::pair(2026, 4)}) {
    months.jump_to(year, month);
    months.open();
    EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited);
    EXPECT_EQ(months.rules().arc_limit_lever[months.arc(kDy, "CHN", "JPN")], -1);
    months.close();
  }
}

TEST(ExportLicence, ApprovalsInHandAreTheLimit) {
  PlayedMonths months({licence()});
  months.jump_to(2025, 4);
  const double expected[] = {0, 0, 10, 16, 20, 24};  // usual 20: 10 approved a month from June, 4 used in June, 6 after
  const double flows[] = {0, 0, 4, 6, 6, 6};
  for (int m = 0; m < 6; ++m) {
    months.open();
    EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), expected[m]) << m;
    months.flow(kDy, "CHN", "JPN") = flows[m];
    months.close();
  }
}

TEST(ExportLicence, KeepsOneQueueForEachRoute) {
  PlayedMonths months({licence()});
  months.jump_to(2025, 4);
  for (int m = 0; m < 3; ++m) {
    months.open();
    months.close();
  }
  months.open();
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "USA"), 10);
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "DEU"), 30);
  EXPECT_EQ(months.limit(kDy, "CHN", "FRA"), 0) << "a route never used has no applications";
  EXPECT_EQ(months.limit("terbium-oxide", "CHN", "USA"), market::kUnlimited);
  EXPECT_EQ(months.limit(kDy, "USA", "JPN"), market::kUnlimited);
  EXPECT_EQ(months.rules().arc_limit_lever[months.arc(kDy, "CHN", "USA")], 0);
  EXPECT_EQ(months.scenario().levers[0]->status(), "approvals 60.0 t, queue 120.0 t, refused 60.0 t, expired 0.0 t");
}

TEST(ExportLicence, UnusedApprovalsExpire) {
  PlayedMonths months({licence()});
  months.jump_to(2025, 4);
  for (int m = 0; m < 5; ++m) {
    months.open();
    months.close();
  }
  months.open();  // September: June's approvals lapsed at the end of August
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), 30);
}

TEST(ExportLicence, TheRateChangesForDecisionsFromThatMonth) {
  PlayedMonths months({licence("approval-rate-later = 1.0\nlater-from = \"2025-07\"\n")});
  months.jump_to(2025, 4);
  const double expected[] = {0, 0, 10, 20, 20};
  for (int m = 0; m < 5; ++m) {
    months.open();
    EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), expected[m]) << m;
    months.flow(kDy, "CHN", "JPN") = expected[m];
    months.close();
  }
}

TEST(ExportLicence, MayBindItsRoutesToTheEndUser) {
  PlayedMonths bound({licence("bound = true\n")}), free({licence()});
  for (auto* months : {&bound, &free}) {
    months->jump_to(2025, 4);
    months->open();
  }
  EXPECT_EQ(bound.rules().arc_bound[bound.arc(kDy, "CHN", "JPN")], 1);
  EXPECT_EQ(bound.rules().arc_bound[bound.arc("terbium-oxide", "CHN", "JPN")], 0);
  EXPECT_EQ(free.rules().arc_bound[free.arc(kDy, "CHN", "JPN")], 0);
  EXPECT_FALSE(bound.needs().bound.empty());
  EXPECT_EQ(bound.needs().bound.size(), bound.needs().evadable.size());
  EXPECT_TRUE(free.needs().bound.empty());
}

TEST(ExportLicence, PanicMultipliesApplications) {
  PlayedMonths months({lever_text("export-licence", "approval-rate = 0.5\ndelay = 0\nexpiry = 1\npanic = 3\n")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), 30);
}

TEST(ExportLicence, GoodsClearedBeforeLeaveInTheFirstMonth) {
  PlayedMonths months({licence("first-month = 0.5\n")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), 10);
  months.close();
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), 0);
}

TEST(ExportLicence, BuyersGoOnAskingForWhatTheyHadBefore) {
  PlayedMonths months({lever_text("export-licence", "approval-rate = 0.5\ndelay = 0\nexpiry = 1\nreapply = 0\n")});
  const auto jpn = months.arc(kDy, "CHN", "JPN");
  months.jump_to(2025, 4);
  months.open();
  months.close();
  months.state().usual_flow[jpn] = 8;  // fell with refused trade
  months.open();
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), 10);
  months.close();
  months.state().usual_flow[jpn] = 40;  // grew
  months.open();
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), 20);
}

TEST(ExportLicence, TheLowestOfSeveralLimitsHolds) {
  PlayedMonths months(
      {licence(), lever_text("export-licence", "approval-rate = 0.1\ndelay = 0\nexpiry = 1\nreapply = 0\n", "second"),
       lever_text("export-ban", "destinations = [\"DEU\"]\n", "ban")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), 0);
  EXPECT_EQ(months.rules().arc_limit_lever[months.arc(kDy, "CHN", "JPN")], 0);
  EXPECT_EQ(months.rules().arc_limit_lever[months.arc(kDy, "CHN", "DEU")], 0) << "as low already: it stays the first's";
  months.close();
  months.open();
  months.close();
  months.open();  // the first licence now allows 10, the second 2
  EXPECT_DOUBLE_EQ(months.limit(kDy, "CHN", "JPN"), 2);
  EXPECT_EQ(months.rules().arc_limit_lever[months.arc(kDy, "CHN", "JPN")], 1);
  EXPECT_EQ(months.rules().arc_limit_lever[months.arc(kDy, "CHN", "DEU")], 2);
}

RC_GTEST_PROP(ExportLicence, WhatLeavesIsNeverMoreThanWhatWasAppliedFor, ()) {
  const int delay = *rc::gen::inRange(0, 5), expiry = *rc::gen::inRange(1, 7), rate = *rc::gen::inRange(0, 101);
  PlayedMonths months({lever_text("export-licence", "approval-rate = " + std::to_string(rate / 100.0) +
                                                        "\ndelay = " + std::to_string(delay) +
                                                        "\nexpiry = " + std::to_string(expiry) + "\n")});
  months.jump_to(2025, 4);
  double shipped = 0;
  for (int m = 1; m <= 12; ++m) {
    months.open();
    const double limit = months.limit(kDy, "CHN", "JPN");
    RC_ASSERT(limit >= 0);
    const double flow = *rc::gen::inRange(0, 101) / 100.0 * limit;
    shipped += flow;
    months.flow(kDy, "CHN", "JPN") = flow;
    months.close();
    RC_ASSERT(shipped <= 20.0 * std::max(0, m - delay) + 1e-9);
  }
}

}  // namespace
}  // namespace lodestone::policy::test
