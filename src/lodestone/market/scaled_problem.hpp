// The clearing problem in scaled units, where a typical price is 1 and a typical quantity is money_scale.
//
//   prices      lambda' = lambda / Ps_i                 Ps_i = price_scale[i]
//   rows        b'      = b Ps_i / V                    V    = money_scale
//   columns     x'      = x zs_j / V                    zs_j = activity value, so that max_i |M'_ij| = 1
//   M'_ij = M_ij Ps_i / zs_j,  c' = c / zs,  q' = q V / zs^2,  u' = u zs / V
//
// Symmetric where the original is.
#pragma once

#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

struct ScaledProblem {
  /// `topology` must outlive the problem.
  explicit ScaledProblem(const Topology& topology);

  /// Takes over the numbers of a month. Allocates nothing.
  void load(const Numbers& numbers);
  /// The same with prices measured in shares of `price` where that is above 1: for months whose prices turn out to lie
  /// far from the typical ones. Until the next load; called again, it measures from where it stands.
  void reload(const Numbers& numbers, const std::vector<double>& price);
  /// Sizes and reaches from the month's data alone, as after load.
  void measure_sizes();
  /// The size of a row that can move `quantity` at a price change of 1.
  static double row_size_of(double quantity);
  /// Raises the sizes of rows through which far more passes at x than their own supply and demand suggest.
  void widen(const std::vector<double>& x);
  /// Lets the columns and slacks that have moved furthest from the centre, relative to their reach, go ten times
  /// further in the next proximal step.
  void stretch(const std::vector<double>& x, const std::vector<double>& centre_x, const std::vector<double>& slack,
               const std::vector<double>& centre_slack);

  void to_scaled(const Solution& in, std::vector<double>& x, std::vector<double>& price) const;
  void from_scaled(const std::vector<double>& x, const std::vector<double>& price, Solution& out) const;

  Index rows, cols, nodes;
  std::vector<Index> start, row_of;  // as in the topology
  std::vector<double> m;             // M'
  std::vector<double> p;             // P' = M' (1 + w)
  std::vector<double> cost, curvature, upper, rhs;
  /// How much quantity a price change of 1 moves in a row, at most 1, from the month's data alone. A small market has a
  /// small size; the proximal term, damping and tolerances are relative to it, so that markets of a millionth of the
  /// money scale are solved as well as the largest.
  std::vector<double> row_size;
  std::vector<double> col_size;  // what its rows allow, at most its upper bound
  std::vector<double> col_span;  // ... whatever its upper bound
  /// Sizes for the proximal terms alone: a straight column whose rows say little about how far it has to go (a
  /// worthless by-product weighs most in its scale, say) gets there in strides of its own.
  std::vector<double> row_reach, col_reach;
  bool symmetric = true;

 private:
  void measure_units();
  void read(const Numbers& numbers);
  void measure_columns();

  const Topology* topology_;
  bool typical_ = true;  // price_scale_ is the topology's
  double money_;
  std::vector<double> price_scale_, value_;  // rows, columns
  std::vector<double> turnover_;
};

}  // namespace lodestone::market
