// Lemke's method for the linear complementarity problem, on a full tableau. Part of the reference solver.
//
//   Find z >= 0 with w = A z + q >= 0 and z_i w_i = 0 for every i.
//
// Source: Cottle, Pang, Stone, The Linear Complementarity Problem (1992), algorithm 4.4.1 with the lexicographic rule
// of section 4.9. For A positive semidefinite it ends in a solution or proves that there is none; for copositive A
// (taxes, see docs/market.md) it ends in a solution wherever costs are positive enough that no free cycle pays.
#pragma once

#include <cstdint>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

/// 64 bits of mantissa: three decimal digits more than the solvers that are checked against it.
using Real = long double;

/// A dense matrix, by rows.
struct DenseMatrix {
  DenseMatrix(Index rows_, Index cols_)
      : rows(rows_), cols(cols_), values(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(cols_)) {}
  Real* row(Index i) { return values.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(cols); }
  [[nodiscard]] const Real* row(Index i) const {
    return values.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(cols);
  }
  Index rows, cols;
  std::vector<Real> values;
};

enum class LemkeEnd { solved, ray, pivot_limit, singular };

struct LemkeResult {
  LemkeEnd end = LemkeEnd::singular;
  std::int64_t pivots = 0;
  std::vector<Real> z;  // the solution when solved
};

/// `a` is square and should be scaled so that entries are near 1; `q` has as many entries. The solution is solved for
/// anew from `a` and `q` with the final basis, so the rounding of the pivots does not show in it.
LemkeResult solve_lemke(const DenseMatrix& a, const std::vector<Real>& q);

}  // namespace lodestone::market
