#include "lodestone/insight/thesis_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lodestone/explore/subsets.hpp"

namespace lodestone::insight {
namespace {

constexpr double kAlmost = 1e-12;  // rounding

Cell number_if(bool there_is_one, double number) {
  Cell cell;
  if (there_is_one) cell = number;
  return cell;
}

Cell interval_cell(const std::vector<double>& x, double unit) {
  if (x.size() < 2) return number_if(false, 0);
  const auto i = mean_interval(x);
  return fmt::format("{} to {}", readable(i.low * unit), readable(i.high * unit));
}

std::string words_of(explore::SpendState state) {
  switch (state) {
    case explore::SpendState::met:
      return "spends it";
    case explore::SpendState::saturated:
      return "cannot: nothing left to fund";
    default:
      return "cost leaps over it";
  }
}

Table verdict_table(const ThesisOutcome& outcome, const ThesisFile& thesis) {
  Table table{"verdict",
              "What would refute it, stated beforehand",
              {{"budget", "budget", "million USD"}, {"refuted_if", "it is refuted if", ""}, {"came_out", "so", ""}},
              {},
              ""};
  for (const auto& budget : outcome.budgets)
    for (const auto refutation : thesis.refuted_if)
      table.rows.push_back({budget.budget, insight::words_of(refutation),
                            std::string(came_out(refutation, budget, thesis) ? "yes: refuted" : "no")});
  return table;
}

Table criteria_table(const ThesisFile& thesis) {
  Table table{"criteria",
              "Who escapes meets all of these",
              {{"criterion", "criterion", ""},
               {"says", "measures", ""},
               {"at_most", "at most", ""},
               {"source", "the bound rests on", ""}},
              {},
              "Stated before the runs, in the file of the thesis."};
  for (const auto& c : thesis.criteria) table.rows.push_back({c.id, c.says, c.at_most, c.source});
  return table;
}

Table subsets_table(const BudgetOutcome& budget, const ThesisFile& thesis) {
  Table table{fmt::format("subsets_{:.0f}", budget.budget),
              fmt::format("Every set of pillars with {} million USD", readable(budget.budget)),
              {{"pillars", "pillars", ""}, {"spent", "spends", "million USD"}, {"state", "the budget", ""}},
              {},
              "Ordered by the first criterion, smallest first. Means over the futures. Effect: by how much the first "
              "criterion falls; interaction: that less the sum of what each pillar does alone with its equal share; in "
              "percentage points, intervals 5 to 95 % over resampled futures."};
  for (const auto& c : thesis.criteria) table.columns.push_back({c.id, c.id, ""});
  for (const Column& column :
       {Column{"escapes", "escapes", "of futures"}, Column{"effect", "effect", "points"},
        Column{"interaction", "interaction", "points"}, Column{"interaction_interval", "its interval", "points"}})
    table.columns.push_back(column);
  const auto effects = effects_of(budget, thesis);
  for (const std::size_t s : by_headline(budget)) {
    const auto& one = budget.subsets[s];
    std::vector<Cell> row{name_of_set(s, thesis), one.total(),
                          s == 0 ? std::string("spends nothing") : words_of(one.state)};
    for (const auto& values : one.values) row.emplace_back(mean_of(values));
    row.emplace_back(percent(effects.escapes[s]));
    row.emplace_back(100 * mean_of(effects.joint[s]));
    const bool several = explore::parts_of(s).size() > 1;
    row.push_back(number_if(several, 100 * mean_of(effects.interaction[s])));
    row.emplace_back();
    if (several) row.back() = interval_cell(effects.interaction[s], 100);
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// What pillar i adds on the mean over all orders, per future.
std::vector<double> shapley_of(const Effects& effects, std::size_t pillar, std::size_t futures) {
  std::vector<double> out;
  for (std::size_t f = 0; f < futures; ++f) {
    std::vector<double> value;
    for (const auto& joint : effects.joint) value.push_back(joint[f]);
    out.push_back(explore::shapley(value)[pillar]);
  }
  return out;
}

Table pillars_table(const ThesisOutcome& outcome, const ThesisFile& thesis) {
  Table table{
      "pillars",
      "What each pillar buys",
      {{"budget", "budget", "million USD"},
       {"pillar", "pillar", ""},
       {"buys", "buys on average", "points"},
       {"buys_interval", "its interval", "points"},
       {"price", "a point costs", "million USD"},
       {"alone", "alone, with all the money", "points"},
       {"last", "as the last one added", "points"},
       {"magnitude", "magnitude in the full set", ""},
       {"spent", "spent in the full set", "million USD"}},
      {},
      "Points of the first criterion. On average: over all orders in which the pillars can be added, the budget "
      "staying the same (Shapley 1953). A point costs: an equal share of the budget over what the "
      "pillar buys; a dash: it buys nothing. Magnitude 1 is the most that the file of the thesis holds possible."};
  for (const auto& budget : outcome.budgets) {
    const auto effects = effects_of(budget, thesis);
    const auto& full = budget.subsets[budget.subsets.size() - 1];
    for (std::size_t i = 0; i < thesis.pillars.all().size(); ++i) {
      const auto buys = shapley_of(effects, i, outcome.futures);
      const double points = 100 * mean_of(buys);
      const std::size_t one = std::size_t{1} << i;
      const double last =
          mean_of(effects.joint[budget.subsets.size() - 1]) - mean_of(effects.joint[(budget.subsets.size() - 1) ^ one]);
      const double share = budget.budget / static_cast<double>(thesis.pillars.all().size());
      table.rows.push_back({budget.budget, thesis.pillars.all()[i].id, points, interval_cell(buys, 100),
                            number_if(points > kAlmost, share / points), 100 * mean_of(effects.joint[one]), 100 * last,
                            full.magnitudes[i], full.spent[i]});
    }
  }
  return table;
}

std::string answer(const ThesisOutcome& outcome, const ThesisFile& thesis) {
  std::size_t only = 0, nobody = 0;
  for (const auto& budget : outcome.budgets) {
    const auto effects = effects_of(budget, thesis);
    const double full = effects.escapes.back();
    const double most = *std::max_element(effects.escapes.begin(), effects.escapes.end());
    if (most == 0) ++nobody;
    if (full > 0 && !came_out(Refutation::smaller_set_escapes, budget, thesis)) ++only;
  }
  const auto budgets = outcome.budgets.size();
  std::string out;
  if (nobody == budgets)
    out = "Nobody escapes: no set of pillars, the full one included, meets every criterion in any future";
  else if (only == 0)
    out = "No, it is not only the full set that escapes";
  else
    out = fmt::format("Only the full set escapes most often at {} of {} budgets", only, budgets);
  for (const auto& budget : outcome.budgets) out += "; " + budget_sentence(budget, thesis);
  return out + ".";
}

}  // namespace

std::string budget_sentence(const BudgetOutcome& budget, const ThesisFile& thesis) {
  const auto effects = effects_of(budget, thesis);
  const std::size_t full = budget.subsets.size() - 1, best = best_smaller(budget);
  return fmt::format(
      "with {} million USD the full set leaves {} and escapes in {} of futures; the best smaller set "
      "({}) leaves {} and escapes in {}",
      readable(budget.budget), percent(headline(budget, full)), percent(effects.escapes[full]),
      name_of_set(best, thesis), percent(headline(budget, best)), percent(effects.escapes[best]));
}

Report thesis_report(const ThesisOutcome& outcome, const ThesisFile& thesis, const std::string& scenario) {
  Report report;
  report.question = fmt::format("{} ({})", thesis.claim, scenario);
  report.answer = answer(outcome, thesis);
  for (const auto& budget : outcome.budgets) {
    const auto effects = effects_of(budget, thesis);
    std::vector<std::pair<double, std::string>> buys;
    for (std::size_t i = 0; i < thesis.pillars.all().size(); ++i)
      buys.emplace_back(100 * mean_of(shapley_of(effects, i, outcome.futures)), thesis.pillars.all()[i].id);
    std::stable_sort(buys.begin(), buys.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> words;
    for (const auto& [points, id] : buys) words.push_back(fmt::format("{} {:.1f}", id, points));
    report.drivers.push_back(fmt::format("points bought on average with {} million USD: {}", readable(budget.budget),
                                         fmt::join(words, ", ")));
  }
  report.assumed_share = std::nan("");
  report.assumed = fmt::format(
      "{} futures; magnitudes of the pillars and bounds of the criteria are assumptions of the "
      "file; present value at {} a year ({})",
      outcome.futures, percent(thesis.discount_rate), thesis.discount_source);
  report.tables.push_back(verdict_table(outcome, thesis));
  report.tables.push_back(pillars_table(outcome, thesis));
  for (const auto& budget : outcome.budgets) report.tables.push_back(subsets_table(budget, thesis));
  report.tables.push_back(criteria_table(thesis));
  report.notes.push_back(
      fmt::format("{} runs; costs are booked before {}; {}", outcome.runs, thesis.books_close.text(), thesis.source));
  if (outcome.futures < 2) report.notes.push_back("one future: no interval");
  if (!outcome.failures.empty())
    report.notes.push_back(
        fmt::format("{} runs did not clear, the first: {}", outcome.failures.size(), outcome.failures.front()));
  return report;
}

}  // namespace lodestone::insight
