// Levers that act on levers: whether what they name is there and fits.
#pragma once

#include <toml++/toml.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// Checks every lever that names others. `tables` are those of `levers`, one each; `ids` the places of all ids of the
/// document, also of levers that could not be read.
void check_links(const std::vector<std::unique_ptr<Lever>>& levers, const std::vector<const toml::table*>& tables,
                 const std::map<std::string, base::Place>& ids, base::Diagnostics& diagnostics);

}  // namespace lodestone::policy
