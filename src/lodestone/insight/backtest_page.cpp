// docs/backtests.md.
#include <fmt/format.h>

#include <cmath>

#include "lodestone/insight/backtest.hpp"
#include "lodestone/insight/case_pages.hpp"
#include "lodestone/insight/markdown.hpp"

namespace lodestone::insight {
namespace {

Cell number(double value) {
  return std::isnan(value) ? Cell{} : Cell{value};
}

Table overview() {
  return {"overview",
          "Overview",
          {{"case", "case", ""},
           {"figures", "figures", ""},
           {"median", "median abs. log error", ""},
           {"no_change", "of no change", ""},
           {"elasticity", "of the elasticity", ""},
           {"better", "nearer than the rivals", ""},
           {"months", "months off the peak", ""},
           {"items", "items reproduced", ""},
           {"within", "of them only within tolerance", ""},
           {"goals", "goals", ""}},
          {},
          fmt::format("Headline figures where a case marks some. Goals: median at most {}, nearer than the rivals in "
                      "three quarters, peak within {} months. In sample for what was fitted to a case.",
                      kGoalError, kGoalMonths)};
}

std::string goals_cell(const Score& total) {
  std::string out;
  for (const Goal& goal : goals(total))
    if (goal.state != Goal::State::not_asked)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", goal.id, to_string(goal.state));
  return out;
}

void add_row(const Case& kase, const Score& total, Table& table) {
  table.rows.push_back({fmt::format("[{}](#{})", kase.id, kase.id), static_cast<double>(total.figures),
                        number(total.median), number(total.no_change), number(total.elasticity),
                        fmt::format("{} of {}", total.better, total.compared), number(total.median_months),
                        fmt::format("{} of {}", total.reproduced, total.items),
                        static_cast<double>(total.only_within_tolerance), goals_cell(total)});
}

std::string section(const Case& kase, const Report& said) {
  std::string out = fmt::format("\n## {}\n\n{}.\n\n**{}** {}\n\n", kase.id, kase.title, said.question, said.answer);
  for (const auto& driver : said.drivers) out += fmt::format("- {}\n", driver);
  for (const auto& table : said.tables)
    if (table.id == "reproduce" || table.id == "figures" || table.id == "left_out")
      out += fmt::format("\n### {} ({})\n\n{}", table.title, kase.id, markdown(table));
  return out;
}

}  // namespace

std::string backtests_page(const std::vector<std::filesystem::path>& cases, const std::filesystem::path& shipped) {
  Table table = overview();
  std::string sections;
  for (const auto& folder : cases) {
    const Case kase = load_case(folder, shipped);
    const Backtest outcome = backtest(kase);
    add_row(kase, headline_score(kase, outcome), table);
    sections += section(kase, report(kase, outcome));
  }
  return "# Backtests\n\nMade by `lodestone docs backtests`; do not edit by hand. Every case of "
         "[cases](../cases/README.md) with the parameters of the dataset as it is. What a fit would change, and what "
         "the cases cannot tell: [calibration](calibration.md). The figures of the fictitious metal and of the "
         "template "
         "are invented.\n\n" +
         markdown(table) + sections;
}

}  // namespace lodestone::insight
