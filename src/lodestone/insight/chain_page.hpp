// A chain as a page: its structure, who makes what, prices over the years, how well it is known, and where the gaps
// are.
#pragma once

#include <string>

#include "lodestone/dataset/check.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// The page in Markdown; `check` grades the files that `world` was built from; `command` is named as how it was made.
std::string chain_page(const world::World& world, const dataset::CheckReport& check, const std::string& command);

}  // namespace lodestone::insight
