// Checks of places and prices: groups, exchange rates, taxes, freight, trade.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "lodestone/dataset/checks.hpp"
#include "lodestone/dataset/money.hpp"
#include "lodestone/dataset/specificity.hpp"

namespace lodestone::dataset {
namespace {

constexpr std::size_t kMostRegions = 1000;
constexpr double kIndexRounding = 1e-6;

std::string basis_of(const PriceRow& row) {
  return row.real ? fmt::format("real-{}", kMoneyYear) : "nominal";
}

void check_quote(const PriceRow& row, base::Diagnostics& diagnostics) {
  if (row.incoterm == Incoterm::fob && row.duty_included)
    diagnostics.error(row.place("duty"), "an FOB price with import duty", "excluded: duty is due where goods arrive");
  if (row.provenance.known_from < row.date.from)
    diagnostics.error(
        row.place("known_from"),
        fmt::format("a price of {} that was known on {}", row.date.from.text(), row.provenance.known_from.text()),
        "a known_from on or after its date");
}

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
  std::map<std::pair<std::string, std::string>, const PriceRow*> first;
  for (const auto& row : raw.prices) {
    priced.insert(row.product);
    check_quote(row, diagnostics);
    const auto [it, fresh] = first.emplace(std::pair(row.product, row.region), &row);
    if (!fresh && it->second->real != row.real)
      diagnostics.error(
          row.place("basis"),
          fmt::format("a {} price of '{}' in {}, to be averaged with the {} one in line {}", basis_of(row), row.product,
                      row.region, basis_of(*it->second), it->second->provenance.place.line),
          "prices of one basis at a node");
  }
  for (const auto& row : raw.price_history) check_quote(row, diagnostics);
  for (const auto& product : raw.products)
    if (!priced.contains(product.id))
      diagnostics.error(
          product.place("id"), fmt::format("product '{}' has no price", product.id),
          fmt::format("at least one row in prices.csv of the base year {} or a month in it", raw.base_year));
}

void check_fx(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.fx)
    if (row.unit != row.currency + "/USD")
      diagnostics.error(row.place("unit"), fmt::format("unit '{:.40}'", row.unit), fmt::format("{}/USD", row.currency));
}

void check_deflator(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.deflator) {
    const auto& unit = raw.deflator.front().unit;
    if (!row.unit.ends_with("=100"))
      diagnostics.error(row.place("unit"), fmt::format("unit '{:.40}'", row.unit), "when it is 100, such as 2024=100");
    else if (row.unit != unit)
      diagnostics.error(row.place("unit"), fmt::format("unit '{:.40}'", row.unit),
                        fmt::format("{}, the unit of every row of this file", unit));
    else if (unit == fmt::format("{}=100", row.year) && std::abs(row.index - 100) > kIndexRounding)
      diagnostics.error(row.place("index"), fmt::format("an index of {} in {}", row.index, row.year),
                        fmt::format("100, as the unit {} says", unit));
  }
}

void check_money(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const Money money(raw);
  for (const auto* rows : {&raw.prices, &raw.price_history})
    for (const auto& row : *rows) {
      const base::Period period = row.real ? base::whole_year(kMoneyYear) : row.date;
      if (!money.rate(row.currency, period))
        diagnostics.error(row.place("unit"), fmt::format("a price in {} of {}", row.currency, period.from.year),
                          "an exchange rate of that currency and year in fx.csv");
      if (!row.real && !money.deflation(row.date.from.year))
        diagnostics.error(row.place("basis"), fmt::format("a nominal price of {}", row.date.from.year),
                          fmt::format("the index of {} and of {} in deflator.csv", row.date.from.year, kMoneyYear));
    }
}

void check_taxes(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.taxes) {
    if (row.kind == TaxKind::vat && row.to != "all")
      diagnostics.error(row.place("to"), fmt::format("VAT to '{}'", row.to), "'all': VAT belongs to the region 'from'");
    if (row.kind == TaxKind::export_vat && row.rate >= 1)
      diagnostics.error(row.place("rate"), fmt::format("unrefunded VAT of {}", row.rate),
                        "a fraction of the price below 1");
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
