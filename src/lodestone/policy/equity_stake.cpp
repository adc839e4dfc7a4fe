// Equity stake: a government buys part of a new plant.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  return project_money(std::move(head), values, world, world::Support::equity);
}

}  // namespace

LeverKind equity_stake_kind() {
  return {
      "equity-stake",
      "A government puts equity into new plants beside their owners.",
      "Grants, loans and stakes on one plant add up in the order of the file, to at most what it costs.",
      Acts::on_plants,
      {plants_option(),
       budget_option(),
       {"share", OptionType::number, "of the cost to build", 0, 1, true, "", "share of the cost that it puts in"}},
      make,
      R"(Every project it acts on is offered equity of `share` of its cost on the terms of the other owners. It spares private capital, which is
limited, and makes the project pay no better. Its share of the profit (at this month's prices, when above 0) comes back.)",
      "the stake when a plant is financed; its share of the profit comes back",
      R"(actor = "USA"
products = ["ndfeb-magnet-high-temperature"]
plants = ["mp-10x"]
budget = 400
share = 0.5
)"};
}

}  // namespace lodestone::policy
