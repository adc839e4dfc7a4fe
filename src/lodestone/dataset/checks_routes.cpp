// Checks of places and prices: groups, exchange rates, taxes, freight, trade.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lodestone/dataset/checks.hpp"
#include "lodestone/dataset/specificity.hpp"

namespace lodestone::dataset {
namespace {

constexpr std::size_t kMostRegions = 1000;

}  // namespace

void check_groups(const RawDataset& raw, base::Diagnostics& diagnostics) {
  if (raw.regions.size() > kMostRegions)
    diagnostics.error(raw.regions[kMostRegions].place("id"), fmt::format("{} regions", raw.regions.size()),
                      fmt::format("at most {}", kMostRegions));
  std::set<std::string> regions;
  for (const auto& row : raw.regions) regions.insert(row.id);
  std::map<std::string, const GroupRow*> first;
  for (const auto& row : raw.groups) {
    if (regions.contains(row.group))
      diagnostics.error(row.place("group"), fmt::format("group '{}'", row.group), "an id that is not a region's");
    const auto [it, fresh] = first.emplace(row.group, &row);
    if (!fresh && it->second->name != row.name)
      diagnostics.error(row.place("name"), fmt::format("name '{}' of group '{}'", row.name, row.group),
                        fmt::format("'{}' as in line {}", it->second->name, it->second->provenance.place.line));
  }
}

void check_prices(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::set<std::string> priced;
  for (const auto& row : raw.prices) {
    priced.insert(row.product);
    if (raw.base_year != 0 && row.date.year != raw.base_year)
      diagnostics.error(row.place("date"), fmt::format("a price of {}", row.date.year),
                        fmt::format("the base year {} or a month in it", raw.base_year));
  }
  for (const auto& product : raw.products)
    if (!priced.contains(product.id))
      diagnostics.error(product.place("id"), fmt::format("product '{}' has no price", product.id),
                        "at least one row in prices.csv");
}

void check_fx(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.fx)
    if (row.unit != row.currency + "/USD")
      diagnostics.error(row.place("unit"), fmt::format("unit '{:.40}'", row.unit), fmt::format("{}/USD", row.currency));
}

void check_currencies(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::set<std::pair<std::string, int>> known;
  for (const auto& row : raw.fx) known.insert({row.currency, row.year});
  for (const auto& row : raw.prices)
    if (row.currency != "USD" && !known.contains({row.currency, row.date.year}))
      diagnostics.error(row.place("unit"), fmt::format("a price in {} of {}", row.currency, row.date.year),
                        "an exchange rate of that currency and year in fx.csv");
}

void check_taxes(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.taxes) {
    if (row.kind == TaxKind::vat && row.to != "all")
      diagnostics.error(row.place("to"), fmt::format("VAT to '{}'", row.to), "'all': VAT belongs to the region 'from'");
    if (row.kind == TaxKind::export_vat && row.rate >= 1)
      diagnostics.error(row.place("rate"), fmt::format("unrefunded VAT of {}", row.rate),
                        "a fraction of the price below 1");
    const bool in_force = row.provenance.valid_from <= base::Date{raw.base_year, 12, 31} &&
                          base::Date{raw.base_year, 1, 1} <= row.provenance.valid_to;
    if (raw.base_year != 0 && !in_force)
      diagnostics.error(row.place("valid_from"), "a tax that is not in force in the base year",
                        fmt::format("dates that meet {}", raw.base_year));
  }
}

void check_freight(const RawDataset& raw, base::Diagnostics& diagnostics) {
  if (raw.regions.size() > kMostRegions) return;
  const Places places(raw);
  std::set<std::pair<const Row*, const Row*>> reported;
  for (const auto& product : raw.products) {
    const auto rows = rows_of_product(raw.freight, product.id);
    bool missing = false;
    for (const auto& from : raw.regions)
      for (const auto& to : raw.regions) {
        if (from.id == to.id) continue;
        const auto best = most_specific(rows, from.id, to.id, places);
        if (best.row == nullptr && !missing)
          diagnostics.error(product.place("id"),
                            fmt::format("no freight for '{}' from {} to {}", product.id, from.id, to.id),
                            "rows in freight.csv that cover every pair");
        missing = missing || best.row == nullptr;
        if (best.rival != nullptr && reported.insert({best.row, best.rival}).second)
          diagnostics.error(
              best.rival->place("from"),
              fmt::format("freight of '{}' from {} to {} given twice", product.id, from.id, to.id),
              fmt::format("one most specific row; line {} is just as specific", best.row->provenance.place.line));
      }
  }
}

void check_trade(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.trade)
    if (row.from == row.to)
      diagnostics.error(row.place("to"), fmt::format("trade of {} with itself", row.from), "two regions");
}

}  // namespace lodestone::dataset
