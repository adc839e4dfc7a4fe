#include "lodestone/explore/morris.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lodestone/base/keyed_random.hpp"
#include "lodestone/explore/bootstrap.hpp"

namespace lodestone::explore {
namespace {

constexpr std::uint32_t kStart = base::stream_of("morris-start"), kOrder = base::stream_of("morris-order");

// The dimension in which two points differ.
std::size_t step_between(const Point& a, const Point& b) {
  std::size_t d = 0;
  while (d < a.size() && a[d] == b[d]) ++d;
  return d;
}

double mean(const std::vector<double>& x) {
  return x.empty() ? std::nan("") : std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

ElementaryEffect summed_up(const std::vector<double>& effects, std::uint64_t seed) {
  ElementaryEffect out;
  out.count = effects.size();
  std::vector<double> absolute;
  for (const double e : effects) absolute.push_back(std::abs(e));
  out.mean = mean(effects);
  out.mean_absolute = mean(absolute);
  double squares = 0;
  for (const double e : effects) squares += (e - out.mean) * (e - out.mean);
  out.deviation = effects.size() < 2 ? std::nan("") : std::sqrt(squares / static_cast<double>(effects.size() - 1));
  const auto interval = bootstrap(absolute.size(), seed, [&](const std::vector<std::size_t>& again) {
    double sum = 0;
    for (const std::size_t i : again) sum += absolute[i];
    return sum / static_cast<double>(again.size());
  });
  out.low = interval.low;
  out.high = interval.high;
  return out;
}

}  // namespace

std::vector<Point> morris_points(std::size_t dimensions, std::size_t trajectories, std::size_t levels,
                                 std::uint64_t seed) {
  const auto lot = [&](std::uint32_t stream, std::size_t trajectory, std::size_t dimension) {
    return base::uniform(
        {seed, static_cast<std::uint32_t>(trajectory), stream, static_cast<std::uint32_t>(dimension), 0});
  };
  const double side = static_cast<double>(levels);
  std::vector<Point> out;
  for (std::size_t t = 0; t < trajectories; ++t) {
    Point point(dimensions);
    std::vector<std::size_t> order(dimensions);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> keys(dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
      point[d] = (std::floor(lot(kStart, t, d) * side) + 0.5) / side;
      keys[d] = lot(kOrder, t, d);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    out.push_back(point);
    for (const std::size_t d : order) {
      point[d] += point[d] < 0.5 ? 0.5 : -0.5;
      out.push_back(point);
    }
  }
  return out;
}

std::vector<ElementaryEffect> elementary_effects(const std::vector<Point>& points, const std::vector<double>& values,
                                                 std::uint64_t seed) {
  const std::size_t dimensions = points.empty() ? 0 : points.front().size();
  std::vector<std::vector<double>> effects(dimensions);
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (i % (dimensions + 1) == 0) continue;  // another trajectory begins
    const std::size_t d = step_between(points[i - 1], points[i]);
    const double effect = (values[i] - values[i - 1]) / (points[i][d] - points[i - 1][d]);
    if (!std::isnan(effect)) effects[d].push_back(effect);
  }
  std::vector<ElementaryEffect> out;
  for (std::size_t d = 0; d < dimensions; ++d) out.push_back(summed_up(effects[d], seed + d));
  return out;
}

}  // namespace lodestone::explore
