#include "lodestone/market/dense_lu.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {

DenseLu::DenseLu(Index size)
    : size_(size),
      a_(static_cast<std::size_t>(size) * static_cast<std::size_t>(size)),
      work_(static_cast<std::size_t>(size)),
      order_(static_cast<std::size_t>(size)) {}

void DenseLu::set_zero() {
  std::fill(a_.begin(), a_.end(), 0.0);
}

bool DenseLu::factor() {
  for (Index i = 0; i < size_; ++i) order_[i] = i;
  for (Index k = 0; k < size_; ++k) {
    Index best = k;
    for (Index i = k + 1; i < size_; ++i) {
      if (std::abs(at(i, k)) > std::abs(at(best, k))) best = i;
    }
    if (!(std::abs(at(best, k)) > 0)) return false;
    if (best != k) {
      std::swap_ranges(&at(k, 0), &at(k, 0) + size_, &at(best, 0));
      std::swap(order_[k], order_[best]);
    }
    for (Index i = k + 1; i < size_; ++i) {
      const double factor = at(i, k) /= at(k, k);
      if (factor == 0) continue;
      for (Index j = k + 1; j < size_; ++j) at(i, j) -= factor * at(k, j);
    }
  }
  return true;
}

void DenseLu::solve(std::vector<double>& v) {
  for (Index i = 0; i < size_; ++i) {
    double sum = v[order_[i]];
    for (Index j = 0; j < i; ++j) sum -= at(i, j) * work_[j];
    work_[i] = sum;
  }
  for (Index i = size_ - 1; i >= 0; --i) {
    double sum = work_[i];
    for (Index j = i + 1; j < size_; ++j) sum -= at(i, j) * work_[j];
    work_[i] = sum / at(i, i);
  }
  std::copy(work_.begin(), work_.end(), v.begin());
}

}  // namespace lodestone::market
