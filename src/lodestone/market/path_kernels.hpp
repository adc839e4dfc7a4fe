// The two passes that touch thousands of columns, in a plain version and for AVX2 and AVX-512, chosen at run time. All
// do the same arithmetic in the same order per column (nothing is fused); only which of several equal steps comes
// first may differ.
#pragma once

#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

/// What the path watches: values that must not fall below 0. v moves at dv per unit of tau; a change of the price
/// direction by d changes dv by p0 d[row0] + p1 d[row1].
struct WatchList {
  double *v, *dv;
  const double *p0, *p1;
  const Index *row0, *row1;
  Index count;
};

struct NextStep {
  double step;
  Index item;  // -1: nothing falls below 0 within the limit
};

struct ScanColumns {
  Index count;
  const Index *row0, *row1;
  const double *p0, *p1, *cost, *cost_factor;
};

struct Kernels {
  static constexpr Index kSpareRoom = 16;  // a vector may be written beyond the last index found

  /// v += step dv, then dv += P'd, then the first v to reach 0, if within `limit`.
  NextStep (*advance)(const WatchList& list, double step, const double* d, double limit);
  /// Indices, ascending, of columns but those with P'price - cost cost_factor <= least (so what is not a number is
  /// found); returns how many.
  Index (*scan)(const ScanColumns& columns, const double* price, double least, Index* found);
  /// The same of columns but those with P'centre - cost cost_factor <= -|P|'radius.
  Index (*scan_box)(const ScanColumns& columns, const double* centre, const double* radius, Index* found);
  /// The same of columns but those with P'centre - cost cost_factor - |P|'radius > bar.
  Index (*scan_far)(const ScanColumns& columns, const double* centre, const double* radius, const double* bar,
                    Index* found);
  /// v -= t w.
  void (*subtract)(double* v, double t, const double* w, Index count);
  const char* name;
};

/// The fastest kernels this processor runs.
const Kernels& best_kernels();
/// All kernels this processor runs, the plain ones first; for tests.
std::vector<const Kernels*> all_kernels();

}  // namespace lodestone::market
