#include "lodestone/market/homotopy_path.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace lodestone::market {
namespace {

constexpr double kOffset = 1e-6;  // of a typical price
// The box in which columns are watched: how far a price may overshoot what the first direction says, in shares of its
// own move and of a typical price. Beyond, the box is spread; in the end everything is watched.
constexpr double kOvershoot = 0.25;
constexpr double kAside = 0.004;
constexpr double kSpread = 2;
constexpr double kAll = 2000;
// Of a rank-1 correction: beyond, digits are lost and H is factored anew.
constexpr double kSmallestPivot = 1e-5, kLargestPivot = 1e7;

}  // namespace

HomotopyPath::HomotopyPath(const PathColumns& columns, PathFactor& factor, const Kernels& kernels)
    : columns_(columns), factor_(factor), kernels_(kernels), watch_(columns, kernels) {
  const auto n = static_cast<std::size_t>(columns.all);
  const auto m = static_cast<std::size_t>(columns.rows);
  std::mt19937_64 random(1);
  for (Index j = 0; j < columns.all; ++j) {
    offset_.push_back(kOffset * (0.2 + static_cast<double>(random() >> 11) * 0x1p-53));
  }
  tracks_.reserve(n);
  track_of_.assign(n, kUnknown);
  full_.reserve(n);
  far_.assign(n, -kUnlimited);
  found_.reserve(n + columns.wide.size() + Kernels::kSpareRoom);  // when every column is near, wide ones come twice
  light_.reserve(n);
  for (auto* v : {&base_, &moved_, &centre_, &radius_, &rhs_, &direction_, &change_, &full_rows_, &zero_})
    v->assign(m, 0.0);
}

HomotopyPath::End HomotopyPath::follow(PathPoint& point, const Anchor& anchor, std::int64_t limit, Work& work) {
  if (!start(point, anchor, work)) return End::lost;
  const std::vector<double>* change = &zero_;
  double step = 0;  // made, but not yet by the watch list
  while (true) {
    const double rest = 1 - tau_, reach = step_within_box(rest);
    const NextStep next = watch_.advance(step, *change, reach);
    step = next.item < 0 ? reach : next.step;
    if (!std::isfinite(step)) return End::lost;
    for (Index i = 0; i < columns_.rows; ++i) moved_[i] += step * direction_[i];
    if (next.item >= 0) {
      if (--limit < 0) return End::limit;
      ++work.breakpoints;
      if (!flip(next.item, step, work)) return End::lost;
      change = &change_;
      for (Index i = 0; i < columns_.rows; ++i) direction_[i] += change_[i];
    } else if (reach < rest) {
      look_further(point, step);
      change = &zero_;
    } else {
      break;
    }
    tau_ += step;
  }
  finish(point);
  return End::reached;
}

bool HomotopyPath::start(const PathPoint& point, const Anchor& anchor, Work& work) {
  clear();
  hold_ = anchor.strength;
  base_ = point.price;
  for (const Index j : point.active) {
    const double x = point.x[j], limit = columns_.upper(j);
    if (x < limit && (point.state[j] == ColumnState::inside || std::isinf(limit))) continue;
    keep_full(j, x, limit);
  }
  for (Index i = 0; i < columns_.rows; ++i) {
    moved_[i] = 0;
    rhs_[i] = columns_.rhs(i) + full_rows_[i] - anchor.pull(columns_, i, base_[i]);
  }
  for (const Index j : point.active) {
    if (track_of_[j] != kFull) track_inside(j, point.x[j]);
  }
  started_ = tracks_.size();
  if (!refactor(work)) return false;
  direction_ = change_;
  spread_ = 1;
  spread_box();
  for (PathTrack& t : tracks_) watch_if_near(t, 0);
  track_full(point, 0);
  track_empty(0);
  return true;
}

void HomotopyPath::clear() {
  for (const PathTrack& t : tracks_) track_of_[t.col] = kUnknown;
  for (const Index j : light_) track_of_[j] = kUnknown;
  for (const Index j : full_) {
    track_of_[j] = kUnknown;
    far_[j] = -kUnlimited;
  }
  tracks_.clear();
  light_.clear();
  full_.clear();
  watch_.clear();
  std::fill(full_rows_.begin(), full_rows_.end(), 0.0);
  full_turnover_ = tau_ = 0;
}

// A column at its bound is only remembered, until prices may lead it away from there: most demand never comes near.
void HomotopyPath::keep_full(Index col, double x, double limit) {
  const ColumnLine& line = columns_.line(col);
  const double rising = columns_.curvature(col) * limit;
  track_of_[col] = kFull;
  full_.push_back(col);
  far_[col] = std::max(columns_.curvature(col) * x, rising + line.weight * (limit - x));
  columns_.add(line, col, -limit, full_rows_.data());
  full_turnover_ += (std::abs(columns_.cost(col)) + rising) * limit;
}

// What the state of a column inside its bounds and the month's numbers make of it at tau = 0.
void HomotopyPath::track_inside(Index col, double x) {
  PathTrack& t = append(col);
  const double margin = columns_.value(t.line, col, base_.data()) - t.cost - t.curvature * x;
  t.centre = x;
  t.state = ColumnState::inside;
  t.cost_change = -margin;
  t.bound = t.limit;
  columns_.add(t.line, col, -x - t.gain * margin, rhs_.data());
}

// Watches full columns that can leave their bounds within the box.
void HomotopyPath::track_full(const PathPoint& point, double step) {
  columns_.scan_far(kernels_, centre_, radius_, far_, found_);
  for (const Index j : found_) {
    if (track_of_[j] != kFull) continue;
    PathTrack& t = append(j);
    const double x = point.x[j], margin = columns_.value(t.line, j, base_.data()) - t.cost - t.curvature * x;
    t.state = ColumnState::full;
    t.centre = t.bound = x;
    t.cost_change = std::max(0.0, offset_[j] - margin) / (1 - tau_ - step);  // far ones need none
    t.bound_change = t.limit - x;
    watch_if_near(t, step);
    if (t.upper < 0) {
      tracks_.pop_back();
      track_of_[j] = kFull;
      continue;
    }
    far_[j] = -kUnlimited;
    columns_.add(t.line, j, t.limit, full_rows_.data());
    full_turnover_ -= (std::abs(t.cost) + t.curvature * t.limit) * t.limit;
  }
}

// Watches empty columns that can enter within the box. `step` is made, but not yet by the watch list.
void HomotopyPath::track_empty(double step) {
  columns_.scan_box(kernels_, centre_, radius_, found_);
  for (Index i = 0; i < columns_.rows; ++i) {
    if (!(centre_[i] > radius_[i])) found_.push_back(columns_.cols + i);
  }
  const double rest = 1 - tau_ - step;
  for (const Index j : found_) {
    if (track_of_[j] != kUnknown || columns_.upper(j) == 0) continue;
    const ColumnLine& line = columns_.line(j);
    const double margin = columns_.cost(j) - columns_.value(line, j, base_.data()), least = offset_[j];
    const double rate = -columns_.value(line, j, direction_.data());
    if (margin >= least && line.width <= 2) {
      track_of_[j] = kLight;
      light_.push_back(j);
      watch_.watch(watch_.add(line, j, -1 - j), -1, line, j, margin, rate, step);
    } else {
      PathTrack& t = track_entrant(j, std::min(0.0, (margin - least) / rest));
      t.lower = watch_.add(line, j, track_of_[j]);
      watch_.watch(t.lower, -1, line, j, std::max(margin, least), t.cost_change + rate, step);
    }
  }
}

PathTrack& HomotopyPath::track_entrant(Index col, double cost_change) {
  PathTrack& t = append(col);
  t.state = ColumnState::empty;
  t.cost_change = cost_change;
  t.bound = t.limit;
  return t;
}

PathTrack& HomotopyPath::append(Index col) {
  track_of_[col] = static_cast<Index>(tracks_.size());
  PathTrack& t = tracks_.emplace_back();
  t.line = columns_.line(col);
  t.col = col;
  t.lower = t.upper = -1;
  t.cost = columns_.cost(col);
  t.curvature = columns_.curvature(col);
  t.limit = columns_.upper(col);
  t.stiffness = t.curvature + t.line.weight;
  t.gain = 1 / t.stiffness;
  t.centre = t.cost_change = t.bound_change = 0;
  return t;
}

// The box for the rest of the way, from where prices are in the direction in which they go.
void HomotopyPath::spread_box() {
  const double rest = 1 - tau_, aside = spread_ * kAside, overshoot = spread_ * kOvershoot;
  for (Index i = 0; i < columns_.rows; ++i) {
    const double half = 0.5 * rest * direction_[i];
    centre_[i] = base_[i] + half;
    radius_[i] = (1 + 2 * overshoot) * std::abs(half) + aside;
  }
}

// Watches the bounds of a column inside or full that can be reached within the box. Once it has switched, both its
// bounds are watched.
void HomotopyPath::watch_if_near(PathTrack& t, double step) {
  const double tau = tau_ + step;
  const double fixed = t.line.weight * t.centre - t.cost, coming = t.cost_change * (1 - tau);
  const double middle = columns_.value(t.line, t.col, centre_.data()) + fixed;
  const double reach = columns_.reach(t.line, t.col, radius_.data());
  const double lowest = middle - reach + std::min(0.0, coming), highest = middle + reach + std::max(0.0, coming);
  const double bound = (t.bound + tau * t.bound_change) * t.stiffness, last = t.limit * t.stiffness;
  const bool inside = t.state == ColumnState::inside;
  const bool near_zero = inside && t.lower < 0 && !(lowest > 0);
  const bool near_bound =
      t.upper < 0 && (inside ? !(highest < std::min(bound, last)) : !(lowest > std::max(bound, last)));
  if (!near_zero && !near_bound) return;
  const double now = columns_.value(t.line, t.col, base_.data()) + fixed + coming, rate = speed(t) - t.cost_change;
  if (near_zero) {
    t.lower = watch_.add(t.line, t.col, track_of_[t.col]);
    watch_.watch(t.lower, 1, t.line, t.col, now, rate, step);
  }
  if (!near_bound || std::isinf(bound)) return;
  const double sign = inside ? -1 : 1, bound_rate = t.bound_change * t.stiffness;
  t.upper = watch_.add(t.line, t.col, track_of_[t.col]);
  watch_.watch(t.upper, sign, t.line, t.col, sign * (now - bound), sign * (rate - bound_rate), step);
}

// Prices have come to the edge of the box: more bounds have to be watched.
void HomotopyPath::look_further(const PathPoint& point, double step) {
  spread_ = spread_ * kSpread > kAll ? kUnlimited : spread_ * kSpread;
  for (Index i = 0; i < columns_.rows; ++i) {
    base_[i] += moved_[i];
    moved_[i] = 0;
  }
  spread_box();
  track_full(point, step);
  for (std::size_t k = 0; k < started_; ++k) {
    PathTrack& t = tracks_[k];
    if (t.state != ColumnState::empty && (t.lower < 0 || t.upper < 0)) watch_if_near(t, step);
  }
  track_empty(step);
}

bool HomotopyPath::refactor(Work& work) {
  factor_.begin(hold_);
  for (const PathTrack& t : tracks_) {
    if (t.state == ColumnState::inside) factor_.add(t.col, t.gain);
  }
  if (!factor_.finish(work)) return false;
  change_ = rhs_;
  factor_.solve(change_);
  return true;
}

// Changes the state of a column whose watched value reaches 0 with this step, which the watch list is still to make.
bool HomotopyPath::flip(Index item, double step, Work& work) {
  if (watch_.owner(item) < 0) {
    PathTrack& entrant = track_entrant(-1 - watch_.owner(item), 0);
    watch_.set_owner(item, track_of_[entrant.col]);
    entrant.lower = item;
  }
  PathTrack& t = tracks_[watch_.owner(item)];
  const bool enters = t.state != ColumnState::inside, rises = (item == t.lower) == enters;  // y is on its way up
  const double sign = enters ? 1.0 : -1.0;
  const double rate = rises ? -watch_.rate(item) : watch_.rate(item);
  change_state(t, item, step);

  const std::vector<double>& w = factor_.response(t.col);
  const double pivot = 1 + sign * t.gain * columns_.value(t.line, t.col, w.data());
  if (!(pivot > -kSmallestPivot)) return false;  // with wedges the path may turn back
  if (pivot < kSmallestPivot || pivot > kLargestPivot || factor_.is_full()) {
    if (!refactor(work)) return false;
    for (Index i = 0; i < columns_.rows; ++i) change_[i] -= direction_[i];
  } else {
    const double alpha = -factor_.correct(t.col, sign * t.gain, pivot) * rate;
    for (Index i = 0; i < columns_.rows; ++i) change_[i] = alpha * w[i];
  }
  // The column leaves the point where it switched, however slowly: rounding must not turn it round.
  const double response = (rises ? 1.0 : -1.0) * columns_.value(t.line, t.col, change_.data());
  double leaving = watch_.rate(item);
  if (leaving + response <= 0) leaving = std::abs(rate) / std::max(pivot, 1.0) - response;
  watch_.leave_at_zero(item, leaving, step);
  return true;
}

void HomotopyPath::change_state(PathTrack& t, Index item, double step) {
  const bool at_zero = item == t.lower, enters = t.state != ColumnState::inside;
  const double bound = (t.bound + (tau_ + step) * t.bound_change) * t.stiffness;
  const double bound_rate = t.bound_change * t.stiffness;
  const double sign = enters ? 1.0 : -1.0;
  columns_.add(t.line, t.col, sign * (t.gain * t.cost_change + (at_zero ? 0.0 : t.bound_change)), rhs_.data());
  watch_.turn(item, at_zero == enters ? 1 : -1, t.line, t.col);
  Index& other = at_zero ? t.upper : t.lower;
  if (!enters) {
    if (other >= 0) watch_.unwatch(other, t.line, t.col);
  } else if (!std::isinf(bound)) {
    if (other < 0) other = watch_.add(t.line, t.col, track_of_[t.col]);
    const double along = speed(t) - t.cost_change;
    watch_.watch(other, at_zero ? -1 : 1, t.line, t.col, bound, at_zero ? bound_rate - along : along, step);
  }
  t.state = enters ? ColumnState::inside : at_zero ? ColumnState::empty : ColumnState::full;
}

// The step with which prices come to the edge of the box.
double HomotopyPath::step_within_box(double limit) const {
  if (std::isinf(spread_)) return limit;
  const auto beyond = [this, limit](std::size_t i) {
    return std::abs(base_[i] - centre_[i] + (moved_[i] + limit * direction_[i])) - radius_[i];
  };
  constexpr std::size_t kLanes = 4;  // independent, so that the compiler may take several at once
  double furthest[kLanes] = {0, 0, 0, 0};
  std::size_t row = 0;
  for (; row + kLanes <= moved_.size(); row += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) furthest[k] = std::max(furthest[k], beyond(row + k));
  }
  for (; row < moved_.size(); ++row) furthest[0] = std::max(furthest[0], beyond(row));
  if (*std::max_element(furthest, furthest + kLanes) <= 0) return limit;
  for (Index i = 0; i < columns_.rows; ++i) {
    const double speed = std::abs(direction_[i]), at = base_[i] - centre_[i] + moved_[i];
    const double room = radius_[i] - (direction_[i] < 0 ? -at : at);
    if (room < limit * speed) limit = std::max(0.0, room / speed);
  }
  return limit;
}

void HomotopyPath::finish(PathPoint& point) {
  for (Index i = 0; i < columns_.rows; ++i) point.price[i] = base_[i] + moved_[i];
  for (const Index j : full_) {
    if (track_of_[j] != kFull) continue;
    point.state[j] = ColumnState::full;
    point.x[j] = columns_.upper(j);
  }
  for (const PathTrack& t : tracks_) {
    point.state[t.col] = t.state;
    if (t.state == ColumnState::inside) {
      const double margin = columns_.value(t.line, t.col, point.price.data()) - t.cost;
      point.x[t.col] = std::min(std::max(0.0, t.gain * (margin + t.line.weight * t.centre)), t.limit);
    } else {
      point.x[t.col] = t.state == ColumnState::full ? t.limit : 0.0;
    }
  }
  point.list_active();
}

void PathPoint::list_active() {
  active.resize(state.size());
  std::size_t count = 0;
  for (std::size_t j = 0; j < state.size(); ++j) {
    active[count] = static_cast<Index>(j);
    count += state[j] != ColumnState::empty ? 1 : 0;
  }
  active.resize(count);
}

void HomotopyPath::list_unsure(const std::vector<double>& price, std::vector<Index>& unsure) const {
  columns_.scan_far(kernels_, price, zero_, far_, unsure);
  std::erase_if(unsure, [this](Index j) { return track_of_[j] != kFull; });
}

}  // namespace lodestone::market
