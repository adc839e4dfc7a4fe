#include "lodestone/market/path_factor.hpp"

#include <algorithm>

namespace lodestone::market {

PathFactor::PathFactor(const PathColumns& columns, const Kernels& kernels)
    : columns_(columns), kernels_(kernels), lu_(columns.rows), pair_start_{0}, correction_(kMostCorrections) {
  const auto n = static_cast<std::size_t>(columns.all);
  interior_.reserve(n);
  gain_.reserve(n);
  placed_.assign(n, -1);
  for (Index j = 0; j < columns.all; ++j) {
    const Index count = columns.start[j + 1] - columns.start[j];
    pair_start_.push_back(pair_start_.back() + count * (count - 1) / 2);
  }
  slot_.assign(static_cast<std::size_t>(pair_start_.back()), -1);
  response_.assign(kMostCorrections + 1, std::vector<double>(static_cast<std::size_t>(columns.rows)));
}

void PathFactor::forget() {
  lu_.forget();
  ++structure_;
}

void PathFactor::begin(double hold) {
  hold_ = hold;
  interior_.clear();
  gain_.clear();
}

void PathFactor::add(Index col, double gain) {
  interior_.push_back(col);
  gain_.push_back(gain);
}

bool PathFactor::place(Index col) {
  if (placed_[col] == structure_) return true;
  Index pair = pair_start_[col];
  for (Index a = columns_.start[col]; a < columns_.start[col + 1]; ++a) {
    for (Index b = a + 1; b < columns_.start[col + 1]; ++b) {
      const Index slot = lu_.slot(columns_.row_of[a], columns_.row_of[b]);
      if (slot < 0) return false;
      slot_[pair++] = slot;
    }
  }
  placed_[col] = structure_;
  return true;
}

bool PathFactor::finish(Work& work) {
  corrections_ = 0;
  ++work.factorisations;
  const auto placed = [this](Index j) { return place(j); };
  if (!std::all_of(interior_.begin(), interior_.end(), placed)) {
    lu_.start_pattern();
    for (const Index j : interior_) {
      for (Index a = columns_.start[j]; a < columns_.start[j + 1]; ++a) {
        for (Index b = a + 1; b < columns_.start[j + 1]; ++b) lu_.link(columns_.row_of[a], columns_.row_of[b]);
      }
    }
    lu_.analyse();
    ++structure_;
    for (const Index j : interior_) place(j);
  }
  lu_.set_zero();
  for (Index i = 0; i < columns_.rows; ++i) lu_.add_diagonal(i, hold_ * columns_.anchor_size(i));
  for (std::size_t at = 0; at < interior_.size(); ++at) {
    const Index j = interior_[at];
    Index pair = pair_start_[j];
    for (Index a = columns_.start[j]; a < columns_.start[j + 1]; ++a) {
      const double ma = columns_.m[a] * gain_[at], pa = columns_.p[a] * gain_[at];
      lu_.add_diagonal(columns_.row_of[a], ma * columns_.p[a]);
      for (Index b = a + 1; b < columns_.start[j + 1]; ++b) {
        lu_.add_pair(slot_[pair++], ma * columns_.p[b], columns_.m[b] * pa);
      }
    }
  }
  return lu_.factor(columns_.symmetric());
}

void PathFactor::solve(std::vector<double>& v) {
  lu_.solve(v);
  for (int k = 0; k < corrections_; ++k) {
    const double t = correction_[k].beta * columns_.value(correction_[k].col, v.data());
    if (t != 0) kernels_.subtract(v.data(), t, response_[k].data(), columns_.rows);  // often a market apart
  }
}

const std::vector<double>& PathFactor::response(Index col) {
  std::vector<double>& w = response_[corrections_];
  std::fill(w.begin(), w.end(), 0.0);
  columns_.add(col, 1, w.data());
  solve(w);
  return w;
}

double PathFactor::correct(Index col, double change, double pivot) {
  const double beta = change / pivot;
  correction_[corrections_++] = {col, beta};
  return beta;
}

}  // namespace lodestone::market
