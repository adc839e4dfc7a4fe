#include "lodestone/market/path_columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lodestone::market {

PathColumns::PathColumns(const Topology& t)
    : rows(t.rows),
      nodes(t.nodes),
      cols(t.cols),
      all(t.cols + t.rows),
      start(t.col_start),
      row_of(t.row_of),
      m(t.coef.size()),
      scaled_(t),
      line_(static_cast<std::size_t>(all)),
      wedge_(t.coef.size(), 0.0) {
  for (Index j = 0; j < cols; ++j) {
    const double value = t.activity_value(j);
    cost_factor_.push_back(1 / value);
    line_[j].cost_factor = 1 / value;
    line_[j].curvature_factor = t.money_scale / (value * value);
    line_[j].upper_factor = value / t.money_scale;
    activity_unit_.push_back(t.money_scale / value);
    for (Index k = start[j]; k < start[j + 1]; ++k) m[k] = t.coef[k] * t.price_scale[row_of[k]] / value;
  }
  for (Index i = 0; i < rows; ++i) {
    line_[cols + i].upper_factor = 1;
    rhs_factor_.push_back(t.price_scale[i] / t.money_scale);
    price_unit_.push_back(t.price_scale[i]);
    row_of.push_back(i);
    m.push_back(-1);
    start.push_back(static_cast<Index>(m.size()));
  }
  p = m;
  for (auto* v : {&per_row_size_, &anchor_size_}) v->assign(static_cast<std::size_t>(rows), 1.0);
  const auto n = static_cast<std::size_t>(all);
  for (auto* v : {&row0, &row1}) v->assign(n, 0);
  for (auto* v : {&p0, &p1}) v->assign(n, 0.0);
  for (Index j = 0; j < all; ++j) {
    if (start[j] < start[j + 1]) row0[j] = row_of[start[j]];
    if (start[j] + 1 < start[j + 1]) row1[j] = row_of[start[j] + 1];
    ColumnLine& line = line_[j];
    line.width = start[j + 1] - start[j];
    line.m0 = line.width > 0 ? m[start[j]] : 0.0;
    line.m1 = line.width > 1 ? m[start[j] + 1] : 0.0;
    line.row0 = row0[j];
    line.row1 = row1[j];
    if (!is_wide(j)) continue;
    wide.push_back(j);
    if (j < cols) cost_factor_[j] = 0;
  }
  spread_coefficients();
}

// Wide columns show nothing in the passes over all columns; scan looks at them one by one.
void PathColumns::spread_coefficients() {
  for (Index j = 0; j < all; ++j) {
    ColumnLine& line = line_[j];
    line.p0 = line.width > 0 ? p[start[j]] : 0.0;
    line.p1 = line.width > 1 ? p[start[j] + 1] : 0.0;
    p0[j] = is_wide(j) ? 0.0 : line.p0;
    p1[j] = is_wide(j) ? 0.0 : line.p1;
  }
}

void PathColumns::load(const Numbers& numbers) {
  numbers_ = &numbers;
  const bool symmetric = is_symmetric(numbers);
  if (symmetric && symmetric_) return;
  if (!wedge_.empty() && std::memcmp(numbers.wedge.data(), wedge_.data(), wedge_.size() * sizeof(double)) == 0) return;
  wedge_ = numbers.wedge;
  symmetric_ = symmetric;
  for (std::size_t k = 0; k < wedge_.size(); ++k) p[k] = m[k] * (1 + wedge_[k]);
  spread_coefficients();
}

void PathColumns::measure() {
  scaled_.load(*numbers_);
  eps_ = 0;
  for (Index i = 0; i < rows; ++i) per_row_size_[i] = 1 / row_size(i);
}

// As ScaledProblem::measure_sizes, of which it is the first half.
void PathColumns::weigh_rows() {
  for (Index i = 0; i < rows; ++i) anchor_size_[i] = std::abs(rhs(i));
  for (Index j = 0; j < cols; ++j) {
    const ColumnLine& c = line_[j];
    const double reach = std::min(upper(j), 1 / curvature(j));
    if (std::isinf(reach)) continue;
    const double most = std::min(1.0, reach);
    anchor_size_[c.row0] += c.m0 * c.m0 * most;
    anchor_size_[c.row1] += c.m1 * c.m1 * most;
    for (Index k = start[j] + 2; k < start[j + 1]; ++k) anchor_size_[row_of[k]] += m[k] * m[k] * most;
  }
  for (double& size : anchor_size_) size = ScaledProblem::row_size_of(size);
}

void PathColumns::set_weight(double eps) {
  if (eps == eps_) return;
  eps_ = eps;
  for (Index j = 0; j < cols; ++j) line_[j].weight = eps / scaled_.col_span[j];
  for (Index i = 0; i < rows; ++i) line_[cols + i].weight = eps / scaled_.row_reach[i];
}

ScanColumns PathColumns::scan_columns() const {
  return {cols, row0.data(), row1.data(), p0.data(), p1.data(), numbers_->cost.data(), cost_factor_.data()};
}

void PathColumns::scan(const Kernels& kernels, const std::vector<double>& price, double least,
                       std::vector<Index>& found) const {
  found.resize(static_cast<std::size_t>(cols) + Kernels::kSpareRoom);
  found.resize(static_cast<std::size_t>(kernels.scan(scan_columns(), price.data(), least, found.data())));
  for (const Index j : wide) {
    if (!(value(j, price.data()) - cost(j) <= least)) found.push_back(j);
  }
}

void PathColumns::scan_box(const Kernels& kernels, const std::vector<double>& centre, const std::vector<double>& radius,
                           std::vector<Index>& found) const {
  found.resize(static_cast<std::size_t>(cols) + Kernels::kSpareRoom);
  found.resize(static_cast<std::size_t>(kernels.scan_box(scan_columns(), centre.data(), radius.data(), found.data())));
  for (const Index j : wide) {
    const double margin = value(j, centre.data()) - cost(j);
    if (!(margin <= -reach(line_[j], j, radius.data()))) found.push_back(j);
  }
}

void PathColumns::scan_far(const Kernels& kernels, const std::vector<double>& centre, const std::vector<double>& radius,
                           const std::vector<double>& bar, std::vector<Index>& found) const {
  found.resize(static_cast<std::size_t>(cols) + Kernels::kSpareRoom);
  found.resize(static_cast<std::size_t>(
      kernels.scan_far(scan_columns(), centre.data(), radius.data(), bar.data(), found.data())));
}

void PathColumns::to_scaled(const Solution& in, std::vector<double>& x, std::vector<double>& price) const {
  for (Index j = 0; j < cols; ++j) x[j] = std::max(0.0, in.activity[j] * line_[j].upper_factor);
  for (Index i = 0; i < rows; ++i) price[i] = std::max(0.0, in.price[i] / price_unit_[i]);
}

void PathColumns::from_scaled(const std::vector<Index>& active, const std::vector<double>& x,
                              const std::vector<double>& price, Solution& out) const {
  out.activity.assign(static_cast<std::size_t>(cols), 0.0);
  out.price.resize(static_cast<std::size_t>(rows));
  for (const Index j : active) {
    if (j >= cols) continue;
    const double bound = numbers_->upper[j];  // exactly, whatever the units
    out.activity[j] = x[j] >= upper(j) ? bound : std::min(x[j] * activity_unit_[j], bound);
  }
  for (Index i = 0; i < rows; ++i) out.price[i] = price[i] * price_unit_[i];
}

}  // namespace lodestone::market
