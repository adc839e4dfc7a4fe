#include "lodestone/market/path_kernels.hpp"

#include <algorithm>

namespace lodestone::market {
namespace {

NextStep advance_plain(const WatchList& list, double step, const double* d, double limit) {
  NextStep next{limit, -1};
  for (Index k = 0; k < list.count; ++k) {
    const double v = list.v[k] + step * list.dv[k];
    const double dv = list.dv[k] + (list.p0[k] * d[list.row0[k]] + list.p1[k] * d[list.row1[k]]);
    list.v[k] = v;
    list.dv[k] = dv;
    if (dv < 0 && v < -dv * next.step) next = {std::max(0.0, v / -dv), k};
  }
  return next;
}

Index scan_plain(const ScanColumns& c, const double* price, double least, double near, Index* found) {
  Index count = 0;
  for (Index j = 0; j < c.count; ++j) {
    const double value = c.p0[j] * price[c.row0[j]] + c.p1[j] * price[c.row1[j]];
    found[count] = j;
    count += value - c.cost[j] * c.cost_factor[j] <= least - near * c.slope[j] ? 0 : 1;
  }
  return count;
}

constexpr Kernels kPlain{advance_plain, scan_plain, "plain"};

}  // namespace

const Kernels& best_kernels() {
  return kPlain;
}

std::vector<const Kernels*> all_kernels() {
  return {&kPlain};
}

}  // namespace lodestone::market
