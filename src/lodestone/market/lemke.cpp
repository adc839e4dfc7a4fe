#include "lodestone/market/lemke.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr Real kSmallestPivot = 1e-13L;  // smaller shares of the largest entry of a column are taken for rounding
constexpr Real kTie = 1e-13L;            // ratios closer than this, relative to themselves, are equal
constexpr Real kNothing = 1e-17L;        // ... or than this, as a quantity (the largest entry of q is 1)
constexpr int kRefinements = 2;

Real& at(std::vector<Real>& v, Index i) {
  return v[static_cast<std::size_t>(i)];
}
Real at(const std::vector<Real>& v, Index i) {
  return v[static_cast<std::size_t>(i)];
}

// Gaussian elimination with row pivoting.
class DenseFactor {
 public:
  // False when the matrix is singular.
  bool factor(const DenseMatrix& a) {
    lu_ = a;
    order_.resize(static_cast<std::size_t>(a.rows));
    for (Index i = 0; i < a.rows; ++i) order_[static_cast<std::size_t>(i)] = i;
    for (Index k = 0; k < a.rows; ++k) {
      Index best = k;
      for (Index i = k + 1; i < a.rows; ++i) {
        if (std::abs(lu_.row(i)[k]) > std::abs(lu_.row(best)[k])) best = i;
      }
      if (!(std::abs(lu_.row(best)[k]) > 0)) return false;
      std::swap_ranges(lu_.row(k), lu_.row(k) + a.cols, lu_.row(best));
      std::swap(order_[static_cast<std::size_t>(k)], order_[static_cast<std::size_t>(best)]);
      for (Index i = k + 1; i < a.rows; ++i) {
        const Real factor = lu_.row(i)[k] /= lu_.row(k)[k];
        if (factor == 0) continue;
        for (Index j = k + 1; j < a.cols; ++j) lu_.row(i)[j] -= factor * lu_.row(k)[j];
      }
    }
    return true;
  }

  // v with A v = rhs.
  [[nodiscard]] std::vector<Real> solve(const std::vector<Real>& rhs) const {
    std::vector<Real> v(rhs.size());
    for (Index i = 0; i < lu_.rows; ++i) {
      Real sum = at(rhs, order_[static_cast<std::size_t>(i)]);
      for (Index j = 0; j < i; ++j) sum -= lu_.row(i)[j] * at(v, j);
      at(v, i) = sum;
    }
    for (Index i = lu_.rows - 1; i >= 0; --i) {
      Real sum = at(v, i);
      for (Index j = i + 1; j < lu_.rows; ++j) sum -= lu_.row(i)[j] * at(v, j);
      at(v, i) = sum / lu_.row(i)[i];
    }
    return v;
  }

  // v with A' v = rhs.
  [[nodiscard]] std::vector<Real> solve_transposed(std::vector<Real> rhs) const {
    for (Index i = 0; i < lu_.rows; ++i) {
      at(rhs, i) /= lu_.row(i)[i];
      for (Index j = i + 1; j < lu_.rows; ++j) at(rhs, j) -= lu_.row(i)[j] * at(rhs, i);
    }
    for (Index i = lu_.rows - 1; i >= 0; --i) {
      for (Index j = 0; j < i; ++j) at(rhs, j) -= lu_.row(i)[j] * at(rhs, i);
    }
    std::vector<Real> v(rhs.size());
    for (Index i = 0; i < lu_.rows; ++i) at(v, order_[static_cast<std::size_t>(i)]) = at(rhs, i);
    return v;
  }

 private:
  DenseMatrix lu_{0, 0};
  std::vector<Index> order_;
};

// A basis of  w - A z - d z0 = q,  all solved from A, d and q themselves. Variables by number: w_i is i, z_i is n + i,
// z0 is 2 n. Most basic variables are some w_i, whose columns are unit vectors; what is left is a block of the rows
// whose w is not basic and of the columns of the basic z, as large as the active set.
class Basis {
 public:
  Basis(const DenseMatrix& a, const std::vector<Real>& q, const std::vector<Real>& d)
      : n_(a.rows), a_(a), q_(q), d_(d), is_basic_(static_cast<std::size_t>(2 * n_ + 1)) {
    std::fill_n(is_basic_.begin(), n_, true);  // we begin with w = q, z = 0
  }

  [[nodiscard]] Index artificial() const { return 2 * n_; }
  [[nodiscard]] Index complement(Index variable) const { return variable < n_ ? variable + n_ : variable - n_; }
  [[nodiscard]] bool is_basic(Index variable) const { return is_basic_[static_cast<std::size_t>(variable)]; }

  // Exchanges one variable for another and factorises; false when the new basis is singular.
  bool exchange(Index leaving, Index entering) {
    is_basic_[static_cast<std::size_t>(leaving)] = false;
    is_basic_[static_cast<std::size_t>(entering)] = true;
    rows_.clear();
    columns_.clear();
    for (Index i = 0; i < n_; ++i) {
      if (!is_basic(i)) rows_.push_back(i);
    }
    for (Index v = n_; v <= artificial(); ++v) {
      if (is_basic(v)) columns_.push_back(v);
    }
    const auto size = static_cast<Index>(rows_.size());
    DenseMatrix block(size, size);
    for (Index i = 0; i < size; ++i) {
      for (Index j = 0; j < size; ++j) block.row(i)[j] = entry(row(i), column(j));
    }
    return block_.factor(block);
  }

  // The basic variables for the right-hand side `rhs`, by variable number; the others are 0.
  [[nodiscard]] std::vector<Real> solve(const std::vector<Real>& rhs) const {
    std::vector<Real> out(static_cast<std::size_t>(2 * n_ + 1));
    std::vector<Real> rest(rows_.size());
    for (int k = 0; k <= kRefinements; ++k) {  // the first round solves, the others refine
      for (std::size_t i = 0; i < rows_.size(); ++i) rest[i] = at(rhs, rows_[i]) - moved(rows_[i], out);
      const std::vector<Real> move = block_.solve(rest);
      for (std::size_t j = 0; j < columns_.size(); ++j) at(out, columns_[j]) += move[j];
    }
    for (Index i = 0; i < n_; ++i) {
      if (is_basic(i)) at(out, i) = at(rhs, i) - moved(i, out);
    }
    return out;
  }
  [[nodiscard]] std::vector<Real> values() const { return solve(q_); }
  // How the basic variables fall as `entering` grows by 1.
  [[nodiscard]] std::vector<Real> direction(Index entering) const {
    std::vector<Real> column(static_cast<std::size_t>(n_));
    for (Index i = 0; i < n_; ++i) at(column, i) = entry(i, entering);
    return solve(column);
  }

  // The row of the inverse that belongs to a basic variable.
  [[nodiscard]] std::vector<Real> inverse_row(Index variable) const {
    std::vector<Real> out(static_cast<std::size_t>(n_));
    std::vector<Real> rhs(columns_.size());
    if (variable < n_) {
      at(out, variable) = 1;
      for (std::size_t j = 0; j < columns_.size(); ++j) rhs[j] = -entry(variable, columns_[j]);
    } else {
      for (std::size_t j = 0; j < columns_.size(); ++j) rhs[j] = columns_[j] == variable ? 1 : 0;
    }
    const std::vector<Real> v = block_.solve_transposed(rhs);
    for (std::size_t i = 0; i < rows_.size(); ++i) at(out, rows_[i]) = v[i];
    return out;
  }

 private:
  [[nodiscard]] Index row(Index i) const { return rows_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] Index column(Index j) const { return columns_[static_cast<std::size_t>(j)]; }
  // Coefficient of a variable in row i of  w - A z - d z0.
  [[nodiscard]] Real entry(Index i, Index variable) const {
    if (variable < n_) return i == variable ? 1 : 0;
    return variable == artificial() ? -at(d_, i) : -a_.row(i)[variable - n_];
  }
  // What the basic z contribute to row i.
  [[nodiscard]] Real moved(Index i, const std::vector<Real>& values) const {
    Real sum = 0;
    for (const Index v : columns_) sum += entry(i, v) * at(values, v);
    return sum;
  }

  Index n_;
  const DenseMatrix& a_;
  const std::vector<Real>&q_, &d_;
  std::vector<bool> is_basic_;
  std::vector<Index> rows_, columns_;  // the block: rows without basic w, basic z and z0
  DenseFactor block_;
};

bool tied(Real x, Real y, Real noise) {
  return std::abs(x - y) <= kTie * std::max(std::abs(x), std::abs(y)) + noise;
}

// Compares the rows (value, row of the inverse) / entry of two basic variables from left to right. Ties in the values
// alone could make the method run in circles; no two rows of an inverse are proportional, so this order never ties.
bool comes_first(const Basis& basis, Index v, Index u, const std::vector<Real>& value, const std::vector<Real>& fall) {
  const Real left = at(value, v) / at(fall, v), right = at(value, u) / at(fall, u);
  if (!tied(left, right, kNothing / at(fall, v) + kNothing / at(fall, u))) return left < right;
  if (v == basis.artificial() || u == basis.artificial()) return v == basis.artificial();  // z0 may go: the end
  const std::vector<Real> a = basis.inverse_row(v), b = basis.inverse_row(u);
  for (std::size_t k = 0; k < a.size(); ++k) {
    const Real x = a[k] / at(fall, v), y = b[k] / at(fall, u);
    if (!tied(x, y, 0)) return x < y;
  }
  return false;
}

// The basic variable that reaches 0 first as `entering` grows; -1 when none does: a ray.
Index first_to_leave(const Basis& basis, Index entering) {
  const std::vector<Real> value = basis.values(), fall = basis.direction(entering);
  Real largest = 0;
  for (const Real f : fall) largest = std::max(largest, std::abs(f));
  Index best = -1;
  for (Index v = 0; v <= basis.artificial(); ++v) {
    if (!basis.is_basic(v) || !(at(fall, v) > kSmallestPivot * largest)) continue;
    if (best < 0 || comes_first(basis, v, best, value, fall)) best = v;
  }
  return best;
}

// The first step: z0 comes in as large as the most negative q asks for, and its w goes. Of equals the last: then every
// row of the next basis is lexicographically positive. -1 when q >= 0 and z = 0 is the solution.
Index most_negative(const std::vector<Real>& q, const std::vector<Real>& d) {
  Index worst = -1;
  for (Index i = 0; i < static_cast<Index>(q.size()); ++i) {
    if (at(q, i) >= 0) continue;
    if (worst < 0 || at(q, i) / at(d, i) <= at(q, worst) / at(d, worst)) worst = i;
  }
  return worst;
}

// From one almost complementary basis to the next until z0 is gone. `leaving` is what z0 drives out first.
LemkeEnd follow(Basis& basis, Index leaving, std::int64_t limit, std::int64_t& pivots) {
  Index entering = basis.artificial();
  while (true) {
    if (pivots == limit) return LemkeEnd::pivot_limit;
    ++pivots;
    if (!basis.exchange(leaving, entering)) return LemkeEnd::singular;
    if (leaving == basis.artificial()) return LemkeEnd::solved;
    entering = basis.complement(leaving);  // one of the pair has become 0: the other may grow
    leaving = first_to_leave(basis, entering);
    if (leaving < 0) return LemkeEnd::ray;
  }
}

}  // namespace

LemkeResult solve_lemke(const DenseMatrix& a, const std::vector<Real>& q) {
  const std::vector<Real> d(q.size(), 1);
  Basis basis(a, q, d);
  LemkeResult out;
  const Index first = most_negative(q, d);
  const std::int64_t limit = 50 * static_cast<std::int64_t>(a.rows) + 100;  // once or twice the rows is usual
  out.end = first < 0 ? LemkeEnd::solved : follow(basis, first, limit, out.pivots);
  if (out.end != LemkeEnd::solved) return out;
  const std::vector<Real> values = basis.values();
  out.z.assign(values.begin() + a.rows, values.end() - 1);
  return out;
}

}  // namespace lodestone::market
