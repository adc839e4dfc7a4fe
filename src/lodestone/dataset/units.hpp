// The units that figures may be stated in, and what they are in the model's units.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lodestone/dataset/table_spec.hpp"

namespace lodestone::dataset {

struct Unit {
  Quantity quantity;
  std::string name;      // "kt/yr"
  double factor;         // model's unit per this unit
  std::string currency;  // of a price; a quoted price keeps it
};

/// The unit of this name among those of the quantity; nothing when it is not allowed there.
const Unit* find_unit(Quantity quantity, std::string_view name);
/// The names allowed for a quantity; the model's own unit first.
std::vector<std::string> unit_names(Quantity quantity);

}  // namespace lodestone::dataset
