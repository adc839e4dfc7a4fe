// Names of things as sentences use them.
#pragma once

#include <string>

#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// The name, or the id where there is none.
std::string name_of(const world::World& world, world::ProductId product);
std::string name_of(const world::World& world, world::RegionId region);
/// A product inside a sentence: "yttrium oxide", "NdPr oxide".
std::string thing_of(const world::World& world, world::ProductId product);
/// A region inside a sentence: "Germany", "the United States".
std::string place_of(const world::World& world, world::RegionId region);
/// An id as words: "ev-traction" -> "EV traction".
std::string plain(const std::string& id);

}  // namespace lodestone::insight
