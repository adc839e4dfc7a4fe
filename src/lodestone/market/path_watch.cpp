#include "lodestone/market/path_watch.hpp"

namespace lodestone::market {

PathWatch::PathWatch(const PathColumns& columns, const Kernels& kernels) : columns_(columns), kernels_(kernels) {
  const auto items = 2 * static_cast<std::size_t>(columns.all);
  const std::size_t wide = 2 * columns.row_of.size();
  for (auto* v : {&extra_item_, &extra_row_}) v->assign(wide, 0);
  extra_p_.assign(wide, 0.0);
  extra_start_.assign(items, 0);
  for (auto* v : {&v_, &dv_, &p0_, &p1_}) v->assign(items + Kernels::kSpareRoom, 0.0);
  for (auto* v : {&row0_, &row1_, &owner_}) v->assign(items + Kernels::kSpareRoom, 0);
}

Index PathWatch::add(const ColumnLine& line, Index col, Index owner) {
  owner_[items_] = owner;
  row0_[items_] = line.row0;
  row1_[items_] = line.row1;
  if (line.width > 2) {
    extra_start_[items_] = extras_;
    for (Index k = columns_.start[col] + 2; k < columns_.start[col + 1]; ++k) {
      extra_item_[extras_] = items_;
      extra_row_[extras_++] = columns_.row_of[k];
    }
  }
  return items_++;
}

void PathWatch::watch(Index item, double sign, const ColumnLine& line, Index col, double margin, double rate,
                      double step) {
  v_[item] = margin - step * rate;
  dv_[item] = rate;
  set_coefficients(item, sign, line, col);
}

void PathWatch::turn(Index item, double sign, const ColumnLine& line, Index col) {
  dv_[item] = -dv_[item];
  set_coefficients(item, sign, line, col);
}

void PathWatch::unwatch(Index item, const ColumnLine& line, Index col) {
  v_[item] = 1;
  dv_[item] = 0;
  set_coefficients(item, 0, line, col);
}

void PathWatch::set_coefficients(Index item, double sign, const ColumnLine& line, Index col) {
  p0_[item] = sign * line.p0;
  p1_[item] = sign * line.p1;
  for (Index k = 2; k < line.width; ++k)
    extra_p_[extra_start_[item] + k - 2] = sign * columns_.p[columns_.start[col] + k];
}

// The kernels know two rows of a column; what further ones do is added before, so that it comes out right after.
NextStep PathWatch::advance(double step, const std::vector<double>& change, double limit) {
  for (Index e = 0; e < extras_; ++e) {
    const double d = extra_p_[e] * change[extra_row_[e]];
    dv_[extra_item_[e]] += d;
    v_[extra_item_[e]] -= step * d;
  }
  const WatchList list{v_.data(), dv_.data(), p0_.data(), p1_.data(), row0_.data(), row1_.data(), items_};
  return kernels_.advance(list, step, change.data(), limit);
}

}  // namespace lodestone::market
