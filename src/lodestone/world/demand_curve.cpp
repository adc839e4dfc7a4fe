#include "lodestone/world/demand_curve.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::world {
namespace {

constexpr std::size_t kPiecesBelow = 5;  // of P0

}  // namespace

double demand_at(const Segment& segment, double level, double price) {
  if (price >= segment.choke_price) return 0;
  const double relative = std::max(price / segment.base_price, kLowestPrice);
  return level * segment.base_quantity * std::pow(relative, segment.short_elasticity);
}

DemandPoints demand_points(const Segment& segment) {
  DemandPoints points;
  constexpr std::size_t kDrop = kDemandPieces - 1;  // where the drop to 0 begins
  // A choke price just above P0 leaves no room between them; the pieces stay ascending all the same.
  const double top = std::max(kDropStart * segment.choke_price, segment.base_price * (1 + 1e-3));
  for (std::size_t k = 0; k <= kDrop; ++k) {
    const bool below = k <= kPiecesBelow;
    const double share = below ? static_cast<double>(k) / kPiecesBelow
                               : static_cast<double>(k - kPiecesBelow) / static_cast<double>(kDrop - kPiecesBelow);
    const double from = below ? kLowestPrice * segment.base_price : segment.base_price;
    const double to = below ? segment.base_price : top;
    points.price[k] = k == kPiecesBelow ? segment.base_price : from * std::pow(to / from, share);
    points.quantity[k] =
        segment.base_quantity * std::pow(points.price[k] / segment.base_price, segment.short_elasticity);
  }
  points.price[kDemandPieces] = std::max(segment.choke_price, top * (1 + 1e-3));
  points.quantity[kDemandPieces] = 0;
  return points;
}

}  // namespace lodestone::world
