// Source: docs/market.md.
#include "lodestone/market/interior_point.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr int kMostSteps = 100;
constexpr double kAim = 1e-6;                  // residuals and mu at which Newton takes over
constexpr double kAnchor = 1e-6;               // as in the Newton solver
constexpr double kInside = 0.995;              // share of the way to the nearest bound
constexpr double kDamped = 0.8;                // the same with wedges
constexpr double kTooShort = 0.3;              // share of a step that makes a plainer direction worth a try:
constexpr double kPlainShares[] = {0.3, 0.9};  // without corrector, mu falling to these shares
constexpr double kGoodDigits = 1e-8;           // relative residual of a linear solve that needs no more refinement
constexpr int kRefinements = 4;
constexpr double kRounding = 1e-14;  // imbalance over turnover that no step can mend

}  // namespace

void InteriorPoint::Pairs::resize(std::size_t n) {
  for (auto* v : {&a, &b, &da, &db, &aim}) v->assign(n, 0.0);
}

// The corrector takes off what the last direction would leave: the product of the two moves.
void InteriorPoint::Pairs::push(std::size_t k, double target, bool corrected) {
  aim[k] = target - (corrected ? da[k] * db[k] : 0.0);
}

// b da + a db = aim - a b
void InteriorPoint::Pairs::follow(std::size_t k) {
  db[k] = (aim[k] - b[k] * da[k]) / a[k] - b[k];
}

void InteriorPoint::Pairs::move(std::size_t k, double step) {
  a[k] += step * da[k];
  b[k] += step * db[k];
}

double InteriorPoint::Pairs::longest(std::size_t k, double step) const {
  if (a[k] + step * da[k] < 0) step = -a[k] / da[k];
  if (b[k] + step * db[k] < 0) step = -b[k] / db[k];
  return step;
}

double InteriorPoint::Pairs::product(std::size_t k, double step) const {
  return (a[k] + step * da[k]) * (b[k] + step * db[k]);
}

InteriorPoint::InteriorPoint(const ScaledProblem& problem) : problem_(problem), lu_(problem.rows) {
  const auto n = static_cast<std::size_t>(problem.cols);
  const auto m = static_cast<std::size_t>(problem.rows);
  for (Pairs* pairs : {&lower_, &upper_}) pairs->resize(n);
  row_.resize(m);
  columns_.reserve(n);
  bounded_.reserve(n);
  for (auto* v : {&dual_residual_, &gain_, &push_}) v->assign(n, 0.0);
  for (auto* v : {&residual_, &turnover_, &anchor_, &diagonal_, &rhs_, &linear_, &correction_}) v->assign(m, 0.0);
  find_slots();
}

// The structure of all columns together, whatever a month bans: ordered once.
void InteriorPoint::find_slots() {
  const auto for_each = [this](auto visit) {
    for (Index j = 0; j < problem_.cols; ++j) {
      for (Index a = problem_.start[j]; a < problem_.start[j + 1]; ++a) {
        for (Index b = a + 1; b < problem_.start[j + 1]; ++b) visit(problem_.row_of[a], problem_.row_of[b]);
      }
    }
  };
  lu_.start_pattern();
  for_each([this](Index a, Index b) { lu_.link(a, b); });
  lu_.analyse();
  lu_.freeze();
  for_each([this](Index a, Index b) { slot_.push_back(lu_.slot(a, b)); });
}

// The size tells how small a product has to be in the end.
template <class Visit>
void InteriorPoint::for_each_pair(Visit visit) const {
  for (const Index j : columns_) visit(lower_, static_cast<std::size_t>(j), problem_.col_size[j]);
  for (const Index j : bounded_) visit(upper_, static_cast<std::size_t>(j), problem_.col_size[j]);
  for (Index i = 0; i < problem_.rows; ++i) visit(row_, static_cast<std::size_t>(i), problem_.row_size[i]);
}

bool InteriorPoint::solve(ScaledPoint& out, Work& work) {
  start();
  const bool arrived = follow_path(work);
  snap(out);
  return arrived;
}

bool InteriorPoint::follow_path(Work& work) {
  const double inside = problem_.symmetric ? kInside : kDamped;
  for (int k = 0; k < kMostSteps; ++k) {
    measure();
    const double mu = mean_product(0), off = error();
    if (!std::isfinite(mu + off)) return false;
    if (off <= kAim) return true;
    ++work.interior_steps;
    if (!factorise(work) || !find_direction(0, false)) return false;
    const double reached = std::max(0.0, mean_product(longest_step())) / mu;
    const double sigma = std::min(1.0, reached * reached * reached);
    if (!find_direction(sigma * mu, true)) return false;
    for (double share : kPlainShares) {  // the corrector misleads where the path bends sharply
      if (longest_step() >= kTooShort) break;
      if (!find_direction(std::max(share, sigma) * mu, false)) return false;
    }
    move(std::min(1.0, inside * longest_step()));
  }
  return false;
}

// The middle: half a size into every bound, prices at their usual level, duals that pay for every loss or gain.
void InteriorPoint::start() {
  const ScaledProblem& pb = problem_;
  columns_.clear();
  bounded_.clear();
  for (Index i = 0; i < pb.rows; ++i) {
    row_.a[i] = pb.row_size[i];
    row_.b[i] = 1;
  }
  for (Index j = 0; j < pb.cols; ++j) {
    if (!(pb.upper[j] > 0)) continue;
    columns_.push_back(j);
    if (std::isfinite(pb.upper[j])) bounded_.push_back(j);
    double margin = pb.cost[j];
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) margin -= pb.p[k];  // all prices are 1
    lower_.a[j] = std::min(0.5 * pb.upper[j], 0.5 * pb.col_size[j]);
    margin += pb.curvature[j] * lower_.a[j];
    lower_.b[j] = std::max(margin, 0.0) + 1;
    upper_.a[j] = pb.upper[j] - lower_.a[j];
    upper_.b[j] = std::max(-margin, 0.0) + 1;
  }
}

// Residuals of the equations at the point.
void InteriorPoint::measure() {
  const ScaledProblem& pb = problem_;
  for (Index i = 0; i < pb.rows; ++i) {
    const double reference = i < pb.nodes ? 1.0 : 0.0;
    anchor_[i] = kAnchor * pb.row_size[i] / std::max(1.0, row_.b[i]);
    residual_[i] = anchor_[i] * (row_.b[i] - reference) - row_.a[i] - pb.rhs[i];
    turnover_[i] = row_.a[i] + std::abs(pb.rhs[i]);
  }
  for (const Index j : columns_) {
    const double x = lower_.a[j];
    dual_residual_[j] = pb.cost[j] + pb.curvature[j] * x - lower_.b[j];
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) {
      dual_residual_[j] -= pb.p[k] * row_.b[pb.row_of[k]];
      residual_[pb.row_of[k]] += pb.m[k] * x;
      turnover_[pb.row_of[k]] += std::abs(pb.m[k] * x);
    }
  }
  for (const Index j : bounded_) dual_residual_[j] += upper_.b[j];
}

double InteriorPoint::error() const {
  double out = 0;
  for (const Index j : columns_) out = std::max(out, std::abs(dual_residual_[j]));
  for (Index i = 0; i < problem_.rows; ++i) {
    const double beyond_rounding = std::abs(residual_[i]) - kRounding * turnover_[i];
    out = std::max(out, beyond_rounding / problem_.row_size[i]);
  }
  for_each_pair(
      [&out](const Pairs& pairs, std::size_t k, double size) { out = std::max(out, pairs.product(k, 0) / size); });
  return out;
}

bool InteriorPoint::factorise(Work& work) {
  const ScaledProblem& pb = problem_;
  for (const Index j : columns_) gain_[j] = pb.curvature[j] + lower_.b[j] / lower_.a[j];
  for (const Index j : bounded_) gain_[j] += upper_.b[j] / upper_.a[j];
  lu_.set_zero();
  for (Index i = 0; i < pb.rows; ++i) {
    diagonal_[i] = row_.a[i] / row_.b[i] + anchor_[i];
    lu_.add_diagonal(i, diagonal_[i]);
  }
  std::size_t pair = 0;
  for (Index j = 0; j < pb.cols; ++j) {
    const Index first = pb.start[j], last = pb.start[j + 1], count = last - first;
    if (!(pb.upper[j] > 0)) {
      pair += static_cast<std::size_t>(count * (count - 1) / 2);
      continue;
    }
    gain_[j] = 1 / gain_[j];
    for (Index a = first; a < last; ++a) {
      const double ma = pb.m[a] * gain_[j], pa = pb.p[a] * gain_[j];
      lu_.add_diagonal(pb.row_of[a], ma * pb.p[a]);
      for (Index b = a + 1; b < last; ++b) lu_.add_pair(slot_[pair++], ma * pb.p[b], pb.m[b] * pa);
    }
  }
  ++work.factorisations;
  return lu_.factor(pb.symmetric);
}

// linear_ = rhs - (M D P' + diagonal) dlambda; returns its size relative to the right-hand side, row by row.
double InteriorPoint::linear_residual() {
  const ScaledProblem& pb = problem_;
  for (Index i = 0; i < pb.rows; ++i) linear_[i] = rhs_[i] - diagonal_[i] * row_.db[i];
  for (const Index j : columns_) {
    double value = 0;
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) value += pb.p[k] * row_.db[pb.row_of[k]];
    value *= gain_[j];
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) linear_[pb.row_of[k]] -= pb.m[k] * value;
  }
  double error = 0, scale = 0;
  for (Index i = 0; i < pb.rows; ++i) {
    error = std::max(error, std::abs(linear_[i]) / pb.row_size[i]);
    scale = std::max(scale, std::abs(rhs_[i]) / pb.row_size[i]);
  }
  return scale > 0 ? error / scale : 0.0;
}

bool InteriorPoint::solve_for_prices() {
  row_.db = rhs_;
  lu_.solve(row_.db);
  double error = linear_residual();
  for (int k = 0; k < kRefinements && error > kGoodDigits; ++k) {
    correction_ = linear_;
    lu_.solve(correction_);
    for (Index i = 0; i < problem_.rows; ++i) row_.db[i] += correction_[i];
    const double now = linear_residual();
    if (!(now < error)) break;
    error = now;
  }
  return std::isfinite(error);
}

// Newton on the equations of the header, with products that aim at `target`.
bool InteriorPoint::find_direction(double target, bool corrected) {
  const ScaledProblem& pb = problem_;
  for (const Index j : columns_) {
    lower_.push(j, target, corrected);
    push_[j] = lower_.aim[j] / lower_.a[j] - lower_.b[j] - dual_residual_[j];
  }
  for (const Index j : bounded_) {
    upper_.push(j, target, corrected);
    push_[j] -= upper_.aim[j] / upper_.a[j] - upper_.b[j];
  }
  for (Index i = 0; i < pb.rows; ++i) {
    row_.push(i, target, corrected);
    rhs_[i] = row_.aim[i] / row_.b[i] - row_.a[i] - residual_[i];
  }
  for (const Index j : columns_) {
    const double still = gain_[j] * push_[j];
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) rhs_[pb.row_of[k]] -= pb.m[k] * still;
  }
  if (!solve_for_prices()) return false;
  for (const Index j : columns_) {
    double value = push_[j];
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) value += pb.p[k] * row_.db[pb.row_of[k]];
    lower_.da[j] = gain_[j] * value;
    lower_.follow(j);
  }
  for (const Index j : bounded_) {
    upper_.da[j] = -lower_.da[j];
    upper_.follow(j);
  }
  for (Index i = 0; i < pb.rows; ++i) {
    row_.da[i] = (row_.aim[i] - row_.a[i] * row_.db[i]) / row_.b[i] - row_.a[i];
  }
  return true;
}

double InteriorPoint::longest_step() const {
  double step = 1 / kInside;  // a full step when nothing is near its bound
  for_each_pair([&step](const Pairs& pairs, std::size_t k, double) { step = pairs.longest(k, step); });
  return step;
}

double InteriorPoint::mean_product(double step) const {
  double sum = 0, count = 0;
  for_each_pair([&](const Pairs& pairs, std::size_t k, double) {
    sum += pairs.product(k, step);
    count += 1;
  });
  return count > 0 ? sum / count : 0.0;
}

void InteriorPoint::move(double step) {
  for (const Index j : columns_) lower_.move(j, step);
  for (const Index j : bounded_) upper_.move(j, step);
  for (Index i = 0; i < problem_.rows; ++i) row_.move(i, step);
}

// Of each pair the one that is smaller in its size is 0 in the end.
void InteriorPoint::snap(ScaledPoint& out) const {
  const ScaledProblem& pb = problem_;
  std::fill(out.x.begin(), out.x.end(), 0.0);
  for (const Index j : columns_) out.x[j] = lower_.a[j] < lower_.b[j] * pb.col_size[j] ? 0.0 : lower_.a[j];
  for (const Index j : bounded_) {
    if (upper_.a[j] < upper_.b[j] * pb.col_size[j]) out.x[j] = pb.upper[j];
  }
  for (Index i = 0; i < pb.rows; ++i) {
    const bool has_slack = row_.a[i] >= row_.b[i] * pb.row_size[i];
    out.slack[i] = has_slack ? row_.a[i] : 0.0;
    out.price[i] = has_slack || !std::isfinite(row_.b[i]) ? 0.0 : row_.b[i];
  }
}

}  // namespace lodestone::market
