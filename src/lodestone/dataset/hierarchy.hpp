// Aggregates and the plants that they include: an aggregate states all that it covers, and stands in the model for what
// its children leave of it, so that nothing is counted twice.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// Of each facility its parent's index; nothing where it has none, or where the parent is not among the rows.
std::vector<std::optional<std::size_t>> parents(const RawDataset& raw);

/// t of the parent's activity that make as much as 1 t of the child's: the ratio of what both give per t of activity.
double activity_ratio(const RawDataset& raw, const FacilityRow& child, const FacilityRow& parent);

/// t of activity per month.
struct Figures {
  double capacity = 0, base_output = 0;
};

/// Of each facility the sum over its children that are in place, in the parent's activity.
std::vector<Figures> sum_of_children(const RawDataset& raw);

/// What each facility counts for: less its children; differences within rounding are zero. Nothing for what is being
/// built or planned.
std::vector<Figures> net_of_children(const RawDataset& raw);

}  // namespace lodestone::dataset
