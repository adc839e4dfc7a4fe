// Propositions: read from their file, answered in every future, scored when they are settled.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/insight/scorecard.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kAbout = "[about]\ntitle = \"Toy\"\nmade = \"2024-03-31\"\nsource = \"test\"\n";

std::string proposition(const std::string& id, const std::string& more) {
  return "[[propositions]]\nid = \"" + id +
         "\"\nhorizon = \"short\"\nclaim = \"c\"\nstatement = \"s\"\nsettles = \"w\"\nsettle-by = \"2024-12\"\n" + more;
}

std::string says(const std::string& id, const std::string& expression, const std::string& more = "") {
  return proposition(id, "proposition = \"" + expression + "\"\n" + more);
}

const std::string kSettled = "outcome = true\nsettled = \"2024-08-01\"\nevidence = \"test\"\n";
const std::string kFour = kAbout + says("always", "max(price(dy-oxide, FAR)) > 1 USD/kg", kSettled) +
                          says("never", "max(price(dy-oxide, FAR)) < 1 USD/kg", kSettled) +
                          says("later", "max(price(dy-oxide, FAR), 2040) > 1 USD/kg") +
                          proposition("mute", "not-expressible = \"no diplomats in the model\"\n");

std::string errors(const std::string& text) {
  base::Diagnostics diagnostics;
  read_propositions(text, "p.toml", diagnostics);
  std::string out;
  for (const auto& d : diagnostics.all()) out += d.text() + "\n";
  return out;
}

/// An ensemble of the toy world that answers propositions, written and read back.
struct Made {
  test::TemporaryFolder folder;
  std::unique_ptr<ensemble::EnsembleFile> file;
};

void make(Made& made, const std::string& propositions, std::optional<base::Date> as_of = {}) {
  base::Diagnostics diagnostics;
  auto raw = dataset::read(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy", diagnostics,
                           {.as_of = as_of, .overlays = {}, .base_year = {}, .shipped = {}});
  ASSERT_FALSE(diagnostics.has_errors());
  EnsembleRequest request;
  request.members = 4;
  request.propositions = propositions;
  request.propositions_file = "p.toml";
  const std::string text =
      "[run]\nid = \"toy\"\ntitle = \"Toy\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = 12\n"
      "[ensemble]\nkeep = [\"max(price(dy-oxide, FAR))\"]\n";
  const Futures futures(std::move(raw), text, "toy.toml", request);
  {
    ensemble::MemberLog log(made.folder.path() / "log", futures.identity());
    for (std::uint32_t m = 0; m < 4; ++m) log.add(futures.make(m));
  }
  ensemble::MemberReader reader({made.folder.path() / "log"}, futures.identity());
  write_ensemble(made.folder.path() / "e.nc", futures.facts(), futures.kept(), futures.design(), reader);
  made.file = std::make_unique<ensemble::EnsembleFile>(made.folder.path() / "e.nc");
}

Propositions four() {
  base::Diagnostics diagnostics;
  return read_propositions(kFour, "p.toml", diagnostics);
}

const Table& table(const Report& report, const std::string& id) {
  const auto it = std::find_if(report.tables.begin(), report.tables.end(), [&](const Table& t) { return t.id == id; });
  if (it == report.tables.end()) throw std::runtime_error("no table " + id);
  return *it;
}

TEST(Propositions, ErrorsPointAtTheirPlace) {
  EXPECT_EQ(errors(kFour), "");
  EXPECT_THAT(errors(proposition("a", "not-expressible = \"x\"\n")), HasSubstr("p.toml:1:1: error: no table [about]"));
  EXPECT_THAT(errors(kAbout + proposition("a", "")), HasSubstr("p.toml:5:1: error: neither proposition nor"));
  EXPECT_THAT(errors(kAbout + says("a", "1 < 2", "not-expressible = \"x\"\n")), HasSubstr("proposition together with"));
  EXPECT_THAT(errors(kAbout + says("a", "1 < 2", "outcome = true\n")),
              HasSubstr("outcome without settled or evidence"));
  EXPECT_THAT(errors(kAbout + says("a", "1 < 2", "evidence = \"x\"\n")), HasSubstr("evidence without outcome"));
  EXPECT_THAT(errors(kAbout + says("a", "1 < 2") + says("a", "1 < 2")), HasSubstr("a second proposition 'a'"));
  EXPECT_THAT(errors(kAbout + says("a", "1 < 2", "propositon = \"x\"\n")), HasSubstr("did you mean 'proposition'"));
}

TEST(Propositions, AnExpressionThatIsWrongIsAnErrorWithItsPlace) {
  Made made;
  try {
    make(made, kAbout + says("a", "max(price(dy-oxid, FAR)) > 1 USD/kg"));
    FAIL() << "no error";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.diagnostics().all().front().text(), HasSubstr("p.toml:12:26: error: 'dy-oxid'"));
  }
  EXPECT_THROW(make(made, kAbout + says("a", "max(price(dy-oxide, FAR))")), base::InputError);  // no condition
}

// The shipped file: every row of the list of predictions, and each either an expression that compiles against the
// dataset or a reason.
TEST(Propositions, ShippedOnesCompile) {
  const std::string data = std::string(LODESTONE_SOURCE_DIR) + "/data", file = data + "/propositions/race.toml";
  base::Diagnostics diagnostics;
  const auto text = dataset::read_text(file, diagnostics);
  ASSERT_TRUE(text.has_value());
  const auto all = read_propositions(*text, file, diagnostics);
  ASSERT_FALSE(diagnostics.has_errors()) << diagnostics.all().front().text();
  EXPECT_EQ(all.all.size(), 45u);
  const auto world = dataset::load(data);
  const auto raw = dataset::read(data, diagnostics);
  const dataset::Money money(raw);
  Grounds grounds{world, money, base::Month::of(2025, 1), 24};
  grounds.may_leave_run = true;
  Probes probes;
  int expressed = 0;
  for (const auto& p : all.all) {
    if (p.expression.empty()) continue;
    const auto expression = compile(p.expression, p.place, grounds, probes, diagnostics);
    ASSERT_TRUE(expression.has_value()) << diagnostics.all().front().text();
    EXPECT_EQ(expression->type.kind, Kind::truth) << p.id;
    EXPECT_FALSE(expression->type.series) << p.id;
    ASSERT_TRUE(expression->latest.has_value()) << p.id;
    EXPECT_LE(expression->latest->count, p.settle_by.in_month().count) << p.id;
    ++expressed;
  }
  EXPECT_EQ(expressed, 24);
}

TEST(Scorecard, AProbabilityIsAShareOfFutures) {
  Made made;
  make(made, kFour);
  const Report report = scorecard({made.file.get()}, four());
  const auto& rows = table(report, "scorecard").rows;
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(std::get<std::string>(rows[0][0]), "always");
  EXPECT_EQ(std::get<double>(rows[0][3]), 1);
  EXPECT_NEAR(std::get<double>(rows[0][4]), 0.5965, 1e-4);  // Wilson: 4 / (4 + 1.6449^2)
  EXPECT_EQ(std::get<double>(rows[0][5]), 1);
  EXPECT_EQ(std::get<double>(rows[1][3]), 0);
  EXPECT_EQ(std::get<std::string>(table(report, "outside").rows.at(0).at(0)), "later");
  EXPECT_EQ(std::get<std::string>(table(report, "not_expressible").rows.at(0).at(2)), "no diplomats in the model");
  // It knew everything: nothing is scored.
  EXPECT_THROW(table(report, "settled"), std::runtime_error);
  EXPECT_EQ(table(report, "known").rows.size(), 2u);
}

TEST(Scorecard, OnlyForecastsThatCouldNotKnowAreScored) {
  Made now, before;
  make(now, kFour);
  make(before, kFour, base::Date{2024, 3, 31});
  const Report report = scorecard({now.file.get(), before.file.get(), now.file.get()}, four());
  const auto& rows = table(report, "settled").rows;
  ASSERT_EQ(rows.size(), 2u);  // of the earlier one alone
  EXPECT_EQ(std::get<std::string>(rows[0][3]), "2024-03-31");
  EXPECT_EQ(std::get<double>(rows[0][5]), 0);
  EXPECT_NEAR(std::get<double>(rows[0][6]), -std::log(1 - 0.5 / 4), 1e-12);
  EXPECT_EQ(std::get<double>(rows[1][5]), 1);
  EXPECT_NEAR(std::get<double>(rows[1][6]), -std::log(0.5 / 4), 1e-12);
  EXPECT_EQ(std::get<double>(rows[1][7]), 1);  // of the base rate
}

TEST(Scorecard, ScoresAreBriersAndTheLogarithm) {
  EXPECT_DOUBLE_EQ(score(0.7, 100, true).brier, 0.09);
  EXPECT_DOUBLE_EQ(score(0.7, 100, true).log, -std::log(0.7));
  EXPECT_DOUBLE_EQ(score(0.7, 100, false).brier, 0.49);
  EXPECT_DOUBLE_EQ(score(0.7, 100, false).log, -std::log(0.3));
  EXPECT_DOUBLE_EQ(score(0, 100, true).log, -std::log(0.005));
}

TEST(Scorecard, ASingleRunSaysYesOrNo) {
  auto world = std::make_unique<world::World>(toy_world());
  auto scenario = toy_scenario(*world, "", 12);
  base::Diagnostics diagnostics;
  const dataset::Money money(dataset::read(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy", diagnostics));
  const Report report = scorecard(Replay(std::move(world), std::move(scenario)), money, four());
  std::vector<std::string> holds;
  for (const auto& row : table(report, "scorecard").rows) holds.push_back(std::get<std::string>(row[3]));
  EXPECT_THAT(holds, ElementsAre("yes", "no", "cannot say"));
  EXPECT_THAT(std::get<std::string>(table(report, "scorecard").rows[0][4]), HasSubstr("needed > 1 USD/kg"));
}

}  // namespace
}  // namespace lodestone::insight
