// The proximal problem around a centre (xh, sh), as an equation in the row prices alone.
//
//   x_j(lambda) = clip((y_j + e_j xh_j) / (q_j + e_j), 0, u_j),  y_j = P_j' lambda - c_j
//   e_j = max(0, eps / reach_j - q_j)                            nothing where a column is curved enough by itself
//   s_i(lambda) = max(0, sh_i - lambda_i / e_i)                  unused quantity of row i (free disposal, spare quota)
//   F(lambda)   = M x(lambda) - s(lambda) - b = 0
//
// Without wedges F is the gradient of a convex function. At F = 0 the only error against the original conditions is
// e |x - xh|; moving the centre to x removes it. Source: docs/market.md.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "lodestone/market/dense_lu.hpp"
#include "lodestone/market/scaled_problem.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/market/sparse_lu.hpp"

namespace lodestone::market {

/// A point of the scaled problem.
struct ScaledPoint {
  std::vector<double> x;      // cols
  std::vector<double> slack;  // rows
  std::vector<double> price;  // rows

  static ScaledPoint zeros(const ScaledProblem& problem) {
    const auto rows = static_cast<std::size_t>(problem.rows);
    return {std::vector<double>(static_cast<std::size_t>(problem.cols)), std::vector<double>(rows),
            std::vector<double>(rows)};
  }
};

class ProximalSystem {
 public:
  explicit ProximalSystem(const ScaledProblem& problem);

  /// Centre at (x, slack), weight eps > 0.
  void set_centre(const std::vector<double>& x, const std::vector<double>& slack, double eps);
  /// Adds strength size_i (lambda_i - reference_i) to F_i, reference 1 for nodes and 0 for limits: where the market
  /// leaves a price open, the same one is found whatever the starting point and the order of rows. 0 switches it off.
  void set_anchor(double strength);
  /// The same around other prices, in shares of each: they may not stray far in one go.
  void set_anchor(double strength, const std::vector<double>& reference);
  [[nodiscard]] bool has_anchor() const { return anchor_ > 0; }
  [[nodiscard]] double anchor_pull(Index row, double price) const {
    return anchor_gain(row) * (price - reference_[row]);
  }
  /// Responses x, slack and the imbalance F at these prices.
  void evaluate(const std::vector<double>& price);

  [[nodiscard]] const std::vector<double>& x() const { return x_; }
  [[nodiscard]] const std::vector<double>& slack() const { return slack_; }
  [[nodiscard]] const std::vector<double>& imbalance() const { return imbalance_; }
  /// max_i |F_i| / size_i.
  [[nodiscard]] double residual() const;
  [[nodiscard]] double largest_imbalance() const;
  /// How far responses are from the centre, max |x - xh| / size.
  [[nodiscard]] double distance_to_centre() const;

  /// Interior means that the response moves with prices.
  [[nodiscard]] bool is_interior(Index col) const { return free_x_[col] > 0 && free_x_[col] < problem_.upper[col]; }
  [[nodiscard]] bool has_slack(Index row) const { return free_slack_[row] > 0; }
  [[nodiscard]] double gain(Index col) const { return gain_[col]; }  // 1 / (q + e)
  [[nodiscard]] double slack_gain(Index row) const { return problem_.row_reach[row] / eps_; }

  /// Diagonal of H without shift: how F_i answers to its own price.
  [[nodiscard]] double response(Index row) const { return response_[row]; }
  /// Factorises H = sum of interior M_j gain_j P_j' + slack gains + diag(shift) at the point last evaluated.
  bool factorise(const std::vector<double>& shift, Work& work);
  /// direction = -H^-1 rhs with refinement; falls back to the dense factor when digits are lost.
  bool solve(const std::vector<double>& rhs, std::vector<double>& direction, Work& work);
  /// v becomes H^-T v (no refinement: for weights only).
  void solve_transposed(std::vector<double>& v) { lu_.solve_transposed(v); }

  /// Prepares slopes along `direction` from the point last evaluated, weighted by `weight`.
  void aim(const std::vector<double>& direction, const std::vector<double>& weight);
  /// weight' F(price + step direction).
  [[nodiscard]] double slope(double step) const;

  void forget();

 private:
  [[nodiscard]] double anchor_gain(Index row) const {
    return anchor_ * problem_.row_size[row] / std::max(1.0, std::abs(reference_[row]));
  }
  void add_mover(double free, double move, double upper, double weight);
  void ensure_structure();
  bool place(Index col);
  void relink();
  void fill_sparse();
  bool fill_dense(Work& work);
  double linear_residual(const std::vector<double>& rhs, const std::vector<double>& direction);

  const ScaledProblem& problem_;
  SparseLu lu_;
  DenseLu dense_;
  bool dense_ready_ = false, symmetric_ = true;
  double eps_ = 1, anchor_ = 0;
  std::vector<double> centre_x_, centre_slack_;
  std::vector<double> gain_, offset_;                          // free_x = gain * (P'lambda) + offset
  std::vector<double> free_x_, x_;                             // cols: before and after clipping
  std::vector<double> free_slack_, slack_, pull_, reference_;  // rows
  std::vector<double> imbalance_, response_, shift_, linear_, correction_;
  std::vector<Index> interior_;  // at the point last evaluated
  // Responses along the aimed direction: clip(free + step move, 0, upper), times weight in the slope. Only those that
  // change on the way; `still_` is what the others add.
  std::vector<double> mover_free_, mover_move_, mover_upper_, mover_weight_;
  std::size_t movers_ = 0;
  double still_ = 0, still_per_step_ = 0;
  // Places of the pairs of each column in the factor, looked up once per structure.
  std::vector<Index> pair_start_, slot_;
  std::vector<std::int64_t> placed_;
  std::int64_t structure_ = 0;
};

}  // namespace lodestone::market
