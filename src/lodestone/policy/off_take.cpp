// Off-take: a government, or a buyer on its behalf, signs for part of the output.
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
  terms.sale = true;
  if (values.has("price")) {
    terms.price = values.number("price") * kKilogramsPerTonne;
    terms.upside = 1;
  }
  return std::make_unique<PricePromise>(std::move(head), std::move(plants), terms);
}

}  // namespace

LeverKind off_take_kind() {
  return {
      "off-take",
      "A government signs for part of what plants make, at a price of its own or at the market price.",
      "Payments of several levers on a plant add up; shares that count as sold add up to at most 1.",
      Acts::on_plants,
      {plants_option(),
       {"share", OptionType::number, "of the output", 0, 1, false, "1", "share of the output that it covers"},
       {"price", OptionType::number, "USD/kg", 0, 1e9, false, "",
        "price at which it buys; not given: at the market price"}},
      make,
      R"(`share` of a plant's output counts as sold ahead, so that a project needs so much less of a sale to others (docs/model.md 3.13). What is
bought is sold on at the market price where it is made: at a `price` the plant is paid `share (price - p)` per t of product, and pays it when
p is higher; p is the price at its node last month. Without a price no money flows. Booked as `public_cost`.)",
      "what the price lacks to the price agreed; above it money comes back",
      R"(actor = "USA"
products = ["ndfeb-magnet-high-temperature"]
plants = ["mp-10x"]
share = 1
price = 82
)"};
}

}  // namespace lodestone::policy
