// Intervals of an estimate by drawing its observations again (Efron 1979), by keyed lots: the same seed gives the same
// interval.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace lodestone::explore {

inline constexpr int kResamples = 400;

struct Interval {
  double low = 0, high = 0;
};

/// 5 % and 95 % quantile of what `estimate` makes of resamples: lists of `observations` indices, drawn with repetition.
Interval bootstrap(std::size_t observations, std::uint64_t seed,
                   const std::function<double(const std::vector<std::size_t>&)>& estimate);

}  // namespace lodestone::explore
