#include "lodestone/base/distribution.hpp"

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

namespace lodestone::base {
namespace {

constexpr double kNormal95 = 1.6448536269514722;  // standard deviations from the mean to the 95 % quantile

double triangular(const Distribution& d, double u) {
  const double width = d.high - d.low;
  if (width <= 0) return d.low;
  const double left = (d.central - d.low) / width;  // mass below the mode
  if (u < left) return d.low + std::sqrt(u * width * (d.central - d.low));
  return d.high - std::sqrt((1 - u) * width * (d.high - d.central));
}

double cut_normal(const Distribution& d, double u) {
  const double deviation = (d.high - d.low) / (2 * kNormal95);
  if (deviation <= 0) return d.central;
  const double below = normal_cdf((d.low - d.central) / deviation);
  const double above = normal_cdf((d.high - d.central) / deviation);
  return d.central + deviation * normal_quantile(below + u * (above - below));
}

}  // namespace

double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normal_quantile(double u) {
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * u);
}

double Distribution::quantile(double u) const {
  switch (shape) {
    case Shape::uniform:
      return low + u * (high - low);
    case Shape::log_uniform:
      return low * std::pow(high / low, u);
    case Shape::triangular:
      return triangular(*this, u);
    case Shape::normal:
      return cut_normal(*this, u);
    case Shape::either:
      return u < (high - central) / (high - low) ? low : high;
    case Shape::waiting_time:
      return std::min(high, low - (central - low) * std::log1p(-u));
  }
  return central;
}

}  // namespace lodestone::base
