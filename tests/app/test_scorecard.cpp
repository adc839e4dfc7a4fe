// The scorecard and the projects of an ensemble, as a user asks for them.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace lodestone::app {
namespace {

using nlohmann::json;

class Scorecards : public Program {
 protected:
  json answer(const std::string& words) const {
    const auto out = run(words + " --json");
    EXPECT_EQ(out.code, 0) << out.text;
    const json whole = json::parse(out.text.substr(out.text.find('{')));
    json tables;
    for (const auto& [id, table] : whole.at("tables").items()) tables[id] = table.at("rows");
    return tables;
  }
  static json row(const json& table, const std::string& key, const std::string& value) {
    for (const auto& row : table)
      if (row.at(key) == value) return row;
    return {};
  }
};

TEST_F(Scorecards, OfTheShippedPropositionsAnswerThoseInTheirMonths) {
  ASSERT_EQ(run("ensemble magnet-finance-2025 --members 3 --months 26").code, 0);
  const auto card = answer("scorecard r0001");
  const auto& rows = card.at("scorecard");
  EXPECT_FALSE(row(rows, "id", "S04").is_null());
  const auto s04 = row(rows, "id", "S04");
  EXPECT_GE(s04.at("probability").get<double>(), 0);
  EXPECT_LE(s04.at("low").get<double>(), s04.at("probability").get<double>());
  EXPECT_TRUE(row(rows, "id", "L06").is_null());  // 2035
  EXPECT_FALSE(row(card.at("outside"), "id", "L06").is_null());
  EXPECT_EQ(card.at("not_expressible").size(), 21u);
  // Knew everything: nothing is scored.
  EXPECT_FALSE(card.contains("settled"));
  EXPECT_FALSE(row(card.at("known"), "id", "S03").is_null());
}

TEST_F(Scorecards, ProjectsAreRankedAndLeversAreLeftOut) {
  ASSERT_EQ(run("ensemble magnet-finance-2025 --members 3 --months 26").code, 0);
  const auto projects = answer("projects r0001 --levers 2");
  double last = 1;
  for (const auto& project : projects.at("projects")) {
    const double by_end = project.at("by_2027-02").get<double>();
    EXPECT_LE(by_end, last);
    EXPECT_LE(project.at("by_2025-12").get<double>(), by_end);
    last = by_end;
  }
  EXPECT_EQ(row(projects.at("projects"), "project", "mt-weld-expansion").at("by_2025-12"), 1);
  EXPECT_EQ(projects.at("worth").size(), projects.at("projects").size());
  for (const auto& lever : projects.at("levers")) EXPECT_EQ(lever.at("futures"), 2);
  // Both stand on the ensemble's page.
  const auto page = out_.path() / "page.html";
  ASSERT_EQ(run("report r0001 --output " + page.string()).code, 0);
  std::ifstream in(page);
  const std::string html{std::istreambuf_iterator<char>(in), {}};
  for (const char* words : {"Scorecard of the predictions", "Projects over the futures", "What the model cannot say",
                            "mt-weld-expansion (AUS)"})
    EXPECT_NE(html.find(words), std::string::npos) << words;
}

TEST_F(Scorecards, ASingleRunSaysWhatHolds) {
  ASSERT_EQ(run("run magnet-finance-2025 --months 26").code, 0);
  const auto card = answer("scorecard r0001");
  EXPECT_NE(row(card.at("scorecard"), "id", "S04").at("holds"), "cannot say");
  EXPECT_EQ(row(card.at("scorecard"), "id", "L06").at("holds"), "cannot say");
}

const std::string kToy = "tests/app/toy_ensemble.toml --data tests/insight/toy";

TEST_F(Scorecards, SensitivityDiscoveryAndRegretAreCommands) {
  const auto sobol = answer("sensitivity " + kToy + " --rows 4 --months 6");
  EXPECT_FALSE(row(sobol.at("sobol"), "figure", "documented figures").is_null());
  const auto morris =
      answer("sensitivity " + kToy + " --rows 2 --months 6 --method morris --outcome 'max(price(ore, HOM))'");
  EXPECT_FALSE(morris.at("morris").empty());
  const std::string keep = " --keep 'max(price(dy-oxide, FAR))'";
  ASSERT_EQ(run("ensemble " + kToy + " --members 60" + keep).code, 0);
  ASSERT_EQ(run("ensemble " + kToy + " --members 60 --months 30" + keep).code, 0);
  expect(run("discover r0001 --outcome 'max(price(dy-oxide, FAR))' --above 1"), 0, "What leads to");
  const auto regret = answer("regret r0001,r0002 --outcome 'max(price(dy-oxide, FAR))' --less-is-better");
  EXPECT_EQ(regret.at("regret").size(), 2u);
  EXPECT_EQ(regret.at("regret").at(0).at("largest_regret"), 0);  // longer runs have no lower peaks
  expect(run("sensitivity " + kToy + " --method sobl"), 2, "did you mean 'sobol'");
  expect(run("sensitivity " + kToy + " --figures 'parameter risk-covr'"), 2, "did you mean 'parameter risk-cover'");
  expect(run("discover r0001 --outcome 'max(price(dy-oxide, FAR))'"), 2, "--above or --below");
  expect(run("regret r0001 --outcome x"), 2, "at least two ensembles");
}

TEST_F(Scorecards, WrongInputIsExplained) {
  ASSERT_EQ(run("run tests/app/toy_ensemble.toml --data tests/insight/toy").code, 0);
  expect(run("projects r0001"), 2, "is no ensemble");
  expect(run("scorecard r0001 --data tests/insight/toy"), 2, "no file of propositions");
  const auto file = out_.path() / "p.toml";
  std::ofstream(file)
      << "[about]\ntitle = \"t\"\nmade = \"2024\"\nsource = \"s\"\n[[propositions]]\nid = \"a\"\n"
         "horizon = \"short\"\nclaim = \"c\"\nstatement = \"s\"\nsettles = \"w\"\nsettle-by = \"2025\"\n"
         "proposition = \"max(price(dy-oxid, FAR)) > 1 USD/kg\"\n";
  const std::string words = "ensemble tests/app/toy_ensemble.toml --data tests/insight/toy --members 2 --propositions ";
  expect(run(words + file.string()), 2, "p.toml:12:26: error: 'dy-oxid'");
  expect(run(words + "nowhere.toml"), 2, "nowhere.toml");
}

}  // namespace
}  // namespace lodestone::app
