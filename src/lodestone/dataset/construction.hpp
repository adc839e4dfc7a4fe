// What it takes to build, for a facility: the rows of construction.csv, permits.csv and country_risk.csv that speak
// most closely for its stage and place.
#pragma once

#include <string>

#include "lodestone/dataset/specificity.hpp"
#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

struct ConstructionRows {  // null where no row speaks
  const ConstructionRow* construction = nullptr;
  const PermitRow* permit = nullptr;
  const CountryRiskRow* risk = nullptr;
};

ConstructionRows construction_rows(const RawDataset& raw, const Places& places, world::Stage stage,
                                   const std::string& region);
/// In the model's units; zeros where no row speaks.
world::Construction construction_of(const ConstructionRows& rows);

}  // namespace lodestone::dataset
