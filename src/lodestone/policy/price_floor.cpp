// Price floor: a government pays what the price lacks (a contract for difference).
#include <utility>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/kinds.hpp"
#include "lodestone/policy/plant_lever.hpp"

namespace lodestone::policy {
namespace {

using base::kKilogramsPerTonne;
using base::OptionType;

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  auto plants = targeted_plants(head, values, world, Which::every);
  world::Offer terms;
  terms.kind = world::Support::promise;
  terms.share = values.number("share");
  terms.price = values.number("floor-price") * kKilogramsPerTonne;
  terms.upside = values.number("upside-share");
  return std::make_unique<PricePromise>(std::move(head), std::move(plants), terms);
}

}  // namespace

LeverKind price_floor_kind() {
  return {
      "price-floor",
      "A government pays plants what the price of a product lacks to a floor.",
      "Payments of several levers on a plant add up.",
      Acts::on_plants,
      {plants_option(),
       {"share", OptionType::number, "of the output", 0, 1, false, "1", "share of the output that it covers"},
       {"floor-price", OptionType::number, "USD/kg", 0, 1e9, true, "", "the floor, of every product named"},
       {"upside-share", OptionType::number, "", 0, 1, false, "0",
        "share of what the price is above the floor that goes to the government"}},
      make,
      R"(Per t of the product that a plant makes this month it is paid `share ((floor - p)+ - upside-share (p - floor)+)`, with p the price at its node last
month. The payment counts like a price: it moves output, mothballing, orders of capacity, and the fear that price floods leave. Lenders of
projects count it at normal prices until `end`, discounted by the chance `reversal-hazard` that it is taken back. Booked as `public_cost`.)",
      "what the price lacks to the floor; the share of what it is above comes back",
      R"(actor = "USA"
products = ["ndpr-oxide"]
plants = ["mountain-pass-separation"]
floor-price = 110
upside-share = 0.3
)"};
}

}  // namespace lodestone::policy
