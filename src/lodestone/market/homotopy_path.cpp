#include "lodestone/market/homotopy_path.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace lodestone::market {
namespace {

constexpr double kOffset = 1e-6;  // of a typical price
constexpr double kNear = 0.02;    // columns further from switching are not watched until a price has moved this far
constexpr double kFarther = 4;
constexpr double kAll = 16;
// Of a rank-1 correction: beyond, digits are lost and H is factored anew.
constexpr double kSmallestPivot = 1e-5, kLargestPivot = 1e7;

}  // namespace

HomotopyPath::HomotopyPath(const PathColumns& columns, PathFactor& factor, const Kernels& kernels)
    : columns_(columns), factor_(factor), kernels_(kernels) {
  const auto n = static_cast<std::size_t>(columns.all);
  const auto m = static_cast<std::size_t>(columns.rows);
  std::mt19937_64 random(1);
  for (Index j = 0; j < columns.all; ++j) {
    offset_.push_back(kOffset * (0.2 + static_cast<double>(random() >> 11) * 0x1p-53));
  }
  tracks_.reserve(n);
  track_of_.assign(n, -1);
  found_.reserve(n + Kernels::kSpareRoom);
  wide_.reserve(n);
  for (auto* v : {&v_, &dv_, &p0_, &p1_}) v->assign(2 * n + Kernels::kSpareRoom, 0.0);
  for (auto* v : {&row0_, &row1_, &owner_}) v->assign(2 * n + Kernels::kSpareRoom, 0);
  for (auto* v : {&base_, &moved_, &rhs_, &direction_, &change_, &zero_}) v->assign(m, 0.0);
}

HomotopyPath::End HomotopyPath::follow(PathPoint& point, const Anchor& anchor, std::int64_t limit, Work& work) {
  if (!start(point, anchor, work)) return End::lost;
  const std::vector<double>* change = &change_;
  double step = 0;  // made, but not yet by the watch list
  while (true) {
    for (Index i = 0; i < columns_.rows; ++i) direction_[i] += (*change)[i];
    const double rest = 1 - tau_, reach = step_within_reach(rest);
    const NextStep next = advance(step, *change, reach);
    step = next.item < 0 ? reach : next.step;
    if (!std::isfinite(step)) return End::lost;
    for (Index i = 0; i < columns_.rows; ++i) moved_[i] += step * direction_[i];
    if (next.item >= 0) {
      if (--limit < 0) return End::limit;
      ++work.breakpoints;
      if (!flip(next.item, step, work)) return End::lost;
      change = &change_;
    } else if (reach < rest) {
      look_further(point, step);
      change = &zero_;
    } else {
      break;
    }
    tau_ += step;
  }
  finish(point, step);
  return End::reached;
}

bool HomotopyPath::start(const PathPoint& point, const Anchor& anchor, Work& work) {
  for (const Track& t : tracks_) track_of_[t.col] = -1;
  tracks_.clear();
  wide_.clear();
  items_ = 0;
  tau_ = 0;
  rest_ = 1;
  near_ = kNear;
  hold_ = anchor.strength;
  base_ = point.price;
  for (Index i = 0; i < columns_.rows; ++i) {
    moved_[i] = 0;
    rhs_[i] = columns_.rhs(i) - anchor.pull(columns_, i, base_[i]);
  }
  for (const Index j : point.active) {
    columns_.add(j, -point.x[j], rhs_.data());
    track(j, point.x[j], point.state[j]);
  }
  track_near(point);
  std::fill(direction_.begin(), direction_.end(), 0.0);
  return refactor(work);
}

// What a column's state and the month's numbers make of it at tau = 0.
void HomotopyPath::track(Index col, double x, ColumnState state) {
  const double upper = columns_.upper(col), q = columns_.curvature(col), e = columns_.weight(col);
  const double y = columns_.value(col, base_.data()) - columns_.cost(col);
  Track t{col, -1, -1, state, 1 / (q + e), 0, upper, 0};
  if (state == ColumnState::full && std::isinf(upper)) t.state = ColumnState::inside;
  if (state == ColumnState::inside && x >= upper) t.state = ColumnState::full;
  t.lower = items_++;
  if (!std::isinf(upper)) t.upper = items_++;
  track_of_[col] = static_cast<Index>(tracks_.size());
  for (const Index item : {t.lower, t.upper}) {
    if (item >= 0) owner_[item] = track_of_[col];
  }
  if (t.upper >= 0) unwatch(t.upper);
  switch (t.state) {
    case ColumnState::empty: {
      const double margin = std::max(-y, offset_[col]);
      t.cost_change = (-y - margin) / rest_;
      watch(t.lower, -1, t, {margin, t.cost_change});
      break;
    }
    case ColumnState::inside:
      t.cost_change = q * x - y;
      columns_.add(col, t.gain * t.cost_change, rhs_.data());
      watch(t.lower, 1, t, {x / t.gain, -t.cost_change});
      if (t.upper >= 0) watch(t.upper, -1, t, {(upper - x) / t.gain, t.cost_change});
      break;
    case ColumnState::full: {
      const double margin = std::max(y - q * x, offset_[col]);
      t.cost_change = margin - (y - q * x);
      t.bound = x;
      t.bound_change = upper - x;
      columns_.add(col, -t.bound_change, rhs_.data());
      unwatch(t.lower);
      watch(t.upper, 1, t, {margin, -t.cost_change - t.bound_change / t.gain});
      break;
    }
  }
  tracks_.push_back(t);
  if (columns_.is_wide(col)) wide_.push_back(track_of_[col]);
}

// Watches what is near enough to switching while no price moves further than `near`.
void HomotopyPath::track_near(const PathPoint& point) {
  columns_.scan(kernels_, base_, 0, near_, found_);
  for (Index i = 0; i < columns_.rows; ++i) {
    if (base_[i] <= near_) found_.push_back(columns_.cols + i);
  }
  for (const Index j : found_) {
    if (track_of_[j] >= 0 || point.state[j] != ColumnState::empty || columns_.upper(j) == 0) continue;
    track(j, 0, ColumnState::empty);
  }
}

// A price has moved as far as it may before more columns have to be watched. `step` is made, but not yet by the list.
void HomotopyPath::look_further(const PathPoint& point, double step) {
  near_ = near_ * kFarther > kAll ? kUnlimited : near_ * kFarther;
  rest_ = 1 - tau_ - step;
  for (Index i = 0; i < columns_.rows; ++i) {
    base_[i] += moved_[i];
    moved_[i] = 0;
  }
  const std::size_t known = tracks_.size();
  track_near(point);
  for (std::size_t k = known; k < tracks_.size(); ++k) {
    const Index item = tracks_[k].lower;
    dv_[item] -= columns_.value(tracks_[k].col, direction_.data());
    v_[item] -= step * dv_[item];
  }
}

void HomotopyPath::watch(Index item, double sign, const Track& t, Margin margin) {
  v_[item] = margin.value;
  dv_[item] = margin.rate;
  const ColumnLine& line = columns_.line(t.col);
  p0_[item] = sign * line.p0;
  p1_[item] = sign * line.p1;
  row0_[item] = line.row0;
  row1_[item] = line.row1;
}

void HomotopyPath::unwatch(Index item) {
  v_[item] = 1;
  dv_[item] = p0_[item] = p1_[item] = 0;
  row0_[item] = row1_[item] = 0;
}

bool HomotopyPath::refactor(Work& work) {
  factor_.begin(hold_);
  for (const Track& t : tracks_) {
    if (t.state == ColumnState::inside) factor_.add(t.col, t.gain);
  }
  if (!factor_.finish(work)) return false;
  change_ = rhs_;
  factor_.solve(change_);
  return true;
}

// Before the step is made: margins are what they will be, less step times their rates.
bool HomotopyPath::flip(Index item, double step, Work& work) {
  Track& t = tracks_[owner_[item]];
  const bool at_zero = item == t.lower, enters = t.state != ColumnState::inside;
  const double sign = enters ? 1.0 : -1.0;
  const bool rises = at_zero == enters;  // y is on its way up
  const double rate = rises ? -dv_[item] : dv_[item];
  const double bound = t.bound + (tau_ + step) * t.bound_change;
  const double moved = at_zero ? 0.0 : t.bound_change;
  columns_.add(t.col, sign * (t.gain * t.cost_change + moved), rhs_.data());

  const double along = columns_.value(t.col, direction_.data()) - t.cost_change;  // rate of y
  const auto begin_watch = [&](Index other, double side, double rest, double rest_rate) {
    watch(other, side, t, {rest - step * rest_rate, rest_rate});
  };
  dv_[item] = -dv_[item];
  p0_[item] = -p0_[item];
  p1_[item] = -p1_[item];
  const Index other = at_zero ? t.upper : t.lower;
  if (other >= 0 && enters) {
    if (at_zero) {
      begin_watch(other, -1, bound / t.gain, t.bound_change / t.gain - along);
    } else {
      begin_watch(other, 1, bound / t.gain, along);
    }
  } else if (other >= 0) {
    unwatch(other);
  }
  t.state = enters ? ColumnState::inside : at_zero ? ColumnState::empty : ColumnState::full;

  const std::vector<double>& w = factor_.response(t.col);
  const double pivot = 1 + sign * t.gain * columns_.value(t.col, w.data());
  if (!(pivot > -kSmallestPivot)) return false;  // with wedges the path may turn back
  if (pivot < kSmallestPivot || pivot > kLargestPivot || factor_.is_full()) {
    if (!refactor(work)) return false;
    for (Index i = 0; i < columns_.rows; ++i) change_[i] -= direction_[i];
  } else {
    const double alpha = -factor_.correct(t.col, sign * t.gain, pivot) * rate;
    for (Index i = 0; i < columns_.rows; ++i) change_[i] = alpha * w[i];
  }
  // The column leaves the point where it switched, however slowly: rounding must not turn it round.
  const double response = (rises ? 1.0 : -1.0) * columns_.value(t.col, change_.data());
  if (dv_[item] + response <= 0) dv_[item] = std::abs(rate) / std::max(pivot, 1.0) - response;
  v_[item] = -step * dv_[item];
  return true;
}

NextStep HomotopyPath::advance(double step, const std::vector<double>& change, double limit) {
  for (const Index k : wide_) {
    const Track& t = tracks_[k];
    double sum = 0;
    for (Index e = columns_.start[t.col] + 2; e < columns_.start[t.col + 1]; ++e) {
      sum += columns_.p[e] * change[columns_.row_of[e]];
    }
    const auto add = [&](Index item, double d) {
      dv_[item] += d;
      v_[item] -= step * d;
    };
    if (t.state != ColumnState::full) add(t.lower, t.state == ColumnState::empty ? -sum : sum);
    if (t.state != ColumnState::empty && t.upper >= 0) add(t.upper, t.state == ColumnState::inside ? -sum : sum);
  }
  const WatchList list{v_.data(), dv_.data(), p0_.data(), p1_.data(), row0_.data(), row1_.data(), items_};
  return kernels_.advance(list, step, change.data(), limit);
}

// The step at which a price has moved by `near` since the columns were last looked at.
double HomotopyPath::step_within_reach(double limit) const {
  if (std::isinf(near_)) return limit;
  for (Index i = 0; i < columns_.rows; ++i) {
    const double speed = std::abs(direction_[i]);
    const double room = near_ - (direction_[i] < 0 ? -moved_[i] : moved_[i]);
    if (room < limit * speed) limit = std::max(0.0, room / speed);
  }
  return limit;
}

void HomotopyPath::finish(PathPoint& point, double step) {
  for (Index i = 0; i < columns_.rows; ++i) point.price[i] = base_[i] + moved_[i];
  point.active.clear();
  for (const Track& t : tracks_) {
    double x = 0;
    if (t.state == ColumnState::inside) x = std::max(0.0, (v_[t.lower] + step * dv_[t.lower]) * t.gain);
    if (t.state == ColumnState::full) x = columns_.upper(t.col);
    point.x[t.col] = x;
    point.state[t.col] = t.state;
    if (t.state != ColumnState::empty) point.active.push_back(t.col);
  }
}

}  // namespace lodestone::market
