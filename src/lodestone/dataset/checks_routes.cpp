// Checks of places and prices: groups, exchange rates, taxes, freight, trade.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lodestone/dataset/checks.hpp"

namespace lodestone::dataset {
namespace {

constexpr std::size_t kMostRegions = 1000;

using Members = std::map<std::string, std::set<std::string>>;

Members members_in(const RawDataset& raw, int year) {
  Members members;
  for (const auto& row : raw.groups)
    if (row.provenance.valid_from <= base::Date{year, 12, 31} && base::Date{year, 1, 1} <= row.provenance.valid_to)
      members[row.group].insert(row.region);
  return members;
}

// How closely a row's name of a place meets a region: 2 = itself, 1 = a group of it, 0 = all, -1 = not at all.
int closeness(const std::string& name, const std::string& region, const Members& members) {
  if (name == region) return 2;
  if (name == "all") return 0;
  const auto group = members.find(name);
  return group != members.end() && group->second.contains(region) ? 1 : -1;
}

struct Ranked {
  const FreightRow* row = nullptr;
  const FreightRow* rival = nullptr;  // a row just as specific
  int rank = -1;
};

Ranked most_specific(const std::vector<const FreightRow*>& rows, const std::string& from, const std::string& to,
                     const Members& members) {
  Ranked best;
  for (const FreightRow* row : rows) {
    const int a = closeness(row->from, from, members), b = closeness(row->to, to, members);
    if (a < 0 || b < 0) continue;
    const int rank = (row->product == "all" ? 0 : 9) + 3 * a + b;
    if (rank > best.rank)
      best = {row, nullptr, rank};
    else if (rank == best.rank)
      best.rival = row;
  }
  return best;
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
  const Members members = members_in(raw, raw.base_year);
  std::set<std::pair<const Row*, const Row*>> reported;
  for (const auto& product : raw.products) {
    std::vector<const FreightRow*> rows;
    for (const auto& row : raw.freight)
      if (row.product == "all" || row.product == product.id) rows.push_back(&row);
    bool missing = false;
    for (const auto& from : raw.regions)
      for (const auto& to : raw.regions) {
        if (from.id == to.id) continue;
        const Ranked best = most_specific(rows, from.id, to.id, members);
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
