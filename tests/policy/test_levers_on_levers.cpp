// Threats, truces and reversals: what they make of other levers, and what of them cannot be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/base/diagnostics.hpp"
#include "played_month.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kDy = "dysprosium-oxide";
const std::string kBan = lever_text("export-ban", "", "ban");  // CHN, 2025-04 until 2026-04

std::string on_levers(const std::string& kind, const char* start, const char* end, const std::string& more,
                      const std::string& levers = "[\"ban\"]") {
  return "id = \"act\"\nkind = \"" + kind + "\"\nactor = \"CHN\"\nstart = \"" + start + "\"\nend = \"" + end +
         "\"\nlevers = " + levers + "\nsource = \"assumption: test\"\n" + more;
}

std::string error_of(const std::vector<std::string>& levers) {
  try {
    PlayedMonths months(levers);
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "";
}

std::string threat(const std::string& more) {
  return on_levers("threat", "2025-01", "2025-04", "probability = 0.4\n" + more);
}

// All oxide of Japan comes from China: a ban that is 40 % likely is 40 % of the news.
TEST(Threat, IsFearedByItsProbabilityAndThenCarriedOut) {
  PlayedMonths months({threat("outcome = \"carried-out\"\n"), kBan});
  EXPECT_DOUBLE_EQ(months.news(kDy, "JPN"), 0.4);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited);
  months.jump_to(2025, 2);
  EXPECT_EQ(months.news(kDy, "JPN"), 0);
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(months.news(kDy, "JPN"), 0.6);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), 0);
  EXPECT_EQ(months.scenario().levers[0]->status(), "carried out");
}

TEST(Threat, ThatIsWithdrawnTakesBackWhatIsLeftOfTheFear) {
  PlayedMonths months({threat("outcome = \"withdrawn\"\n"), kBan});
  EXPECT_DOUBLE_EQ(months.news(kDy, "JPN"), 0.4);
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(months.news(kDy, "JPN"), -0.4 * std::exp2(-0.5)) << "three months of a half-life of six";
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited);
  EXPECT_EQ(months.scenario().levers[0]->status(), "withdrawn");
}

// Chance decides by future, and in about four of ten futures for it.
TEST(Threat, IsDrawnByFuture) {
  const auto world = tiny_world();
  const auto scenario = parse_scenario(scenario_text({threat(""), kBan}), "test.toml", world);
  int carried_out = 0;
  for (std::uint32_t future = 0; future < 400; ++future) {
    const auto copy = scenario.copy();
    Course course(copy.levers, {copy.seed, future});
    world::State state;
    state.month = base::Month::of(2025, 1);
    copy.levers[0]->connect(copy.levers, {copy.seed, future});
    std::vector<Standing> standing(2);
    copy.levers[0]->govern(base::Month::of(2025, 5), standing);
    carried_out += standing[1].acts;
  }
  EXPECT_NEAR(carried_out / 400.0, 0.4, 0.08);
}

TEST(Threat, WithoutItItsMeasuresAreGoneToo) {
  const auto world = tiny_world();
  const auto scenario = parse_scenario(scenario_text({threat(""), kBan}), "test.toml", world);
  EXPECT_TRUE(scenario.without(0).levers.empty());
  EXPECT_EQ(scenario.without(1).levers.size(), 1u);
}

TEST(Threat, MustBeUncertainAndDecidedBeforeItsMeasureStarts) {
  const auto error = [&](const std::string& text) {
    try {
      PlayedMonths months({text, kBan});
    } catch (const base::InputError& wrong) {
      return std::string(wrong.what());
    }
    return std::string();
  };
  EXPECT_THAT(error(on_levers("threat", "2025-01", "2025-04", "probability = 0\n")), HasSubstr("probability = 0"));
  EXPECT_THAT(error(on_levers("threat", "2025-01", "2025-04", "probability = 1\n")), HasSubstr("probability = 1"));
  EXPECT_THAT(error(on_levers("threat", "2025-01", "2025-04", "probability = 1.5\n")), HasSubstr("between 0 and 1"));
  EXPECT_THAT(error(on_levers("threat", "2025-01", "2025-06", "probability = 0.4\n")), HasSubstr("not after 'ban'"));
  EXPECT_THAT(error(threat("outcome = \"caried-out\"\n")), HasSubstr("carried-out"));
}

// A duty of 50 % that is 40 % likely, three months off at a half-life of six: Japan expects a rise by 0.2 x 2^-1/2.
TEST(Threat, OfADutyMakesBuyersExpectItsPrice) {
  const std::string tax = lever_text("export-tax", "rate = 0.5\n", "ban");
  PlayedMonths months({threat("outcome = \"withdrawn\"\n"), tax});
  EXPECT_DOUBLE_EQ(months.rise(kDy, "JPN"), 0.4 * 0.5 * std::exp2(-0.5));
  EXPECT_EQ(months.rise(kDy, "CHN"), 0);
  months.jump_to(2025, 3);
  EXPECT_DOUBLE_EQ(months.rise(kDy, "JPN"), 0.4 * 0.5 * std::exp2(-1.0 / 6)) << "a month off";
  months.jump_to(2025, 4);
  EXPECT_EQ(months.rise(kDy, "JPN"), 0) << "withdrawn";
  PlayedMonths certain({lever_text("export-tax", "announced = \"2025-02\"\nrate = 0.5\n")});
  EXPECT_EQ(certain.rise(kDy, "JPN"), 0) << "nobody knows";
  certain.jump_to(2025, 2);
  EXPECT_DOUBLE_EQ(certain.rise(kDy, "JPN"), 0.5 * std::exp2(-1.0 / 3));
  certain.jump_to(2025, 4);
  EXPECT_EQ(certain.rise(kDy, "JPN"), 0) << "it is in the price";
}

TEST(Truce, SuspendsWhatItNamesAndThenItIsBack) {
  PlayedMonths months({kBan, on_levers("truce", "2025-06", "2025-08", "")});
  months.jump_to(2025, 5);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), 0);
  for (const int month : {6, 7}) {
    months.jump_to(2025, month);
    EXPECT_EQ(months.news(kDy, "JPN"), 0);
    months.open();
    EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited) << month;
  }
  months.jump_to(2025, 8);
  EXPECT_DOUBLE_EQ(months.news(kDy, "JPN"), 1) << "it is news again";
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), 0);
  EXPECT_EQ(months.scenario().levers[1]->status(), "over since 2025-08");
}

// A duty suspended for two months that comes back with a chance of 3/4: a month before, 0.75 x 0.5 x 2^-1/6.
TEST(Truce, IsExpectedToEndAsLikelyAsItIsNotRenewed) {
  const std::string tax = lever_text("export-tax", "rate = 0.5\n", "ban");
  PlayedMonths months({tax, on_levers("truce", "2025-06", "2025-08", "renewal-probability = 0.25\nrenewals = 0\n")});
  PlayedMonths renewable({tax, on_levers("truce", "2025-06", "2025-08", "renewal-probability = 0.25\n")});
  months.jump_to(2025, 7);
  EXPECT_DOUBLE_EQ(months.rise(kDy, "JPN"), 0.5 * std::exp2(-1.0 / 6)) << "it cannot be renewed";
  renewable.jump_to(2025, 7);
  EXPECT_DOUBLE_EQ(renewable.rise(kDy, "JPN"), 0.75 * 0.5 * std::exp2(-1.0 / 6));
}

TEST(Truce, ThatIsSurelyRenewedHoldsForAsManyTerms) {
  PlayedMonths months({kBan, on_levers("truce", "2025-06", "2025-08", "renewal-probability = 1\nrenewals = 2\n")});
  months.jump_to(2025, 11);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited);
  months.jump_to(2025, 12);
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), 0);
}

TEST(Truce, MayBreak) {
  const auto world = tiny_world();
  const auto scenario = parse_scenario(
      scenario_text({kBan, on_levers("truce", "2025-04", "2026-04", "lapse-hazard = 0.5\n")}), "test.toml", world);
  int held = 0;
  for (std::uint32_t future = 0; future < 400; ++future) {
    scenario.levers[1]->connect(scenario.levers, {scenario.seed, future});
    std::vector<Standing> standing(2);
    scenario.levers[1]->govern(base::Month::of(2026, 3), standing);
    held += !standing[0].acts;
  }
  EXPECT_NEAR(held / 400.0, std::pow(0.5, 11.0 / 12), 0.08) << "eleven months at half a year";
}

TEST(PolicyReversal, TakesBackForGoodAndTellsLendersTheChance) {
  const auto world = tiny_world();
  const auto scenario = parse_scenario(
      scenario_text({kBan, on_levers("policy-reversal", "2025-04", "2026-04", "hazard = 0.5\n")}), "test.toml", world);
  int kept = 0;
  for (std::uint32_t future = 0; future < 400; ++future) {
    scenario.levers[1]->connect(scenario.levers, {scenario.seed, future});
    std::vector<Standing> standing(2);
    bool acted = true;
    for (int m = 0; m < 12; ++m) {
      standing.assign(2, {});
      scenario.levers[1]->govern(base::Month::of(2025, 4) + m, standing);
      EXPECT_EQ(standing[0].reversal, 0.5);
      EXPECT_TRUE(acted || !standing[0].acts) << "it never comes back";
      acted = standing[0].acts;
    }
    kept += acted;
  }
  EXPECT_NEAR(kept / 400.0, 0.5, 0.08);
}

TEST(LeversOnLevers, MustNameOtherLeversThatActOnTheMarket) {
  const auto truce = [](const std::string& levers) { return on_levers("truce", "2025-06", "2025-08", "", levers); };
  EXPECT_THAT(error_of({kBan, truce("[\"bam\"]")}), HasSubstr("unknown lever 'bam'"));
  EXPECT_THAT(error_of({kBan, truce("[\"bam\"]")}), HasSubstr("did you mean 'ban'"));
  EXPECT_THAT(error_of({kBan, truce("[\"act\"]")}), HasSubstr("'act' names itself"));
  EXPECT_THAT(error_of({kBan, truce("[\"ban\", \"ban\"]")}), HasSubstr("a second time"));
  EXPECT_THAT(error_of({kBan, truce("[]")}), HasSubstr("no lever"));
  std::string other = truce("[\"act\"]");
  other.replace(other.find("\"act\""), 5, "\"other\"");
  EXPECT_THAT(error_of({kBan, truce("[\"ban\"]"), other}), HasSubstr("are not nested"));
  EXPECT_THAT(error_of({kBan, on_levers("truce", "2025-01", "2025-03", "")}), HasSubstr("nothing to suspend"));
  EXPECT_THAT(error_of({kBan, truce("[\"ban\"]") + "products = [\"dysprosium-oxide\"]\n"}),
              HasSubstr("unknown key 'products'"));
  std::string american = on_levers("policy-reversal", "2025-04", "2026-04", "hazard = 0.5\n");
  american.replace(american.find("CHN"), 3, "USA");
  EXPECT_THAT(error_of({kBan, american}), HasSubstr("a government takes back its own"));
  EXPECT_THAT(error_of({kBan, on_levers("policy-reversal", "2025-04", "2026-04", "hazard = 0\n")}),
              HasSubstr("is no hazard"));
}

}  // namespace
}  // namespace lodestone::policy::test
