// The test of a thesis future by future, and as a page.
#include <fmt/format.h>

#include <cmath>

#include "lodestone/explore/subsets.hpp"
#include "lodestone/insight/thesis_report.hpp"

namespace lodestone::insight {

Table thesis_futures(const ThesisOutcome& outcome, const ThesisFile& thesis) {
  Table table{"futures",
              "Every future of every set",
              {{"budget", "budget", "million USD"}, {"pillars", "pillars", ""}, {"future", "future", ""}},
              {},
              ""};
  for (const auto& pillar : thesis.pillars.all()) {
    table.columns.push_back({"magnitude_" + pillar.id, "magnitude of " + pillar.id, ""});
    table.columns.push_back({"spent_" + pillar.id, "spent on " + pillar.id, "million USD"});
  }
  for (const auto& c : thesis.criteria) table.columns.push_back({c.id, c.id, ""});
  for (const auto& budget : outcome.budgets)
    for (const auto& subset : budget.subsets) {
      std::vector<Cell> shared(2 * thesis.pillars.all().size(), 0.0);
      const auto parts = explore::parts_of(subset.subset);
      for (std::size_t k = 0; k < parts.size(); ++k) {
        shared[2 * parts[k]] = subset.magnitudes[k];
        shared[2 * parts[k] + 1] = subset.spent[k];
      }
      for (std::size_t f = 0; f < outcome.futures; ++f) {
        std::vector<Cell> row{budget.budget, name_of_set(subset.subset, thesis), static_cast<double>(f)};
        row.insert(row.end(), shared.begin(), shared.end());
        for (const auto& values : subset.values) {
          row.emplace_back();
          if (!std::isnan(values[f])) row.back() = values[f];
        }
        table.rows.push_back(std::move(row));
      }
    }
  return table;
}

Page thesis_page(const ThesisOutcome& outcome, const ThesisFile& thesis, const std::string& scenario) {
  Page page;
  page.kicker = thesis.title;
  page.head = thesis_report(outcome, thesis, scenario);
  Section left{"left", "What each set of pillars leaves", {thesis.criteria.front().says}};
  for (const auto& budget : outcome.budgets) {
    BarChart chart;
    chart.id = fmt::format("left_{:.0f}", budget.budget);
    chart.title = fmt::format("{} million USD", readable(budget.budget));
    chart.unit = "%";
    chart.says = budget_sentence(budget, thesis);
    chart.wide = true;
    for (const std::size_t s : by_headline(budget))
      chart.rows.push_back({name_of_set(s, thesis), {{"", 100 * headline(budget, s), Tone::muted}}});
    left.blocks.emplace_back(std::vector<Chart>{chart});
  }
  Section numbers{"numbers", "Numbers", {}};
  for (const auto& table : page.head.tables) numbers.blocks.emplace_back(table);
  page.head.tables.clear();
  page.sections = {std::move(left), std::move(numbers)};
  page.colophon = fmt::format("{} runs of the model in {} futures", outcome.runs, outcome.futures);
  return page;
}

}  // namespace lodestone::insight
