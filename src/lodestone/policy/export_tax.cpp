// Export tax: a share of the price at the origin.
#include "lodestone/policy/ad_valorem.hpp"
#include "lodestone/policy/kinds.hpp"

namespace lodestone::policy {
namespace {

std::unique_ptr<Lever> make(LeverHead head, const base::OptionValues& values, const world::World& world) {
  return std::make_unique<AdValorem>(std::move(head), world, &world::Rules::arc_export_tax, values.number("rate"));
}

}  // namespace

LeverKind export_tax_kind() {
  return {"export-tax",
          "An ad-valorem tax on exports, on the price at the origin (FOB).",
          "Rates of several levers on a route add up.",
          Acts::on_exports,
          {{"rate", base::OptionType::number, "share of the FOB price; 0.25 = 25 %", 0, 10, true, "",
            "rate above the taxes that stand in the dataset"}},
          make,
          "`price_to = (1 + import tariffs) ((1 + export VAT + sum of export taxes) price_from + freight) + ...` on a "
          "route in use. The exporting government receives `rate * price_from * flow`.",
          "none; the tax is income, in the account of governments",
          R"(actor = "CHN"
products = ["terbium-oxide"]
rate = 0.25
)"};
}

}  // namespace lodestone::policy
