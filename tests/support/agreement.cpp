#include "tests/support/agreement.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market::test {
namespace {

constexpr double kStrictly = 1e-7;  // of a unit of quantity: further from its bounds a column is surely inside
constexpr double kNoPivot = 1e-4;
constexpr double kZero = 1e-8;

using Matrix = std::vector<std::vector<double>>;

// One equation in the scaled prices per column strictly inside its bounds and per row with a surplus.
Matrix price_equations(const Topology& t, const Numbers& n, const Solution& s) {
  Matrix out;
  std::vector<double> surplus(n.rhs.size()), turnover(n.rhs.size());
  for (std::size_t i = 0; i < surplus.size(); ++i) {
    surplus[i] = -n.rhs[i];
    turnover[i] = std::abs(n.rhs[i]);
  }
  for (Index j = 0; j < t.cols; ++j) {
    const double x = s.activity[j], unit = std::min(t.money_scale / t.activity_value(j), n.upper[j]);
    std::vector<double> row(surplus.size());
    for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
      surplus[t.row_of[k]] += t.coef[k] * x;
      turnover[t.row_of[k]] += std::abs(t.coef[k] * x);
      row[t.row_of[k]] = t.coef[k] * (1 + n.wedge[k]) * t.price_scale[t.row_of[k]] / t.activity_value(j);
    }
    if (x > kStrictly * unit && x < n.upper[j] - kStrictly * unit) out.push_back(row);
  }
  for (std::size_t i = 0; i < surplus.size(); ++i) {
    if (surplus[i] <= kStrictly * std::max(turnover[i], t.quantity_scale(static_cast<Index>(i)))) continue;
    out.emplace_back(surplus.size());
    out.back()[i] = 1;
  }
  return out;
}

// Gauss-Jordan with full pivoting; returns the unknown of each equation that could be solved for.
std::vector<std::size_t> reduce(Matrix& a) {
  std::vector<std::size_t> unknown;
  for (std::size_t k = 0; k < a.size(); ++k) {
    std::size_t row = k, col = 0;
    double largest = 0;
    for (std::size_t i = k; i < a.size(); ++i) {
      for (std::size_t j = 0; j < a[i].size(); ++j) {
        if (std::abs(a[i][j]) <= largest) continue;
        largest = std::abs(a[i][j]);
        row = i;
        col = j;
      }
    }
    if (largest < kNoPivot) break;
    std::swap(a[k], a[row]);
    for (double& value : a[k]) value /= (&value == &a[k][col]) ? 1.0 : a[k][col];
    a[k][col] = 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double factor = a[i][col];
      if (i == k || factor == 0) continue;
      for (std::size_t j = 0; j < a[i].size(); ++j) a[i][j] -= factor * a[k][j];
      a[i][col] = 0;
    }
    unknown.push_back(col);
  }
  return unknown;
}

}  // namespace

std::vector<bool> settled_prices(const Topology& topology, const Numbers& numbers, const Solution& solution) {
  Matrix equations = price_equations(topology, numbers, solution);
  const std::vector<std::size_t> unknown = reduce(equations);
  std::vector<bool> out(solution.price.size(), false);
  for (std::size_t k = 0; k < unknown.size(); ++k) {
    // Settled when the equation speaks of no other price.
    const auto others =
        std::count_if(equations[k].begin(), equations[k].end(), [](double v) { return std::abs(v) > kZero; });
    out[unknown[k]] = others == 1;
  }
  return out;
}

double Difference::worst() const {
  return std::max(objective, std::max(activity, price));
}

Difference difference(const Topology& t, const Numbers& n, const Solution& a, const Solution& b) {
  Difference out;
  double turnover = t.money_scale;
  for (std::size_t j = 0; j < a.activity.size(); ++j) {
    turnover += std::abs(n.cost[j] * a.activity[j]) + 0.5 * n.curvature[j] * a.activity[j] * a.activity[j];
    const double value = t.activity_value(static_cast<Index>(j)), unit = t.money_scale / value;
    const double curvature = std::min(1.0, n.curvature[j] * unit / value);
    out.activity = std::max(out.activity, curvature * std::abs(a.activity[j] - b.activity[j]) / unit);
  }
  out.objective = std::abs(objective(n, a.activity) - objective(n, b.activity)) / turnover;
  const std::vector<bool> settled = settled_prices(t, n, a);
  for (std::size_t i = 0; i < settled.size(); ++i) {
    const double scale = std::max(t.price_scale[i], std::abs(a.price[i]));
    if (settled[i]) out.price = std::max(out.price, std::abs(a.price[i] - b.price[i]) / scale);
  }
  return out;
}

Solution unshuffle(const Solution& shuffled, const std::vector<Index>& row_at, const std::vector<Index>& column_at) {
  Solution out;
  for (const Index j : column_at) out.activity.push_back(shuffled.activity[j]);
  for (const Index i : row_at) out.price.push_back(shuffled.price[i]);
  return out;
}

}  // namespace lodestone::market::test
