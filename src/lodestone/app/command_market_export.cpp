#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/store/mps_file.hpp"
#include "lodestone/store/problem_file.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;
constexpr double kTurnover = 1e-9;  // of a row's quantity scale: below it nothing is traded

/// The month's problem, solved anew so that the file can say what the answer is.
struct Month {
  store::ProblemSequence problem;  // one period
  market::Solution solution;
  market::Certificate certificate;
  bool solved = false;

  [[nodiscard]] const market::Numbers& numbers() const { return problem.periods.front().numbers; }
};

Month month_of(const insight::Replay& replay, base::Month date) {
  Month month;
  auto& p = month.problem;
  replay.at(date, [&](const simulation::MonthRecord& record) {
    p.topology = record.market.topology();
    p.row_names = record.market.row_names();
    p.column_names = record.market.column_names();
    p.periods.push_back({date.text(), record.market.numbers(), {}});
  });
  const auto& t = p.topology;
  month.solution = market::Solution::zeros(t);
  const auto report = market::make_cascade_solver(t)->solve(month.numbers(), month.solution, market::Start::cold);
  month.certificate = market::certify(t, month.numbers(), month.solution);
  month.solved = report.outcome == market::Outcome::solved && month.certificate.holds(market::kTolerance);
  return month;
}

/// The solution goes into the file; a node where nothing is traded has no single right price.
void add_reference(Month& month) {
  auto& reference = month.problem.periods.front().reference;
  reference.objective = market::objective(month.numbers(), month.solution.activity);
  reference.price = month.solution.price;
  std::vector<market::Quote> quotes;
  market::quote_nodes(month.problem.topology, month.numbers(), month.solution, kTurnover, quotes);
  for (std::size_t i = 0; i < quotes.size(); ++i)
    if (!quotes[i].traded) reference.not_unique.push_back(static_cast<market::Index>(i));
}

const char* kLinearised =
    "Ad-valorem money (tariffs, taxes) has no place in a quadratic program: it is fixed at the month's own prices "
    "(cost_j += sum_i -M_ij w_ij price_i), which leaves the solution as it is.";

std::string mps_of(const Month& month, const std::string& name, bool wedged) {
  const auto& p = month.problem;
  const auto program = wedged ? store::linearised(p.topology, month.numbers(), month.solution.price) : month.numbers();
  std::vector<std::string> comments{
      fmt::format("{}, written by lodestone {}", name, LODESTONE_VERSION),
      "Rows: balances of goods (t per month; the dual is the price, USD/t), then limits over several columns.",
      "Columns: plants, routes, stocks, steps of demand (t per month); costs in USD; minimise.",
      fmt::format("The optimum is {}.", market::objective(program, month.solution.activity))};
  if (wedged) comments.emplace_back(kLinearised);
  return store::mps_text(p.topology, program, name, p.row_names, p.column_names, comments);
}

insight::Report report_of(const Month& month, const std::string& name, const std::string& file, bool linearised) {
  insight::Report report;
  const auto& t = month.problem.topology;
  report.question = fmt::format("What did the market of {} have to clear?", name);
  report.answer = fmt::format("Written to {}: {} rows ({} of them balances of goods), {} columns, {} coefficients.",
                              file, t.rows, t.nodes, t.cols, t.nonzeros());
  report.drivers.push_back(fmt::format("solved again from a cold start: objective {}, largest violation {}",
                                       insight::readable(market::objective(month.numbers(), month.solution.activity)),
                                       insight::readable(month.certificate.worst())));
  report.assumed = "as much as in the run: 'lodestone why' says for a price";
  if (linearised) report.notes.emplace_back(kLinearised);
  return report;
}

void check_format(const std::string& format) {
  const std::array<std::string, 2> known{"mps", "json"};
  if (std::find(known.begin(), known.end(), format) != known.end()) return;
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("--format '{}'", format), "mps or json", base::nearest_name(format, known));
  throw base::InputError(std::move(wrong));
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const std::string& format = values.text("format");
  check_format(format);
  const auto run = find_run(values.text("run"), values);
  const auto date = values.month("date");
  Month month = month_of(insight::Replay(run.folder), date);
  auto& p = month.problem;
  p.name = fmt::format("{} {}", run.row.id, date.text());
  if (!month.solved) {
    terminal.say(fmt::format("{} {}: {}", terminal.red("error:"), p.name,
                             explain(month.certificate, market::kTolerance, p.row_names, p.column_names)));
    return kFailed;
  }
  add_reference(month);
  const bool wedged = !market::is_symmetric(month.numbers()), mps = format == "mps";
  const auto text = mps ? mps_of(month, p.name, wedged) : store::problems_json(p);
  if (!values.has("output")) {
    terminal.print(text);
    if (mps && wedged) terminal.say(kLinearised);
    return kOk;
  }
  write_file(values.text("output"), text);
  print(report_of(month, p.name, values.text("output"), mps && wedged), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command market_export_command() {
  return {"market export",
          "Write a month of a run as a problem that other solvers read.",
          {run_argument("run", "a run: its id, the beginning of one, 'latest', or the id of a scenario")},
          {{"date", OptionType::month, "", 0, -1, true, "", "month"},
           {"format", OptionType::text, "", 0, -1, false, "mps",
            "mps (convex quadratic program) or json (docs/problem_format.md, ad-valorem terms included)"},
           {"output", OptionType::text, "", 0, -1, false, "", "file to write instead of standard output"},
           out_option()},
          {{"lodestone market export latest --date 2025-05 --output month.mps", "for Clp, HiGHS and others"},
           {"lodestone market export latest --date 2025-05 --format json --output month.json",
            "what 'lodestone market solve' reads"}},
          execute};
}

}  // namespace lodestone::app
