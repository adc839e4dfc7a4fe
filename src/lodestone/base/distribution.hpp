// What an uncertain figure may be, as a distribution that is sampled by its quantiles.
#pragma once

#include <array>
#include <string_view>

namespace lodestone::base {

enum class Shape { uniform, log_uniform, triangular, normal, either, waiting_time };
/// The names of the shapes as files write them, in the order of Shape.
inline constexpr std::array<std::string_view, 6> kShapeNames{"uniform", "log-uniform", "triangular",
                                                             "normal",  "either",      "waiting-time"};

/// - uniform, log-uniform: between low and high (log-uniform: 0 < low);
/// - triangular: from low to high, most likely at central;
/// - normal: mean central; low and high are the 5 % and 95 % quantiles' distance (high - low) / 2 around it, cut off at
///   low and high (the mass beyond them is spread over the rest);
/// - either: low or high (a switch); central is the mean, so that halfway is an equal chance;
/// - waiting-time: exponential from low on with mean central, cut off at high: an event that comes at a constant rate.
struct Distribution {
  Shape shape = Shape::triangular;
  double low = 0, central = 0, high = 0;

  /// The value below which a share `u` of the mass lies; 0 < u < 1.
  [[nodiscard]] double quantile(double u) const;
};

/// Standard normal distribution function and its inverse (0 < u < 1; inverse by Boost.Math).
double normal_cdf(double z);
double normal_quantile(double u);

}  // namespace lodestone::base
