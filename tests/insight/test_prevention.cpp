// What would have prevented it, held against an exhaustive search on the toy world.
#include <gtest/gtest.h>

#include <limits>

#include "lodestone/dataset/file_text.hpp"
#include "lodestone/insight/prevention.hpp"
#include "lodestone/insight/thesis.hpp"
#include "tests/insight/packages_text.hpp"
#include "tests/insight/toy_dataset.hpp"

namespace lodestone::insight {
namespace {

const std::string kHead =
    "[catalogue]\ntitle = \"Toy\"\nsource = \"test\"\ndiscount-rate = 0.03\ndiscount-source = \"test\"\n";

struct Case {
  CatalogueFile catalogue;
  PreventRules rules;
  std::unique_ptr<Trials> trials;
};

std::unique_ptr<Case> make_case(const std::string& keep, const std::string& latest = "2024-02") {
  auto out = std::make_unique<Case>();
  base::Diagnostics diagnostics;
  out->catalogue = read_catalogue(kHead + toy_package("packages", "plants", "magnet", "OTH", latest) +
                                      toy_package("packages", "oxide", "ndpr-oxide", "FAR", latest),
                                  "catalogue.toml", diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  out->rules.text = keep;
  out->rules.keep = comparisons(keep);
  out->rules.most_tries = 40;
  out->rules.threads = 2;
  out->rules.done = [](const std::string&, int, int) { return true; };
  TrialRules rules;
  rules.measures = measures_of(out->rules.keep, keep);
  rules.discount_rate = out->catalogue.discount_rate;
  out->trials = std::make_unique<Trials>(toy_dataset(), toy_crisis(), "crisis.toml", 0, rules, out->catalogue.packages);
  check_keep(out->rules.keep, out->trials->types());
  return out;
}

double worst(const Case& c, const std::vector<Chosen>& chosen) {
  return worst_of(c.rules.keep, c.trials->run(TrialJob{0, chosen, {}}));
}

const base::Month kStart = base::Month::of(2024, 2);

/// A bound half way between what is without any package and with both at their largest.
std::string bound_between(double share) {
  const auto c = make_case("unmet(magnet, OTH) < 2");
  const double none = worst(*c, {}), all = worst(*c, {{0, 1, kStart}, {1, 1, kStart}});
  EXPECT_LT(all, none);
  return "unmet(magnet, OTH) < " + std::to_string(none + share * (all - none));
}

TEST(Prevention, TheCheapestIsThatOfAnExhaustiveSearch) {
  const auto c = make_case(bound_between(0.5));
  const auto found = prevent(*c->trials, {}, c->catalogue, c->rules);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->nothing.suffices);
  const auto& best = found->remedies.front();
  ASSERT_TRUE(best.suffices);
  double cheapest = std::numeric_limits<double>::infinity();
  constexpr int kSteps = 24;
  for (int i = 0; i <= kSteps; ++i)
    for (int j = 0; j <= kSteps; ++j) {
      const auto trial = c->trials->run(TrialJob{
          0, {{0, static_cast<double>(i) / kSteps, kStart}, {1, static_cast<double>(j) / kSteps, kStart}}, {}});
      if (slack_of(c->rules.keep, trial) >= 0) cheapest = std::min(cheapest, trial.total() / 1e6);
    }
  // No dearer than the grid's best; cheaper by at most what a step of the grid costs.
  EXPECT_LE(best.cost(), cheapest * 1.01);
  EXPECT_GE(best.cost(), cheapest * 0.85);
  EXPECT_GE(best.slack, 0);
  EXPECT_LT(best.slack, 0.1);
}

TEST(Prevention, WhenNothingSufficesItSaysSo) {
  const auto c = make_case("unmet(magnet, OTH) < 0.1 %");
  const auto found = prevent(*c->trials, {}, c->catalogue, c->rules);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->everything.suffices);
  const auto report = prevention_report(*found, *c->trials, c->catalogue, c->rules);
  EXPECT_EQ(report.answer.find("No package in the catalogue suffices"), 0U) << report.answer;
}

TEST(Prevention, WhenItHoldsAnywayNothingIsNeeded) {
  const auto c = make_case("unmet(magnet, OTH) < 2");
  const auto found = prevent(*c->trials, {}, c->catalogue, c->rules);
  EXPECT_EQ(prevention_report(*found, *c->trials, c->catalogue, c->rules).answer.find("Nothing is needed"), 0U);
}

TEST(Prevention, ABudgetThatIsTooSmallIsNamed) {
  const auto c = make_case(bound_between(0.5));
  auto rules = c->rules;
  rules.budget = 1e-6;
  const auto found = prevent(*c->trials, {}, c->catalogue, rules);
  EXPECT_NE(prevention_report(*found, *c->trials, c->catalogue, rules).answer.find("suffices within"),
            std::string::npos);
}

// The last month from which on the package still suffices at its largest: not one later.
TEST(Prevention, TheLatestStartIsTheLastThatSuffices) {
  const auto c = make_case(bound_between(0.3), "2025-06");
  auto rules = c->rules;
  rules.largest = 1;
  const auto found = prevent(*c->trials, {}, c->catalogue, rules);
  const auto& best = found->remedies.front();
  ASSERT_EQ(best.at_latest.size(), 1U);
  const auto last = best.at_latest.front();
  const std::size_t package = best.chosen.front().package;
  const auto slack = [&](base::Month start) {
    return slack_of(c->rules.keep, c->trials->run(TrialJob{0, {{package, 1, start}}, {}}));
  };
  EXPECT_GE(slack(last), 0);
  ASSERT_LT(last, base::Month::of(2025, 6));
  EXPECT_LT(slack(last + 1), 0);
}

TEST(Prevention, RegretIsTakenOverOtherScenarios) {
  const auto c = make_case(bound_between(0.5));
  const auto found = prevent(*c->trials, {c->trials.get()}, c->catalogue, c->rules);
  ASSERT_EQ(found->nothing.elsewhere.size(), 1U);
  EXPECT_DOUBLE_EQ(found->nothing.elsewhere[0], found->nothing.worst);  // the same scenario
  const auto report = prevention_report(*found, *c->trials, c->catalogue, c->rules);
  EXPECT_TRUE(std::any_of(report.tables.begin(), report.tables.end(), [](const auto& t) { return t.id == "regret"; }));
}

TEST(Keep, ComparisonsAreJoinedByAnd) {
  const auto two = comparisons("max(a(b and c), 'd<e') < 5 % and f(g) >= 2");
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].value, "max(a(b and c), 'd<e')");
  EXPECT_EQ(two[0].bound, "5 %");
  EXPECT_TRUE(two[0].below);
  EXPECT_EQ(two[1].bound, "2");
  EXPECT_FALSE(two[1].below);
}

TEST(Keep, WrongConditionsAreRefused) {
  expect_input_error([] { make_case("unmet(magnet, OTH)"); }, "0 comparisons");
  expect_input_error([] { make_case("1 < unmet(magnet, OTH) < 2"); }, "2 comparisons");
  expect_input_error([] { make_case("price(magnet, OTH) < 2"); }, "expected two numbers of one unit");
  expect_input_error([] { make_case("unmet(magnet, OHT) < 5 %"); }, "'OHT'");
}

// The files that come with the project are right, in their magnitudes as well, and their measures can be read.
TEST(Packages, TheShippedFilesFitTheReferenceDataset) {
  const std::string root = LODESTONE_SOURCE_DIR;
  base::Diagnostics diagnostics;
  const auto raw = dataset::read(root + "/data", diagnostics);
  const auto text_of = [&](const std::string& file) { return *dataset::read_text(root + file, diagnostics); };
  const auto crisis = text_of("/scenarios/cut-off-2034.toml");
  const auto thesis = read_thesis(text_of("/data/thesis/pillars.toml"), "pillars.toml", diagnostics);
  const auto catalogue = read_catalogue(text_of("/data/prevent/catalogue.toml"), "catalogue.toml", diagnostics);
  ASSERT_FALSE(diagnostics.has_errors()) << diagnostics.all().front().text();
  TrialRules rules;
  for (const auto& criterion : thesis.criteria) rules.measures.push_back(criterion.measure);
  rules.books_close = thesis.books_close;
  const Trials pillars(raw, crisis, "cut-off-2034.toml", 0, rules, thesis.pillars);
  EXPECT_NO_THROW(check_thesis(pillars, thesis));
  EXPECT_NO_THROW(Trials(raw, crisis, "cut-off-2034.toml", 0, {}, catalogue.packages));
}

}  // namespace
}  // namespace lodestone::insight
