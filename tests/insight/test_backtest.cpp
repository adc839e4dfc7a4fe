// A case held against a run: the fictitious metal, whose figures can be worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/backtest_class.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kSource = LODESTONE_SOURCE_DIR;

struct Judged {
  Figure figure;
  FigureOutcome outcome;
};

class FictitiousMetal : public ::testing::Test {
 protected:
  Case kase_ = load_case(kSource + "/cases/fictitious_metal", kSource + "/data");
  Backtest outcome_ = backtest(kase_);

  Judged of(const std::string& series, const std::string& date) {
    for (std::size_t f = 0; f < kase_.figures.size(); ++f)
      if (kase_.series[kase_.figures[f].series].id == series && kase_.figures[f].date_text == date)
        return {kase_.figures[f], outcome_.figures[f]};
    throw std::logic_error("no figure " + series + " of " + date);
  }
};

TEST_F(FictitiousMetal, AQuotaOfHalfTheExportsIsUsedUp) {
  // 3,600 t a year before; the quota of 1,800 t spreads evenly, and ln(3600 / 1800) is what no change is off by.
  const auto before = of("exports of China", "2020-H2").outcome, during = of("exports of China", "2021").outcome;
  EXPECT_EQ(before.state, FigureState::before_shock);
  EXPECT_NEAR(before.modelled, 1800, 1e-4);
  EXPECT_EQ(during.state, FigureState::scored);
  EXPECT_NEAR(during.modelled, 1800, 1e-4);
  EXPECT_EQ(during.error, 0);
  EXPECT_NEAR(during.no_change.value(), 3600, 1e-3);
  EXPECT_NEAR(during.no_change_error.value(), std::log(2), 1e-6);
  EXPECT_FALSE(during.elasticity.has_value());  // it speaks of prices
  EXPECT_TRUE(during.better_than_rivals());
}

TEST_F(FictitiousMetal, TheRivalsOfAPriceStartFromTheLastQuoteBeforeTheShock) {
  // sqrt(17 * 19) before; three quarters of the quantity raise it by 0.75^-5.
  const auto price = of("price in Germany", "2021-06");
  EXPECT_NEAR(price.figure.observed, std::sqrt(40.0 * 60.0), 1e-12);
  EXPECT_NEAR(price.outcome.no_change.value(), std::sqrt(17.0 * 19.0), 1e-12);
  EXPECT_NEAR(price.outcome.elasticity.value(), std::sqrt(17.0 * 19.0) * std::pow(0.75, -5), 1e-9);
  EXPECT_NEAR(price.outcome.error, std::log(price.outcome.modelled / price.figure.observed), 1e-12);
}

TEST_F(FictitiousMetal, AQuoteIsInMoneyOfItsDayWithItsTax) {
  // Nothing has happened in China before the shock: 20 dollars of 2024 per kg without VAT.
  base::Diagnostics diagnostics;
  const dataset::Money money(dataset::read(kSource + "/data", diagnostics));
  const auto price = of("price in China", "2021-06").outcome;
  EXPECT_NEAR(price.no_change.value(),
              20 * 1.13 * money.rate("CNY", base::whole_year(2021)).value() / money.deflation(2021).value(), 1e-6);
}

TEST_F(FictitiousMetal, ItemsSayWhatWasFound) {
  ASSERT_EQ(outcome_.propositions.size(), 3u);
  const auto& binds = outcome_.propositions[0];
  EXPECT_EQ(binds.verdict, Verdict::reproduced);
  ASSERT_EQ(binds.findings.size(), 1u);
  EXPECT_NEAR(binds.findings[0].value, 1800, 1e-4);
  EXPECT_EQ(binds.findings[0].needed, "between 1790 t and 1810 t");
}

TEST_F(FictitiousMetal, TheScoreCountsWhatWasScored) {
  const Score total = score(kase_, outcome_);
  EXPECT_EQ(total.figures, 5);  // of 8: two before the shock, one a month
  EXPECT_EQ(total.months, 1);
  EXPECT_EQ(total.items, 3);
  std::vector<double> errors;
  for (std::size_t f = 0; f < kase_.figures.size(); ++f)
    if (outcome_.figures[f].state == FigureState::scored &&
        kase_.series[kase_.figures[f].series].kind != FigureKind::month)
      errors.push_back(std::abs(outcome_.figures[f].error));
  std::sort(errors.begin(), errors.end());
  EXPECT_EQ(total.median, errors[2]);
  EXPECT_EQ(total.reproduced + std::count_if(outcome_.propositions.begin(), outcome_.propositions.end(),
                                             [](const auto& p) { return !p.holds(); }),
            3);
}

TEST_F(FictitiousMetal, TheSameCaseGivesTheSameBits) {
  const Backtest again = backtest(load_case(kSource + "/cases/fictitious_metal", kSource + "/data"));
  for (std::size_t f = 0; f < outcome_.figures.size(); ++f)
    EXPECT_EQ(again.figures[f].modelled, outcome_.figures[f].modelled);
}

TEST(EveryCase, ThatComesWithTheProjectRunsAndCertifiesItsMonths) {
  for (const auto& entry : fs::directory_iterator(kSource + "/cases")) {
    if (!fs::exists(entry.path() / "case.toml")) continue;
    const Case kase = load_case(entry.path(), kSource + "/data");
    const Backtest outcome = backtest(kase);
    EXPECT_LT(outcome.worst_certificate, 1e-8) << entry.path();
    EXPECT_FALSE(report(kase, outcome).answer.empty());
  }
}

// Copies of the case, spoilt in one place each.
class BrokenCase : public ::testing::Test {
 protected:
  test::TemporaryFolder folder_;

  // Texts of all errors, one a line, after the first `what` of a file became `by`.
  std::string errors(const std::string& file, const std::string& what, const std::string& by) {
    const fs::path copy = folder_.path() / "case";
    fs::remove_all(copy);
    fs::copy(kSource + "/cases/fictitious_metal", copy, fs::copy_options::recursive);
    std::ifstream in(copy / file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto at = text.find(what);
    if (at == std::string::npos) throw std::logic_error(file + " does not hold " + what);
    std::ofstream(copy / file) << text.replace(at, what.size(), by);
    try {
      load_case(copy, kSource + "/data");
    } catch (const base::InputError& error) {
      std::string out;
      for (const auto& diagnostic : error.diagnostics().all()) {
        const std::string line = diagnostic.text();
        out += line.substr(line.find("/case/") + 6) + "\n";
      }
      return out;
    }
    return "no error";
  }
};

TEST_F(FictitiousMetal, ScoresByClassCountEveryScoredFigureOnce) {
  const auto classes = class_scores(kase_, outcome_);
  int figures = 0;
  for (const auto& one : classes) {
    EXPECT_EQ(one.evidence, Evidence::invented);
    EXPECT_EQ(one.stage, "separation");
    figures += one.figures;
  }
  EXPECT_EQ(figures, score(kase_, outcome_).figures);
}

TEST(StoredScores, AreReadAsTheyWereWritten) {
  test::TemporaryFolder folder;
  const fs::path file = folder.path() / "results.csv";
  std::ofstream(file) << "case,title,evidence,stage,kind,figures,median,no_change,elasticity,compared,better\n"
                         "a,\"A, and more\",hold-out,mining,price,3,0.5,,0.25,2,1\n";
  const auto read = read_class_scores(file);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].title, "A, and more");
  EXPECT_EQ(read[0].evidence, Evidence::hold_out);
  EXPECT_EQ(read[0].median, 0.5);
  EXPECT_TRUE(std::isnan(read[0].no_change));
  EXPECT_EQ(read[0].compared, 2);
  std::ofstream(file) << "case,title,evidence,stage,kind,figures,median,no_change,elasticity,compared,better\n"
                         "a,A,holdout,mining,price,x,0.5,,0.25,2,1\n";
  EXPECT_THROW(read_class_scores(file), base::InputError);
}

TEST_F(BrokenCase, ErrorsPointAtTheKey) {
  EXPECT_THAT(errors("case.toml", "shock = \"2021-01\"", "shok = \"2021-01\""), HasSubstr("did you mean 'shock'"));
  EXPECT_THAT(errors("case.toml", "shock = \"2021-01\"", "shock = \"2019-01\""),
              StartsWith("case.toml:8:9: error: shock"));
  EXPECT_THAT(errors("case.toml", "evidence = \"invented\"", "evidence = \"holdout\""),
              HasSubstr("did you mean 'hold-out'"));
  EXPECT_THAT(errors("case.toml", "kind = \"ratio\"", "kind = \"ration\""), HasSubstr("did you mean 'ratio'"));
  EXPECT_THAT(errors("case.toml", "observed = \"china_exports\"", "observed = \"china_export\""),
              HasSubstr("did you mean 'china_exports'"));
  EXPECT_THAT(errors("case.toml", "low = \"price_germany_low\"\n", ""), HasSubstr("low and high for a quoted range"));
  EXPECT_THAT(errors("case.toml", "[[left-out]]", "[[leftout]]"), HasSubstr("did you mean 'left-out'"));
  EXPECT_THAT(errors("case.toml", "quantity = 1800", "quantity = -1800"), HasSubstr("quantity = "));
  EXPECT_THAT(errors("case.toml", "incoterm = \"cif\"", "incoterm = \"fob\""), HasSubstr("cif(...) for a quote fob"));
  EXPECT_THAT(errors("case.toml", "vat = 0.13", "# vat"), HasSubstr("a price without vat"));
  EXPECT_THAT(errors("case.toml", "allowed = \"outside-china\"", "allowed = \"outside\""), HasSubstr("[[allowed]]"));
  EXPECT_THAT(errors("case.toml", "data = \"data\"", "data = \"date\""), HasSubstr("no such folder"));
  EXPECT_THAT(errors("case.toml", "data = \"data\"", "base-year = 1999"), HasSubstr("base-year = 1999"));
}

TEST_F(BrokenCase, ErrorsPointIntoExpressions) {
  EXPECT_THAT(errors("case.toml", "cif(fictium, DEU)", "cif(fictum, DEU)"),
              StartsWith("case.toml:48:14: error: 'fictum'"));
  EXPECT_THAT(errors("case.toml", "exports(fictium, CHN)\" # t", "stock(fictium)\" # t"), HasSubstr("','"));
  EXPECT_THAT(errors("case.toml", "price(fictium, CHN)\"\n", "stock(fictium, CHN)\"\n"), HasSubstr("a price in USD/t"));
  EXPECT_THAT(errors("case.toml", ", 2021) > 2\"", ", 2021)\""), HasSubstr("a condition that holds or not"));
}

TEST_F(BrokenCase, ErrorsPointIntoTheObservedFigures) {
  EXPECT_THAT(errors("observed.csv", "china_exports,2021,1800,t", "china_exports,2021,1800,tons"),
              StartsWith("observed.csv:3:25: error: unit 'tons'"));
  EXPECT_THAT(errors("observed.csv", "2021,1800,t", "2021,1800,USD/t"), HasSubstr("a unit of t/month"));
  EXPECT_THAT(errors("observed.csv", "2021-06,120", "2021-06,0"), HasSubstr("a number above 0"));
  EXPECT_THAT(errors("observed.csv", "2021,1800,t", "2021-13,1800,t"), StartsWith("observed.csv:3:15: error: date"));
  EXPECT_THAT(errors("observed.csv", "rumours", "rumour"), HasSubstr("which case.toml does not name"));
  EXPECT_THAT(errors("observed.csv", "price_germany_high,2021-06,60,USD/kg,invented\n", ""),
              HasSubstr("a low end of 2021-06 without a high one"));
  EXPECT_THAT(errors("observed.csv", "2021-08,month", "8,month"), HasSubstr("a month such as 2011-08"));
  EXPECT_THAT(errors("observed.csv", "1800,t,invented", "1800,t,"), HasSubstr("nothing in column 'source'"));
}

TEST_F(BrokenCase, AQuantityOfNothingIsShownAndNotScored) {
  ASSERT_EQ(errors("observed.csv", "2021,1800,t", "2021,0,t"), "no error");
  const Case kase = load_case(folder_.path() / "case", kSource + "/data");
  const Backtest outcome = backtest(kase);
  EXPECT_EQ(score(kase, outcome).figures, 4);  // of 5
  const auto zero =
      std::find_if(kase.figures.begin(), kase.figures.end(), [](const Figure& f) { return f.observed == 0; });
  ASSERT_NE(zero, kase.figures.end());
  const auto& found = outcome.figures[static_cast<std::size_t>(zero - kase.figures.begin())];
  EXPECT_EQ(found.state, FigureState::zero);
  EXPECT_NEAR(found.modelled, 1800, 1e-4);
}

TEST(Goals, AreHeldAgainstAScoreOneByOne) {
  Score total;
  total.figures = 4, total.median = 0.6, total.compared = 5, total.better = 3;  // 3.75 of 5 are needed
  const auto all = goals(total);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].state, Goal::State::met);
  EXPECT_EQ(all[1].state, Goal::State::not_asked);  // no figure is a month
  EXPECT_EQ(all[2].state, Goal::State::missed);
  EXPECT_EQ(all[2].needed, 4);
  total.months = 1, total.median_months = 5;
  EXPECT_EQ(goals(total)[1].state, Goal::State::missed);
  total.median_months = 4;
  EXPECT_EQ(goals(total)[1].state, Goal::State::met);
}

TEST_F(FictitiousMetal, TheAnswerSaysWhatHoldsOnlyWithinToleranceAndWhichGoalsAreMet) {
  Backtest loose = outcome_;
  loose.propositions[1].verdict = Verdict::within_tolerance;
  const Report said = report(kase_, loose);
  EXPECT_THAT(said.answer, HasSubstr("(1 of them only within tolerance)"));
  EXPECT_THAT(said.answer, HasSubstr("Goals: median error met, peak month MISSED"));
  ASSERT_EQ(said.tables.front().id, "goals");
  EXPECT_EQ(std::get<std::string>(said.tables.front().rows[1].back()), "MISSED");
}

TEST_F(BrokenCase, FiguresOutsideTheRunNeedNoExchangeRate) {
  EXPECT_EQ(errors("observed.csv", "price_china,2021-06,120", "price_china,1990,9,CNY/kg,x\nprice_china,2021-06,120"),
            "no error");
}

TEST_F(BrokenCase, ErrorsOfAllFilesAreReportedAtOnce) {
  const auto found = errors("case.toml", "id = \"quota\"", "id = \"Quota\"\nqantity = 3");
  EXPECT_THAT(found, HasSubstr("did you mean 'quantity'"));
  EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 2);
}

}  // namespace
}  // namespace lodestone::insight
