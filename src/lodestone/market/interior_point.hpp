// Mehrotra's predictor-corrector on the scaled problem: the last resort, for markets on which Newton lost its way.
//
// Followed is the path on which every complementary pair has the product mu:
//
//   c + q x - P' lambda - z + v = 0      x z = mu,  w v = mu,  w = u - x      columns with u > 0
//   M x - s - b + a (lambda - ref) = 0   s lambda = mu                        rows
//
// (Products in proportion to the sizes of columns would suit small markets better, but steps along that path are short:
// on random markets over nine orders of magnitude it lost one in seven, this path none.) a is the weak anchor of the
// Newton solver, in shares of prices far above 1: it picks the prices that the market leaves open and keeps those from
// running away that nothing bounds. Eliminating dx, dz, dw, dv and ds leaves one system in the prices,
//
//   (M D P' + diag(s / lambda + a)) dlambda = rhs,   D_j = 1 / (q_j + z_j / x_j + v_j / w_j),
//
// on the structure of all columns, ordered once per topology. Without wedges it is symmetric and positive definite and
// the method is the usual one for convex quadratic programs. With wedges P differs from M: solved are the conditions of
// the market as they stand (no program is), the matrix is not symmetric, and steps are damped: shorter, and never to
// the bounds. Source: docs/market.md.
#pragma once

#include <vector>

#include "lodestone/market/proximal_system.hpp"
#include "lodestone/market/scaled_problem.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/market/sparse_lu.hpp"

namespace lodestone::market {

class InteriorPoint {
 public:
  explicit InteriorPoint(const ScaledProblem& problem);

  /// Follows the path until residuals (prices; rows relative to their size) and products (relative to sizes) are small,
  /// then puts each column and slack on the bound that it leans on. False when the steps are used up or numbers stop
  /// being numbers; `out` is then where it stood last, prices finite.
  bool solve(ScaledPoint& out, Work& work);

 private:
  /// Two numbers that stay above 0 while their product goes to 0, how both move, and what the product aims at.
  struct Pairs {
    std::vector<double> a, b, da, db, aim;
    void resize(std::size_t n);
    void push(std::size_t k, double target, bool corrected);  // sets aim
    void follow(std::size_t k);                               // db from da
    void move(std::size_t k, double step);
    [[nodiscard]] double longest(std::size_t k, double step) const;
    [[nodiscard]] double product(std::size_t k, double step) const;
  };
  template <class Visit>
  void for_each_pair(Visit visit) const;

  bool follow_path(Work& work);
  void start();
  void find_slots();
  void measure();
  [[nodiscard]] double error() const;
  bool factorise(Work& work);
  bool solve_for_prices();
  double linear_residual();
  bool find_direction(double target, bool corrected);
  [[nodiscard]] double longest_step() const;
  [[nodiscard]] double mean_product(double step) const;
  void move(double step);
  void snap(ScaledPoint& out) const;

  const ScaledProblem& problem_;
  SparseLu lu_;
  std::vector<Index> slot_;                          // of each pair of rows of each column, in order
  std::vector<Index> columns_;                       // with u > 0
  std::vector<Index> bounded_;                       // those of them with a finite u
  Pairs lower_, upper_, row_;                        // x and z, w and v, s and lambda
  std::vector<double> dual_residual_, gain_, push_;  // cols: D and D g among them
  std::vector<double> residual_, turnover_, anchor_, diagonal_, rhs_, linear_, correction_;  // rows
};

}  // namespace lodestone::market
