// What became of plants that did not stand in the base year, and of those that closed: who opens, when, what stalls
// the rest.
#pragma once

#include <optional>

#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// One row per project, and per plant of the base year that was mothballed as a whole or closed; in the order of
/// opening, then by what was planned. Nothing when there are none, or when the results do not tell.
std::optional<Table> fates_table(const store::Results& results, const world::World& world);

}  // namespace lodestone::insight
