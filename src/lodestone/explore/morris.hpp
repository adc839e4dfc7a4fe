// Elementary effects (Morris 1991): which inputs matter, linearly or not, in few evaluations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lodestone::explore {

using Point = std::vector<double>;

/// Steps over a grid of the unit cube that has `levels` (even) values a side, the middles of equal parts. A trajectory
/// is a start and one step of half the side in each dimension, in an order drawn by lot; its dimensions + 1 points
/// stand one after the other.
std::vector<Point> morris_points(std::size_t dimensions, std::size_t trajectories, std::size_t levels,
                                 std::uint64_t seed);

struct ElementaryEffect {
  std::size_t count = 0;     // trajectories that gave it
  double mean = 0;           // per unit of the input's quantile
  double mean_absolute = 0;  // Campolongo, Cariboni and Saltelli (2007): mu*
  double deviation = 0;      // large beside mu*: not linear, or with others together
  double low = 0, high = 0;  // 90 % bootstrap interval of mean_absolute
};

/// `values` of the points of morris_points, NaN: none; steps with one are left out.
std::vector<ElementaryEffect> elementary_effects(const std::vector<Point>& points, const std::vector<double>& values,
                                                 std::uint64_t seed);

}  // namespace lodestone::explore
