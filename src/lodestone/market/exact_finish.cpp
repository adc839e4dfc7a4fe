#include "lodestone/market/exact_finish.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr int kMostCorrections = 8;
constexpr int kFewestCorrections = 2;  // an empty row shows no progress at first: its turnover is all error
constexpr double kShift = 1e-9;        // keeps rows without interior columns where they are
constexpr double kRounding = 1e-15;    // imbalance over turnover that is rounding only
constexpr double kSettled = 1e-15;

double reduced_cost(const ScaledProblem& pb, const ScaledPoint& point, Index j) {
  double z = pb.cost[j] + pb.curvature[j] * point.x[j];
  for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) z -= pb.p[k] * point.price[pb.row_of[k]];
  return z;
}

// NaN beats every number.
void keep_larger(double& out, double value) {
  if (!(value <= out) && !std::isnan(out)) out = value;
}

}  // namespace

NaturalResidual natural_residual(const ScaledProblem& pb, const ScaledPoint& point, std::vector<double>& surplus) {
  NaturalResidual out;
  double products = 0, turnover = 0;
  const auto distance = [&pb](double x, double step, Index j) {
    return std::isnan(step) ? step : std::abs(x - std::min(std::max(0.0, x - step), pb.upper[j]));
  };
  for (Index i = 0; i < pb.rows; ++i) surplus[i] = -pb.rhs[i];
  for (Index j = 0; j < pb.cols; ++j) {
    const double x = point.x[j], z = reduced_cost(pb, point, j), size = pb.col_size[j];
    keep_larger(out.absolute, distance(x, z, j));
    keep_larger(out.relative, distance(x, z * size, j) / size);
    products += z > 0 ? z * x : z * (std::isinf(pb.upper[j]) ? -1.0 : x - pb.upper[j]);
    turnover += (std::abs(pb.cost[j]) + pb.curvature[j] * x) * x;
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) surplus[pb.row_of[k]] += pb.m[k] * x;
  }
  for (Index i = 0; i < pb.rows; ++i) {
    keep_larger(out.absolute, std::abs(std::min(surplus[i], point.price[i])));
    keep_larger(out.relative, std::abs(std::min(surplus[i] / pb.row_size[i], point.price[i])));
    products += surplus[i] * point.price[i];
  }
  keep_larger(out.gap, std::abs(products) / std::max(1.0, turnover));
  return out;
}

ExactFinish::ExactFinish(const ScaledProblem& problem, ProximalSystem& system) : problem_(problem), system_(system) {
  const auto m = static_cast<std::size_t>(problem.rows);
  for (auto* v : {&shift_, &row_, &turnover_, &rhs_, &move_}) v->assign(m, 0.0);
  dual_.assign(static_cast<std::size_t>(problem.cols), 0.0);
}

bool ExactFinish::polish(ScaledPoint& point, Work& work) {
  start_from_states(point);
  if (system_.has_anchor()) {
    if (!refine(point, work)) return false;
    system_.set_anchor(0);
  }
  if (!refine(point, work)) return false;
  clip(point);
  return true;
}

bool ExactFinish::refine(ScaledPoint& point, Work& work) {
  if (!system_.factorise(shift_, work)) return false;
  double last = residuals(point);
  for (int k = 0; k < kMostCorrections && last > kSettled; ++k) {
    if (!system_.solve(rhs_, move_, work)) return false;
    correct(point);
    const double now = residuals(point);
    if (!(now < 0.5 * last) && k >= kFewestCorrections) break;
    last = now;
  }
  return std::isfinite(last);
}

void ExactFinish::start_from_states(ScaledPoint& point) {
  const ScaledProblem& pb = problem_;
  point.x = system_.x();
  point.slack = system_.slack();
  for (Index i = 0; i < pb.rows; ++i) shift_[i] = system_.has_slack(i) ? system_.slack_gain(i) : 0.0;
  for (Index j = 0; j < pb.cols; ++j) {
    if (!system_.is_interior(j)) continue;
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) shift_[pb.row_of[k]] += pb.m[k] * pb.p[k] * system_.gain(j);
  }
  for (Index i = 0; i < pb.rows; ++i) shift_[i] = kShift * (shift_[i] > 0 ? std::min(shift_[i], 1.0) : pb.row_size[i]);
}

// Fills rhs_ (imbalances with the columns' own errors folded in) and dual_; returns the largest error
// left: prices for columns, shares of the turnover for rows.
double ExactFinish::residuals(const ScaledPoint& point) {
  const ScaledProblem& pb = problem_;
  double worst = 0;
  for (Index i = 0; i < pb.rows; ++i) {
    row_[i] = -pb.rhs[i] - point.slack[i];
    turnover_[i] = std::abs(pb.rhs[i]) + point.slack[i];
    rhs_[i] = 0;
    if (!system_.has_slack(i)) continue;
    keep_larger(worst, std::abs(point.price[i]));
    rhs_[i] = system_.slack_gain(i) * point.price[i];
  }
  for (Index j = 0; j < pb.cols; ++j) {
    const bool interior = system_.is_interior(j);
    if (point.x[j] == 0 && !interior) continue;
    dual_[j] = interior ? -reduced_cost(pb, point, j) : 0.0;
    keep_larger(worst, std::abs(dual_[j]));
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) {
      row_[pb.row_of[k]] += pb.m[k] * point.x[j];
      turnover_[pb.row_of[k]] += std::abs(pb.m[k] * point.x[j]);
      rhs_[pb.row_of[k]] += pb.m[k] * system_.gain(j) * dual_[j];
    }
  }
  for (Index i = 0; i < pb.rows; ++i) {
    const double pull = system_.anchor_pull(i, point.price[i]);
    const double error = row_[i] + pull;
    if (std::abs(error) <= kRounding * turnover_[i]) continue;
    keep_larger(worst, std::abs(error) / (turnover_[i] + std::abs(pull)));
    rhs_[i] += error;
  }
  return worst;
}

void ExactFinish::correct(ScaledPoint& point) {
  const ScaledProblem& pb = problem_;
  for (Index j = 0; j < pb.cols; ++j) {
    if (!system_.is_interior(j)) continue;
    double value = dual_[j];
    for (Index k = pb.start[j]; k < pb.start[j + 1]; ++k) value += pb.p[k] * move_[pb.row_of[k]];
    point.x[j] += system_.gain(j) * value;
  }
  for (Index i = 0; i < pb.rows; ++i) {
    point.price[i] += move_[i];
    if (system_.has_slack(i)) point.slack[i] -= system_.slack_gain(i) * point.price[i];
  }
}

void ExactFinish::clip(ScaledPoint& point) {
  for (Index j = 0; j < problem_.cols; ++j) point.x[j] = std::min(std::max(0.0, point.x[j]), problem_.upper[j]);
  for (Index i = 0; i < problem_.rows; ++i) {
    const bool worthless = system_.has_slack(i) && point.slack[i] > 0;
    point.price[i] = worthless ? 0.0 : std::max(0.0, point.price[i]);
    point.slack[i] = std::max(0.0, point.slack[i]);
  }
}

}  // namespace lodestone::market
