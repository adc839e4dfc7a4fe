#include "lodestone/dataset/checks.hpp"

#include <algorithm>
#include <vector>

#include "lodestone/dataset/table_spec.hpp"
#include "lodestone/dataset/uncertainty.hpp"

namespace lodestone::dataset {
namespace {

struct Check {
  void (*run)(const RawDataset&, base::Diagnostics&);
  std::vector<std::string> reads;
  std::string spoils;  // a file that later checks must not trust when this one finds errors; "" = none
};

const std::vector<Check>& checks() {
  static const std::vector<Check> list{
      {check_groups, {"regions.csv", "groups.csv"}, "groups.csv"},
      {check_compositions, {"elements.csv", "products.csv", "compositions.csv"}, "compositions.csv"},
      {check_recipes, {"products.csv", "processes.csv", "recipes.csv"}, "recipes.csv"},
      {check_mass_balance, {"elements.csv", "products.csv", "compositions.csv", "processes.csv", "recipes.csv"}, ""},
      {check_facilities, {"facilities.csv"}, "facilities.csv"},
      {check_parents, {"processes.csv", "recipes.csv", "facilities.csv"}, "facilities.csv"},
      {check_construction,
       {"regions.csv", "groups.csv", "processes.csv", "facilities.csv", "construction.csv", "permits.csv",
        "country_risk.csv"},
       ""},
      {check_reserves, {"reserves.csv"}, "reserves.csv"},
      {check_stakes, {"facilities.csv", "stakes.csv"}, ""},
      {check_supply, {"products.csv", "processes.csv", "recipes.csv", "facilities.csv", "demand_totals.csv"}, ""},
      {check_end_uses, {"products.csv", "end_uses.csv"}, ""},
      {check_lifetimes, {"products.csv", "end_uses.csv", "lifetimes.csv"}, "lifetimes.csv"},
      {check_demand_shares, {"end_uses.csv", "demand_shares.csv"}, ""},
      {check_demand_totals, {"end_uses.csv", "demand_totals.csv"}, ""},
      {check_substitution, {"end_uses.csv", "substitution.csv"}, ""},
      {check_industries,
       {"regions.csv", "groups.csv", "end_uses.csv", "industries.csv", "value_added.csv"},
       "industries.csv"},
      {check_alignment, {"alignment.csv"}, "alignment.csv"},
      {check_demand_growth, {"end_uses.csv", "demand_growth.csv"}, "demand_growth.csv"},
      {check_prices, {"products.csv", "prices.csv"}, "prices.csv"},
      {check_fx, {"fx.csv"}, ""},
      {check_deflator, {"deflator.csv"}, "deflator.csv"},
      {check_money, {"prices.csv", "fx.csv", "deflator.csv"}, ""},
      {check_taxes, {"taxes.csv"}, ""},
      {check_freight, {"regions.csv", "groups.csv", "products.csv", "freight.csv"}, ""},
      {check_trade, {"trade.csv"}, ""},
      {check_access, {"products.csv", "end_uses.csv", "access_classes.csv"}, ""},
      {check_stocks, {"stocks.csv"}, ""},
      {check_uncertainty, {"regions.csv", "products.csv", "end_uses.csv", "parameters.csv", "uncertainty.csv"}, ""},
      {check_parameters, {"parameters.csv"}, ""},
      {check_published, {"published_shares.csv"}, ""},
      {check_chronicle, {kEventsFile}, kEventsFile},
  };
  return list;
}

}  // namespace

void check_together(const RawDataset& raw, std::map<std::string, FileState> files, base::Diagnostics& diagnostics) {
  for (const Check& check : checks()) {
    if (!std::all_of(check.reads.begin(), check.reads.end(), [&](const auto& file) { return files[file].clean; }))
      continue;
    const int errors_before = diagnostics.errors();
    check.run(raw, diagnostics);
    if (diagnostics.errors() > errors_before && !check.spoils.empty()) files[check.spoils].clean = false;
  }
}

}  // namespace lodestone::dataset
