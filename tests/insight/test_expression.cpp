// The language of expressions: what it reads, what its units allow, and where its errors point.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/insight/expression.hpp"
#include "lodestone/insight/expression_words.hpp"
#include "lodestone/simulation/future.hpp"
#include "written_run.hpp"

namespace lodestone::insight {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

dataset::RawDataset toy_files() {
  base::Diagnostics diagnostics;
  return dataset::read(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy", diagnostics);
}

// The toy world with an embargo on Dy oxide out of HOM from 2024-04 on, twelve months from 2024-01.
class Expressions : public ::testing::Test {
 protected:
  world::World world_ = toy_world();
  dataset::Money money_{toy_files()};
  Grounds grounds_{world_, money_, base::Month::of(2024, 1), 12};
  Probes probes_;
  std::string levers_ = licence();
  base::Diagnostics diagnostics_;

  std::optional<Expression> compiled(const std::string& text) {
    return compile(text, {"case.toml", 7, 10}, grounds_, probes_, diagnostics_);
  }

  Values value(const std::string& text, double tolerance = 0, std::vector<Finding>* findings = nullptr) {
    const auto expression = compiled(text);
    if (!expression) throw base::InputError(diagnostics_);
    const auto scenario = toy_scenario(world_, levers_, 12);
    Recorder recorder(probes_, scenario.start);
    simulation::Future future(world_, scenario);
    future.run(recorder);
    const Track track = recorder.take();
    return expression->rule({track, base::whole_month(base::Month::of(2024, 3)), tolerance, tolerance, findings});
  }

  double one(const std::string& text) {
    const Values values = value(text);
    EXPECT_EQ(values.size(), 1u);
    return values.front();
  }

  // Text of the only error.
  std::string error(const std::string& text) {
    diagnostics_ = {};
    EXPECT_FALSE(compiled(text).has_value()) << text;
    if (diagnostics_.all().size() != 1) return std::to_string(diagnostics_.all().size()) + " errors";
    return diagnostics_.all().front().text();
  }
};

TEST(ExpressionWords, NamesAndDatesKeepTheirHyphens) {
  std::vector<std::string> texts;
  for (const auto& word : words_of("dy-oxide -2 2011-Q3..2012-01-31 'a b' 3.5e2 2011 - 1")) texts.push_back(word.text);
  EXPECT_THAT(texts,
              ElementsAre("dy-oxide", "-", "2", "2011-Q3", "..", "2012-01-31", "a b", "3.5e2", "2011", "-", "1", ""));
}

TEST_F(Expressions, ReadTheMonthsOfARun) {
  // The base year is a steady state: prices and flows of January are those of the files.
  EXPECT_NEAR(one("at(price(dy-oxide, HOM), 2024-01)"), 250'000, 1);
  EXPECT_NEAR(one("at(production(ore, HOM), start)"), 100, 1e-6);
  EXPECT_NEAR(one("at(production(ore, HOM) / production(ore, all), 2024-01)"), 0.8, 1e-9);
  EXPECT_NEAR(one("at(production(ore of dy, all), 2024-01)"), 125 * 0.02, 1e-9);
  EXPECT_NEAR(one("at(activity(home-mine), 2024-02)"), 100, 1e-6);
  EXPECT_NEAR(one("at(capacity(ore, HOM by control), 2024-02)"), 125, 1e-6);
  EXPECT_NEAR(one("sum(production(ore, HOM), 2024-01 .. 2024-03)"), 300, 1e-3);
  EXPECT_NEAR(one("mean(production(ore, HOM), 2024-Q1)"), 100, 1e-3);
}

TEST_F(Expressions, ByControlFollowsAPurchase) {
  levers_ =
      "[[levers]]\nid = \"purchase\"\nkind = \"acquisition\"\nactor = \"OTH\"\nproducts = [\"ore\"]\nplants = "
      "[\"far-mine\"]\nshare = 0.6\nprice = 1\nstart = \"2024-03\"\nend = \"2024-12\"\nsource = \"test\"\n";
  EXPECT_EQ(one("at(capacity(ore, OTH by control), 2024-03)"), 0);
  EXPECT_NEAR(one("at(capacity(ore, OTH by control), 2024-04)"), 500 / 12.0, 1e-6);
  EXPECT_EQ(one("at(capacity(ore, FAR by control), 2024-04)"), 0);
  EXPECT_NEAR(one("at(capacity(ore, FAR), 2024-04)"), 500 / 12.0, 1e-6) << "it stands where it stood";
}

TEST_F(Expressions, AFlowIsWhatLeavesAndAGroupIsItsMembers) {
  EXPECT_NEAR(one("at(exports(dy-oxide, HOM) - imports(dy-oxide, abroad, HOM), 2024-02)"), 0, 1e-9);
  EXPECT_NEAR(one("at(exports(dy-oxide, HOM, FAR) + exports(dy-oxide, HOM, OTH) - exports(dy-oxide, HOM), 2024-02)"), 0,
              1e-9);
  EXPECT_GT(one("at(exports(dy-oxide, HOM), 2024-02)"), 0);
  EXPECT_EQ(one("sum(exports(dy-oxide, HOM), 2024-04 .. 2024-12)"), 0);  // no licence is approved
}

TEST_F(Expressions, AnEmbargoIsFoundByItsPeakAndItsMonths) {
  EXPECT_EQ(one("first_month(exports(dy-oxide, HOM) < 1 kg/month)"), base::Month::of(2024, 4).count);
  EXPECT_EQ(one("months_with(exports(dy-oxide, HOM) < 1 kg/month)"), 9);
  EXPECT_GT(one("max(price(dy-oxide, FAR))"), one("at(price(dy-oxide, FAR), 2024-03)"));
  EXPECT_EQ(
      one("ever(price(dy-oxide, FAR) > 1.5 * price(dy-oxide, HOM)) and not always(exports(dy-oxide, HOM) > 0 t/yr)"),
      1);
  EXPECT_EQ(one("at(price(dy-oxide, FAR), month_of_max(price(dy-oxide, FAR))) - max(price(dy-oxide, FAR))"), 0);
}

TEST_F(Expressions, FreeOnBoardHasTheTaxesOfTheBorder) {
  // Magnets lose 2 % of VAT on leaving HOM; no licence is in force on them.
  EXPECT_NEAR(one("at(fob(magnet, HOM) / price(magnet, HOM), 2024-01)"), 1.02, 1e-9);
  EXPECT_NEAR(one("at(cif(magnet, OTH) * 1.03 / price(magnet, OTH), 2024-01)"), 1, 1e-9);
  // A licence that nobody gets is worth what buyers abroad would pay above the price at home.
  EXPECT_GT(one("max(rent(dy-oxide, HOM), 2024-04..2024-12)"), 0);
  EXPECT_NEAR(one("max(abs(fob(dy-oxide, HOM) - price(dy-oxide, HOM) - rent(dy-oxide, HOM)))"), 0, 1e-6);
}

TEST_F(Expressions, UnitsAreConverted) {
  EXPECT_EQ(one("2 kt"), 2000);
  EXPECT_EQ(one("12 kt/yr"), 1000);
  EXPECT_EQ(one("3 USD/kg"), 3000);
  EXPECT_NEAR(one("1 USD/lb"), 2204.6226, 1e-4);
  EXPECT_NEAR(one("55 %"), 0.55, 1e-12);
  EXPECT_EQ(one("2 years"), 24);
  EXPECT_NEAR(one("real(720 CNY/kg, 2024)"), 100'000, 1e-6);  // 7.2 CNY per USD
  EXPECT_EQ(one("2024-03 + 2 months - 2024-01"), 4);
}

TEST_F(Expressions, PeriodIsTheDateOfTheFigure) {
  EXPECT_EQ(one("mean(price(dy-oxide, HOM), period) - at(price(dy-oxide, HOM), 2024-03)"), 0);
}

TEST_F(Expressions, WhatLiesBeyondTheRunHasNoValue) {
  EXPECT_TRUE(std::isnan(one("min(price(dy-oxide, HOM), end .. end + 3 months)")));
  EXPECT_TRUE(std::isnan(one("min(price(dy-oxide, HOM), end .. end + 3 months) > 1 USD/kg")));
}

TEST_F(Expressions, BoundsGiveWayByTheTolerance) {
  std::vector<Finding> findings;
  EXPECT_EQ(value("105 t between 50 t and 100 t", 0, &findings).front(), 0);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].what, "105 t");
  EXPECT_EQ(findings[0].value, 105);
  EXPECT_EQ(findings[0].needed, "between 50 t and 100 t");
  EXPECT_EQ(value("105 t between 50 t and 100 t", 0.06).front(), 1);
  EXPECT_EQ(value("45 t between 50 t and 100 t", 0.06).front(), 0);
  EXPECT_EQ(value("2024-05 - 2024-01 < 3 months", 0.5).front(), 0);
  EXPECT_EQ(value("2024-05 - 2024-01 < 3 months", 1).front(), 1);
}

TEST_F(Expressions, ErrorsPointAtTheWord) {
  EXPECT_THAT(error("max(price(dy-oxid, HOM))"), HasSubstr("case.toml:7:20: error: 'dy-oxid'"));
  EXPECT_THAT(error("max(price(dy-oxid, HOM))"), HasSubstr("did you mean 'dy-oxide'"));
  EXPECT_THAT(error("mean(price(dy-oxide, HOME))"), HasSubstr("case.toml:7:31: error: 'HOME'"));
  EXPECT_THAT(error("maxi(price(dy-oxide, HOM))"), HasSubstr("did you mean 'max'"));
  EXPECT_THAT(error("1 +\n  price(dy-oxide)"), HasSubstr("case.toml:8:17"));
  EXPECT_THAT(error("activity(home-min)"), HasSubstr("did you mean 'home-mine'"));
  EXPECT_THAT(error("consumption(magnet, HOM, motor)"), HasSubstr("did you mean 'motors'"));
  EXPECT_THAT(error("production(stage magnets, HOM)"), HasSubstr("did you mean 'magnet'"));
  EXPECT_THAT(error("production(ore of Dy, HOM)"), HasSubstr("an element"));
  EXPECT_THAT(error("12 kt/year"), HasSubstr("'kt/yr'"));
}

TEST_F(Expressions, UnlikeUnitsAreRefused) {
  EXPECT_THAT(error("price(dy-oxide, HOM) + stock(dy-oxide, HOM)"), HasSubstr("two numbers of one unit"));
  EXPECT_THAT(error("max(price(dy-oxide, HOM)) > 400"), HasSubstr("a number (USD/t) compared with a number (no unit)"));
  EXPECT_THAT(error("2024-05 + 2024-01"), HasSubstr("a number of months"));
  EXPECT_THAT(error("max(2024-05)"), HasSubstr("a number for every month"));
  EXPECT_THAT(error("always(price(dy-oxide, HOM))"), HasSubstr("a condition for every month"));
  EXPECT_THAT(error("400 CNY/kg"), HasSubstr("real(400 CNY/kg, its date)"));
  EXPECT_THAT(error("real(400 CNY/kg, 1999)"), HasSubstr("fx.csv has a rate of CNY"));
  EXPECT_THAT(error("ln(price(dy-oxide, HOM))"), HasSubstr("without unit"));
}

TEST_F(Expressions, WhatIsNoExpressionIsRefused) {
  for (const char* text : {"", "1 +", "(1", "1)", "max()", "max(price(dy-oxide, HOM)", "price(dy-oxide HOM)", "1 2",
                           "é", "at(price(dy-oxide, HOM), 2025-01)", "mean(price(dy-oxide, HOM), 2023)", "1 = 1",
                           "2024", "2011-08-32", "and 1 > 0", "1 between 2", "not 1", "'open"}) {
    diagnostics_ = {};
    const auto expression = compiled(text);
    if (std::string(text) == "2024") {
      EXPECT_TRUE(expression.has_value());  // a number
      continue;
    }
    EXPECT_FALSE(expression.has_value()) << text;
    EXPECT_TRUE(diagnostics_.has_errors()) << text;
  }
  EXPECT_FALSE(compiled(std::string(100'000, '(')).has_value());
  EXPECT_FALSE(compiled(std::string(100'000, '-') + "1").has_value());
}

}  // namespace
}  // namespace lodestone::insight
