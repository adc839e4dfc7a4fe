// What many futures say about one number.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace lodestone::ensemble {

inline constexpr std::array<double, 5> kQuantiles{0.05, 0.25, 0.5, 0.75, 0.95};

struct Spread {
  std::size_t count = 0;                              // futures that have the number (NaN: it has none)
  double mean = 0, deviation = 0;                     // deviation: of the sample, divisor count - 1; NaN below two
  std::array<double, kQuantiles.size()> quantiles{};  // Hyndman and Fan's type 7; NaN when there is none
};

/// `values` is sorted in place.
Spread spread_of(std::vector<double>& values);

/// Quantile of ascending values by linear interpolation (type 7); NaN when there are none.
double quantile(std::span<const double> ascending, double share);

/// A share of successes with its 90 % interval by Wilson's score (1927).
struct Share {
  std::size_t yes = 0, of = 0;
  double estimate = 0, low = 0, high = 1;
};
Share share_of(std::size_t yes, std::size_t of);

}  // namespace lodestone::ensemble
