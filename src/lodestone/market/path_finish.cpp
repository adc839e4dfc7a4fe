#include "lodestone/market/path_finish.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr double kSettled = 1e-7;    // error with the anchor at which it is let go
constexpr double kExact = 1e-14;     // error that will do,
constexpr double kRounding = 1e-12;  // ... or when it shrinks no more
constexpr double kShrinking = 0.5;   // ... than this in a step
constexpr double kOutside = 1e-11;   // of a column's size: beyond its bound
constexpr double kOvershoot = 0.01;  // ... of its move, while moves still shrink
constexpr int kMostCorrections = 12;

}  // namespace

PathFinish::PathFinish(const PathColumns& columns, PathFactor& factor) : columns_(columns), factor_(factor) {
  inside_.reserve(static_cast<std::size_t>(columns.all));
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
      if (k > 0 && held <= kSettled) {
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
  for (Index i = 0; i < columns_.rows; ++i) fixed_[i] = columns_.rhs(i);
  for (const Index j : point.active) {
    const double x = point.x[j];
    if (point.state[j] == ColumnState::full) {
      columns_.add(j, -x, fixed_.data());
      continue;
    }
    const ColumnLine& line = columns_.line(j);
    const double q = columns_.curvature(j), upper = columns_.upper(j);
    Inside& c = inside_.emplace_back();
    c.col = j;
    c.row0 = line.row0;
    c.row1 = line.row1;
    c.wide = line.width > 2;
    c.x = x;
    c.cost = columns_.cost(j);
    c.curvature = q;
    c.gain = 1 / (q + line.weight);
    c.upper = upper;
    c.slip = kOutside * std::min(columns_.size(j), upper);
    c.p0 = line.p0;
    c.p1 = line.p1;
    c.m0 = line.m0;
    c.m1 = line.m1;
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
    if (c.wide) value = columns_.wide_value(c.col, value, price);
    c.error = value - c.cost - c.curvature * c.x;
    worst = std::max(worst, std::abs(c.error));
    const double fold = c.gain * c.error;
    balance_[c.row0] -= c.m0 * c.x;
    folded_[c.row0] -= c.m0 * fold;
    balance_[c.row1] -= c.m1 * c.x;
    folded_[c.row1] -= c.m1 * fold;
    if (!c.wide) continue;
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
    if (c.wide) value = columns_.wide_value(c.col, value, rhs_.data());
    c.move = c.gain * (value + c.error);
    const double x = c.x + c.move, slip = c.slip + kOvershoot * std::abs(c.move);
    stays = stays & (x >= -slip) & (x <= c.upper + slip);
  }
  if (!stays) return false;
  for (Inside& c : inside_) c.x += c.move;
  for (Index i = 0; i < columns_.rows; ++i) point.price[i] += rhs_[i];
  return true;
}

bool PathFinish::is_inside() const {
  return std::all_of(inside_.begin(), inside_.end(),
                     [](const Inside& c) { return c.x >= -c.slip && c.x <= c.upper + c.slip; });
}

}  // namespace lodestone::market
