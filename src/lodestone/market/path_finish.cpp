#include "lodestone/market/path_finish.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr double kSettled = 1e-13;   // error with the anchor at which it is let go
constexpr double kExact = 1e-14;     // error that will do,
constexpr double kRounding = 1e-12;  // ... or when it shrinks no more
constexpr double kShrinking = 0.5;   // ... than this in a step
constexpr double kOutside = 1e-11;   // of a column's size: beyond its bound
constexpr double kOvershoot = 0.01;  // ... of its move, while moves still shrink
constexpr int kMostCorrections = 12;

}  // namespace

PathFinish::PathFinish(const PathColumns& columns, const HomotopyPath& path, PathFactor& factor)
    : columns_(columns), path_(path), factor_(factor) {
  inside_.reserve(static_cast<std::size_t>(columns.all));
  unsure_.reserve(static_cast<std::size_t>(columns.all) + columns.wide.size() + Kernels::kSpareRoom);
  for (auto* v : {&fixed_, &balance_, &folded_, &rhs_}) v->assign(static_cast<std::size_t>(columns.rows), 0.0);
}

PathFinish::End PathFinish::polish(PathPoint& point, const Anchor& anchor, bool& anchored) {
  gather(point);
  const End end = improve(point, anchor, anchored);
  for (const Inside& c : inside_) point.x[c.col] = c.x;
  return end;
}

PathFinish::End PathFinish::improve(PathPoint& point, const Anchor& anchor, bool& anchored) {
  double last = HUGE_VAL;
  for (int k = 0; k < kMostCorrections; ++k) {
    double error = residuals(point);
    if (anchored) {
      const double held = pull(point, anchor);
      if (k > 0 && (held <= kSettled || (k > 1 && held <= kRounding && held > kShrinking * last))) {
        anchored = false;
        last = HUGE_VAL;
        for (Index i = 0; i < columns_.rows; ++i) rhs_[i] = balance_[i] + folded_[i];
      } else {
        error = held;
      }
    }
    if (!std::isfinite(error)) return End::lost;
    const bool rounding = error <= kExact || (k > 1 && error <= kRounding && error > kShrinking * last);
    if (!anchored && rounding) return is_inside() ? End::exact : End::outside;
    if (k > 1 && error > kShrinking * last) return End::slow;
    factor_.solve(rhs_);
    if (!correct(point)) return End::outside;
    last = error;
  }
  return End::slow;
}

void PathFinish::gather(const PathPoint& point) {
  inside_.clear();
  const std::vector<double>& full = path_.full_rows();
  for (Index i = 0; i < columns_.rows; ++i) fixed_[i] = columns_.rhs(i) + full[i];
  for (const PathTrack& t : path_.tracks()) {
    if (t.state == ColumnState::full) columns_.add(t.line, t.col, -t.limit, fixed_.data());
    if (t.state != ColumnState::inside) continue;
    Inside& c = inside_.emplace_back();
    c.p0 = t.line.p0;
    c.p1 = t.line.p1;
    c.m0 = t.line.m0;
    c.m1 = t.line.m1;
    c.row0 = t.line.row0;
    c.row1 = t.line.row1;
    c.col = t.col;
    c.wide = t.line.width > 2 ? 1 : 0;
    c.x = point.x[t.col];
    c.cost = t.cost;
    c.curvature = t.curvature;
    c.gain = t.gain;
    c.upper = t.limit;
    c.slip = kOutside * std::min(columns_.size(t.col), t.limit);
  }
}

// What is missing in each row (balance_) and what the columns' own errors ask for (folded_); their sum is rhs_. Returns
// the largest error: prices for columns, shares of their sizes for rows.
double PathFinish::residuals(const PathPoint& point) {
  double worst = 0;
  for (Index i = 0; i < columns_.rows; ++i) {
    balance_[i] = fixed_[i];
    folded_[i] = 0;
  }
  const double* price = point.price.data();
  for (Inside& c : inside_) {
    double value = c.p0 * price[c.row0] + c.p1 * price[c.row1];
    if (c.wide != 0) value = columns_.wide_value(c.col, value, price);
    c.error = value - c.cost - c.curvature * c.x;
    worst = std::max(worst, std::abs(c.error));
    const double fold = c.gain * c.error;
    balance_[c.row0] -= c.m0 * c.x;
    folded_[c.row0] -= c.m0 * fold;
    balance_[c.row1] -= c.m1 * c.x;
    folded_[c.row1] -= c.m1 * fold;
    if (c.wide == 0) continue;
    columns_.wide_add(c.col, -c.x, balance_.data());
    columns_.wide_add(c.col, -fold, folded_.data());
  }
  for (Index i = 0; i < columns_.rows; ++i) {
    const double error = std::abs(balance_[i]) * columns_.per_row_size(i);
    if (!(error <= worst)) worst = error;
    rhs_[i] = balance_[i] + folded_[i];
  }
  return worst;
}

// The same with the anchor's pull on every row.
double PathFinish::pull(const PathPoint& point, const Anchor& anchor) {
  double worst = 0;
  for (const Inside& c : inside_) worst = std::max(worst, std::abs(c.error));
  for (Index i = 0; i < columns_.rows; ++i) {
    const double balance = balance_[i] - anchor.pull(columns_, i, point.price[i]);
    const double error = std::abs(balance) * columns_.per_row_size(i);
    if (!(error <= worst)) worst = error;
    rhs_[i] = balance + folded_[i];
  }
  return worst;
}

// Moves prices by rhs_ and activities with them, unless one would leave its bounds.
bool PathFinish::correct(PathPoint& point) {
  bool stays = true;
  for (Inside& c : inside_) {
    double value = c.p0 * rhs_[c.row0] + c.p1 * rhs_[c.row1];
    if (c.wide != 0) value = columns_.wide_value(c.col, value, rhs_.data());
    c.move = c.gain * (value + c.error);
    const double x = c.x + c.move, slip = c.slip + kOvershoot * std::abs(c.move);
    stays = stays & (x >= -slip) & (x <= c.upper + slip);
  }
  if (!stays) return false;
  for (Inside& c : inside_) c.x += c.move;
  for (Index i = 0; i < columns_.rows; ++i) point.price[i] += rhs_[i];
  return true;
}

double PathFinish::settle(PathPoint& point) {
  double worst = 0, products = 0, turnover = path_.full_turnover();
  for (Inside& c : inside_) {
    if (c.col < columns_.cols) continue;
    point.price[c.col - columns_.cols] = 0;
    c.x = std::max(0.0, c.x);
  }
  for (double& price : point.price) price = std::max(0.0, price);
  const double* price = point.price.data();
  for (Index i = 0; i < columns_.rows; ++i) balance_[i] = fixed_[i];
  for (Inside& c : inside_) {
    if (c.col >= columns_.cols) continue;
    const double x = point.x[c.col] = std::min(std::max(0.0, c.x), c.upper);
    double value = c.p0 * price[c.row0] + c.p1 * price[c.row1];
    if (c.wide != 0) value = columns_.wide_value(c.col, value, price);
    const double margin = c.cost + c.curvature * x - value;
    worst = std::max(worst, std::abs(std::min(x, std::max(margin, x - c.upper))));
    products += margin * (margin > 0 || std::isinf(c.upper) ? x : x - c.upper);
    turnover += (std::abs(c.cost) + c.curvature * x) * x;
    balance_[c.row0] -= c.m0 * x;
    balance_[c.row1] -= c.m1 * x;
    if (c.wide != 0) columns_.wide_add(c.col, -x, balance_.data());
  }
  const auto weigh_full = [&](double limit, double loss) {
    worst = std::max(worst, std::min(limit, loss));
    products += std::max(0.0, loss) * limit;
  };
  for (const PathTrack& t : path_.tracks()) {
    if (t.state != ColumnState::full) continue;
    weigh_full(t.limit, t.cost + t.curvature * t.limit - columns_.value(t.line, t.col, price));
    turnover += (std::abs(t.cost) + t.curvature * t.limit) * t.limit;
  }
  path_.list_unsure(point.price, unsure_);
  for (const Index j : unsure_) {
    const double limit = columns_.upper(j);
    weigh_full(limit, columns_.cost(j) + columns_.curvature(j) * limit - columns_.value(j, price));
  }
  for (Index i = 0; i < columns_.rows; ++i) {
    worst = std::max(worst, std::abs(std::min(price[i], -balance_[i])));
    products -= price[i] * balance_[i];
  }
  const double gap = std::abs(products) / std::max(1.0, turnover);
  return gap > worst || std::isnan(gap) ? gap : worst;
}

bool PathFinish::is_inside() const {
  return std::all_of(inside_.begin(), inside_.end(),
                     [](const Inside& c) { return c.x >= -c.slip && c.x <= c.upper + c.slip; });
}

}  // namespace lodestone::market
