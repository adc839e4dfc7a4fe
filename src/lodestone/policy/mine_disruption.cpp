// Mine disruption: accident, flood, strike or landslide stops part of the output of plants.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  if (!values.has("plants"))
    throw WrongOptions({{"", "no key 'plants'", "ids of the mines or plants that are struck", ""}});
  auto plants = targeted_plants(head, values, world, Which::own);
  return std::make_unique<OutputStop>(std::move(head), std::move(plants), values.number("share"));
}

}  // namespace

LeverKind mine_disruption_kind() {
  return {"mine-disruption",
          "Something stops part of the output of mines or plants for some months; nobody's act.",
          "Of several stops of a plant (disruptions, inspections, war) the one that stops most counts.",
          Acts::on_own_plants,
          {plants_option(),
           {"share", base::OptionType::number, "of the capacity", 0, 1, true, "", "share that is stopped"}},
          make,
          "In every month in force a plant can do `1 - share` of what it could. `actor` is the region that is struck. "
          "Nobody knows of it before it happens, and buyers fear nothing but what they see in prices.",
          "none: nobody acts",
          R"(actor = "USA"
products = ["all"]
plants = ["mountain-pass-mine"]
share = 0.5
)"};
}

}  // namespace lodestone::policy
