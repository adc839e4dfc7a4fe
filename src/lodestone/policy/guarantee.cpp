// Guarantee: a government bears part of what private lenders fear.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  return project_money(std::move(head), values, world, world::Support::guarantee);
}

}  // namespace

LeverKind guarantee_kind() {
  return {
      "guarantee",
      "A government bears part of the risk of private money in new plants.",
      "Shares of several guarantees on one plant add up to at most 1.",
      Acts::on_plants,
      {plants_option(),
       {"share", base::OptionType::number, "of the private money", 0, 1, true, "", "share that is guaranteed"}},
      make,
      R"(For every project it acts on, lenders ask `share` less of what they add to the hurdle rate for country, camp and fear. It costs nothing
until a plant is closed: then the government pays what is left of the guarantee, which runs off in equal parts over `plant-life`.)",
      "nothing until a guaranteed plant is closed, then what is left of the guarantee",
      R"(actor = "USA"
products = ["ndfeb-magnet-high-temperature"]
share = 0.5
)"};
}

}  // namespace lodestone::policy
