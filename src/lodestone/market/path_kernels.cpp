#include "lodestone/market/path_kernels.hpp"

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lodestone::market {
namespace {

// Takes item k if it reaches 0 before the first one so far.
inline void consider(const WatchList& list, Index k, NextStep& next) {
  const double v = list.v[k], speed = -list.dv[k];
  if (speed > 0 && v < speed * next.step) next = {std::max(0.0, v / speed), k};
}

inline void advance_one(const WatchList& list, Index k, double step, const double* d) {
  list.v[k] += step * list.dv[k];
  list.dv[k] += list.p0[k] * d[list.row0[k]] + list.p1[k] * d[list.row1[k]];
}

inline bool is_found(const ScanColumns& c, Index j, const double* price, double least) {
  const double value = c.p0[j] * price[c.row0[j]] + c.p1[j] * price[c.row1[j]];
  return !(value - c.cost[j] * c.cost_factor[j] <= least);
}

inline bool is_found_in(const ScanColumns& c, Index j, const double* centre, const double* radius) {
  const double reach = std::abs(c.p0[j]) * radius[c.row0[j]] + std::abs(c.p1[j]) * radius[c.row1[j]];
  return is_found(c, j, centre, -reach);
}

inline bool is_not_far(const ScanColumns& c, Index j, const double* centre, const double* radius, const double* bar) {
  const double reach = std::abs(c.p0[j]) * radius[c.row0[j]] + std::abs(c.p1[j]) * radius[c.row1[j]];
  const double value = c.p0[j] * centre[c.row0[j]] + c.p1[j] * centre[c.row1[j]];
  return !(value - c.cost[j] * c.cost_factor[j] - reach > bar[j]);
}

NextStep advance_plain(const WatchList& list, double step, const double* d, double limit) {
  NextStep next{limit, -1};
  for (Index k = 0; k < list.count; ++k) {
    advance_one(list, k, step, d);
    consider(list, k, next);
  }
  return next;
}

Index scan_plain(const ScanColumns& c, const double* price, double least, Index* found) {
  Index count = 0;
  for (Index j = 0; j < c.count; ++j) {
    found[count] = j;
    count += is_found(c, j, price, least) ? 1 : 0;
  }
  return count;
}

Index scan_box_plain(const ScanColumns& c, const double* centre, const double* radius, Index* found) {
  Index count = 0;
  for (Index j = 0; j < c.count; ++j) {
    found[count] = j;
    count += is_found_in(c, j, centre, radius) ? 1 : 0;
  }
  return count;
}

Index scan_far_plain(const ScanColumns& c, const double* centre, const double* radius, const double* bar,
                     Index* found) {
  Index count = 0;
  for (Index j = 0; j < c.count; ++j) {
    found[count] = j;
    count += is_not_far(c, j, centre, radius, bar) ? 1 : 0;
  }
  return count;
}

void subtract_plain(double* v, double t, const double* w, Index count) {
  for (Index i = 0; i < count; ++i) v[i] -= t * w[i];
}

constexpr Kernels kPlain{advance_plain, scan_plain, scan_box_plain, scan_far_plain, subtract_plain, "plain"};

#if defined(__x86_64__)

// With a source and a mask that say nothing, because GCC 12 takes the plain ones for uninitialised.
[[gnu::target("avx2")]] inline __m256d gather4(const double* from, const Index* at) {
  const __m128i rows = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m256d all = _mm256_castsi256_pd(_mm256_set1_epi64x(-1));
  return _mm256_mask_i32gather_pd(_mm256_setzero_pd(), from, rows, all, 8);
}

[[gnu::target("avx512f")]] inline __m512d gather8(const double* from, const Index* at) {
  const __m256i rows = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  return _mm512_mask_i32gather_pd(_mm512_setzero_pd(), 0xff, rows, from, 8);
}

[[gnu::target("avx2")]] NextStep advance_avx2(const WatchList& list, double step, const double* d, double limit) {
  NextStep next{limit, -1};
  const __m256d steps = _mm256_set1_pd(step), zero = _mm256_setzero_pd();
  __m256d first = _mm256_set1_pd(limit);
  Index k = 0;
  for (; k + 4 <= list.count; k += 4) {
    const __m256d old = _mm256_loadu_pd(list.dv + k);
    const __m256d d0 = gather4(d, list.row0 + k);
    const __m256d d1 = gather4(d, list.row1 + k);
    const __m256d change =
        _mm256_add_pd(_mm256_mul_pd(_mm256_loadu_pd(list.p0 + k), d0), _mm256_mul_pd(_mm256_loadu_pd(list.p1 + k), d1));
    const __m256d v = _mm256_add_pd(_mm256_loadu_pd(list.v + k), _mm256_mul_pd(steps, old));
    const __m256d dv = _mm256_add_pd(old, change);
    _mm256_storeu_pd(list.v + k, v);
    _mm256_storeu_pd(list.dv + k, dv);
    const __m256d speed = _mm256_sub_pd(zero, dv);
    const __m256d within = _mm256_and_pd(_mm256_cmp_pd(speed, zero, _CMP_GT_OQ),
                                         _mm256_cmp_pd(v, _mm256_mul_pd(speed, first), _CMP_LT_OQ));
    if (_mm256_movemask_pd(within) == 0) continue;
    for (Index lane = 0; lane < 4; ++lane) consider(list, k + lane, next);
    first = _mm256_set1_pd(next.step);
  }
  for (; k < list.count; ++k) {
    advance_one(list, k, step, d);
    consider(list, k, next);
  }
  return next;
}

// P'price - cost of four columns.
[[gnu::target("avx2")]] inline __m256d margin4(const ScanColumns& c, Index j, const double* price) {
  const __m256d l0 = gather4(price, c.row0 + j);
  const __m256d l1 = gather4(price, c.row1 + j);
  const __m256d value =
      _mm256_add_pd(_mm256_mul_pd(_mm256_loadu_pd(c.p0 + j), l0), _mm256_mul_pd(_mm256_loadu_pd(c.p1 + j), l1));
  return _mm256_sub_pd(value, _mm256_mul_pd(_mm256_loadu_pd(c.cost + j), _mm256_loadu_pd(c.cost_factor + j)));
}

[[gnu::target("avx2")]] Index scan_avx2(const ScanColumns& c, const double* price, double least, Index* found) {
  Index count = 0, j = 0;
  const __m256d bar = _mm256_set1_pd(least);
  for (; j + 4 <= c.count; j += 4) {
    int mask = _mm256_movemask_pd(_mm256_cmp_pd(margin4(c, j, price), bar, _CMP_NLE_UQ));
    for (; mask != 0; mask &= mask - 1) found[count++] = j + __builtin_ctz(static_cast<unsigned>(mask));
  }
  for (; j < c.count; ++j) {
    if (is_found(c, j, price, least)) found[count++] = j;
  }
  return count;
}

[[gnu::target("avx2")]] Index scan_box_avx2(const ScanColumns& c, const double* centre, const double* radius,
                                            Index* found) {
  Index count = 0, j = 0;
  const __m256d sign = _mm256_set1_pd(-0.0);
  for (; j + 4 <= c.count; j += 4) {
    const __m256d minus0 = _mm256_or_pd(sign, _mm256_loadu_pd(c.p0 + j));
    const __m256d minus1 = _mm256_or_pd(sign, _mm256_loadu_pd(c.p1 + j));
    const __m256d bar = _mm256_add_pd(_mm256_mul_pd(minus0, gather4(radius, c.row0 + j)),
                                      _mm256_mul_pd(minus1, gather4(radius, c.row1 + j)));
    int mask = _mm256_movemask_pd(_mm256_cmp_pd(margin4(c, j, centre), bar, _CMP_NLE_UQ));
    for (; mask != 0; mask &= mask - 1) found[count++] = j + __builtin_ctz(static_cast<unsigned>(mask));
  }
  for (; j < c.count; ++j) {
    if (is_found_in(c, j, centre, radius)) found[count++] = j;
  }
  return count;
}

[[gnu::target("avx2")]] Index scan_far_avx2(const ScanColumns& c, const double* centre, const double* radius,
                                            const double* bar, Index* found) {
  Index count = 0, j = 0;
  const __m256d sign = _mm256_set1_pd(-0.0);
  for (; j + 4 <= c.count; j += 4) {
    const __m256d size0 = _mm256_andnot_pd(sign, _mm256_loadu_pd(c.p0 + j));
    const __m256d size1 = _mm256_andnot_pd(sign, _mm256_loadu_pd(c.p1 + j));
    const __m256d reach = _mm256_add_pd(_mm256_mul_pd(size0, gather4(radius, c.row0 + j)),
                                        _mm256_mul_pd(size1, gather4(radius, c.row1 + j)));
    const __m256d least = _mm256_sub_pd(margin4(c, j, centre), reach);
    int mask = _mm256_movemask_pd(_mm256_cmp_pd(least, _mm256_loadu_pd(bar + j), _CMP_NGT_UQ));
    for (; mask != 0; mask &= mask - 1) found[count++] = j + __builtin_ctz(static_cast<unsigned>(mask));
  }
  for (; j < c.count; ++j) {
    if (is_not_far(c, j, centre, radius, bar)) found[count++] = j;
  }
  return count;
}

[[gnu::target("avx2")]] void subtract_avx2(double* v, double t, const double* w, Index count) {
  const __m256d by = _mm256_set1_pd(t);
  Index i = 0;
  for (; i + 4 <= count; i += 4) {
    _mm256_storeu_pd(v + i, _mm256_sub_pd(_mm256_loadu_pd(v + i), _mm256_mul_pd(by, _mm256_loadu_pd(w + i))));
  }
  for (; i < count; ++i) v[i] -= t * w[i];
}

[[gnu::target("avx512f")]] NextStep advance_avx512(const WatchList& list, double step, const double* d, double limit) {
  NextStep next{limit, -1};
  const __m512d steps = _mm512_set1_pd(step), zero = _mm512_setzero_pd();
  __m512d first = _mm512_set1_pd(limit);
  Index k = 0;
  for (; k + 8 <= list.count; k += 8) {
    const __m512d old = _mm512_loadu_pd(list.dv + k);
    const __m512d d0 = gather8(d, list.row0 + k);
    const __m512d d1 = gather8(d, list.row1 + k);
    const __m512d change =
        _mm512_add_pd(_mm512_mul_pd(_mm512_loadu_pd(list.p0 + k), d0), _mm512_mul_pd(_mm512_loadu_pd(list.p1 + k), d1));
    const __m512d v = _mm512_add_pd(_mm512_loadu_pd(list.v + k), _mm512_mul_pd(steps, old));
    const __m512d dv = _mm512_add_pd(old, change);
    _mm512_storeu_pd(list.v + k, v);
    _mm512_storeu_pd(list.dv + k, dv);
    const __m512d speed = _mm512_sub_pd(zero, dv);
    const __mmask8 falls = _mm512_cmp_pd_mask(speed, zero, _CMP_GT_OQ);
    if (_mm512_mask_cmp_pd_mask(falls, v, _mm512_mul_pd(speed, first), _CMP_LT_OQ) == 0) continue;
    for (Index lane = 0; lane < 8; ++lane) consider(list, k + lane, next);
    first = _mm512_set1_pd(next.step);
  }
  for (; k < list.count; ++k) {
    advance_one(list, k, step, d);
    consider(list, k, next);
  }
  return next;
}

// P'price - cost of eight columns.
[[gnu::target("avx512f")]] inline __m512d margin8(const ScanColumns& c, Index j, const double* price) {
  const __m512d l0 = gather8(price, c.row0 + j);
  const __m512d l1 = gather8(price, c.row1 + j);
  const __m512d value =
      _mm512_add_pd(_mm512_mul_pd(_mm512_loadu_pd(c.p0 + j), l0), _mm512_mul_pd(_mm512_loadu_pd(c.p1 + j), l1));
  return _mm512_sub_pd(value, _mm512_mul_pd(_mm512_loadu_pd(c.cost + j), _mm512_loadu_pd(c.cost_factor + j)));
}

[[gnu::target("avx512f")]] Index scan_avx512(const ScanColumns& c, const double* price, double least, Index* found) {
  Index count = 0, j = 0;
  const __m512d bar = _mm512_set1_pd(least);
  for (; j + 8 <= c.count; j += 8) {
    unsigned mask = _mm512_cmp_pd_mask(margin8(c, j, price), bar, _CMP_NLE_UQ);
    for (; mask != 0; mask &= mask - 1) found[count++] = j + __builtin_ctz(mask);
  }
  for (; j < c.count; ++j) {
    if (is_found(c, j, price, least)) found[count++] = j;
  }
  return count;
}

[[gnu::target("avx512f")]] Index scan_box_avx512(const ScanColumns& c, const double* centre, const double* radius,
                                                 Index* found) {
  Index count = 0, j = 0;
  const __m512d zero = _mm512_setzero_pd();
  for (; j + 8 <= c.count; j += 8) {
    const __m512d r0 = _mm512_mul_pd(_mm512_abs_pd(_mm512_loadu_pd(c.p0 + j)), gather8(radius, c.row0 + j));
    const __m512d r1 = _mm512_mul_pd(_mm512_abs_pd(_mm512_loadu_pd(c.p1 + j)), gather8(radius, c.row1 + j));
    const __m512d bar = _mm512_sub_pd(zero, _mm512_add_pd(r0, r1));
    unsigned mask = _mm512_cmp_pd_mask(margin8(c, j, centre), bar, _CMP_NLE_UQ);
    for (; mask != 0; mask &= mask - 1) found[count++] = j + __builtin_ctz(mask);
  }
  for (; j < c.count; ++j) {
    if (is_found_in(c, j, centre, radius)) found[count++] = j;
  }
  return count;
}

[[gnu::target("avx512f")]] Index scan_far_avx512(const ScanColumns& c, const double* centre, const double* radius,
                                                 const double* bar, Index* found) {
  Index count = 0, j = 0;
  for (; j + 8 <= c.count; j += 8) {
    const __m512d r0 = _mm512_mul_pd(_mm512_abs_pd(_mm512_loadu_pd(c.p0 + j)), gather8(radius, c.row0 + j));
    const __m512d r1 = _mm512_mul_pd(_mm512_abs_pd(_mm512_loadu_pd(c.p1 + j)), gather8(radius, c.row1 + j));
    const __m512d least = _mm512_sub_pd(margin8(c, j, centre), _mm512_add_pd(r0, r1));
    unsigned mask = _mm512_cmp_pd_mask(least, _mm512_loadu_pd(bar + j), _CMP_NGT_UQ);
    for (; mask != 0; mask &= mask - 1) found[count++] = j + __builtin_ctz(mask);
  }
  for (; j < c.count; ++j) {
    if (is_not_far(c, j, centre, radius, bar)) found[count++] = j;
  }
  return count;
}

[[gnu::target("avx512f")]] void subtract_avx512(double* v, double t, const double* w, Index count) {
  const __m512d by = _mm512_set1_pd(t);
  Index i = 0;
  for (; i + 8 <= count; i += 8) {
    _mm512_storeu_pd(v + i, _mm512_sub_pd(_mm512_loadu_pd(v + i), _mm512_mul_pd(by, _mm512_loadu_pd(w + i))));
  }
  for (; i < count; ++i) v[i] -= t * w[i];
}

constexpr Kernels kAvx2{advance_avx2, scan_avx2, scan_box_avx2, scan_far_avx2, subtract_avx2, "avx2"};
constexpr Kernels kAvx512{advance_avx512, scan_avx512, scan_box_avx512, scan_far_avx512, subtract_avx512, "avx512"};

#endif

}  // namespace

std::vector<const Kernels*> all_kernels() {
  std::vector<const Kernels*> out{&kPlain};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) out.push_back(&kAvx2);
  if (__builtin_cpu_supports("avx512f")) out.push_back(&kAvx512);
#endif
  return out;
}

const Kernels& best_kernels() {
  static const Kernels& best = *all_kernels().back();
  return best;
}

}  // namespace lodestone::market
