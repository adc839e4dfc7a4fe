// The clearing problem in its numerical form. Knows no country and no mineral.
//
//   find x, lambda with, for every column j and row i,
//     0 <= x_j <= u_j        complementary to  z_j = c_j + q_j x_j - sum_i P_ij lambda_i
//     0 <= lambda_i          complementary to  sum_j M_ij x_j - b_i >= 0
//   where P_ij = M_ij (1 + w_ij).
//
// Rows [0, nodes) are node balances (lambda = price), rows [nodes, rows) are limits over several columns
// (lambda = rent; coefficients are usually -1 and b = -limit). All wedges w = 0 makes this the optimality
// condition of  min c'x + x'diag(q)x/2  s.t.  Mx >= b, 0 <= x <= u.  A wedge states ad-valorem money: an arc that
// pays t on the price at its origin has M = -1, w = t there. Source: docs/market.md.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace lodestone::market {

using Index = std::int32_t;
inline constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// What stays the same in every month and every future: built once, shared, never changed.
struct Topology {
  Index nodes = 0;
  Index rows = 0;
  Index cols = 0;
  std::vector<Index> col_start;  // cols + 1
  std::vector<Index> row_of;     // nonzeros, by column; rows ascending within a column, no repeats
  std::vector<double> coef;      // nonzeros; mass coefficient M_ij per unit of activity, finite, not 0
  /// Typical price of each row (> 0). A row's quantity scale is money_scale / price_scale[row], so that a violation
  /// weighs the same money in every row and the scaled problem stays symmetric where the original is.
  std::vector<double> price_scale;  // rows
  double money_scale = 1.0;         // > 0, money per month

  [[nodiscard]] Index nonzeros() const { return static_cast<Index>(row_of.size()); }
  [[nodiscard]] double quantity_scale(Index row) const { return money_scale / price_scale[row]; }
  /// Money per unit of activity of a column: max_i |M_ij| price_scale[i] (1 for an empty column).
  [[nodiscard]] double activity_value(Index col) const;
};

/// The numbers of one month.
struct Numbers {
  std::vector<double> cost;       // cols; c_j, money per unit of activity, any sign
  std::vector<double> curvature;  // cols; q_j >= 0, money per unit of activity squared
  std::vector<double> upper;      // cols; u_j >= 0, kUnlimited allowed
  std::vector<double> wedge;      // nonzeros; w_ij > -1, dimensionless
  std::vector<double> rhs;        // rows; b_i

  /// Numbers of the right sizes: costs, curvatures, wedges and right-hand sides 0, no upper bounds.
  static Numbers zeros(const Topology& topology);
};

/// A point: activities and row prices, in the problem's own units.
struct Solution {
  std::vector<double> activity;  // cols; x_j
  std::vector<double> price;     // rows; lambda_i
  static Solution zeros(const Topology& topology);
};

/// Every reason why topology or numbers are not a problem (sizes, signs, NaN, order of rows); empty when sound.
std::vector<std::string> defects(const Topology& topology);
std::vector<std::string> defects(const Topology& topology, const Numbers& numbers);

/// True when every wedge is 0: the month is one convex program.
bool is_symmetric(const Numbers& numbers);

/// sum_j c_j x_j + q_j x_j^2 / 2, in money per month. A value, not an objective, once wedges are present.
double objective(const Numbers& numbers, std::span<const double> activity);

}  // namespace lodestone::market
