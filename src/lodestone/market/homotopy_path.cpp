#include "lodestone/market/homotopy_path.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace lodestone::market {
namespace {

constexpr double kOffset = 1e-6;  // of a typical price
constexpr double kNear = 0.01;    // columns further from switching are not watched until a price has moved this far
constexpr double kFarther = 2;
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
  track_of_.assign(n, kUnknown);
  found_.reserve(n + columns.wide.size() + Kernels::kSpareRoom);  // when every column is near, wide ones come twice
  const std::size_t wide = 2 * columns.row_of.size();
  for (auto* v : {&extra_item_, &extra_row_}) v->assign(wide, 0);
  extra_p_.assign(wide, 0.0);
  extra_start_.assign(2 * n, 0);
  light_.reserve(n);
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
  for (const Track& t : tracks_) track_of_[t.col] = kUnknown;
  for (const Index j : light_) track_of_[j] = kUnknown;
  tracks_.clear();
  light_.clear();
  items_ = extras_ = 0;
  tau_ = 0;
  near_ = kNear;
  moving_ = false;
  hold_ = anchor.strength;
  base_ = point.price;
  for (Index i = 0; i < columns_.rows; ++i) {
    moved_[i] = direction_[i] = 0;
    rhs_[i] = columns_.rhs(i) - anchor.pull(columns_, i, base_[i]);
  }
  for (const Index j : point.active) track_active(j, point.x[j], point.state[j]);
  started_ = tracks_.size();
  track_empty(point, 0);
  moving_ = true;
  return refactor(work);
}

// What the state of a column that is not empty and the month's numbers make of it at tau = 0.
void HomotopyPath::track_active(Index col, double x, ColumnState state) {
  const double upper = columns_.upper(col), q = columns_.curvature(col);
  const double margin = columns_.value(col, base_.data()) - columns_.cost(col) - q * x;
  Track& t = append(col, q + columns_.weight(col));
  t.centre = x;
  if (x < upper && (state == ColumnState::inside || std::isinf(upper))) {
    t.state = ColumnState::inside;
    t.cost_change = -margin;
    t.bound = upper;
    columns_.add(col, -x - t.gain * margin, rhs_.data());
  } else {
    t.state = ColumnState::full;
    t.cost_change = std::max(0.0, offset_[col] - margin);
    t.bound = x;
    t.bound_change = upper - x;
    columns_.add(col, -upper, rhs_.data());
  }
  watch_if_near(t, margin + t.cost_change + x * t.stiffness, 0);
}

// Watches empty columns that are near enough to entering while no price moves further than `near`. `step` is made, but
// not yet by the watch list.
void HomotopyPath::track_empty(const PathPoint& point, double step) {
  columns_.scan(kernels_, base_, 0, near_, found_);
  for (Index i = 0; i < columns_.rows; ++i) {
    if (base_[i] <= near_) found_.push_back(columns_.cols + i);
  }
  const double rest = 1 - tau_ - step;
  for (const Index j : found_) {
    if (track_of_[j] != kUnknown || point.state[j] != ColumnState::empty || columns_.upper(j) == 0) continue;
    const double margin = columns_.cost(j) - columns_.value(j, base_.data()), least = offset_[j];
    const double rate = moving_ ? -columns_.value(j, direction_.data()) : 0.0;
    if (margin >= least && !columns_.is_wide(j)) {
      track_of_[j] = kLight;
      light_.push_back(j);
      owner_[items_] = -1 - j;
      watch(items_++, -1, j, margin, rate, step);
    } else {
      Track& t = track_entrant(j, std::min(0.0, (margin - least) / rest));
      t.lower = new_item(t);
      watch(t.lower, -1, j, std::max(margin, least), t.cost_change + rate, step);
    }
  }
}

HomotopyPath::Track& HomotopyPath::track_entrant(Index col, double cost_change) {
  Track& t = append(col, columns_.curvature(col) + columns_.weight(col));
  t.state = ColumnState::empty;
  t.cost_change = cost_change;
  t.bound = columns_.upper(col);
  return t;
}

HomotopyPath::Track& HomotopyPath::append(Index col, double stiffness) {
  track_of_[col] = static_cast<Index>(tracks_.size());
  Track& t = tracks_.emplace_back();
  t.col = col;
  t.lower = t.upper = -1;
  t.gain = 1 / stiffness;
  t.stiffness = stiffness;
  t.centre = t.cost_change = t.bound_change = 0;
  return t;
}

// Watches the bounds of a column inside or full that are near enough, given P'price - c + e centre. Once it has
// switched, both its bounds are watched.
void HomotopyPath::watch_if_near(Track& t, double level, double step) {
  const double rest = 1 - tau_ - step, bound_rate = t.bound_change * t.stiffness;
  const double rate = (moving_ ? speed(t) : 0.0) - t.cost_change;
  const double to_bound = (t.bound + (1 - rest) * t.bound_change) * t.stiffness - level;
  const double near = near_ * columns_.slope(t.col) + (std::abs(t.cost_change) + std::abs(bound_rate)) * rest;
  if (t.state == ColumnState::inside && t.lower < 0 && !(level > near)) {
    t.lower = new_item(t);
    watch(t.lower, 1, t.col, level, rate, step);
  }
  if (t.upper >= 0 || !(std::abs(to_bound) <= near)) return;
  t.upper = new_item(t);
  if (t.state == ColumnState::inside) {
    watch(t.upper, -1, t.col, to_bound, bound_rate - rate, step);
  } else {
    watch(t.upper, 1, t.col, -to_bound, rate - bound_rate, step);
  }
}

// A price has moved as far as it may before more bounds have to be watched.
void HomotopyPath::look_further(const PathPoint& point, double step) {
  near_ = near_ * kFarther > kAll ? kUnlimited : near_ * kFarther;
  for (Index i = 0; i < columns_.rows; ++i) {
    base_[i] += moved_[i];
    moved_[i] = 0;
  }
  for (std::size_t k = 0; k < started_; ++k) {
    Track& t = tracks_[k];
    if (t.state != ColumnState::empty && (t.lower < 0 || t.upper < 0)) watch_if_near(t, level(t, tau_ + step), step);
  }
  track_empty(point, step);
}

double HomotopyPath::level(const Track& t, double tau) const {
  return columns_.value(t.col, base_.data()) - columns_.cost(t.col) + t.cost_change * (1 - tau) +
         columns_.weight(t.col) * t.centre;
}

double HomotopyPath::speed(const Track& t) const {
  return columns_.value(t.col, direction_.data());
}

Index HomotopyPath::new_item(const Track& t) {
  owner_[items_] = track_of_[t.col];
  if (columns_.is_wide(t.col)) {
    extra_start_[items_] = extras_;
    for (Index k = columns_.start[t.col] + 2; k < columns_.start[t.col + 1]; ++k) {
      extra_item_[extras_] = items_;
      extra_row_[extras_++] = columns_.row_of[k];
    }
  }
  return items_++;
}

// `margin` is what it is after the step, which the watch list is still to make.
void HomotopyPath::watch(Index item, double sign, Index col, double margin, double rate, double step) {
  const ColumnLine& line = columns_.line(col);
  v_[item] = margin - step * rate;
  dv_[item] = rate;
  row0_[item] = line.row0;
  row1_[item] = line.row1;
  set_coefficients(item, sign, col);
}

void HomotopyPath::set_coefficients(Index item, double sign, Index col) {
  const ColumnLine& line = columns_.line(col);
  p0_[item] = sign * line.p0;
  p1_[item] = sign * line.p1;
  for (Index k = 2; k < line.width; ++k)
    extra_p_[extra_start_[item] + k - 2] = sign * columns_.p[columns_.start[col] + k];
}

void HomotopyPath::unwatch(Index item, Index col) {
  v_[item] = 1;
  dv_[item] = 0;
  set_coefficients(item, 0, col);
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

// Changes the state of a column whose watched value reaches 0 with this step, which the watch list is still to make.
bool HomotopyPath::flip(Index item, double step, Work& work) {
  if (owner_[item] < 0) {
    const Track& entrant = track_entrant(-1 - owner_[item], 0);
    owner_[item] = track_of_[entrant.col];
    tracks_.back().lower = item;
  }
  Track& t = tracks_[owner_[item]];
  const bool at_zero = item == t.lower, enters = t.state != ColumnState::inside;
  const double sign = enters ? 1.0 : -1.0;
  const bool rises = at_zero == enters;  // y is on its way up
  const double rate = rises ? -dv_[item] : dv_[item];
  const double bound = (t.bound + (tau_ + step) * t.bound_change) * t.stiffness;
  const double bound_rate = t.bound_change * t.stiffness;
  columns_.add(t.col, sign * (t.gain * t.cost_change + (at_zero ? 0.0 : t.bound_change)), rhs_.data());

  dv_[item] = -dv_[item];
  set_coefficients(item, rises ? 1 : -1, t.col);
  Index& other = at_zero ? t.upper : t.lower;
  if (!enters) {
    if (other >= 0) unwatch(other, t.col);
  } else if (!std::isinf(bound)) {
    if (other < 0) other = new_item(t);
    const double along = speed(t) - t.cost_change;
    watch(other, at_zero ? -1 : 1, t.col, bound, at_zero ? bound_rate - along : along, step);
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

// The kernels know two rows of a column; what further ones do is added before, so that it comes out right after.
NextStep HomotopyPath::advance(double step, const std::vector<double>& change, double limit) {
  for (Index e = 0; e < extras_; ++e) {
    const double d = extra_p_[e] * change[extra_row_[e]];
    dv_[extra_item_[e]] += d;
    v_[extra_item_[e]] -= step * d;
  }
  const WatchList list{v_.data(), dv_.data(), p0_.data(), p1_.data(), row0_.data(), row1_.data(), items_};
  return kernels_.advance(list, step, change.data(), limit);
}

// The step at which a price has moved by `near` since the columns were last looked at.
double HomotopyPath::step_within_reach(double limit) const {
  if (std::isinf(near_)) return limit;
  constexpr std::size_t kLanes = 4;  // independent, so that the compiler may take several at once
  double furthest[kLanes] = {0, 0, 0, 0};
  std::size_t row = 0;
  for (; row + kLanes <= moved_.size(); row += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      furthest[k] = std::max(furthest[k], std::abs(moved_[row + k] + limit * direction_[row + k]));
    }
  }
  for (; row < moved_.size(); ++row)
    furthest[0] = std::max(furthest[0], std::abs(moved_[row] + limit * direction_[row]));
  if (*std::max_element(furthest, furthest + kLanes) <= near_) return limit;
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
    point.x[t.col] = activity(t, point, step);
    point.state[t.col] = t.state;
    if (t.state != ColumnState::empty) point.active.push_back(t.col);
  }
}

// At the end of the path, the last step of which the watch list has not made.
double HomotopyPath::activity(const Track& t, const PathPoint& point, double step) const {
  const auto margin = [&](Index item) { return (v_[item] + step * dv_[item]) * t.gain; };
  if (t.state == ColumnState::empty) return 0;
  if (t.state == ColumnState::full) return columns_.upper(t.col);
  if (t.lower >= 0) return std::max(0.0, margin(t.lower));
  if (t.upper >= 0) return columns_.upper(t.col) - margin(t.upper);
  const double y = columns_.value(t.col, point.price.data()) - columns_.cost(t.col);
  return t.gain * (y + columns_.weight(t.col) * t.centre);
}

}  // namespace lodestone::market
