// What governments paid to plants, lever by lever and stage by stage; where money went, by the risk of the country.
#pragma once

#include <optional>

#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// One row per lever that holds out money or promises to plants, in the order of the scenario: paid out, come back,
/// net. Nothing when no lever does, or when the results do not tell.
std::optional<Table> public_cost_table(const store::Results& results);

/// One row per stage whose plants were paid, in the order of the chain: paid, come back, net. Nothing when none was, or
/// when the results do not tell.
std::optional<Table> public_support_table(const store::Results& results);

/// Money committed to new plants by what lenders ask for the country (docs/data.md, country_risk.csv): private, public
/// and in which countries most. Nothing when none was, or when the results do not tell.
std::optional<Table> investment_risk_table(const store::Results& results, const world::World& world);

}  // namespace lodestone::insight
