// Loan: a government lends part of what a new plant costs.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  return project_money(std::move(head), values, world, world::Support::loan);
}

}  // namespace

LeverKind loan_kind() {
  return {
      "loan",
      "A government lends part of what new plants cost to build.",
      "Grants, loans and stakes on one plant add up in the order of the file, to at most what it costs.",
      Acts::on_plants,
      {plants_option(),
       budget_option(),
       {"share", OptionType::number, "of the cost to build", 0, 1, true, "", "share of the cost that is lent"},
       {"interest", OptionType::number, "a year, real", 0, 0.5, true, "", "rate of interest"},
       {"years", OptionType::number, "years", 1, 50, true, "", "time in which it is paid back"}},
      make,
      R"(Every project it acts on is offered a loan of `share` of its cost. From the first output on it comes back in equal parts of interest and
principal, `rate / (1 - (1 + rate)^-years)` a year, as long as the plant runs: a plant that is mothballed as a whole pays later, one that
is closed never. Owners earn on the rest after the service of the loan. Booked as `public_cost`: the loan when it is paid out, negative
as it comes back.)",
      "the loan when it is paid out; interest and principal come back",
      R"(actor = "USA"
products = ["ndfeb-magnet-high-temperature"]
plants = ["usa-rare-earth-stillwater-full"]
budget = 1300
share = 0.5
interest = 0.02
years = 15
)"};
}

}  // namespace lodestone::policy
