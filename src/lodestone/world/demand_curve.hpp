// Final demand as a function of price, and as the linear pieces that the clearing problem is made of.
#pragma once

#include <array>
#include <cstddef>

#include "lodestone/world/world.hpp"

namespace lodestone::world {

/// Pieces of the linear form: 4 below P0, one around it, 11 up to kDropStart times the choke price, and the drop to 0.
inline constexpr std::size_t kDemandPieces = 17;
inline constexpr double kLowestPrice = 0.2;  // of P0: below it use no longer grows
inline constexpr double kDropStart = 0.97;   // of the choke price: from here to the choke price use falls to 0

/// Demand at `price` for a segment with demand level `level`: level Q0 (p/P0)^e between 0.2 P0 and the choke price,
/// constant below, 0 from the choke price on (t per month). Source: docs/model.md section 2.
double demand_at(const Segment& segment, double level, double price);

/// Where the linear pieces meet.
struct DemandPoints {
  std::array<double, kDemandPieces + 1> price{};     // USD/t, ascending; the last is the choke price
  std::array<double, kDemandPieces + 1> quantity{};  // t per month at level 1, falling to 0
};

/// The pieces of a segment at level 1; exact at P0, within 1 % of the curve between 0.2 P0 and kDropStart times the
/// choke price for elasticities down to -0.4 and choke prices up to 60 P0.
DemandPoints demand_points(const Segment& segment);

}  // namespace lodestone::world
