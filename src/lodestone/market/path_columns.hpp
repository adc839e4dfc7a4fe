// The columns of a month as the homotopy reads them: scaled (see scaled_problem.hpp), the slack of row i as column
// cols + i (coefficient -1, no cost, no bound), and the first two coefficients of every column laid out for passes
// over all of them. Costs, curvatures and bounds are scaled when asked for: most columns of a month are only priced.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "lodestone/market/path_kernels.hpp"
#include "lodestone/market/scaled_problem.hpp"

namespace lodestone::market {

/// What is needed of a column to price and to place it, side by side. Columns of fewer than two rows have row 0 with
/// coefficient 0 instead.
struct ColumnLine {
  double p0, p1, m0, m1;  // P' and M' of the first two rows
  Index row0, row1;
  Index width, unused;                                 // rows
  double cost_factor, curvature_factor, upper_factor;  // multiply into scaled units; 0, 0 and 1 for a slack
  double weight;                                       // proximal
};

class PathColumns {
 public:
  explicit PathColumns(const Topology& topology);

  /// Takes over a month, which must outlive its use. Wedges are copied when they differ from the last month's.
  void load(const Numbers& numbers);
  /// Sizes and reaches of the loaded month (scaled_problem.hpp). Months in between keep those of the last measure.
  void measure();
  /// Sizes of rows as the loaded month alone gives them: what an open price weighs. They stay until called again.
  void weigh_rows();
  [[nodiscard]] double anchor_size(Index row) const { return anchor_size_[row]; }
  /// Every proximal weight becomes eps / reach.
  void set_weight(double eps);

  [[nodiscard]] double cost(Index col) const { return col < cols ? numbers_->cost[col] * line_[col].cost_factor : 0.0; }
  [[nodiscard]] double curvature(Index col) const {
    return col < cols ? numbers_->curvature[col] * line_[col].curvature_factor : 0.0;
  }
  [[nodiscard]] double upper(Index col) const {
    return col < cols ? numbers_->upper[col] * line_[col].upper_factor : kUnlimited;
  }
  [[nodiscard]] double rhs(Index row) const { return numbers_->rhs[row] * rhs_factor_[row]; }
  [[nodiscard]] double weight(Index col) const { return line_[col].weight; }
  [[nodiscard]] double size(Index col) const {  // whatever its upper bound
    return col < cols ? scaled_.col_span[col] : row_size(col - cols);
  }
  [[nodiscard]] double row_size(Index row) const { return scaled_.row_size[row]; }
  [[nodiscard]] double per_row_size(Index row) const { return per_row_size_[row]; }
  [[nodiscard]] const ColumnLine& line(Index col) const { return line_[col]; }
  [[nodiscard]] bool symmetric() const { return symmetric_; }

  /// P_j' v and v += t M_j.
  [[nodiscard]] double value(Index col, const double* v) const { return value(line_[col], col, v); }
  void add(Index col, double t, double* v) const { add(line_[col], col, t, v); }
  /// The same where the column's line is at hand.
  [[nodiscard]] double value(const ColumnLine& c, Index col, const double* v) const {
    const double sum = c.p0 * v[c.row0] + c.p1 * v[c.row1];
    return c.width > 2 ? wide_value(col, sum, v) : sum;
  }
  void add(const ColumnLine& c, Index col, double t, double* v) const {
    v[c.row0] += c.m0 * t;
    v[c.row1] += c.m1 * t;
    if (c.width > 2) wide_add(col, t, v);
  }
  /// |P_j|' v.
  [[nodiscard]] double reach(const ColumnLine& c, Index col, const double* v) const {
    double sum = std::abs(c.p0) * v[c.row0] + std::abs(c.p1) * v[c.row1];
    if (c.width > 2) {
      for (Index k = start[col] + 2; k < start[col + 1]; ++k) sum += std::abs(p[k]) * v[row_of[k]];
    }
    return sum;
  }
  /// The part of value beyond the first two rows.
  [[nodiscard]] double wide_value(Index col, double sum, const double* v) const {
    for (Index k = start[col] + 2; k < start[col + 1]; ++k) sum += p[k] * v[row_of[k]];
    return sum;
  }
  void wide_add(Index col, double t, double* v) const {
    for (Index k = start[col] + 2; k < start[col + 1]; ++k) v[row_of[k]] += m[k] * t;
  }

  /// Columns (without slacks) whose margin P_j' price - c_j is above `least`.
  void scan(const Kernels& kernels, const std::vector<double>& price, double least, std::vector<Index>& found) const;
  /// ... above 0 at some prices within `radius` of `centre`.
  void scan_box(const Kernels& kernels, const std::vector<double>& centre, const std::vector<double>& radius,
                std::vector<Index>& found) const;

  /// Columns whose margin is not above `bar` of the column at all prices within `radius` of `centre`; and wide ones.
  void scan_far(const Kernels& kernels, const std::vector<double>& centre, const std::vector<double>& radius,
                const std::vector<double>& bar, std::vector<Index>& found) const;

  void to_scaled(const Solution& in, std::vector<double>& x, std::vector<double>& price) const;
  /// Columns not in `active` are at 0.
  void from_scaled(const std::vector<Index>& active, const std::vector<double>& x, const std::vector<double>& price,
                   Solution& out) const;

  Index rows, nodes, cols, all;
  std::vector<Index> start, row_of;  // all + 1, nonzeros
  std::vector<double> m, p;          // nonzeros: M' and P'
  std::vector<Index> row0, row1;     // all: the first two rows (row 0 with coefficient 0 where there are fewer)
  std::vector<double> p0, p1;        // all: their P'
  std::vector<Index> wide;           // columns with more than two coefficients
  [[nodiscard]] bool is_wide(Index col) const { return line_[col].width > 2; }

 private:
  void spread_coefficients();
  [[nodiscard]] ScanColumns scan_columns() const;

  ScaledProblem scaled_;  // only its sizes are kept up
  const Numbers* numbers_ = nullptr;
  std::vector<ColumnLine> line_;
  std::vector<double> wedge_, cost_factor_;  // the latter again, for passes over all columns
  std::vector<double> per_row_size_, anchor_size_;
  std::vector<double> rhs_factor_;                  // multiplies into scaled units
  std::vector<double> activity_unit_, price_unit_;  // multiply back
  double eps_ = 0;
  bool symmetric_ = true;
};

}  // namespace lodestone::market
