// The answer of a run: its question, a sentence, the drivers, how much is assumed, and the tables behind it.
#pragma once

#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// Where a run is looked at: the region that makes most, and the largest users outside it.
struct Viewpoint {
  world::RegionId inside;
  std::vector<world::RegionId> outside;  // largest first
};
Viewpoint viewpoint(const world::World& world, std::size_t outside = 3);

/// The month before the first lever acts (the run's first month when there is none earlier).
std::size_t month_before(const store::Results& results);

/// A node and month where a price stands highest above what it was before the levers; products after mining only.
struct Peak {
  bool exists = false;
  std::size_t product = 0, region = 0, month = 0;
  double before = 0, price = 0;  // USD/t
};
/// The largest rise among the viewpoint's outside regions.
Peak largest_rise(const store::Results& results, const world::World& world, const Viewpoint& view);

Report answer(const store::Results& results, const world::World& world);

}  // namespace lodestone::insight
