// Bans, quotas, taxes and releases, by hand.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "played_month.hpp"

namespace lodestone::policy::test {
namespace {

constexpr const char* kDy = "dysprosium-oxide";
constexpr const char* kMagnet = "ndfeb-magnet-high-temperature";

TEST(ExportBan, ClosesTheRoutesItNamesWhileInForce) {
  PlayedMonths months({lever_text("export-ban", "destinations = [\"EU27\"]\n")});
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "DEU"), market::kUnlimited);
  months.jump_to(2025, 4);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "DEU"), 0);
  EXPECT_EQ(months.limit(kDy, "CHN", "FRA"), 0);
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited);
  EXPECT_EQ(months.limit("terbium-oxide", "CHN", "DEU"), market::kUnlimited);
  EXPECT_EQ(months.rules().arc_limit_lever[months.arc(kDy, "CHN", "FRA")], 0);
  months.jump_to(2026, 3);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "DEU"), 0);
  months.jump_to(2026, 4);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "DEU"), market::kUnlimited);
}

TEST(ExportBan, WithoutDestinationsItIsOnAllThatLeaves) {
  PlayedMonths months({lever_text("export-ban")});
  months.jump_to(2025, 4);
  months.open();
  int closed = 0;
  for (const double limit : months.rules().arc_limit) closed += limit == 0;
  EXPECT_EQ(closed, 4);
  EXPECT_EQ(months.limit(kDy, "USA", "JPN"), market::kUnlimited);
}

TEST(Taxes, RatesOfSeveralLeversAddUp) {
  PlayedMonths months({lever_text("export-tax", "rate = 0.25\n", "tax"),
                       lever_text("export-tax", "rate = 0.10\ndestinations = [\"JPN\"]\n", "more")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().arc_export_tax[months.arc(kDy, "CHN", "JPN")], 0.35);
  EXPECT_DOUBLE_EQ(months.rules().arc_export_tax[months.arc(kDy, "CHN", "DEU")], 0.25);
  EXPECT_EQ(months.rules().arc_export_tax[months.arc(kDy, "USA", "JPN")], 0);
  months.jump_to(2026, 4);
  months.open();
  EXPECT_EQ(months.rules().arc_export_tax[months.arc(kDy, "CHN", "JPN")], 0);
}

std::string tariff(const std::string& more, const std::string& id) {
  return "id = \"" + id +
         "\"\nkind = \"import-tariff\"\nactor = \"USA\"\nstart = \"2025-02\"\nend = \"2025-06\"\n"
         "products = [\"ndfeb-magnet-high-temperature\"]\nsource = \"assumption: test\"\n" +
         more;
}

TEST(Taxes, ATariffIsOnWhatTheActorImports) {
  PlayedMonths months({tariff("rate = 1.25\norigins = [\"CHN\"]\n", "china"), tariff("rate = 0.2\n", "all")});
  months.jump_to(2025, 2);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().arc_import_tariff[months.arc(kMagnet, "CHN", "USA")], 1.45);
  EXPECT_DOUBLE_EQ(months.rules().arc_import_tariff[months.arc(kMagnet, "JPN", "USA")], 0.2);
  EXPECT_EQ(months.rules().arc_import_tariff[months.arc(kMagnet, "CHN", "JPN")], 0);
  for (const double tax : months.rules().arc_export_tax) EXPECT_EQ(tax, 0);
  for (const double limit : months.rules().arc_limit) EXPECT_EQ(limit, market::kUnlimited);
}

std::string quota(const std::string& more, const std::string& id = "quota") {
  return lever_text("export-quota", "quantity = 120\nperiod = 6\n" + more, id);
}

TEST(ExportQuota, AsksForOneLimitOverItsRoutes) {
  PlayedMonths months({quota("")});
  ASSERT_EQ(months.needs().limits.size(), 1u);
  EXPECT_EQ(months.needs().limits[0].name, "quota");
  EXPECT_EQ(months.needs().limits[0].arcs.size(), 4u);
  EXPECT_DOUBLE_EQ(months.needs().limits[0].typical_price, 250'000);
  EXPECT_TRUE(months.needs().releases.empty());
}

TEST(ExportQuota, SpreadsTheBalanceAndLetsNobodyTakeAllAtOnce) {
  PlayedMonths months({quota("front-loading = 1.5\n")});
  months.open();
  EXPECT_EQ(months.rules().group_limit[0], market::kUnlimited);
  months.jump_to(2025, 4);
  // balance 120, 108, 100, 60, 48, 20 with 6..1 months left
  const double flows[] = {12, 8, 40, 12, 28, 20};
  const double expected[] = {30, 32.4, 37.5, 30, 36, 20};
  for (int m = 0; m < 6; ++m) {
    months.open();
    EXPECT_DOUBLE_EQ(months.rules().group_limit[0], expected[m]) << m;
    months.flow(kDy, "CHN", "JPN") = flows[m] / 4;
    months.flow(kDy, "CHN", "DEU") = 3 * flows[m] / 4;
    months.flow("terbium-oxide", "CHN", "JPN") = 1000;  // not under the quota
    months.close();
  }
}

// 150 USD/t for a right in the first month: who holds one may wait, and what is left is spread. A right that is free
// is used in haste again.
TEST(ExportQuota, RightsThatHaveAPriceAreSpread) {
  PlayedMonths months({quota("front-loading = 1.5\n")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 30);
  months.flow(kDy, "CHN", "JPN") = 30;
  months.equilibrium().group_rent[0] = 150;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 90.0 / 5);
  months.flow(kDy, "CHN", "JPN") = 10;
  months.equilibrium().group_rent[0] = 0;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 1.5 * 80 / 4);
}

TEST(ExportQuota, UnusedRightsLapseWithThePeriod) {
  PlayedMonths months({quota("front-loading = 100\n")});
  months.jump_to(2025, 4);
  for (int m = 0; m < 6; ++m) {
    months.open();
    EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 120) << m;
    months.close();
  }
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 120);
  months.flow(kDy, "CHN", "JPN") = 120;
  months.close();
  months.open();
  EXPECT_EQ(months.rules().group_limit[0], 0);
  EXPECT_EQ(months.scenario().levers[0]->status(), "quota left 0.0 t");
}

// 120 t a period, 80 t of the first are used: of the 40 t that are left a quarter counts in the second.
TEST(ExportQuota, AShareOfWhatIsLeftMayCountInTheNextPeriod) {
  PlayedMonths months({quota("front-loading = 100\ncarry = 0.25\n")});
  months.jump_to(2025, 4);
  for (int m = 0; m < 6; ++m) {
    months.open();
    if (m == 0) months.flow(kDy, "CHN", "JPN") = 80;
    months.close();
    months.flow(kDy, "CHN", "JPN") = 0;
  }
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 130);
}

TEST(ExportQuota, TheLastMonthMayUseAllThatIsLeft) {
  PlayedMonths months({quota("front-loading = 1\n")});
  months.jump_to(2025, 4);
  for (int m = 0; m < 5; ++m) {
    months.open();
    months.close();
  }
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 120);
}

TEST(ExportQuota, MayBeForEachProduct) {
  const std::string two = "products = [\"dysprosium-oxide\"]";
  std::string text = quota("per-product = true\nfront-loading = 100\n");
  text.replace(text.find(two), two.size(), "products = [\"dysprosium-oxide\", \"yttrium-oxide\"]");
  PlayedMonths months({text});
  ASSERT_EQ(months.needs().limits.size(), 2u);
  EXPECT_EQ(months.needs().limits[0].name, "quota: dysprosium-oxide");
  EXPECT_EQ(months.needs().limits[1].name, "quota: yttrium-oxide");
  EXPECT_DOUBLE_EQ(months.needs().limits[1].typical_price, 6'000);
  months.jump_to(2025, 4);
  months.open();
  months.flow("yttrium-oxide", "CHN", "DEU") = 50;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 120);
  EXPECT_DOUBLE_EQ(months.rules().group_limit[1], 70);
}

TEST(ExportQuota, SeveralAreSeparateLimits) {
  PlayedMonths months(
      {quota("front-loading = 100\n", "one"), quota("front-loading = 100\ndestinations = [\"JPN\"]\n", "two")});
  ASSERT_EQ(months.needs().limits.size(), 2u);
  EXPECT_EQ(months.needs().limits[1].arcs.size(), 1u);
  months.jump_to(2025, 4);
  months.open();
  months.flow(kDy, "CHN", "JPN") = 30;
  months.flow(kDy, "CHN", "DEU") = 20;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 70);
  EXPECT_DOUBLE_EQ(months.rules().group_limit[1], 90);
}

RC_GTEST_PROP(ExportQuota, UseNeverExceedsTheQuantity, ()) {
  const int loading = *rc::gen::inRange(100, 1000);
  PlayedMonths months({quota("front-loading = " + std::to_string(loading / 100.0) + "\n")});
  months.jump_to(2025, 4);
  double used = 0;
  for (int m = 0; m < 12; ++m) {
    if (m == 6) used = 0;
    months.open();
    const double limit = months.rules().group_limit[0];
    RC_ASSERT(limit >= 0);
    const double flow = *rc::gen::inRange(0, 101) / 100.0 * limit;
    const double to_japan = *rc::gen::inRange(0, 101) / 100.0 * flow;
    months.flow(kDy, "CHN", "JPN") = to_japan;
    months.flow(kDy, "CHN", "USA") = flow - to_japan;
    months.close();
    used += flow;
    RC_ASSERT(used <= 120 + 1e-9);
  }
}

std::string release(const std::string& more, const std::string& id = "release") {
  return "id = \"" + id +
         "\"\nkind = \"stockpile-release\"\nactor = \"USA\"\nstart = \"2025-04\"\nend = \"2025-08\"\n"
         "products = [\"dysprosium-oxide\"]\nsource = \"assumption: test\"\n" +
         more;
}

TEST(StockpileRelease, OffersEqualInstalmentsAboveTheFloor) {
  PlayedMonths months({release("quantity = 8\nfloor-price = 300\n")});
  ASSERT_EQ(months.needs().releases.size(), 1u);
  EXPECT_EQ(months.needs().releases[0].region, tiny::region(months.world(), "USA"));
  months.open();
  EXPECT_EQ(months.rules().release[0], 0);
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().release[0], 2);
  EXPECT_DOUBLE_EQ(months.rules().release_floor[0], 300'000);
  months.equilibrium().government_release[0] = 0.5;
  months.close();
  months.open();  // 7.5 left for three months
  EXPECT_DOUBLE_EQ(months.rules().release[0], 2.5);
  months.equilibrium().government_release[0] = 2.5;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().release[0], 2.5);
  months.equilibrium().government_release[0] = 0;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().release[0], 5);
  EXPECT_EQ(months.scenario().levers[0]->status(), "left to sell 5.0 t");
  months.close();
  months.open();
  EXPECT_EQ(months.rules().release[0], 0);
}

TEST(StockpileRelease, NeverOffersMoreThanIsInStore) {
  PlayedMonths months({release("quantity = 12\n", "one"), release("quantity = 12\n", "two")});
  months.jump_to(2025, 4);
  double sold = 0;
  for (int m = 0; m < 4; ++m) {
    months.open();
    for (std::size_t r = 0; r < 2; ++r) {
      EXPECT_GE(months.rules().release[r], 0);
      sold += months.equilibrium().government_release[r] = months.rules().release[r];
    }
    months.close();
  }
  EXPECT_DOUBLE_EQ(sold, 12);
}

TEST(StockpileRelease, TheSecondTakesWhatTheFirstLeaves) {
  PlayedMonths months({release("quantity = 12\n", "one"), release("quantity = 12\n", "two")});
  months.jump_to(2025, 7);  // the last month: each would sell all
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().release[0], 12);
  EXPECT_EQ(months.rules().release[1], 0);
}

RC_GTEST_PROP(StockpileRelease, SalesNeverExceedQuantityNorStock, ()) {
  const auto tonnes = [] { return std::to_string(*rc::gen::inRange(0, 121) / 10.0); };
  const std::string first = tonnes(), second = tonnes();
  PlayedMonths months({release("quantity = " + first + "\n", "one"), release("quantity = " + second + "\n", "two")});
  months.jump_to(2025, 4);
  double sold[] = {0, 0};
  for (int m = 0; m < 4; ++m) {
    months.open();
    for (std::size_t r = 0; r < 2; ++r) {
      RC_ASSERT(months.rules().release[r] >= 0);
      const double sale = *rc::gen::inRange(0, 101) / 100.0 * months.rules().release[r];
      sold[r] += months.equilibrium().government_release[r] = sale;
    }
    months.close();
  }
  RC_ASSERT(sold[0] <= std::stod(first) + 1e-9);
  RC_ASSERT(sold[1] <= std::stod(second) + 1e-9);
  RC_ASSERT(sold[0] + sold[1] <= 12 + 1e-9);
}

std::string stockpile(const std::string& more) {
  return "id = \"reserve\"\nkind = \"stockpile\"\nactor = \"USA\"\nstart = \"2025-04\"\nend = \"2025-12\"\n"
         "products = [\"dysprosium-oxide\"]\nsource = \"assumption: test\"\ntarget = 2\nceiling-price = 300\n"
         "fill-months = 4\nrelease-share = 0.5\n" +
         more;
}

// Use of 10 t a month, 12 t in store, 20 wanted: 5 t a month at most, then what is missing. The second place sells.
TEST(Stockpile, BuysUpToItsTargetBelowTheCeiling) {
  PlayedMonths months({stockpile("trigger-price = 900\n")});
  ASSERT_EQ(months.needs().releases.size(), 2u);
  EXPECT_FALSE(months.needs().releases[0].buys);
  EXPECT_TRUE(months.needs().releases[1].buys);
  months.open();
  EXPECT_EQ(months.rules().release[1], 0) << "not in force";
  months.jump_to(2025, 4);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().release[1], 5);
  EXPECT_DOUBLE_EQ(months.rules().release_floor[1], 300'000);
  EXPECT_DOUBLE_EQ(months.rules().release[0], 6) << "half of what is in store";
  EXPECT_DOUBLE_EQ(months.rules().release_floor[0], 900'000);
  months.equilibrium().government_release[1] = -5;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().release[1], 3);
  EXPECT_EQ(months.scenario().levers[0]->status(), "bought 5.0 t, sold 0.0 t");
}

// A fifth of the usual trade is refused: it sells at any price above the ceiling and stops buying.
TEST(Stockpile, SellsWhileTradeIsRefused) {
  PlayedMonths months({stockpile("")});
  months.jump_to(2025, 4);
  months.open();
  EXPECT_EQ(months.rules().release[0], 0) << "no trigger price: it keeps what it has";
  months.state().refused[months.arc(kDy, "CHN", "USA")] = 2;
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().release[0], 6);
  EXPECT_DOUBLE_EQ(months.rules().release_floor[0], 300'000);
  EXPECT_EQ(months.rules().release[1], 0);
  months.state().refused[months.arc(kDy, "CHN", "USA")] = 1;
  months.open();
  EXPECT_GT(months.rules().release[1], 0) << "a tenth is not more than a tenth";
}

TEST(Levers, AreInAlphabeticalOrderAndSayWhatTheyDo) {
  std::vector<std::string> names;
  for (const auto& kind : lever_kinds()) {
    names.push_back(kind.name);
    EXPECT_FALSE(kind.help.empty() || kind.rule_for_overlap.empty() || kind.model.empty()) << kind.name;
    for (const auto& option : kind.options) {
      EXPECT_FALSE(option.help.empty()) << kind.name << " " << option.name;
      EXPECT_EQ(base::find_option(common_lever_options(), option.name), nullptr) << option.name;
      if (option.default_text.empty()) continue;
      EXPECT_TRUE(std::holds_alternative<base::OptionValue>(base::parse_option(option, option.default_text)))
          << option.name;
    }
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(names.size(), 43u);
}

}  // namespace
}  // namespace lodestone::policy::test
