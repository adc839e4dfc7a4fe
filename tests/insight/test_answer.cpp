// What a run's answer and a comparison say, on a world small enough to know what must come out.
#include <gtest/gtest.h>

#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/compare.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

std::vector<std::vector<Cell>> rows_of(const Report& report, const std::string& table) {
  for (const auto& one : report.tables)
    if (one.id == table) return one.rows;
  throw std::runtime_error("no table " + table);
}

std::string word(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? "" : *text;
}

class Answer : public ::testing::Test {
 protected:
  store::Results results(const std::string& levers, const std::string& name) {
    return written(world_, toy_scenario(world_, levers), folder_.path() / (name + ".nc"));
  }
  world::World world_ = toy_world();
  test::TemporaryFolder folder_;
};

TEST_F(Answer, OfAQuietRunSaysThatLittleMoves) {
  const auto report = answer(results("", "quiet"), world_);
  EXPECT_EQ(report.question, "What happens?");
  EXPECT_EQ(report.answer.rfind("Little moves", 0), 0u) << report.answer;
  ASSERT_FALSE(report.drivers.empty());
  EXPECT_EQ(report.drivers[0], "no lever acts in this scenario");
}

TEST_F(Answer, OfALicenceNamesTheLicensedProductOutside) {
  const auto report = answer(results(licence(), "licence"), world_);
  EXPECT_EQ(report.answer.rfind("Dy oxide rises most outside Home", 0), 0u) << report.answer;
  EXPECT_FALSE(report.drivers.empty());
  EXPECT_GT(report.assumed_share, 0);
  EXPECT_LT(report.assumed_share, 1);
}

TEST_F(Answer, ShowsEachProductOnceInsideAndOnceOutside) {
  const auto report = answer(results(licence(), "licence"), world_);
  std::vector<std::string> dy;
  for (const auto& row : rows_of(report, "prices"))
    if (word(row[0]) == "dy-oxide") dy.push_back(word(row[1]));
  ASSERT_EQ(dy.size(), 2u);
  EXPECT_EQ(dy[0], "HOM");
  EXPECT_NE(dy[1], "HOM");
}

TEST_F(Answer, MoneyAddsUp) {
  const auto report = answer(results(licence(), "licence"), world_);
  double sum = 0, paid = 0;
  for (const auto& row : rows_of(report, "money")) {
    const double received = std::get<double>(row[1]);
    sum += received;
    paid += std::abs(received);
  }
  EXPECT_LE(std::abs(sum), 1e-9 * paid);
}

TEST_F(Answer, ComparisonNamesALeverOnceAndNotItsWords) {
  const auto a = results("", "a"), b = results(licence("one") + licence("two"), "b");
  const auto rows = rows_of(compare(a, b, 5), "inputs");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(word(rows[0][0]), "lever one");
  EXPECT_EQ(word(rows[0][1]), "-");
  EXPECT_NE(word(rows[0][2]).find("export-licence by HOM"), std::string::npos) << word(rows[0][2]);
}

TEST_F(Answer, ComparisonOfLeversInBothNamesWhatDiffersInThem) {
  auto other = licence();
  other.replace(other.find("approval-rate = 0.0"), 19, "approval-rate = 0.5");
  const auto rows = rows_of(compare(results(licence(), "a"), results(other, "b"), 5), "inputs");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(word(rows[0][0]), "scenario: levers.licence.approval-rate");
  EXPECT_EQ(word(rows[0][1]), "0.0");
  EXPECT_EQ(word(rows[0][2]), "0.5");
}

TEST_F(Answer, ComparisonOfARunWithItselfFindsNothing) {
  const auto report = compare(results(licence(), "a"), results(licence(), "b"), 5);
  EXPECT_EQ(report.answer, "In no outcome over 18 months; no input differs.");
}

}  // namespace
}  // namespace lodestone::insight
