// What a path watches: values that must not fall below 0, in arrays that the kernels pass over from breakpoint to
// breakpoint. The list lags one step behind the path, so that making a step, turning into the next direction and
// finding its end is one pass.
#pragma once

#include <vector>

#include "lodestone/market/path_columns.hpp"

namespace lodestone::market {

class PathWatch {
 public:
  PathWatch(const PathColumns& columns, const Kernels& kernels);

  void clear() { items_ = extras_ = 0; }
  [[nodiscard]] Index count() const { return items_; }
  /// A new item of a column; `owner` is the path's name for whom it is.
  Index add(const ColumnLine& line, Index col, Index owner);
  [[nodiscard]] Index owner(Index item) const { return owner_[item]; }
  void set_owner(Index item, Index owner) { owner_[item] = owner; }

  /// The value is `margin` after the next step, and moves at `rate` before the next change of direction. It changes by
  /// `sign` P'd with prices that move by d.
  void watch(Index item, double sign, const ColumnLine& line, Index col, double margin, double rate, double step);
  /// From now on the other way round.
  void turn(Index item, double sign, const ColumnLine& line, Index col);
  void unwatch(Index item, const ColumnLine& line, Index col);
  [[nodiscard]] double rate(Index item) const { return dv_[item]; }
  /// The value will be 0 after the next step.
  void leave_at_zero(Index item, double rate, double step) {
    dv_[item] = rate;
    v_[item] = -step * rate;
  }

  /// Makes a step, then turns by `change`; the first value to reach 0 after that, if within `limit`.
  NextStep advance(double step, const std::vector<double>& change, double limit);

 private:
  void set_coefficients(Index item, double sign, const ColumnLine& line, Index col);

  const PathColumns& columns_;
  const Kernels& kernels_;
  std::vector<double> v_, dv_, p0_, p1_;
  std::vector<Index> row0_, row1_, owner_;
  Index items_ = 0;
  // Rows beyond the second of the columns watched.
  std::vector<double> extra_p_;
  std::vector<Index> extra_row_, extra_item_, extra_start_;
  Index extras_ = 0;
};

}  // namespace lodestone::market
