// lodestone market solve and market export, as a user types them.
#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/store/mps_file.hpp"
#include "lodestone/store/problem_file.hpp"
#include "tests/app/program.hpp"
#include "tests/support/coin_reader.hpp"

namespace lodestone::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kSequence = "tests/market/instances/sequences/smalltie_s1.json";

class MarketCommands : public Program {
 protected:
  [[nodiscard]] std::string file(const std::string& name) const { return (out_.path() / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(out_.path() / name) << text; }
  [[nodiscard]] json read(const std::string& name) const {
    std::ifstream in(out_.path() / name);
    return json::parse(in);
  }
};

TEST_F(MarketCommands, EveryPeriodOfASequenceIsSolvedAndAgreesWithItsReference) {
  const auto answer = run("market solve " + std::string(kSequence) + " --json");
  ASSERT_EQ(answer.code, 0) << answer.text;
  const auto document = json::parse(answer.text);
  const auto& rows = document["tables"]["periods"]["rows"];
  ASSERT_EQ(rows.size(), 36u);
  for (const auto& row : rows) {
    EXPECT_EQ(row["outcome"], "solved");
    EXPECT_LT(row["violation"].get<double>(), 1e-8);
    EXPECT_LT(row["objective_difference"].get<double>(), 1e-9);
    EXPECT_LT(row["price_difference"].get<double>(), 2e-4);
    EXPECT_GT(
        row["newton_steps"].get<double>() + row["breakpoints"].get<double>() + row["factorisations"].get<double>(), 0);
    EXPECT_GT(row["microseconds"].get<double>(), 0);
  }
  expect(run("market solve " + std::string(kSequence)), 0, "Yes: 36 of 36 periods solved");
}

TEST_F(MarketCommands, WarmAndColdGiveTheSameSolution) {
  const std::string sequence = kSequence;
  expect(run("market solve " + sequence + " --solution " + file("warm.json")), 0, "Summary");
  expect(run("market solve " + sequence + " --cold --solution " + file("cold.json")), 0, "from cold starts");
  const auto warm = read("warm.json"), cold = read("cold.json");
  ASSERT_EQ(warm["periods"].size(), 36u);
  for (std::size_t k = 0; k < 36; ++k) {
    const auto &w = warm["periods"][k], &c = cold["periods"][k];
    EXPECT_NEAR(w["objective"].get<double>(), c["objective"].get<double>(),
                1e-8 * std::abs(c["objective"].get<double>()));
    ASSERT_EQ(w["duals"].size(), 36u);
    ASSERT_EQ(w["activity"].size(), 333u);
    for (std::size_t i = 0; i < 36; ++i)
      EXPECT_NEAR(w["duals"][i].get<double>(), c["duals"][i].get<double>(), 1e-6) << "period " << k << " row " << i;
  }
}

TEST_F(MarketCommands, APeriodThatDoesNotClearIsNamed) {
  // Earns without end: no equilibrium. The period after it clears all the same.
  write("endless.json", R"({"nodes": 1, "rows": 1, "cols": 2, "price_scale": 1, "quantity_scale": 1,
    "colptr": [0, 1, 2], "rowidx": [0, 0], "coef": [1, -1], "column_names": ["mine", "use"],
    "periods": [{"label": "May", "c": [-1, -3]}, {"label": "June", "c": [1, 0]}]})");
  const auto answer = run("market solve " + file("endless.json"));
  EXPECT_EQ(answer.code, 1) << answer.text;
  EXPECT_THAT(answer.text, HasSubstr("No: 1 of 2 periods solved"));
  EXPECT_THAT(answer.text, HasSubstr("error: period May:"));
  EXPECT_THAT(answer.text, testing::Not(HasSubstr("error: period June:")));
}

TEST_F(MarketCommands, WrongFilesAreTwoAndNameThePlace) {
  expect(run("market solve nowhere.json"), 2, "nowhere.json: error: no such file");
  expect(run("market solve " + out_.path().string()), 2, "a folder");
  write("broken.json", "{\"nodes\": 1,\n \"rows\": }");
  expect(run("market solve " + file("broken.json")), 2, "broken.json:2:10: error: this is not JSON");
  expect(run("market solve " + std::string(kSequence) + " --solution /nowhere/x.json"), 2, "cannot be written");
  expect(run("market export latest --date 2025-05"), 2, "no runs");
}

class ExportedMonth : public MarketCommands {
 protected:
  void SetUp() override {
    MarketCommands::SetUp();
    if (program_.empty()) return;
    ASSERT_EQ(run("run reference --months 2").code, 0);
    months_ = json::parse(run("export latest --variable certificate_worst --format json").text)["series"]["rows"];
    ASSERT_EQ(months_.size(), 2u);
    date_ = months_[1]["month"];
  }
  json months_;
  std::string date_;
};

TEST_F(ExportedMonth, IsSolvedAgainWithTheSameAnswer) {
  expect(run("market export latest --date " + date_ + " --format json --output " + file("month.json")), 0,
         "Written to");
  const auto answer = run("market solve " + file("month.json") + " --json");
  ASSERT_EQ(answer.code, 0) << answer.text;
  const auto document = json::parse(answer.text);
  const auto& row = document["tables"]["periods"]["rows"][0];
  EXPECT_EQ(row["period"], date_);
  EXPECT_EQ(row["outcome"], "solved");
  EXPECT_LT(row["objective_difference"].get<double>(), 1e-10);
  EXPECT_LT(row["price_difference"].get<double>(), 1e-8);
}

TEST_F(ExportedMonth, HasItsObjectiveAndPricesFromIpoptToo) {
  expect(run("market export latest --date " + date_ + " --format json --output " + file("month.json")), 0, "");
  expect(run("market export latest --date " + date_ + " --output " + file("month.mps")), 0, "");
  const auto month = store::read_problems(file("month.json"));
  const auto& t = month.topology;
  auto ours = market::Solution::zeros(t);
  const auto& period = month.periods[0];
  ASSERT_EQ(market::make_newton_solver(t)->solve(period.numbers, ours, market::Start::cold).outcome,
            market::Outcome::solved);
  const auto mps = market::test::read_with_coin(file("month.mps"));
  const auto difference = market::test::difference_to_ipopt(t, ours, mps, period.reference.not_unique);
  EXPECT_LT(difference.objective, 1e-7);
  EXPECT_LT(difference.price, 1e-4);
}

TEST_F(ExportedMonth, GoesToStandardOutputWithoutAFile) {
  expect(run("market export latest --date " + date_), 0, "QUADOBJ");
  expect(run("market export latest --date " + date_ + " --format json"), 0, "\"column_names\"");
  expect(run("market export latest --date 2031-01"), 2, "is not in the run");
  expect(run("market export latest --date " + date_ + " --format mpx"), 2, "did you mean 'mps'");
}

}  // namespace
}  // namespace lodestone::app
