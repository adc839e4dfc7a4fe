// Calibration: finds again what the figures were made with, and says what they cannot tell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "lodestone/insight/calibration.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kSource = LODESTONE_SOURCE_DIR;

const Progress kGoOn = [](const std::string&, int, int) { return true; };

CaseFile case_in(const fs::path& folder) {
  base::Diagnostics diagnostics;
  CaseFile file = read_case(folder, kSource + "/data", diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return file;
}

// The fictitious metal with monthly prices of 2021 as the model has them for a value of a parameter.
CaseFile made_with(const fs::path& folder, const std::string& parameter, double value) {
  fs::copy(kSource + "/cases/fictitious_metal", folder, fs::copy_options::recursive);
  std::ofstream(folder / "case.toml", std::ios::app)
      << "\n[[series]]\nid = \"made\"\nkind = \"price\"\nobserved = \"made\"\nmodel = \"price(fictium, DEU)\"\n"
         "incoterm = \"exw\"\nbasis = \"real-2024\"\nvat = 0\nheadline = true\n";
  const auto write = [&](const std::vector<double>& prices) {
    std::ofstream out(folder / "observed.csv");
    out << "series,date,value,unit,source\nchina_exports,2021,1800,t,x\nprice_germany_low,2021-06,40,USD/kg,x\n"
           "price_germany_high,2021-06,60,USD/kg,x\nprice_china,2021-06,120,CNY/kg,x\nprice_ratio,2021-Q3,2.5,1,x\n"
           "peak_germany,2021..2022,2021-08,month,x\nrumours,2021,3,1,x\n";
    for (int m = 1; m <= 12; ++m)
      out << "made," << base::Month::of(2021, m).text() << "," << prices[static_cast<std::size_t>(m) - 1]
          << ",USD/t,x\n";
  };
  write(std::vector<double>(12, 1.0));
  base::Diagnostics diagnostics;
  const Case kase = assemble(case_in(folder), {{parameter, value}}, diagnostics);
  const Backtest outcome = backtest(kase);
  std::vector<double> prices;
  for (std::size_t f = 0; f < kase.figures.size(); ++f)
    if (kase.series[kase.figures[f].series].id == "made") prices.push_back(outcome.figures[f].modelled);
  write(prices);
  return case_in(folder);
}

TEST(Calibration, FindsTheParameterThatTheFiguresWereMadeWith) {
  test::TemporaryFolder folder;
  const std::vector<CaseFile> cases{made_with(folder.path() / "case", "stock-price-elasticity", 2.2)};
  const auto found = calibrate(cases,
                               {{"stock-price-elasticity", 0.5, 3, 1.5, "made with 2.2"},
                                {"gravity-distance-elasticity", -1.5, -0.5, -1, "no flow is filled by gravity"}},
                               40, kGoOn);
  EXPECT_GT(found.start.error, 0.02);
  EXPECT_LT(found.best.error, 0.1 * found.start.error);
  EXPECT_NEAR(found.best.values[0], 2.2, 0.15);
  // The one that matters is told by the figures, the other is not.
  ASSERT_EQ(found.identified.size(), 2u);
  EXPECT_GT(found.identified[0].effect, 0.05);
  EXPECT_EQ(found.identified[1].effect, 0);
  EXPECT_EQ(found.identified[1].kept_low, -1.5);
  EXPECT_EQ(found.identified[1].kept_high, -0.5);
  EXPECT_TRUE(found.left_out.empty());  // one case: nothing can be left out
  EXPECT_THAT(report(found).answer, HasSubstr("no evidence"));
}

TEST(Calibration, LeavesEachCaseOutOnce) {
  test::TemporaryFolder folder;
  const std::vector<CaseFile> cases{made_with(folder.path() / "a", "stock-price-elasticity", 2.2),
                                    made_with(folder.path() / "b", "stock-price-elasticity", 1.0)};
  const auto found = calibrate(cases, {{"stock-price-elasticity", 0.5, 3, 1.5, "made with 2.2 and 1"}}, 24, kGoOn);
  ASSERT_EQ(found.left_out.size(), 2u);
  EXPECT_NEAR(found.left_out[0].values[0], 1.0, 0.15);  // fitted to the second alone
  EXPECT_NEAR(found.left_out[1].values[0], 2.2, 0.15);
  EXPECT_GT(found.left_out[0].by_case[0], found.best.by_case[0]);
  const auto again = calibrate(cases, {{"stock-price-elasticity", 0.5, 3, 1.5, ""}}, 24, kGoOn);
  EXPECT_EQ(again.best.values, found.best.values);  // the same bits
}

TEST(Calibration, StopsWithWhatThereIs) {
  test::TemporaryFolder folder;
  const std::vector<CaseFile> cases{made_with(folder.path() / "case", "stock-price-elasticity", 2.2)};
  int asked = 0;
  const auto found = calibrate(cases, {{"stock-price-elasticity", 0.5, 3, 1.5, ""}}, 40,
                               [&](const std::string&, int, int) { return ++asked <= 3; });
  EXPECT_TRUE(found.interrupted);
  EXPECT_EQ(found.evaluations, 3);
  EXPECT_LT(found.best.error, found.start.error);  // the best of the three
  EXPECT_THAT(report(found).answer, HasSubstr("Interrupted"));
}

TEST(FreeParameters, AreChecked) {
  const auto any = case_in(kSource + "/cases/fictitious_metal");
  base::Diagnostics diagnostics;
  EXPECT_FALSE(read_free_parameters(kSource + "/cases/free_parameters.toml", any, diagnostics).empty());
  EXPECT_FALSE(diagnostics.has_errors());
  test::TemporaryFolder folder;
  const auto file = folder.path() / "free.toml";
  std::ofstream(file) << "[[free]]\nparameter = \"stock-price-elasticit\"\nwhy = \"x\"\n[[free]]\nparameter = "
                         "\"stock-ceiling\"\nlow = 4\nhigh = 3\nwhy = \"x\"\n";
  read_free_parameters(file, any, diagnostics);
  ASSERT_EQ(diagnostics.errors(), 2);
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("did you mean 'stock-price-elasticity'"));
  EXPECT_THAT(diagnostics.all()[1].text(), HasSubstr("low below high"));
}

}  // namespace
}  // namespace lodestone::insight
