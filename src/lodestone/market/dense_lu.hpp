// LU with partial pivoting on a full matrix: the slow, safe way when the sparse factor loses too many digits.
#pragma once

#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

class DenseLu {
 public:
  explicit DenseLu(Index size);  // all memory is taken here
  void set_zero();
  void add(Index row, Index col, double value) { at(row, col) += value; }
  [[nodiscard]] bool factor();         // false when a column has no pivot
  void solve(std::vector<double>& v);  // in place

 private:
  double& at(Index row, Index col) { return a_[static_cast<std::size_t>(row) * size_ + col]; }
  Index size_;
  std::vector<double> a_, work_;
  std::vector<Index> order_;  // row in place k
};

}  // namespace lodestone::market
