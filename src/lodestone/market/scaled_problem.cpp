#include "lodestone/market/scaled_problem.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr double kSmallestSize = 1e-12;
constexpr double kTransit = 100;      // turnover over size that shows goods passing through
constexpr double kWidestSpan = 1e-3;  // a by-product's tiny market must not freeze the main product
constexpr double kFar = 0.1;          // share of the furthest move that still counts as far
constexpr double kStride = 10;

}  // namespace

ScaledProblem::ScaledProblem(const Topology& t)
    : rows(t.rows),
      cols(t.cols),
      nodes(t.nodes),
      start(t.col_start),
      row_of(t.row_of),
      m(t.coef.size()),
      p(t.coef.size()),
      cost(static_cast<std::size_t>(t.cols)),
      curvature(cost.size()),
      upper(cost.size()),
      rhs(static_cast<std::size_t>(t.rows)),
      row_size(rhs.size(), 1.0),
      col_size(cost.size(), 1.0),
      col_span(cost.size(), 1.0),
      row_reach(rhs.size(), 1.0),
      col_reach(cost.size(), 1.0),
      topology_(&t),
      money_(t.money_scale),
      price_scale_(t.price_scale),
      value_(cost.size()),
      turnover_(rhs.size()) {
  measure_units();
}

void ScaledProblem::measure_units() {
  const Topology& t = *topology_;
  for (Index j = 0; j < cols; ++j) {
    double value = 0;
    for (Index k = start[j]; k < start[j + 1]; ++k) {
      m[k] = t.coef[k] * price_scale_[row_of[k]];
      value = std::max(value, std::abs(m[k]));
    }
    value_[j] = value > 0 ? value : 1.0;
    for (Index k = start[j]; k < start[j + 1]; ++k) m[k] /= value_[j];
  }
}

void ScaledProblem::load(const Numbers& numbers) {
  if (!typical_) {
    price_scale_ = topology_->price_scale;
    measure_units();
    typical_ = true;
  }
  read(numbers);
}

void ScaledProblem::reload(const Numbers& numbers, const std::vector<double>& price) {
  for (Index i = 0; i < rows; ++i) price_scale_[i] *= std::max(1.0, price[i]);
  measure_units();
  typical_ = false;
  read(numbers);
}

void ScaledProblem::read(const Numbers& n) {
  for (Index j = 0; j < cols; ++j) {
    cost[j] = n.cost[j] / value_[j];
    curvature[j] = n.curvature[j] * money_ / (value_[j] * value_[j]);
    upper[j] = n.upper[j] * value_[j] / money_;
  }
  for (Index i = 0; i < rows; ++i) rhs[i] = n.rhs[i] * price_scale_[i] / money_;
  symmetric = is_symmetric(n);
  for (std::size_t k = 0; k < m.size(); ++k) p[k] = m[k] * (1 + n.wedge[k]);
  measure_sizes();
}

void ScaledProblem::measure_sizes() {
  for (Index i = 0; i < rows; ++i) row_size[i] = std::abs(rhs[i]);
  for (Index j = 0; j < cols; ++j) {
    const double reach = std::min(upper[j], 1.0 / curvature[j]);  // of a price change of 1
    if (std::isinf(reach)) continue;                              // says nothing about the markets it joins
    for (Index k = start[j]; k < start[j + 1]; ++k) row_size[row_of[k]] += m[k] * m[k] * std::min(1.0, reach);
  }
  for (double& size : row_size) size = row_size_of(size);
  measure_columns();
  row_reach = row_size;
  col_reach = col_size;
}

double ScaledProblem::row_size_of(double quantity) {
  return quantity > 0 ? std::clamp(quantity, kSmallestSize, 1.0) : 1.0;
}

void ScaledProblem::measure_columns() {
  for (Index j = 0; j < cols; ++j) {
    double smallest = 1.0, largest = start[j] == start[j + 1] ? 1.0 : 0.0;
    for (Index k = start[j]; k < start[j + 1]; ++k) {
      smallest = std::min(smallest, row_size[row_of[k]] / (m[k] * m[k]));
      largest = std::max(largest, row_size[row_of[k]]);
    }
    const double size = std::max(smallest, kWidestSpan * largest);
    col_span[j] = size;
    col_size[j] = std::clamp(upper[j], kSmallestSize, size);
  }
}

void ScaledProblem::widen(const std::vector<double>& x) {
  for (double& sum : turnover_) sum = 0;
  for (Index j = 0; j < cols; ++j) {
    for (Index k = start[j]; k < start[j + 1]; ++k) turnover_[row_of[k]] += std::abs(m[k] * x[j]);
  }
  bool wider = false;
  for (Index i = 0; i < rows; ++i) {
    if (turnover_[i] <= kTransit * row_size[i] || row_size[i] == 1.0) continue;
    row_size[i] = std::min(turnover_[i], 1.0);
    wider = true;
  }
  if (!wider) return;
  measure_columns();
  for (Index i = 0; i < rows; ++i) row_reach[i] = std::max(row_reach[i], row_size[i]);
  for (Index j = 0; j < cols; ++j) col_reach[j] = std::max(col_reach[j], col_size[j]);
}

void ScaledProblem::stretch(const std::vector<double>& x, const std::vector<double>& centre_x,
                            const std::vector<double>& slack, const std::vector<double>& centre_slack) {
  double furthest = 0;
  for (Index j = 0; j < cols; ++j) furthest = std::max(furthest, std::abs(x[j] - centre_x[j]) / col_reach[j]);
  for (Index i = 0; i < rows; ++i) furthest = std::max(furthest, std::abs(slack[i] - centre_slack[i]) / row_reach[i]);
  for (Index j = 0; j < cols; ++j) {
    if (std::abs(x[j] - centre_x[j]) > kFar * furthest * col_reach[j]) col_reach[j] *= kStride;
  }
  for (Index i = 0; i < rows; ++i) {
    if (std::abs(slack[i] - centre_slack[i]) > kFar * furthest * row_reach[i]) row_reach[i] *= kStride;
  }
}

void ScaledProblem::to_scaled(const Solution& in, std::vector<double>& x, std::vector<double>& price) const {
  for (Index j = 0; j < cols; ++j) {
    x[j] = std::min(std::max(0.0, in.activity[j] * value_[j] / money_), upper[j]);  // NaN becomes 0
  }
  for (Index i = 0; i < rows; ++i) price[i] = std::max(0.0, in.price[i] / price_scale_[i]);
}

void ScaledProblem::from_scaled(const std::vector<double>& x, const std::vector<double>& price, Solution& out) const {
  out.activity.resize(x.size());
  out.price.resize(price.size());
  for (Index j = 0; j < cols; ++j) out.activity[j] = x[j] * money_ / value_[j];
  for (Index i = 0; i < rows; ++i) out.price[i] = price[i] * price_scale_[i];
}

}  // namespace lodestone::market
