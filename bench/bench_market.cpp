// Months cleared per second: the cascade and each of its methods beside Clp and Ipopt, in the same run, on the shared
// sequences and on the real chain. How to read it: bench/README.md.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "bench/support/measure.hpp"
#include "bench/support/sequences.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/store/mps_file.hpp"
#include "tests/support/clp_solver.hpp"
#include "tests/support/ipopt_solver.hpp"
#include "tests/support/market_sequence.hpp"

namespace lodestone::bench {
namespace {

using market::Numbers;
using market::Solution;
using market::Start;
using market::Topology;

constexpr int kPieces = 8;

/// The months of a sequence, what they clear to, and the convex programs that Clp and Ipopt can read.
struct Months {
  std::string name;
  Topology topology;
  std::vector<Numbers> numbers;
  std::vector<Numbers> programs;   // ad-valorem money fixed at the month's prices
  std::vector<Solution> solution;  // Newton, cold
  std::vector<double> optimum;     // of the programs: the file's reference, else that of Newton, cold

  explicit Months(const store::ProblemSequence& sequence) : name(sequence.name), topology(sequence.topology) {
    const auto solver = market::make_newton_solver(topology);
    for (const auto& period : sequence.periods) {
      numbers.push_back(period.numbers);
      solution.push_back(Solution::zeros(topology));
      solver->solve(period.numbers, solution.back(), Start::cold);
      programs.push_back(store::linearised(topology, period.numbers, solution.back().price));
      const auto& reference = period.reference.objective;
      optimum.push_back(reference ? *reference : market::objective(programs.back(), solution.back().activity));
    }
  }
  [[nodiscard]] std::size_t count() const { return numbers.size(); }
};

/// One method on one sequence.
struct Row {
  std::string method;
  Times times;
  double certificate = 0;    // worst over months, NaN where it does not apply
  double objective_off = 0;  // worst over months, relative to the optimum
  double work = 0;           // Newton steps, interior steps or iterations, sum over the last pass
  double breakpoints = 0;    // of the homotopy, sum over the last pass
  int failed = 0;            // months not solved
};

/// One of our own methods.
struct Own {
  const char* name;
  std::unique_ptr<market::Solver> (*make)(const Topology&);
  Start start;
};
constexpr Own kOwn[] = {{"cascade, warm", market::make_cascade_solver, Start::warm},
                        {"cascade, cold", market::make_cascade_solver, Start::cold},
                        {"homotopy, warm", market::make_homotopy_solver, Start::warm},
                        {"Newton, warm", market::make_newton_solver, Start::warm},
                        {"Newton, cold", market::make_newton_solver, Start::cold},
                        {"interior point", market::make_interior_point_solver, Start::cold}};

void note_objective(const Months& months, std::size_t k, double objective, Row& row) {
  const double scale = std::max(std::abs(months.optimum[k]), months.topology.money_scale);
  row.objective_off = std::max(row.objective_off, std::abs(objective - months.optimum[k]) / scale);
}

/// The first month of a warm pass is solved cold and not counted: it has nothing to start from.
void own_pass(const Months& months, const Own& method, Row& row) {
  const auto start = method.start;
  const auto solver = method.make(months.topology);
  auto solution = Solution::zeros(months.topology);
  std::vector<double> times;
  row.work = row.breakpoints = 0;
  for (std::size_t k = 0; k < months.count(); ++k) {
    const bool first = k == 0 && start == Start::warm;
    const Stopwatch watch;
    const auto report = solver->solve(months.numbers[k], solution, first ? Start::cold : start);
    const double time = watch.microseconds();
    const auto certificate = market::certify(months.topology, months.numbers[k], solution);
    if (report.outcome != market::Outcome::solved || !certificate.holds(market::kTolerance)) ++row.failed;
    row.certificate = std::max(row.certificate, certificate.worst());
    note_objective(months, k, market::objective(months.programs[k], solution.activity), row);
    if (first) continue;
    times.push_back(time);
    row.work += static_cast<double>(report.work.newton_steps + report.work.interior_steps);
    row.breakpoints += static_cast<double>(report.work.breakpoints);
  }
  row.times.by.push_back(std::move(times));
}

void clp_pass(const Months& months, Row& row) {
  market::test::ClpSolver clp(months.topology, market::test::curved_columns(months.topology, months.programs), kPieces);
  market::test::ClpResult result;
  std::vector<double> times;
  row.work = 0;
  row.certificate = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t k = 0; k < months.count(); ++k) {
    const Stopwatch watch;
    clp.load(months.programs[k]);
    clp.run(k > 0);
    const double time = watch.microseconds();
    clp.read(months.programs[k], result);
    if (!result.optimal) ++row.failed;
    note_objective(months, k, result.objective, row);
    if (k == 0) continue;
    times.push_back(time);
    row.work += result.iterations;
  }
  row.times.by.push_back(std::move(times));
}

void ipopt_pass(const Months& months, Row& row) {
  market::test::IpoptSolver ipopt(months.topology);
  market::test::IpoptResult result;
  std::vector<double> times;
  row.work = 0;
  row.certificate = 0;
  for (std::size_t k = 0; k < months.count(); ++k) {
    const Stopwatch watch;
    ipopt.solve(months.programs[k], result);
    times.push_back(watch.microseconds());
    if (!result.optimal) ++row.failed;
    row.certificate =
        std::max(row.certificate, market::certify(months.topology, months.programs[k], result.solution).worst());
    note_objective(months, k, result.objective, row);
    row.work += result.iterations;
  }
  row.times.by.push_back(std::move(times));
}

/// Methods take turns within a pass, so that a busy moment of the machine does not fall on one alone.
std::vector<Row> measure(const Months& months, int passes) {
  std::vector<Row> rows;
  for (const Own& own : kOwn) rows.push_back({own.name, {}});
  rows.push_back({"Clp, 8 pieces, warm", {}});
  rows.push_back({"Ipopt, cold", {}});
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t k = 0; k < std::size(kOwn); ++k) own_pass(months, kOwn[k], rows[k]);
    clp_pass(months, rows[std::size(kOwn)]);
    if (pass == 0) ipopt_pass(months, rows.back());  // a thousand times slower: once says enough
  }
  return rows;
}

insight::Table table_of(const Months& months, const std::vector<Row>& rows) {
  const auto& t = months.topology;
  const auto wedged = std::count_if(months.numbers.begin(), months.numbers.end(),
                                    [](const Numbers& n) { return !market::is_symmetric(n); });
  insight::Table table{months.name,
                       fmt::format("{}: {} months, {} rows, {} columns{}", months.name, months.count(), t.rows, t.cols,
                                   wedged > 0 ? ", with ad-valorem terms" : ""),
                       {{"method", "method", ""},
                        {"median_us", "median", "us/month"},
                        {"mean_us", "mean", ""},
                        {"p99_us", "99 %", ""},
                        {"worst_us", "worst", ""},
                        {"spread_us", "10 % .. 90 %", ""},
                        {"times_clp", "times Clp", ""},
                        {"steps", "steps", ""},
                        {"breakpoints", "breakpoints", ""},
                        {"objective_off", "objective off", ""},
                        {"certificate", "certificate", ""},
                        {"failed", "not solved", ""}},
                       {},
                       ""};
  const double clp = median(rows[std::size(kOwn)].times.months());
  for (const auto& row : rows) {
    const auto each = row.times.months();
    const auto count = static_cast<double>(each.size());
    table.rows.push_back({row.method, median(each), std::accumulate(each.begin(), each.end(), 0.0) / count,
                          quantile(each, 0.99), quantile(each, 1), spread(each), clp / median(each), row.work / count,
                          row.breakpoints / count, row.objective_off, row.certificate,
                          static_cast<double>(row.failed)});
  }
  return table;
}

using Shape = market::test::SequenceShape;

/// Sizes of the shared sequences, other worlds; with tariffs the second variant.
std::vector<std::pair<std::string, Shape>> generated(double tariffs) {
  const std::string suffix = tariffs > 0 ? ", tariffs" : "";
  return {{"generated small" + suffix, {.seed = 11, .regions = 8, .products = 4, .months = 48, .tariffs = tariffs}},
          {"generated medium" + suffix, {.seed = 12, .regions = 20, .products = 5, .months = 30, .tariffs = tariffs}},
          {"generated large" + suffix, {.seed = 13, .regions = 40, .products = 6, .months = 16, .tariffs = tariffs}}};
}

store::ProblemSequence generated_sequence(const std::string& name, const Shape& shape) {
  const auto made = market::test::market_sequence(shape);
  store::ProblemSequence out;
  out.name = name;
  out.topology = made.topology;
  for (const auto& numbers : made.months) out.periods.push_back({"", numbers, {}});
  return out;
}

int run(int argc, char** argv) {
  const auto options = read_options(argc, argv, 5);
  std::vector<insight::Table> tables;
  bool all_solved = true;
  const auto add = [&](const store::ProblemSequence& sequence) {
    const Months months(sequence);
    const auto rows = measure(months, options.passes);
    all_solved = all_solved && rows[0].failed + rows[1].failed == 0;  // the cascade
    tables.push_back(table_of(months, rows));
  };
  for (const char* name : {"small", "smalltie", "medium", "large"}) {
    auto sequence = shared_sequence(name);
    sequence.name = name;
    add(sequence);
  }
  for (const double tariffs : {0.0, 0.1}) {
    for (const auto& [name, shape] : generated(tariffs)) add(generated_sequence(name, shape));
  }
  auto kept = kept_real_chain();
  kept.name = "real chain, kept months";
  add(kept);
  const auto world = dataset::load(data_folder());
  auto real = months_of(world, policy::read_scenario(licence_scenario(), world));
  real.name = "real chain, licence-2025";
  add(real);
  show("Months cleared per second of processor time", tables, options);
  return all_solved ? 0 : 1;
}

}  // namespace
}  // namespace lodestone::bench

int main(int argc, char** argv) {
  return lodestone::bench::guarded(lodestone::bench::run, argc, argv);
}
