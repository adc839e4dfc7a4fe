// What an expression may read from a month: prices, flows, production, stocks. One table: the compiler and
// docs/expressions.md are made from it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lodestone/insight/expression.hpp"

namespace lodestone::insight {

/// The names inside the brackets of a leaf, found in the world.
struct LeafArguments {
  std::vector<world::ProductId> products;
  world::ElementId element;            // "of dy": t of the element's oxide equivalent; invalid when not said
  std::vector<world::RegionId> here;   // regions; of a route its origins
  std::vector<world::RegionId> there;  // of a route its destinations
  bool by_control = false;             // plants by who controls them, not by where they stand
  std::string end_use;                 // empty: every one
  world::FacilityId facility;
};

/// What stands inside the brackets of a leaf.
enum class Slots {
  product_region,          // (product, region)
  product_region_end_use,  // (product, region[, end use])
  product_region_control,  // (product, region [by control])
  product_from_to,         // (product, from[, to]); not said: everywhere else
  product_to_from,         // (product, to[, from]); not said: everywhere else
  facility,                // (facility)
};

struct Leaf {
  std::string name;
  Slots slots = Slots::product_region;
  Dimension dimension;
  std::string meaning;
  std::string incoterm;  // of prices: the terms on which they are: "exw", "fob", "cif"; empty for others
  Reading (*make)(const world::World& world, const LeafArguments& arguments);
};

std::span<const Leaf> leaves();
const Leaf* find_leaf(std::string_view name);
/// "price(product, region)"
std::string signature(const Leaf& leaf);

}  // namespace lodestone::insight
