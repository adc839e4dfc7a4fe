// Makes tests/market/instances/sequences/real_chain.json anew: months of data/ under scenarios/licence-2025.toml, small
// enough to be kept. Rows stay that trade, columns that are used or nearly so (within a share of a typical price) in
// one of the months; numbers are rounded. Not a benchmark: run by hand when the chain has changed (bench/README.md).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "bench/support/measure.hpp"
#include "bench/support/sequences.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::bench {
namespace {

using market::Index;

constexpr int kDigits = 5;

double rounded(double value) {
  return std::isfinite(value) ? std::strtod(fmt::format("{:.{}g}", value, kDigits).c_str(), nullptr) : value;
}

/// Columns within `near` typical prices of being used in some month.
std::vector<bool> columns_to_keep(const store::ProblemSequence& all, double near) {
  const auto& t = all.topology;
  std::vector<bool> keep(static_cast<std::size_t>(t.cols), false);
  const auto solver = market::make_cascade_solver(t);
  auto solution = market::Solution::zeros(t);
  for (const auto& period : all.periods) {
    const auto& n = period.numbers;
    solver->solve(n, solution, market::Start::warm);
    for (Index j = 0; j < t.cols; ++j) {
      double loss = n.cost[j];
      for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
        loss -= t.coef[k] * (1 + n.wedge[k]) * solution.price[t.row_of[k]];
      }
      if (solution.activity[j] > 0 || (n.upper[j] > 0 && loss < near * t.activity_value(j))) keep[j] = true;
    }
  }
  return keep;
}

store::ProblemSequence thinned(const store::ProblemSequence& all, const std::vector<bool>& keep) {
  const auto& t = all.topology;
  std::vector<Index> row(static_cast<std::size_t>(t.rows), -1);
  for (Index j = 0; j < t.cols; ++j) {
    for (Index k = t.col_start[j]; keep[j] && k < t.col_start[j + 1]; ++k) row[t.row_of[k]] = 0;
  }
  store::ProblemSequence out;
  out.topology.money_scale = t.money_scale;
  out.topology.col_start = {0};
  for (Index i = 0; i < t.rows; ++i) {
    if (row[i] < 0) continue;
    row[i] = out.topology.rows++;
    if (i < t.nodes) ++out.topology.nodes;
    out.topology.price_scale.push_back(rounded(t.price_scale[i]));
    if (!all.row_names.empty()) out.row_names.push_back(all.row_names[i]);
  }
  for (const auto& period : all.periods) {
    store::Period& into = out.periods.emplace_back();
    into.label = period.label;
    for (Index i = 0; i < t.rows; ++i) {
      if (row[i] >= 0) into.numbers.rhs.push_back(rounded(period.numbers.rhs[i]));
    }
  }
  for (Index j = 0; j < t.cols; ++j) {
    if (!keep[j]) continue;
    for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
      out.topology.row_of.push_back(row[t.row_of[k]]);
      out.topology.coef.push_back(rounded(t.coef[k]));
      for (std::size_t m = 0; m < all.periods.size(); ++m) {
        out.periods[m].numbers.wedge.push_back(rounded(all.periods[m].numbers.wedge[k]));
      }
    }
    out.topology.col_start.push_back(out.topology.nonzeros());
    ++out.topology.cols;
    for (std::size_t m = 0; m < all.periods.size(); ++m) {
      const auto& n = all.periods[m].numbers;
      out.periods[m].numbers.cost.push_back(rounded(n.cost[j]));
      out.periods[m].numbers.curvature.push_back(rounded(n.curvature[j]));
      out.periods[m].numbers.upper.push_back(rounded(n.upper[j]));
    }
  }
  return out;
}

int run(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "make_real_chain FIRST_MONTH MONTHS NEAR OUTPUT\n");
    return 2;
  }
  const auto first = static_cast<std::ptrdiff_t>(std::atoi(argv[1]));
  const auto months = static_cast<std::ptrdiff_t>(std::atoi(argv[2]));
  const auto world = dataset::load(data_folder());
  auto all = months_of(world, policy::read_scenario(licence_scenario(), world));
  all.periods.erase(all.periods.begin(), all.periods.begin() + first);
  all.periods.resize(static_cast<std::size_t>(std::min<std::ptrdiff_t>(months, std::ssize(all.periods))));
  auto out = thinned(all, columns_to_keep(all, std::atof(argv[3])));
  out.name = "real chain, licence-2025, used columns";
  std::ofstream(argv[4]) << store::problems_json(out);
  fmt::print("{} rows, {} columns, {} months\n", out.topology.rows, out.topology.cols, out.periods.size());
  return 0;
}

}  // namespace
}  // namespace lodestone::bench

int main(int argc, char** argv) {
  return lodestone::bench::guarded(lodestone::bench::run, argc, argv);
}
