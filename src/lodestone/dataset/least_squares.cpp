#include "lodestone/dataset/least_squares.hpp"

#include <algorithm>
#include <cmath>

#include "lodestone/market/problem.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kMet = 1e-10;                 // of what a sum adds up: largest distance from it
constexpr double kUnmoved = 1e-11;             // relative: a figure as stated, to the last digit
constexpr double kWorths[] = {1e4, 1e6, 1e8};  // see Translation

// The problem as a market: unknowns are columns, sums are nodes. A market's nodes may have something left over; sums
// may not. So each unit that a node has is worth `worth` (cost + worth x coefficient): that adds a constant wherever
// the sums hold, and prices are the multipliers + worth, above 0 once worth is large enough. Rows are scaled by what
// they add up, columns by the size of their figure.
class Translation {
 public:
  explicit Translation(const LeastSquares& problem) : problem_(problem) {
    for (const Unknown& unknown : problem.unknowns) scale_.push_back(scale_of(unknown));
    row_scale_.assign(problem.sums.size(), 0.0);
    for (const Unknown& unknown : problem.unknowns)
      for (const Term& term : unknown.terms)
        row_scale_[term.sum] = std::max(row_scale_[term.sum], std::abs(term.amount * unknown.stated));
    for (std::size_t j = 0; j < scale_.size(); ++j)
      for (const Term& term : problem.unknowns[j].terms)  // sums of figures of 0 are measured by their columns
        if (row_scale_[term.sum] == 0) row_scale_[term.sum] = std::abs(term.amount * scale_[j]);
    for (double& scale : row_scale_) scale = scale > 0 ? scale : 1;
    make_topology();
  }

  std::optional<std::vector<double>> solve() {
    for (const double worth : kWorths) {
      std::fill(topology_.price_scale.begin(), topology_.price_scale.end(), worth);
      topology_.money_scale = worth;
      auto solution = market::Solution::zeros(topology_);
      const auto solver = market::make_newton_solver(topology_);
      if (solver->solve(numbers(worth), solution, market::Start::cold).outcome != market::Outcome::solved) continue;
      auto values = values_of(solution);
      if (met(values)) return values;
    }
    return std::nullopt;
  }

 private:
  const LeastSquares& problem_;
  std::vector<double> scale_, row_scale_;
  market::Topology topology_;

  static double scale_of(const Unknown& unknown) {
    const double error = std::isfinite(unknown.error) ? unknown.error : 0;
    const double size = std::max({std::abs(unknown.stated), std::abs(unknown.lower), error});
    return size > 0 ? size : 1;
  }

  // The terms of one unknown by ascending row, one per row.
  static std::vector<Term> merged(std::vector<Term> terms) {
    std::stable_sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.sum < b.sum; });
    std::vector<Term> out;
    for (const Term& term : terms) {
      if (!out.empty() && out.back().sum == term.sum)
        out.back().amount += term.amount;
      else
        out.push_back(term);
    }
    std::erase_if(out, [](const Term& term) { return term.amount == 0; });
    return out;
  }

  void make_topology() {
    topology_.nodes = topology_.rows = static_cast<market::Index>(problem_.sums.size());
    topology_.cols = static_cast<market::Index>(problem_.unknowns.size());
    topology_.col_start.push_back(0);
    for (std::size_t j = 0; j < problem_.unknowns.size(); ++j) {
      for (const Term& term : merged(problem_.unknowns[j].terms)) {
        topology_.row_of.push_back(static_cast<market::Index>(term.sum));
        topology_.coef.push_back(term.amount * scale_[j] / row_scale_[term.sum]);
      }
      topology_.col_start.push_back(topology_.nonzeros());
    }
    topology_.price_scale.assign(problem_.sums.size(), 1.0);
  }

  [[nodiscard]] market::Numbers numbers(double worth) const {
    auto numbers = market::Numbers::zeros(topology_);
    for (std::size_t i = 0; i < problem_.sums.size(); ++i) numbers.rhs[i] = problem_.sums[i] / row_scale_[i];
    for (std::size_t j = 0; j < problem_.unknowns.size(); ++j) {
      const Unknown& unknown = problem_.unknowns[j];
      const double weight = std::isfinite(unknown.error) ? scale_[j] / unknown.error : 0;
      numbers.curvature[j] = weight * weight;
      if (weight > 0) numbers.cost[j] = weight * (unknown.lower - unknown.stated) / unknown.error;
      for (auto k = topology_.col_start[j]; k < topology_.col_start[j + 1]; ++k) {
        numbers.cost[j] += worth * topology_.coef[k];
        numbers.rhs[topology_.row_of[k]] -= topology_.coef[k] * unknown.lower / scale_[j];
      }
    }
    return numbers;
  }

  [[nodiscard]] std::vector<double> values_of(const market::Solution& solution) const {
    std::vector<double> values;
    for (std::size_t j = 0; j < scale_.size(); ++j) {
      const Unknown& unknown = problem_.unknowns[j];
      const double value = unknown.lower + scale_[j] * solution.activity[j];
      values.push_back(std::abs(value - unknown.stated) <= kUnmoved * scale_[j] ? unknown.stated : value);
    }
    return values;
  }

  [[nodiscard]] bool met(const std::vector<double>& values) const {
    std::vector<double> left = problem_.sums;
    for (std::size_t j = 0; j < values.size(); ++j)
      for (const Term& term : problem_.unknowns[j].terms) left[term.sum] -= term.amount * values[j];
    for (std::size_t i = 0; i < left.size(); ++i)
      if (!(std::abs(left[i]) <= kMet * row_scale_[i])) return false;
    return true;
  }
};

}  // namespace

std::optional<std::vector<double>> least_squares(const LeastSquares& problem) {
  return Translation(problem).solve();
}

}  // namespace lodestone::dataset
