// The base year: flows, node prices, demand segments, stocks and cost curves that follow from the files.
#pragma once

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/tables.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dataset {

/// Largest imbalance of a product over all regions, as a share of production, that figures are moved to close. A good
/// without final demand that has more left is a surplus; one that lacks more is an error.
inline constexpr double kReconciled = 0.02;

/// Completes a world whose regions, groups, elements, products, processes, facilities, parameters and published shares
/// are already translated from `raw`, which was read without errors.
void complete_base_year(const RawDataset& raw, world::World& world, base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
