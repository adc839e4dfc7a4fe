// Inspection: a government stops part of the output of plants for some months.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto plants = targeted_plants(head, values, world, Which::own);
  return std::make_unique<OutputStop>(std::move(head), std::move(plants), values.number("share"));
}

}  // namespace

LeverKind inspection_kind() {
  return {"inspection",
          "A government stops part of the output of plants while it inspects them.",
          "Of several inspections of a plant the one that stops most counts.",
          Acts::on_own_plants,
          {plants_option(),
           {"share", base::OptionType::number, "of the capacity", 0, 1, true, "", "share that is stopped"}},
          make,
          "In every month in force a plant can do `1 - share` of what it could. It is dated; inspections do not come "
          "at random. Its actor acts on its own plants. Example: sites at Pangwa in Kachin, September 2023.",
          "none",
          R"(actor = "MMR"
products = ["ionic-clay-concentrate"]
share = 0.3
)"};
}

}  // namespace lodestone::policy
