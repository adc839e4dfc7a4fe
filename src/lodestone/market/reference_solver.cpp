// The reference solver: the conditions of problem.hpp written down as one linear complementarity problem and handed to
// Lemke's method. Nothing is shared with the Newton solver but the interface. Source: docs/market.md.
//
//   unknowns z = (x, lambda, mu): activities, row prices, rents of the finite upper bounds
//
//     x_j       complementary to   c_j + q_j x_j - sum_i P_ij lambda_i + mu_j    P_ij = M_ij (1 + wedge_ij)
//     lambda_i  complementary to   sum_j M_ij x_j - b_i
//     mu_j      complementary to   u_j - x_j
#include <algorithm>
#include <cmath>
#include <memory>

#include "lodestone/market/lemke.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::market {
namespace {

constexpr Real kRounding = 1e-9L;  // how far below 0 rounding may leave a quantity, of its row's turnover
constexpr Real kNothing = 1e-6L;   // turnovers below this, in scaled units, count as this much
constexpr int kScalingRounds = 20;

// Where each unknown stands in z; -1 for columns that are banned and for rents that do not exist.
struct Places {
  std::vector<Index> x, mu;
  Index first_row = 0, size = 0;

  Places(const Topology& t, const Numbers& n) {
    for (Index j = 0; j < t.cols; ++j) {
      x.push_back(n.upper[static_cast<std::size_t>(j)] > 0 ? size++ : -1);  // a ban leaves nothing to decide
    }
    first_row = size;
    size += t.rows;
    for (Index j = 0; j < t.cols; ++j) {
      const double upper = n.upper[static_cast<std::size_t>(j)];
      mu.push_back(upper > 0 && upper < kUnlimited ? size++ : -1);
    }
  }
};

// w = A z + q.
struct LinearComplementarity {
  DenseMatrix a;
  std::vector<Real> q;
};

LinearComplementarity assemble(const Topology& t, const Numbers& n, const Places& at) {
  LinearComplementarity out{DenseMatrix(at.size, at.size), std::vector<Real>(static_cast<std::size_t>(at.size))};
  for (std::size_t j = 0; j < at.x.size(); ++j) {
    const Index x = at.x[j], mu = at.mu[j];
    if (x < 0) continue;
    out.q[static_cast<std::size_t>(x)] = n.cost[j];
    out.a.row(x)[x] = n.curvature[j];
    for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
      const auto entry = static_cast<std::size_t>(k);
      const Index lambda = at.first_row + t.row_of[entry];
      const Real coefficient = t.coef[entry];
      out.a.row(x)[lambda] = -coefficient * (1 + static_cast<Real>(n.wedge[entry]));  // what the activity earns
      out.a.row(lambda)[x] = coefficient;                                             // what it moves
    }
    if (mu < 0) continue;
    out.a.row(x)[mu] = 1;
    out.a.row(mu)[x] = -1;
    out.q[static_cast<std::size_t>(mu)] = n.upper[j];
  }
  for (std::size_t i = 0; i < n.rhs.size(); ++i) out.q[static_cast<std::size_t>(at.first_row) + i] = -n.rhs[i];
  return out;
}

// Measures every unknown in a unit of its own, z = D z', and its condition in the inverse unit: D A D keeps the
// meaning of complementarity and of signs. D is found by dividing rows and columns by the root of the geometric mean of
// their entries, again and again, until all means are near 1. Returns D.
std::vector<Real> equilibrate(LinearComplementarity& p) {
  std::vector<Real> unit(p.q.size(), 1), sum(p.q.size()), count(p.q.size());
  for (int round = 0; round < kScalingRounds; ++round) {
    std::fill(sum.begin(), sum.end(), Real{0});
    std::fill(count.begin(), count.end(), Real{0});
    for (Index i = 0; i < p.a.rows; ++i) {
      for (Index j = 0; j < p.a.cols; ++j) {
        if (p.a.row(i)[j] == 0) continue;
        const Real size = std::log(std::abs(p.a.row(i)[j]));
        for (const Index k : {i, j}) {
          sum[static_cast<std::size_t>(k)] += size;
          count[static_cast<std::size_t>(k)] += 1;
        }
      }
    }
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = count[i] > 0 ? std::exp(-0.5L * sum[i] / count[i]) : 1;
    for (Index i = 0; i < p.a.rows; ++i) {
      for (Index j = 0; j < p.a.cols; ++j) {
        p.a.row(i)[j] *= sum[static_cast<std::size_t>(i)] * sum[static_cast<std::size_t>(j)];
      }
    }
    for (std::size_t i = 0; i < unit.size(); ++i) unit[i] *= sum[i];
  }
  Real largest = 0;
  for (std::size_t i = 0; i < unit.size(); ++i) largest = std::max(largest, std::abs(p.q[i] *= unit[i]));
  if (largest == 0) largest = 1;
  for (Real& value : p.q) value /= largest;  // z in units of the largest entry of q
  for (Real& value : unit) value *= largest;
  return unit;
}

// Are all z and w at 0 or above, but for rounding?
bool holds(const LinearComplementarity& p, const std::vector<Real>& z) {
  for (Index i = 0; i < p.a.rows; ++i) {
    Real w = p.q[static_cast<std::size_t>(i)], turnover = std::max(kNothing, std::abs(w));
    for (Index j = 0; j < p.a.cols; ++j) {
      const Real term = p.a.row(i)[j] * z[static_cast<std::size_t>(j)];
      w += term;
      turnover += std::abs(term);
    }
    if (!(w >= -kRounding * turnover) || !(z[static_cast<std::size_t>(i)] >= -kRounding)) return false;
  }
  return true;
}

class ReferenceSolver final : public Solver {
 public:
  explicit ReferenceSolver(const Topology& topology) : topology_(topology) {}

  // Start::warm is allowed and changes nothing: every solve begins at z = 0.
  Report solve(const Numbers& numbers, Solution& solution, Start) override {
    solution = Solution::zeros(topology_);
    const Places at(topology_, numbers);
    if (at.size > reference_size_limit) return {Outcome::too_large, {}};
    LinearComplementarity problem = assemble(topology_, numbers, at);
    const std::vector<Real> unit = equilibrate(problem);
    const LemkeResult result = solve_lemke(problem.a, problem.q);
    Report report;
    report.work.pivots = result.pivots;
    report.outcome = result.end == LemkeEnd::pivot_limit ? Outcome::iteration_limit : Outcome::numerical_failure;
    if (result.end != LemkeEnd::solved) return report;
    if (holds(problem, result.z)) report.outcome = Outcome::solved;
    read(numbers, at, unit, result.z, solution);
    return report;
  }

  [[nodiscard]] const char* name() const override { return "reference"; }

 private:
  void read(const Numbers& numbers, const Places& at, const std::vector<Real>& unit, const std::vector<Real>& z,
            Solution& out) const {
    const auto value = [&](Index place) {
      const auto k = static_cast<std::size_t>(place);
      return static_cast<double>(std::max(Real{0}, z[k] * unit[k]));
    };
    for (std::size_t j = 0; j < at.x.size(); ++j) {
      if (at.x[j] >= 0) out.activity[j] = std::min(value(at.x[j]), numbers.upper[j]);
    }
    for (Index i = 0; i < topology_.rows; ++i) out.price[static_cast<std::size_t>(i)] = value(at.first_row + i);
  }

  const Topology& topology_;
};

}  // namespace

std::unique_ptr<Solver> make_reference_solver(const Topology& topology) {
  return std::make_unique<ReferenceSolver>(topology);
}

}  // namespace lodestone::market
