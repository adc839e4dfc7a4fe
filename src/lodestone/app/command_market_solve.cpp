#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/store/problem_file.hpp"
#include "lodestone/store/solution_file.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;
using market::Index;

/// One period cleared, and how it compares with what the file says about it.
struct Cleared {
  std::string label, outcome;
  bool sound = false;  // solved, and the certificate holds
  double objective = 0, microseconds = 0;
  market::Certificate certificate;
  market::Work work;
  std::optional<double> objective_difference;  // relative to the reference
  std::optional<double> price_difference;      // largest over rows with one right price, in typical prices
};

void compare(const store::ReferenceSolution& reference, const market::Topology& topology,
             const market::Solution& solution, Cleared& out) {
  if (reference.objective)
    out.objective_difference =
        std::abs(out.objective - *reference.objective) / std::max(std::abs(*reference.objective), topology.money_scale);
  if (reference.price.empty()) return;
  double largest = 0;
  for (std::size_t i = 0; i < solution.price.size(); ++i)
    if (!std::binary_search(reference.not_unique.begin(), reference.not_unique.end(), static_cast<Index>(i)))
      largest = std::max(largest, std::abs(solution.price[i] - reference.price[i]) / topology.price_scale[i]);
  out.price_difference = largest;
}

Cleared clear(const store::Period& period, const market::Topology& topology, market::Solver& solver,
              market::Solution& solution, market::Start start) {
  Cleared out;
  out.label = period.label;
  const auto begin = std::chrono::steady_clock::now();
  const auto report = solver.solve(period.numbers, solution, start);
  out.microseconds = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
  out.work = report.work;
  out.objective = market::objective(period.numbers, solution.activity);
  out.certificate = market::certify(topology, period.numbers, solution);
  const bool holds = out.certificate.holds(market::kTolerance);
  out.sound = report.outcome == market::Outcome::solved && holds;
  out.outcome = report.outcome == market::Outcome::solved && !holds ? "certificate missed" : to_string(report.outcome);
  if (out.sound) compare(period.reference, topology, solution, out);
  return out;
}

insight::Cell cell(const std::optional<double>& value) {
  return value ? insight::Cell(*value) : insight::Cell();
}

insight::Table periods_table(const std::vector<Cleared>& all) {
  insight::Table table{"periods",
                       "Periods",
                       {{"period", "period", ""},
                        {"outcome", "outcome", ""},
                        {"objective", "objective", ""},
                        {"violation", "violation", ""},
                        {"breakpoints", "breakpoints", ""},
                        {"newton_steps", "Newton steps", ""},
                        {"factorisations", "factorisations", ""},
                        {"line_search_passes", "passes", ""},
                        {"microseconds", "time", "us"},
                        {"objective_difference", "objective off", ""},
                        {"price_difference", "prices off", ""}},
                       {},
                       ""};
  for (const auto& c : all)
    table.rows.push_back({c.label, c.outcome, c.objective, c.certificate.worst(),
                          static_cast<double>(c.work.breakpoints), static_cast<double>(c.work.newton_steps),
                          static_cast<double>(c.work.factorisations), static_cast<double>(c.work.line_search_passes),
                          c.microseconds, cell(c.objective_difference), cell(c.price_difference)});
  const bool compared = std::any_of(all.begin(), all.end(),
                                    [](const Cleared& c) { return c.objective_difference || c.price_difference; });
  if (compared) {
    table.note =
        "Off: distance from the file's reference, the objective relative to it, prices relative to the row's typical "
        "price where the reference is unique.";
  } else {
    table.columns.resize(table.columns.size() - 2);
    for (auto& row : table.rows) row.resize(table.columns.size());
  }
  return table;
}

/// What a column of numbers comes to.
struct Spread {
  double median = 0, largest = 0, sum = 0;
};

Spread spread_of(std::vector<double> values) {
  Spread out;
  if (values.empty()) return out;
  std::sort(values.begin(), values.end());
  out.median = 0.5 * (values[(values.size() - 1) / 2] + values[values.size() / 2]);
  out.largest = values.back();
  for (const double value : values) out.sum += value;
  return out;
}

template <class Number>
Spread spread_over(const std::vector<Cleared>& all, Number number) {
  std::vector<double> values;
  values.reserve(all.size());
  for (const auto& c : all) values.push_back(number(c));
  return spread_of(std::move(values));
}

insight::Table summary_table(const std::vector<Cleared>& all) {
  insight::Table table{"summary",
                       "Summary",
                       {{"what", "", ""}, {"median", "median", ""}, {"largest", "largest", ""}, {"total", "total", ""}},
                       {},
                       ""};
  const auto add = [&](const char* what, const Spread& spread, bool summable) {
    table.rows.push_back(
        {std::string(what), spread.median, spread.largest, summable ? insight::Cell(spread.sum) : insight::Cell()});
  };
  add("microseconds", spread_over(all, [](const Cleared& c) { return c.microseconds; }), true);
  add("breakpoints", spread_over(all, [](const Cleared& c) { return static_cast<double>(c.work.breakpoints); }), true);
  add("Newton steps", spread_over(all, [](const Cleared& c) { return static_cast<double>(c.work.newton_steps); }),
      true);
  add("factorisations", spread_over(all, [](const Cleared& c) { return static_cast<double>(c.work.factorisations); }),
      true);
  add("violation", spread_over(all, [](const Cleared& c) { return c.certificate.worst(); }), false);
  std::vector<double> objective, price;
  for (const auto& c : all) {
    if (c.objective_difference) objective.push_back(*c.objective_difference);
    if (c.price_difference) price.push_back(*c.price_difference);
  }
  if (!objective.empty()) add("objective off", spread_of(objective), false);
  if (!price.empty()) add("prices off", spread_of(price), false);
  return table;
}

insight::Report report_of(const std::vector<Cleared>& all, const store::ProblemSequence& problem,
                          const std::string& file, bool cold) {
  insight::Report report;
  const auto& t = problem.topology;
  report.question = fmt::format("Does every period of {} ({} of {} rows and {} columns) clear within {:.0e}?", file,
                                problem.periods.size() == 1 ? "one" : std::to_string(problem.periods.size()), t.rows,
                                t.cols, market::kTolerance);
  const auto sound = std::count_if(all.begin(), all.end(), [](const Cleared& c) { return c.sound; });
  const auto time = spread_over(all, [](const Cleared& c) { return c.microseconds; });
  const auto violation = spread_over(all, [](const Cleared& c) { return c.certificate.worst(); });
  report.answer = fmt::format(
      "{}: {} of {} periods solved, {}; largest violation {}; median {} microseconds.",
      static_cast<std::size_t>(sound) == problem.periods.size() ? "Yes" : "No", sound, problem.periods.size(),
      cold || problem.periods.size() == 1 ? "from cold starts"
                                          : "the first from a cold start, the others from the last",
      insight::readable(violation.largest), insight::readable(time.median));
  // Counted, so that the same period is named on every machine: a Newton step weighs more than a breakpoint.
  const auto effort = [](const Cleared& c) { return 10 * c.work.newton_steps + c.work.breakpoints; };
  const auto hardest =
      std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) { return effort(a) < effort(b); });
  if (hardest != all.end())
    report.drivers.push_back(fmt::format("hardest: period {}, {} breakpoints and {} Newton steps in {} microseconds",
                                         hardest->label, hardest->work.breakpoints, hardest->work.newton_steps,
                                         insight::readable(hardest->microseconds)));
  report.assumed = "nothing: the numbers are the file's own";
  report.tables = {periods_table(all), summary_table(all)};
  return report;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const std::string& file = values.text("file");
  const auto problem = store::read_problems(file);
  const bool cold = values.boolean("cold");
  const auto solver = market::make_cascade_solver(problem.topology);
  auto solution = market::Solution::zeros(problem.topology);
  std::vector<Cleared> all;
  std::vector<market::Solution> solutions;
  const Terminal::Interruptible interruptible;
  bool warm = false;
  for (const auto& period : problem.periods) {
    if (Terminal::interrupted()) break;
    all.push_back(clear(period, problem.topology, *solver, solution, warm ? market::Start::warm : market::Start::cold));
    warm = all.back().sound && !cold;
    solutions.push_back(solution);
    terminal.progress("periods", static_cast<int>(all.size()), static_cast<int>(problem.periods.size()));
  }
  print(report_of(all, problem, file, cold), values.boolean("json"), terminal);
  if (values.has("solution")) {
    std::vector<std::string> outcomes;
    outcomes.reserve(all.size());
    for (const auto& c : all) outcomes.push_back(c.outcome);
    write_file(values.text("solution"), store::solutions_json(problem, outcomes, solutions));
  }
  int code = kOk;
  for (const auto& c : all) {
    if (c.sound) continue;
    terminal.say(fmt::format("{} period {}: {}; {}", terminal.red("error:"), c.label, c.outcome,
                             explain(c.certificate, market::kTolerance, problem.row_names, problem.column_names)));
    code = kFailed;
  }
  if (all.size() < problem.periods.size()) {
    terminal.say(fmt::format("interrupted after {} of {} periods", all.size(), problem.periods.size()));
    return kInterrupted;
  }
  return code;
}

}  // namespace

Command market_solve_command() {
  return {"market solve",
          "Clear a file of monthly problems, certify every period and say what it took.",
          {{"file", OptionType::text, "", 0, -1, true, "", "a sequence of problems (JSON, docs/problem_format.md)"}},
          {{"cold", OptionType::boolean, "", 0, -1, false, "", "solve every period from a cold start"},
           {"solution", OptionType::text, "", 0, -1, false, "", "file to write prices and activities to (JSON)"}},
          {{"lodestone market solve month.json", "each period from the one before"},
           {"lodestone market solve month.json --cold --json", "each from a cold start, the tables as JSON"},
           {"lodestone market solve month.json --solution prices.json", "keeps prices and activities"}},
          execute};
}

}  // namespace lodestone::app
