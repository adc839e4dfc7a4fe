#include "lodestone/market/proximal_system.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr double kGoodDigits = 1e-9;  // relative residual of a linear solve that needs no more refinement
constexpr double kPoorDigits = 1e-4;  // above this the dense factor takes over
constexpr int kRefinements = 3;

double largest(const std::vector<double>& v) {
  double out = 0;
  for (const double value : v) out = std::max(out, std::abs(value));
  return out;
}

}  // namespace

ProximalSystem::ProximalSystem(const ScaledProblem& problem)
    : problem_(problem), lu_(problem.rows), dense_(problem.rows), pair_start_{0} {
  const auto n = static_cast<std::size_t>(problem.cols);
  const auto m = static_cast<std::size_t>(problem.rows);
  for (auto* v : {&centre_x_, &gain_, &offset_, &free_x_, &x_}) v->assign(n, 0.0);
  for (auto* v : {&centre_slack_, &free_slack_, &slack_, &pull_, &reference_, &imbalance_, &response_, &shift_,
                  &linear_, &correction_}) {
    v->assign(m, 0.0);
  }
  interior_.reserve(n);
  for (auto* v : {&mover_free_, &mover_move_, &mover_upper_, &mover_weight_}) v->assign(n + m, 0.0);
  placed_.assign(n, -1);
  for (Index j = 0; j < problem.cols; ++j) {
    const Index count = problem.start[j + 1] - problem.start[j];
    pair_start_.push_back(pair_start_.back() + count * (count - 1) / 2);
  }
  slot_.assign(static_cast<std::size_t>(pair_start_.back()), -1);
}

void ProximalSystem::forget() {
  lu_.forget();
  ++structure_;
}

void ProximalSystem::set_centre(const std::vector<double>& x, const std::vector<double>& slack, double eps) {
  eps_ = eps;
  centre_x_ = x;
  centre_slack_ = slack;
  for (Index j = 0; j < problem_.cols; ++j) {
    const double e = std::max(0.0, eps / problem_.col_reach[j] - problem_.curvature[j]);
    gain_[j] = 1 / (problem_.curvature[j] + e);
    offset_[j] = (e * x[j] - problem_.cost[j]) * gain_[j];
  }
}

void ProximalSystem::set_anchor(double strength) {
  anchor_ = strength;
  std::fill_n(reference_.begin(), problem_.nodes, 1.0);
  std::fill(reference_.begin() + problem_.nodes, reference_.end(), 0.0);
}

void ProximalSystem::set_anchor(double strength, const std::vector<double>& reference) {
  anchor_ = strength;
  reference_ = reference;
}

void ProximalSystem::evaluate(const std::vector<double>& price) {
  const ScaledProblem& pb = problem_;
  for (Index i = 0; i < pb.rows; ++i) {
    free_slack_[i] = centre_slack_[i] - price[i] * slack_gain(i);
    slack_[i] = std::max(0.0, free_slack_[i]);
    pull_[i] = anchor_pull(i, price[i]);
    imbalance_[i] = pull_[i] - slack_[i] - pb.rhs[i];
    response_[i] = has_slack(i) ? slack_gain(i) : 0.0;
  }
  interior_.clear();
  for (Index j = 0; j < pb.cols; ++j) {
    double value = 0;
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) value += pb.p[k] * price[pb.row_of[k]];
    free_x_[j] = gain_[j] * value + offset_[j];
    const double x = std::min(std::max(0.0, free_x_[j]), pb.upper[j]);
    x_[j] = x;
    if (!(x > 0)) continue;
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) imbalance_[pb.row_of[k]] += pb.m[k] * x;
    if (!is_interior(j)) continue;
    interior_.push_back(j);
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) response_[pb.row_of[k]] += pb.m[k] * pb.p[k] * gain_[j];
  }
}

double ProximalSystem::residual() const {
  double out = 0;
  for (Index i = 0; i < problem_.rows; ++i) {
    const double value = std::abs(imbalance_[i]) / problem_.row_size[i];
    if (!(value <= out)) out = value;  // a NaN stays
  }
  return out;
}

double ProximalSystem::largest_imbalance() const {
  return largest(imbalance_);
}

double ProximalSystem::distance_to_centre() const {
  double out = 0;
  for (Index j = 0; j < problem_.cols; ++j) out = std::max(out, std::abs(x_[j] - centre_x_[j]) / problem_.col_reach[j]);
  for (Index i = 0; i < problem_.rows; ++i) {
    out = std::max(out, std::abs(slack_[i] - centre_slack_[i]) / problem_.row_reach[i]);
  }
  return out;
}

bool ProximalSystem::place(Index col) {
  if (placed_[col] == structure_) return true;
  Index pair = pair_start_[col];
  for (Index a = problem_.start[col]; a < problem_.start[col + 1]; ++a) {
    for (Index b = a + 1; b < problem_.start[col + 1]; ++b) {
      const Index slot = lu_.slot(problem_.row_of[a], problem_.row_of[b]);
      if (slot < 0) return false;
      slot_[pair++] = slot;
    }
  }
  placed_[col] = structure_;
  return true;
}

void ProximalSystem::relink() {
  lu_.start_pattern();
  for (const Index j : interior_) {
    for (Index a = problem_.start[j]; a < problem_.start[j + 1]; ++a) {
      for (Index b = a + 1; b < problem_.start[j + 1]; ++b) lu_.link(problem_.row_of[a], problem_.row_of[b]);
    }
  }
  lu_.analyse();
  ++structure_;
}

void ProximalSystem::ensure_structure() {
  const auto placed = [this](Index j) { return place(j); };
  if (std::all_of(interior_.begin(), interior_.end(), placed)) return;
  relink();
  for (const Index j : interior_) place(j);
}

void ProximalSystem::fill_sparse() {
  const ScaledProblem& pb = problem_;
  lu_.set_zero();
  for (Index i = 0; i < pb.rows; ++i) lu_.add_diagonal(i, shift_[i] + (has_slack(i) ? slack_gain(i) : 0.0));
  for (const Index j : interior_) {
    Index pair = pair_start_[j];
    for (Index a = pb.start[j]; a < pb.start[j + 1]; ++a) {
      const double ma = pb.m[a] * gain_[j], pa = pb.p[a] * gain_[j];
      lu_.add_diagonal(pb.row_of[a], ma * pb.p[a]);
      for (Index b = a + 1; b < pb.start[j + 1]; ++b) lu_.add_pair(slot_[pair++], ma * pb.p[b], pb.m[b] * pa);
    }
  }
}

bool ProximalSystem::fill_dense(Work& work) {
  const ScaledProblem& pb = problem_;
  dense_.set_zero();
  for (Index i = 0; i < pb.rows; ++i) dense_.add(i, i, shift_[i] + (has_slack(i) ? slack_gain(i) : 0.0));
  for (const Index j : interior_) {
    for (Index a = pb.start[j]; a < pb.start[j + 1]; ++a) {
      for (Index b = pb.start[j]; b < pb.start[j + 1]; ++b) {
        dense_.add(pb.row_of[a], pb.row_of[b], pb.m[a] * gain_[j] * pb.p[b]);
      }
    }
  }
  ++work.factorisations;
  dense_ready_ = dense_.factor();
  return dense_ready_;
}

bool ProximalSystem::factorise(const std::vector<double>& shift, Work& work) {
  for (Index i = 0; i < problem_.rows; ++i) shift_[i] = shift[i] + anchor_gain(i);
  dense_ready_ = false;
  symmetric_ = problem_.symmetric;
  ensure_structure();
  fill_sparse();
  ++work.factorisations;
  return lu_.factor(symmetric_) || fill_dense(work);
}

// linear_ = rhs + H direction; returns its size relative to rhs.
double ProximalSystem::linear_residual(const std::vector<double>& rhs, const std::vector<double>& direction) {
  const ScaledProblem& pb = problem_;
  for (Index i = 0; i < pb.rows; ++i) {
    linear_[i] = rhs[i] + (shift_[i] + (has_slack(i) ? slack_gain(i) : 0.0)) * direction[i];
  }
  for (const Index j : interior_) {
    double value = 0;
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) value += pb.p[k] * direction[pb.row_of[k]];
    value *= gain_[j];
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) linear_[pb.row_of[k]] += pb.m[k] * value;
  }
  const double scale = largest(rhs);
  return scale > 0 ? largest(linear_) / scale : 0.0;
}

bool ProximalSystem::solve(const std::vector<double>& rhs, std::vector<double>& direction, Work& work) {
  const auto apply = [this](std::vector<double>& v) {
    if (dense_ready_) {
      dense_.solve(v);
    } else {
      lu_.solve(v);
    }
  };
  for (int attempt = 0; attempt < 2; ++attempt) {
    for (Index i = 0; i < problem_.rows; ++i) direction[i] = -rhs[i];
    apply(direction);
    double error = linear_residual(rhs, direction);
    for (int k = 0; k < kRefinements && error > kGoodDigits; ++k) {
      correction_ = linear_;
      apply(correction_);
      for (Index i = 0; i < problem_.rows; ++i) direction[i] -= correction_[i];
      error = linear_residual(rhs, direction);
    }
    if (error <= kPoorDigits) return true;
    if (dense_ready_) return std::isfinite(error);  // the line search decides what it is worth
    if (!fill_dense(work)) return false;
  }
  return true;
}

void ProximalSystem::aim(const std::vector<double>& direction, const std::vector<double>& weight) {
  const ScaledProblem& pb = problem_;
  movers_ = 0;
  still_ = still_per_step_ = 0;
  for (Index i = 0; i < pb.rows; ++i) {
    still_ += weight[i] * (pull_[i] - pb.rhs[i]);
    still_per_step_ += weight[i] * anchor_gain(i) * direction[i];
    add_mover(free_slack_[i], -direction[i] * slack_gain(i), kUnlimited, -weight[i]);
  }
  for (Index j = 0; j < pb.cols; ++j) {
    double move = 0, weigh = 0;
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) {
      move += pb.p[k] * direction[pb.row_of[k]];
      weigh += pb.m[k] * weight[pb.row_of[k]];
    }
    add_mover(free_x_[j], move * gain_[j], pb.upper[j], weigh);
  }
}

// Writes first and counts afterwards: no branch to guess wrong.
inline void ProximalSystem::add_mover(double free, double move, double upper, double weight) {
  mover_free_[movers_] = free;
  mover_move_[movers_] = move;
  mover_upper_[movers_] = upper;
  mover_weight_[movers_] = weight;
  const bool stays_empty = (free <= 0) & (move <= 0);
  const bool stays_full = (free >= upper) & (move >= 0);
  still_ += stays_full ? weight * upper : 0.0;
  movers_ += (stays_empty | stays_full) ? 0 : 1;
}

double ProximalSystem::slope(double step) const {
  constexpr std::size_t kLanes = 4;  // independent sums, in an order of their own on every machine
  double sum[kLanes] = {still_ + step * still_per_step_, 0, 0, 0};
  const auto response = [&](std::size_t k) {
    const double x = mover_free_[k] + step * mover_move_[k];
    return mover_weight_[k] * std::min(std::max(0.0, x), mover_upper_[k]);
  };
  std::size_t k = 0;
  for (; k + kLanes <= movers_; k += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += response(k + lane);
  }
  for (; k < movers_; ++k) sum[0] += response(k);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

}  // namespace lodestone::market
