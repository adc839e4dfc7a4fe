// Grant: a government pays part of what a new plant costs.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  return project_money(std::move(head), values, world, world::Support::grant);
}

}  // namespace

LeverKind grant_kind() {
  return {
      "grant",
      "A government pays part of what new plants cost to build.",
      "Grants, loans and stakes on one plant add up in the order of the file, to at most what it costs.",
      Acts::on_plants,
      {plants_option(),
       budget_option(),
       {"share", OptionType::number, "of the cost to build", 0, 1, true, "", "share of the cost that is paid"}},
      make,
      R"(Every project it acts on is offered `share` of its cost (capex with overrun, docs/model.md 3.13) when it looks for money, as far as
the budget goes. Owners need to earn on the rest alone: their worth is divided by `1 - share`. The money is paid and booked
(`public_cost`) in the month in which the project is financed; best projects first.)",
      "the grant, in the month in which a plant is financed",
      R"(actor = "AUS"
products = ["monazite-concentrate"]
plants = ["nolans-mine"]
budget = 300
share = 0.3
)"};
}

}  // namespace lodestone::policy
