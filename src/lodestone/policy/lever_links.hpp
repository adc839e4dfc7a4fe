// Levers that act on levers: whether what they name is there and fits.
#pragma once

#include <toml++/toml.h>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// Checks every lever that names others, and that no government works against itself: who gives money to a plant cannot
/// keep money from it. `tables` are those of `levers`, one each; `ids` the places of all ids of the document, also of
/// levers that could not be read; `others` are in the run already and right.
void check_links(const std::vector<std::unique_ptr<Lever>>& levers, const std::vector<const toml::table*>& tables,
                 const std::map<std::string, base::Place>& ids, std::span<const std::unique_ptr<Lever>> others,
                 const world::World& world, base::Diagnostics& diagnostics);

}  // namespace lodestone::policy
