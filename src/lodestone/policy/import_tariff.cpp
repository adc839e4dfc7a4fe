// Import tariff: a share of the landed price.
#include "lodestone/policy/ad_valorem.hpp"
#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {
namespace {

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  return std::make_unique<AdValorem>(std::move(head), world, &world::Rules::arc_import_tariff, values.number("rate"));
}

}  // namespace

LeverKind import_tariff_kind() {
  return {
      "import-tariff",
      "An ad-valorem duty on imports, on the landed price (CIF).",
      "Rates of several levers on a route add up, also with the duty that stands in the dataset.",
      Acts::on_imports,
      {{"rate", base::OptionType::number, "share of the CIF price; 1.45 = 145 %", 0, 10, true, "",
        "rate above the duty that stands in the dataset"}},
      make,
      "`price_to = (1 + standing duty + sum of import tariffs) ((1 + export VAT + export taxes) price_from + "
      "freight) + ...` on a route in use. The importing government receives `rate * CIF price * flow`, in the month "
      "the goods are shipped.",
      "none; the duty is income, in the account of governments",
      R"(actor = "USA"
products = ["ndfeb-magnet-high-temperature"]
origins = ["CHN"]
rate = 0.25
)"};
}

}  // namespace lodestone::policy
