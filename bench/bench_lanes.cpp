// What several futures in the lanes of a processor could gain at most: lanes do the same steps on other numbers, so
// futures can share them in months in which the same columns are inside their bounds and the way there is the same.
// docs/decisions has the answer.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/support/measure.hpp"
#include "bench/support/sequences.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::bench {
namespace {

constexpr std::uint32_t kFutures = 8;  // doubles in a vector of AVX-512
constexpr int kMonths = 36;

using Names = std::vector<std::string>;  // of columns, ascending

struct InsideSets {
  std::vector<Names> months;  // the columns strictly inside their bounds
  market::Index columns = 0;
};

InsideSets inside_sets(const store::ProblemSequence& sequence) {
  const auto solver = market::make_cascade_solver(sequence.topology);
  auto solution = market::Solution::zeros(sequence.topology);
  InsideSets out;
  out.columns = sequence.topology.cols;
  for (const auto& period : sequence.periods) {
    const auto start = out.months.empty() ? market::Start::cold : market::Start::warm;
    if (solver->solve(period.numbers, solution, start).outcome != market::Outcome::solved) {
      throw std::runtime_error("a month is not solved");
    }
    Names& names = out.months.emplace_back();
    for (std::size_t j = 0; j < solution.activity.size(); ++j) {
      const double x = solution.activity[j];
      if (x > 0 && x < period.numbers.upper[j]) names.push_back(sequence.column_names[j]);
    }
    std::sort(names.begin(), names.end());
  }
  return out;
}

double differing(const Names& a, const Names& b) {
  Names out;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return static_cast<double>(out.size());
}

std::vector<InsideSets> run_futures() {
  base::Diagnostics diagnostics;
  auto raw = dataset::read(data_folder(), diagnostics);
  auto text = dataset::read_text(licence_scenario(), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  insight::EnsembleRequest request;
  request.months = kMonths;
  const insight::Futures futures(std::move(raw), *text, licence_scenario(), request);
  std::vector<InsideSets> out;
  for (std::uint32_t f = 0; f < kFutures; ++f) {
    const auto one = futures.future(f);
    out.push_back(inside_sets(months_of(*one.world, one.scenario)));
  }
  return out;
}

int run(int argc, char** argv) {
  const auto options = read_options(argc, argv, 1);
  const auto futures = run_futures();
  std::vector<double> columns, inside, between, onwards;
  double same = 0;
  for (const InsideSets& one : futures) columns.push_back(one.columns);
  for (std::size_t m = 0; m < static_cast<std::size_t>(kMonths); ++m) {
    for (std::size_t f = 0; f < futures.size(); ++f) {
      const auto& own = futures[f].months;
      inside.push_back(static_cast<double>(own[m].size()));
      if (m > 0) onwards.push_back(differing(own[m - 1], own[m]));
      for (std::size_t g = f + 1; g < futures.size(); ++g) {
        between.push_back(differing(own[m], futures[g].months[m]));
        same += between.back() == 0 ? 1 : 0;
      }
    }
  }
  const double share = same / static_cast<double>(between.size());
  insight::Table table{
      "lanes",
      fmt::format("{} futures of {} months of the real chain", kFutures, kMonths),
      {{"what", "what", ""}, {"median", "median", ""}, {"spread", "10 % .. 90 %", ""}},
      {},
      fmt::format(
          "Two futures have the same columns inside in {} of the months: shared for nothing, those would make an "
          "ensemble {:.2f} times as fast at most.",
          insight::percent(share), 1 / (1 - std::min(share, 0.999)))};
  table.rows.push_back({std::string("columns of a future's market"), median(columns), spread(columns)});
  table.rows.push_back({std::string("columns inside their bounds"), median(inside), spread(inside)});
  table.rows.push_back({std::string("... not the same in two futures, same month"), median(between), spread(between)});
  table.rows.push_back(
      {std::string("... not the same as a month before, same future"), median(onwards), spread(onwards)});
  show("What lanes could share", {table}, options);
  return 0;
}

}  // namespace
}  // namespace lodestone::bench

int main(int argc, char** argv) {
  return lodestone::bench::guarded(lodestone::bench::run, argc, argv);
}
