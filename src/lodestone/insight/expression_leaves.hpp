// What an expression may read from a month: prices, flows, production, stocks. One table: the compiler and
// docs/expressions.md are made from it.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lodestone/insight/expression.hpp"
#include "lodestone/world/state.hpp"

namespace lodestone::insight {

/// How far a project is. `announced`: every project; `due`: said to be open by now; `permitted` and `financed`: it came
/// so far, or further; `producing`: it runs or ramps up.
enum class Status { announced, due, permitted, financed, producing, suspended, closed };
inline constexpr std::array<std::string_view, 7> kStatusNames{"announced", "due",       "permitted", "financed",
                                                              "producing", "suspended", "closed"};
inline constexpr std::array kStalls{world::Stall::permit, world::Stall::money, world::Stall::skill, world::Stall::price,
                                    world::Stall::sale};

/// The names inside the brackets of a leaf, found in the world.
struct LeafArguments {
  std::vector<world::ProductId> products;
  world::ElementId element;            // "of dy": t of the element's oxide equivalent; invalid when not said
  std::vector<world::RegionId> here;   // regions; of a route its origins
  std::vector<world::RegionId> there;  // of a route its destinations
  bool by_control = false;             // plants by who controls them, not by where they stand
  std::string end_use;                 // empty: every one
  world::FacilityId facility;
  Status status = Status::announced;
  world::Stall stall = world::Stall::none;
  std::vector<std::size_t> levers;  // of an actor
};

/// What stands inside the brackets of a leaf.
enum class Slots {
  product_region,          // (product, region)
  product_region_end_use,  // (product, region[, end use])
  product_region_control,  // (product, region [by control])
  product_from_to,         // (product, from[, to]); not said: everywhere else
  product_to_from,         // (product, to[, from]); not said: everywhere else
  facility,                // (facility)
  product_region_status,   // (product, region[ by control], status)
  facility_status,         // (facility, status)
  facility_stall,          // (facility, what holds it back)
  region,                  // (region)
  region_end_use,          // (region[, end use])
  actor,                   // (region): of the levers of its government
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
