// Shares of a stage as publications count them.
#pragma once

#include <vector>

#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// A region's share (0..1) of a stage's output by location, or by the operator's home where the measure ends in
/// "_control": mass of product for magnets; else the content that the measure counts: "REO" all elements, "magnet_REE"
/// the elements that products of the magnet stage contain, or the id of one element. What the same stage takes again
/// (mixed carbonate) is not counted. `activity` is per facility.
double stage_share(const world::World& world, const world::PublishedShare& published,
                   const std::vector<double>& activity);

/// Of every facility in the base year, t of activity per month.
std::vector<double> base_activity(const world::World& world);

}  // namespace lodestone::insight
