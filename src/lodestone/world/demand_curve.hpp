// Final demand as a function of price, and as the linear pieces that the clearing problem is made of.
#pragma once

#include <cstddef>
#include <vector>

#include "lodestone/world/world.hpp"

namespace lodestone::world {

inline constexpr double kLowestPrice = 0.2;  // of P0: below it use no longer grows
inline constexpr double kDropStart = 0.97;   // of the choke price: from here to the choke price use falls to 0

/// Demand at `price` for a segment with demand level `level`: level Q0 (p/P0)^e between 0.2 P0 and the choke price,
/// constant below, 0 from the choke price on (t per month). Source: docs/model.md section 2.
double demand_at(const Segment& segment, double level, double price);

/// Segments that meet one price and have one P0, as linear pieces that meet at the same prices. A sum of such pieces
/// is one piece again, so a month clears their demand together and each gets its exact part back.
struct DemandCurve {
  std::vector<SegmentId> segments;
  std::vector<double> price;     // USD/t, points, ascending; the last is the highest choke price
  std::vector<double> quantity;  // segments x points, t per month at level 1, falling to 0
  [[nodiscard]] std::size_t pieces() const { return price.size() - 1; }
  /// Use of `segment` (position in `segments`) at level 1 between the points `piece` and `piece` + 1, t per month.
  [[nodiscard]] double width(std::size_t segment, std::size_t piece) const {
    const double* q = quantity.data() + segment * price.size();
    return q[piece] - q[piece + 1];
  }
};

/// The pieces: 4 below P0, one around it, above it as many as keep neighbouring points within a ratio of 1.42, and each
/// segment's drop to 0. Exact at P0, within 1 % of the curves between 0.2 P0 and kDropStart times the choke price for
/// elasticities down to -0.4. `which` is not empty; its segments have one base price.
DemandCurve demand_curve(const std::vector<Segment>& all, std::vector<SegmentId> which);

/// The curves of a world: one per node and base price, in the order of their first segment.
std::vector<DemandCurve> demand_curves(const World& world);

}  // namespace lodestone::world
