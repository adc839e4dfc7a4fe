// How far apart two places stand: camps around a leader with graded membership. docs/model.md section 3.31.
#pragma once

#include <vector>

#include "lodestone/world/world.hpp"

namespace lodestone::dynamics {

/// 1 - the membership that both have in the camp in which they have most together, 0..1; 0 of a place from itself.
/// `alignment` is camp-major, then regions.
double camp_distance(const std::vector<double>& alignment, std::size_t regions, world::RegionId a, world::RegionId b);

/// Membership at the start, camp-major, then regions.
std::vector<double> alignment_at_start(const world::World& world);

/// What has come between two places since the start, -1..1.
double estranged(const world::World& world, const std::vector<double>& alignment, world::RegionId a, world::RegionId b);

}  // namespace lodestone::dynamics
