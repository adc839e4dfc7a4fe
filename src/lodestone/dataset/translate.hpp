// From typed rows to the domain, where one follows directly from the other.
#pragma once

#include "lodestone/dataset/tables.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dataset {

/// Regions, groups, elements, products, processes, facilities (without supply steps), parameters and published shares
/// of a dataset that was read without errors.
world::World translate(const RawDataset& raw);

}  // namespace lodestone::dataset
