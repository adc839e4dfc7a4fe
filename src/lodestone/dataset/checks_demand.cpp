// Checks of demand: end uses, where they are, and how much they take.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "lodestone/dataset/checks.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kTolerance = 1e-6;

using Use = std::pair<std::string, std::string>;  // product, end use

struct Sum {
  double value = 0;
  const Row* first = nullptr;
  template <class R>
  void add(const R& row) {
    value += row.share;
    if (first == nullptr) first = &row;
  }
  [[nodiscard]] bool is_one() const { return std::abs(value - 1) <= kTolerance; }
};

std::vector<std::string> names_of_uses(const RawDataset& raw) {
  std::set<std::string> uses{"all"};
  for (const auto& row : raw.end_uses) uses.insert(row.end_use);
  return {uses.begin(), uses.end()};
}

template <class R>
void check_use(const R& row, const std::vector<std::string>& uses, base::Diagnostics& diagnostics) {
  if (!std::binary_search(uses.begin(), uses.end(), row.end_use))
    diagnostics.error(row.place("end_use"), fmt::format("unknown end use '{}'", row.end_use),
                      "an end use of end_uses.csv, or all", base::nearest_name(row.end_use, uses));
}

}  // namespace

void check_end_uses(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::map<std::string, Sum> sums;
  for (const auto& row : raw.end_uses) {
    sums[row.product].add(row);
    if (std::abs(row.short_elasticity) > std::abs(row.long_elasticity))
      diagnostics.warning(row.place("short_elasticity"),
                          fmt::format("short-run elasticity {} of '{}' beyond the long-run {}", row.short_elasticity,
                                      row.end_use, row.long_elasticity),
                          "demand that responds more in the long run");
  }
  for (const auto& [product, sum] : sums)
    if (!sum.is_one())
      diagnostics.error(sum.first->place("share"),
                        fmt::format("shares of the end uses of '{}' sum to {:.9g}", product, sum.value), "1");
}

void check_lifetimes(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.lifetimes) {
    std::vector<std::string> uses;
    for (const auto& use : raw.end_uses)
      if (use.product == row.product) uses.push_back(use.end_use);
    if (std::find(uses.begin(), uses.end(), row.end_use) == uses.end())
      diagnostics.error(row.place("end_use"), fmt::format("'{}' is no end use of '{}'", row.end_use, row.product),
                        "an end use of end_uses.csv", base::nearest_name(row.end_use, uses));
  }
}

void check_demand_shares(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::map<Use, Sum> sums;
  std::map<std::string, std::vector<std::string>> end_uses;
  std::set<Use> known;
  std::set<std::string> misspelt;  // products whose end uses are not all known by name
  for (const auto& row : raw.end_uses) {
    known.insert({row.product, row.end_use});
    end_uses[row.product].push_back(row.end_use);
  }
  for (const auto& row : raw.demand_shares) {
    if (known.contains({row.product, row.end_use})) {
      sums[{row.product, row.end_use}].add(row);
      continue;
    }
    misspelt.insert(row.product);
    diagnostics.error(row.place("end_use"), fmt::format("unknown end use '{}' of '{}'", row.end_use, row.product),
                      "an end use of the product in end_uses.csv",
                      base::nearest_name(row.end_use, end_uses[row.product]));
  }
  for (const auto& row : raw.end_uses) {
    if (misspelt.contains(row.product)) continue;
    const auto sum = sums.find({row.product, row.end_use});
    if (sum == sums.end())
      diagnostics.error(row.place("end_use"), fmt::format("'{}' of '{}' is nowhere", row.end_use, row.product),
                        "rows in demand_shares.csv");
    else if (!sum->second.is_one())
      diagnostics.error(
          sum->second.first->place("share"),
          fmt::format("regional shares of '{}', '{}' sum to {:.9g}", row.product, row.end_use, sum->second.value), "1");
  }
}

void check_demand_totals(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::set<std::string> used, counted;
  for (const auto& row : raw.end_uses) used.insert(row.product);
  for (const auto& row : raw.demand_totals) {
    counted.insert(row.product);
    if (row.rule == DemandRule::fixed && !row.quantity)
      diagnostics.error(row.place("quantity"), fmt::format("no quantity for '{}'", row.product),
                        "a quantity, because the rule is 'fixed'");
    if (!used.contains(row.product))
      diagnostics.error(row.place("product"), fmt::format("demand for '{}' without an end use", row.product),
                        "rows in end_uses.csv");
  }
  for (const auto& row : raw.end_uses)
    if (!counted.contains(row.product)) {
      diagnostics.error(row.place("product"), fmt::format("'{}' has end uses and no total", row.product),
                        "a row in demand_totals.csv");
      counted.insert(row.product);
    }
}

void check_substitution(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto uses = names_of_uses(raw);
  for (const auto& row : raw.substitution) check_use(row, uses, diagnostics);
}

void check_demand_growth(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto uses = names_of_uses(raw);
  for (const auto& row : raw.demand_growth) {
    if (row.path == "none")
      diagnostics.error(row.place("path"), "a path 'none'", "another name: 'none' means that demand does not grow");
    check_use(row, uses, diagnostics);
  }
}

}  // namespace lodestone::dataset
