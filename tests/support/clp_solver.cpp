#include "tests/support/clp_solver.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace lodestone::market::test {
namespace {

constexpr double kReachInPrices = 4;  // beyond |cost|: how far a margin may move before the last piece

}  // namespace

struct ClpSolver::Model {
  ClpSimplex simplex;
};

ClpSolver::ClpSolver(const Topology& topology, const std::vector<bool>& curved, int pieces)
    : topology_(topology), first_piece_{0}, model_(std::make_unique<Model>()) {
  if (pieces < 1 || curved.size() != static_cast<std::size_t>(topology.cols)) {
    throw std::invalid_argument("ClpSolver: one flag per column and at least one piece are needed");
  }
  std::vector<CoinBigIndex> start{0};
  std::vector<int> rows;
  std::vector<double> values;
  for (Index j = 0; j < topology.cols; ++j) {
    const int count = curved[static_cast<std::size_t>(j)] ? pieces : 1;
    for (int piece = 0; piece < count; ++piece) {
      for (Index k = topology.col_start[j]; k < topology.col_start[j + 1]; ++k) {
        rows.push_back(topology.row_of[k]);
        values.push_back(topology.coef[k]);
      }
      start.push_back(static_cast<CoinBigIndex>(rows.size()));
    }
    first_piece_.push_back(first_piece_.back() + count);
  }
  ClpSimplex& s = model_->simplex;
  s.setLogLevel(0);
  s.loadProblem(columns(), topology.rows, start.data(), rows.data(), values.data(), nullptr, nullptr, nullptr, nullptr,
                nullptr);
  std::fill_n(s.rowUpper(), topology.rows, COIN_DBL_MAX);
  std::fill_n(s.columnLower(), columns(), 0.0);
  s.setPrimalTolerance(1e-9);
  s.setDualTolerance(1e-9);
}

ClpSolver::~ClpSolver() = default;

int ClpSolver::columns() const {
  return first_piece_.back();
}

void ClpSolver::load(const Numbers& numbers) {
  if (!is_symmetric(numbers)) throw std::invalid_argument("ClpSolver: wedges are not a linear program");
  for (Index j = 0; j < topology_.cols; ++j) load_column(numbers, j);
  std::copy(numbers.rhs.begin(), numbers.rhs.end(), model_->simplex.rowLower());
}

void ClpSolver::load_column(const Numbers& numbers, Index col) {
  const auto j = static_cast<std::size_t>(col);
  const int first = first_piece_[j], count = first_piece_[j + 1] - first;
  const double cost = numbers.cost[j], curvature = numbers.curvature[j], upper = numbers.upper[j];
  if (count == 1 && curvature > 0) throw std::invalid_argument("ClpSolver: curvature in a column without pieces");
  double reach = upper;
  if (curvature > 0 && upper == kUnlimited) {
    reach = (std::abs(cost) + kReachInPrices * topology_.activity_value(col)) / curvature;
  }
  for (int piece = 0; piece < count; ++piece) {
    const bool last = piece + 1 == count;
    const bool straight = curvature == 0;  // then the first piece takes it all
    double width = reach / count;
    if (straight) width = piece == 0 ? upper : 0.0;
    if (last && !straight && upper == kUnlimited) width = kUnlimited;
    model_->simplex.columnUpper()[first + piece] = width == kUnlimited ? COIN_DBL_MAX : width;
    model_->simplex.objective()[first + piece] = cost + (straight ? 0 : curvature * reach * (piece + 0.5) / count);
  }
}

bool ClpSolver::run(bool warm) {
  ClpSimplex& s = model_->simplex;
  if (!warm) s.allSlackBasis(true);
  s.dual();
  if (s.status() != 0) s.primal();  // the dual lost its way: finish from where it stands
  return s.status() == 0;
}

void ClpSolver::read(const Numbers& numbers, ClpResult& result) const {
  const ClpSimplex& s = model_->simplex;
  const double* x = s.getColSolution();
  result.optimal = s.status() == 0;
  result.iterations = s.numberIterations();
  result.pieces_objective = s.objectiveValue();
  result.solution.activity.assign(static_cast<std::size_t>(topology_.cols), 0.0);
  for (std::size_t j = 0; j < result.solution.activity.size(); ++j) {
    for (int piece = first_piece_[j]; piece < first_piece_[j + 1]; ++piece) result.solution.activity[j] += x[piece];
  }
  result.solution.price.assign(s.getRowPrice(), s.getRowPrice() + topology_.rows);
  result.objective = objective(numbers, result.solution.activity);
}

void ClpSolver::solve(const Numbers& numbers, bool warm, ClpResult& result) {
  load(numbers);
  run(warm);
  read(numbers, result);
}

std::vector<bool> curved_columns(const Topology& topology, const std::vector<Numbers>& months) {
  std::vector<bool> curved(static_cast<std::size_t>(topology.cols), false);
  for (const Numbers& numbers : months) {
    for (std::size_t j = 0; j < curved.size(); ++j) curved[j] = curved[j] || numbers.curvature[j] > 0;
  }
  return curved;
}

}  // namespace lodestone::market::test
