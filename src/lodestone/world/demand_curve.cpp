#include "lodestone/world/demand_curve.hpp"

#include <algorithm>
#include <cmath>

#include "lodestone/world/curve.hpp"

namespace lodestone::world {
namespace {

constexpr std::size_t kPiecesBelow = 4;           // of the piece around P0
constexpr std::size_t kDrop = kDemandPieces - 1;  // point where the drop to 0 begins
constexpr double kAround = 1 / 0.85;              // P0 times and over this: the ends of the piece around it

/// Points first..last at equal ratios from `from` to `to`.
void spread(DemandPoints& points, std::size_t first, std::size_t last, double from, double to) {
  for (std::size_t k = first; k <= last; ++k)
    points.price[k] = from * std::pow(to / from, static_cast<double>(k - first) / static_cast<double>(last - first));
}

}  // namespace

double demand_at(const Segment& segment, double level, double price) {
  if (price >= segment.choke_price) return 0;
  const double relative = std::max(price / segment.base_price, kLowestPrice);
  return level * segment.base_quantity * std::pow(relative, segment.short_elasticity);
}

DemandPoints demand_points(const Segment& segment) {
  DemandPoints points;
  const double base = segment.base_price;
  // A choke price just above P0 leaves no room between them; the pieces stay ascending all the same.
  const double top = std::max(kDropStart * segment.choke_price, base * (1 + 1e-3));
  const double around = std::min(kAround, std::sqrt(top / base));
  spread(points, 0, kPiecesBelow, kLowestPrice * base, base / around);
  spread(points, kPiecesBelow + 1, kDrop, base * around, top);
  points.price[kDemandPieces] = std::max(segment.choke_price, top * (1 + 1e-3));
  for (std::size_t k = 0; k <= kDrop; ++k)
    points.quantity[k] = segment.base_quantity * std::pow(points.price[k] / base, segment.short_elasticity);
  points.quantity[kDemandPieces] = 0;
  pass_through(points.price, points.quantity, kPiecesBelow, base, segment.base_quantity);
  return points;
}

}  // namespace lodestone::world
