// What governments paid to plants, lever by lever.
#pragma once

#include <optional>

#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"

namespace lodestone::insight {

/// One row per lever that holds out money or promises to plants, in the order of the scenario: paid out, come back,
/// net. Nothing when no lever does, or when the results do not tell.
std::optional<Table> public_cost_table(const store::Results& results);

}  // namespace lodestone::insight
