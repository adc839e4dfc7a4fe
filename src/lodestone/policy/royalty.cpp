// Royalty: a host takes another share of what mines on its soil earn.
#include <utility>

#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto plants = targeted_plants(head, values, world, Which::own);
  world::Offer terms;
  terms.kind = world::Support::promise;
  terms.share = values.number("rate");
  terms.upside = 1;  // above a price of 0: of the whole price
  return std::make_unique<PricePromise>(std::move(head), std::move(plants), terms);
}

}  // namespace

LeverKind royalty_kind() {
  return {
      "royalty",
      "A host changes the share of their revenue that its mines pay to it.",
      "Rates of several levers on a plant add up, also with what hosts win by bargaining.",
      Acts::on_own_plants,
      {plants_option(),
       {"rate", base::OptionType::number, "share of the price; 0.03 = three points more", -1, 1, true, "",
        "change of the rate; negative: the host takes less"}},
      make,
      R"(Per t of the products named that a plant makes it pays `rate * p`, with p the price at its node last month. It counts like a lower price:
it moves output, mothballing and orders of capacity, and lenders of projects count it at normal prices until `end`. It is beside what
hosts win by bargaining (docs/model.md 3.20), whose aim does not know of it.)",
      "none; the royalty is income, booked as a negative `public_cost`",
      R"(actor = "AUS"
products = ["monazite-concentrate"]
rate = 0.05
)"};
}

}  // namespace lodestone::policy
