// Sensitivity of futures, boxes of draws, policies over the same futures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/discovery.hpp"
#include "lodestone/insight/sensitivity.hpp"
#include "tests/insight/toy_dataset.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

using ::testing::HasSubstr;

const std::string kApproval =
    "[[uncertain]]\nlever = \"licence\"\noption = \"approval-rate\"\ndistribution = \"uniform\"\nlow = 0.1\nhigh = "
    "0.9\nsource = \"a document\"\n";
const std::string kKeep =
    "[ensemble]\nkeep = [\"sum(exports(dy-oxide, HOM), 2024-07 .. 2024-12)\", \"price(dy-oxide, FAR)\", "
    "\"sum(exports(dy-oxide, HOM), 2024-07 .. 2024-12) < 1.5 t\"]\n";

Futures toy(const std::string& more, int members = 4) {
  EnsembleRequest request;
  request.members = members;
  return {
      toy_dataset(),
      "[run]\nid = \"toy\"\ntitle = \"Toy\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = 12\n" + more,
      "toy.toml", request};
}

const Labour kAlone{1, [](int, int) { return true; }};

double number(const Cell& cell) {
  const auto* value = std::get_if<double>(&cell);
  return value == nullptr ? std::nan("") : *value;
}

std::unique_ptr<ensemble::EnsembleFile> made(const Futures& futures, const std::filesystem::path& folder) {
  {
    ensemble::MemberLog log(folder / "log", futures.identity());
    for (std::uint32_t m = 0; m < futures.facts().members; ++m) log.add(futures.make(m));
  }
  ensemble::MemberReader reader({folder / "log"}, futures.identity());
  write_ensemble(folder / "e.nc", futures.facts(), futures.kept(), futures.design(), reader);
  return std::make_unique<ensemble::EnsembleFile>(folder / "e.nc");
}

// A group's figures and common factor are one unit, all others stand alone, and every coordinate belongs to one.
TEST(Sensitivity, UnitsAreFiguresAndGroups) {
  const base::Distribution any{base::Shape::uniform, 0, 0.5, 1};
  const ensemble::Design design({{"a", any, "", 0, false}, {"b", any, "g", 0.5, false}, {"c", any, "g", 0.5, true}},
                                ensemble::Sampling::sobol, 1, 4);
  const auto units = units_of(design);
  ASSERT_EQ(units.size(), 2u);
  EXPECT_EQ(units[0].name, "a");
  EXPECT_EQ(units[1].name, "group g");
  EXPECT_TRUE(units[1].assumed);  // one of its figures is
  EXPECT_EQ(units[0].coordinates.size() + units[1].coordinates.size(), design.dimensions());
  const auto evidence = by_evidence(units);
  ASSERT_EQ(evidence.size(), 2u);
  EXPECT_EQ(evidence[0].coordinates.size(), 3u);
  const auto named = named_and_rest(units, {"a"});
  EXPECT_EQ(named[1].name, "all others");
  EXPECT_THROW(named_and_rest(units, {"aa"}), base::InputError);
}

// Of what the licence lets pass nearly everything hangs on the share that it approves.
TEST(Sensitivity, SharesOfVarianceFindWhatDrivesAnOutcome) {
  const Futures futures = toy(kKeep + kApproval + licence());
  const auto units = named_and_rest(units_of(futures.design()), {"approval-rate of lever licence"});
  const Report report = sobol_report(futures, units, 128, kAlone);
  ASSERT_EQ(report.tables.size(), 1u);
  const auto& rows = report.tables[0].rows;
  ASSERT_EQ(rows.size(), 6u);  // three outcomes, two units
  EXPECT_NEAR(number(rows[0][5]), 1, 0.1);
  EXPECT_NEAR(number(rows[1][5]), 0, 0.1);
  EXPECT_FALSE(futures.design().figures().back().assumed);  // "a document"
  EXPECT_THAT(report.answer, HasSubstr("Of the variance"));
}

TEST(Sensitivity, EffectsFindItToo) {
  const Futures futures = toy(kKeep + kApproval + licence());
  const auto units = units_of(futures.design());
  const Report report = morris_report(futures, units, 2, kAlone);
  ASSERT_EQ(report.tables.size(), 1u);
  EXPECT_EQ(std::get<std::string>(report.tables[0].rows[0][1]), "approval-rate of lever licence");
  EXPECT_EQ(std::get<std::string>(report.tables[0].rows[0][2]), "documented");
  EXPECT_GT(number(report.tables[0].rows[0][6]), 0);  // more approved, more exported
}

TEST(Sensitivity, StopsWhenItIsTold) {
  const Futures futures = toy(kKeep + kApproval + licence());
  const auto units = by_evidence(units_of(futures.design()));
  EXPECT_TRUE(sobol_report(futures, units, 8, {1, [](int done, int) { return done < 3; }}).tables.empty());
}

TEST(Discovery, FindsTheDrawThatMakesTheOutcome) {
  const test::TemporaryFolder folder;
  const auto file = made(toy(kKeep + kApproval + licence(), 160), folder.path());
  const std::string exports = file->kept()[0].expression;
  const Values values = one_number(*file, 0);
  Values sorted = values;
  std::nth_element(sorted.begin(), sorted.begin() + 48, sorted.end());
  const Report report = discovery(*file, {exports, {}, sorted[48]});
  ASSERT_FALSE(report.drivers.empty());
  EXPECT_THAT(report.drivers[0], HasSubstr("approval-rate of lever licence below"));
  EXPECT_THAT(report.answer, HasSubstr("holds in 30 % of 160 futures"));
  const auto& box = report.tables[0].rows.at(0);
  EXPECT_GT(number(box[1]), 0.8);  // coverage
  EXPECT_GT(number(box[2]), 0.8);  // density
  EXPECT_THROW(discovery(*file, {exports, {}, {}}), base::InputError);
  EXPECT_THROW(discovery(*file, {file->kept()[2].expression, 1.0, {}}), base::InputError);
  EXPECT_THROW(discovery(*file, {"price(dy-oxide, HOM)", 1.0, {}}), base::InputError);
}

TEST(Regret, ComparesPoliciesFutureByFuture) {
  const test::TemporaryFolder free_folder, licence_folder, other_folder;
  const auto free = made(toy(kKeep, 6), free_folder.path());
  const auto licensed = made(toy(kKeep + kApproval + licence(), 6), licence_folder.path());
  Comparison comparison{free->kept()[0].expression, "", {}};
  comparison.options.threshold = 1;
  const Report report = regret_report({free.get(), licensed.get()}, comparison);
  const auto& rows = report.tables.at(0).rows;
  EXPECT_EQ(number(rows[0][6]), 0);  // without the licence more is exported in every future
  const Values a = one_number(*free, 0), b = one_number(*licensed, 0);
  double largest = 0;
  for (std::size_t m = 0; m < a.size(); ++m) largest = std::max(largest, a[m] - b[m]);
  EXPECT_DOUBLE_EQ(number(rows[1][6]), largest);
  EXPECT_THAT(report.answer, HasSubstr("smallest largest regret"));
  const auto other = made(toy("[ensemble]\nkeep = [\"price(dy-oxide, FAR)\"]\n", 5), other_folder.path());
  EXPECT_THROW(regret_report({free.get(), other.get()}, comparison), base::InputError);
}

}  // namespace
}  // namespace lodestone::insight
