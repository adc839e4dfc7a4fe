// A thesis put to the test: money spent, effects, interaction, what refutes it.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/insight/thesis_report.hpp"
#include "tests/insight/packages_text.hpp"
#include "tests/insight/toy_dataset.hpp"

namespace lodestone::insight {
namespace {

const std::string kHead =
    "[thesis]\ntitle = \"Two pillars\"\nclaim = \"Both?\"\nsource = \"test\"\nscenario = \"crisis\"\nbudgets = "
    "[1]\ndiscount-rate = 0.03\ndiscount-source = \"test\"\nbooks-close = \"2025-01\"\nrefuted-if = "
    "[\"smaller-set-better\"]\n"
    "[[criteria]]\nid = \"unmet\"\nsays = \"magnets not had\"\nmeasure = \"1 - sum(consumption(magnet, OTH), 2025-01 "
    ".. "
    "2025-06) / sum(wanted(magnet, OTH), 2025-01 .. 2025-06)\"\nat-most = 0.5\nsource = \"test\"\n";

std::string both_pillars() {
  return toy_package("pillars", "ore", "ore", "FAR") + toy_package("pillars", "magnets", "magnet", "OTH");
}

ThesisFile thesis_of(const std::string& text) {
  base::Diagnostics diagnostics;
  auto thesis = read_thesis(text, "thesis.toml", diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return thesis;
}

Trials trials_of(const ThesisFile& thesis, int members, std::vector<Measure> measures = {}) {
  TrialRules rules;
  rules.measures = std::move(measures);
  for (const auto& c : thesis.criteria) rules.measures.push_back(c.measure);
  rules.discount_rate = thesis.discount_rate;
  rules.books_close = thesis.books_close;
  return Trials(toy_dataset(), toy_crisis(), "crisis.toml", members, rules, thesis.pillars);
}

// A credit of a tenth of the price of the month before on what is made, from the second to the twelfth month.
TEST(Trials, CostsAreWhatTheLeversPaidOut) {
  auto thesis = thesis_of(kHead + both_pillars());
  thesis.discount_rate = 0;
  const auto trials = trials_of(
      thesis, 0,
      {{"0.1 * sum(ago(price(magnet, OTH), 1 months) * production(magnet, OTH), 2024-02 .. 2024-12)", {"", 1, 1}}});
  const auto trial = trials.run(TrialJob{0, {{1, 0.1, base::Month::of(2024, 2)}}, {}});
  EXPECT_EQ(trial.failure, "");
  EXPECT_DOUBLE_EQ(trial.cost[0], 0);
  EXPECT_GT(trial.cost[1], 0);
  EXPECT_NEAR(trial.cost[1] / trial.values[0].front(), 1, 1e-9);
}

// All of it is paid in the twelfth month, eleven after the start.
TEST(Trials, CostsAreDiscountedToTheStart) {
  auto thesis = thesis_of(kHead + both_pillars());
  const std::vector<Chosen> late{{1, 0.5, base::Month::of(2024, 12)}};
  thesis.discount_rate = 0;
  const double plain = trials_of(thesis, 0).run(TrialJob{0, late, {}}).total();
  thesis.discount_rate = 0.1;
  const double today = trials_of(thesis, 0).run(TrialJob{0, late, {}}).total();
  EXPECT_NEAR(today / plain, std::pow(1.1, -11.0 / 12), 1e-12);
}

TEST(Thesis, EverySubsetSpendsTheBudgetOrSaysThatItCannot) {
  const auto thesis = thesis_of(kHead + both_pillars());
  const auto trials = trials_of(thesis, 2);
  const double most = trials.run(TrialJob{0, {{0, 1.0, base::Month::of(2024, 2)}}, {}}).total() / 1e6;
  const ThesisLabour labour{2, 10, [](int, int) { return true; }};
  const auto outcome = put_to_the_test(trials, thesis, {0.5 * most, 1000 * most}, labour);
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->failures.empty());
  const auto& small = outcome->budgets[0];
  ASSERT_EQ(small.subsets.size(), 4U);
  EXPECT_EQ(small.subsets[0].total(), 0);
  for (std::size_t s = 1; s < 4; ++s) {
    const auto& subset = small.subsets[s];
    EXPECT_EQ(subset.state, explore::SpendState::met) << s;
    EXPECT_NEAR(subset.total(), 0.5 * most, 0.02 * 0.5 * most) << s;
  }
  // Both get half of it.
  EXPECT_NEAR(small.subsets[3].spent[0], 0.25 * most, 0.05 * most);
  for (std::size_t s = 1; s < 4; ++s) EXPECT_EQ(outcome->budgets[1].subsets[s].state, explore::SpendState::saturated);
  EXPECT_EQ(outcome->budgets[1].subsets[3].magnitudes, (std::vector<double>{1, 1}));
  // A credit on magnets makes more of them, and leaves less unmet in the crisis, in every future.
  const auto effects = effects_of(outcome->budgets[1], thesis);
  for (const double less : effects.joint[2]) EXPECT_GT(less, 0);
  EXPECT_FALSE(thesis_report(*outcome, thesis, "Crisis").answer.empty());
  EXPECT_EQ(thesis_futures(*outcome, thesis).rows.size(), 2U * 4U * 2U);
}

/// Two pillars, one future: 60 % unmet without, `a`, `b` alone with all the money, `both`; alone with half: half of it.
BudgetOutcome by_hand(double a, double b, double both) {
  BudgetOutcome out{100, {}, {}};
  const std::vector<double> left{0.6, a, b, both};
  for (std::size_t s = 0; s < 4; ++s) out.subsets.push_back({s, {}, {}, explore::SpendState::met, 1, {{left[s]}}});
  out.shares = {{{a}, {b}}, {{0.6 - 0.5 * (0.6 - a)}, {0.6 - 0.5 * (0.6 - b)}}};
  return out;
}

TEST(Thesis, InteractionIsTheJointEffectLessTheSumOfTheParts) {
  const auto thesis = thesis_of(kHead + both_pillars());
  // Alone 10 and 20 points with all the money, 5 and 10 with half of it; together 35: 20 more than the parts.
  const auto effects = effects_of(by_hand(0.5, 0.4, 0.25), thesis);
  EXPECT_NEAR(effects.joint[3][0], 0.35, 1e-12);
  EXPECT_NEAR(effects.interaction[3][0], 0.20, 1e-12);
  EXPECT_NEAR(effects.interaction[1][0], 0, 1e-12);
  EXPECT_EQ(effects.escapes, (std::vector<double>{0, 1, 1, 1}));
}

TEST(Thesis, WhatRefutesItIsJudgedAsItWasStated) {
  const auto thesis = thesis_of(kHead + both_pillars());
  const auto only_both = by_hand(0.58, 0.55, 0.3);
  EXPECT_FALSE(came_out(Refutation::smaller_set_escapes, only_both, thesis));
  EXPECT_FALSE(came_out(Refutation::full_set_fails, only_both, thesis));
  EXPECT_FALSE(came_out(Refutation::smaller_set_better, only_both, thesis));
  EXPECT_FALSE(came_out(Refutation::no_interaction, only_both, thesis));
  const auto one_does = by_hand(0.3, 0.55, 0.4);
  EXPECT_TRUE(came_out(Refutation::smaller_set_escapes, one_does, thesis));
  EXPECT_TRUE(came_out(Refutation::smaller_set_better, one_does, thesis));
  const auto nobody = by_hand(0.58, 0.57, 0.58);
  EXPECT_TRUE(came_out(Refutation::full_set_fails, nobody, thesis));
  EXPECT_TRUE(came_out(Refutation::no_interaction, nobody, thesis));
  EXPECT_FALSE(came_out(Refutation::smaller_set_escapes, nobody, thesis));  // nobody does
}

TEST(Thesis, WrongFilesAreRefusedWithTheNearestName) {
  const auto refused = [](const std::string& text, const std::string& words) {
    expect_input_error([&] { trials_of(thesis_of(text), 0); }, words);
  };
  refused(kHead + toy_package("pilars", "ore", "ore", "FAR"), "pillars");
  refused(kHead, "no table [[pillars]]");
  refused(kHead + toy_package("pillars", "ore", "oer", "FAR"), "unknown product 'oer'");
  refused(kHead + both_pillars() + toy_package("pillars", "ore", "ore", "FAR"), "a second package 'ore'");
  auto two = kHead + both_pillars();
  two.replace(two.find("smaller-set-better"), 18, "smaller-set-beter");
  refused(two, "smaller-set-better");
  auto much = kHead + both_pillars();
  much.replace(much.find("share-of-value = 1"), 18, "share-of-value = 3");
  refused(much, "share-of-value");
}

TEST(Thesis, ACriterionMustBeOneNumber) {
  auto text = kHead + both_pillars();
  const auto from = text.find("1 - sum(");
  text.replace(from, text.find("\"\nat-most") - from, "unmet(magnet, OTH)");
  const auto monthly = thesis_of(text);
  const auto its_trials = trials_of(monthly, 0);
  expect_input_error([&] { check_thesis(its_trials, monthly); }, "for every month");
  auto late = kHead + both_pillars();
  late.replace(late.find("2025-01\"\nrefuted"), 7, "2031-01");
  const auto thesis = thesis_of(late);
  const auto trials = trials_of(thesis, 0);
  expect_input_error([&] { check_thesis(trials, thesis); }, "books-close = 2031-01");
}

}  // namespace
}  // namespace lodestone::insight
