#include "lodestone/insight/public_cost.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "lodestone/base/units.hpp"

namespace lodestone::insight {
namespace {

constexpr std::array kPay{"equity-stake", "grant",       "guarantee", "loan",      "off-take",
                          "price-flood",  "price-floor", "royalty",   "tax-credit"};
using base::kMillion;

}  // namespace

std::optional<Table> public_cost_table(const store::Results& results) {
  if (!results.has("public_cost")) return {};
  Table table{"public_cost",
              "What governments paid to plants",
              {{"lever", "lever", ""},
               {"actor", "of", ""},
               {"paid", "paid", "million USD"},
               {"returned", "came back", "million USD"},
               {"net", "net", "million USD"}},
              {},
              "Over the run, in money of 2024: grants, loans and stakes when a plant is financed, promises on prices "
              "month by month; what plants pay back or owe above a promised price comes back."};
  const auto& cost = results.variable("public_cost");
  const auto& levers = results.facts().levers;
  for (std::size_t l = 0; l < levers.size(); ++l) {
    if (!levers[l].begins() || std::find(kPay.begin(), kPay.end(), levers[l].kind) == kPay.end()) continue;
    double paid = 0, returned = 0;
    for (std::size_t m = 0; m < results.months().size(); ++m) {
      const double month = cost.at(m, l);
      if (!std::isnan(month)) (month > 0 ? paid : returned) += std::abs(month);
    }
    table.rows.push_back(
        {levers[l].id, levers[l].actor, paid / kMillion, returned / kMillion, (paid - returned) / kMillion});
  }
  if (table.rows.empty()) return {};
  return table;
}

std::optional<Table> public_support_table(const store::Results& results) {
  if (!results.has("public_support")) return {};
  Table table{"public_support",
              "Public support by stage",
              {{"stage", "stage", ""},
               {"paid", "paid", "million USD"},
               {"returned", "came back", "million USD"},
               {"net", "net", "million USD"}},
              {},
              "Over the run, in money of 2024, of all governments to the plants of a stage."};
  const auto& support = results.variable("public_support");
  const auto& stages = results.labels("stage");
  const std::size_t regions = results.labels("region").size();
  for (std::size_t s = 0; s < stages.size(); ++s) {
    double paid = 0, returned = 0;
    for (std::size_t m = 0; m < results.months().size(); ++m)
      for (std::size_t r = 0; r < regions; ++r)
        if (const double month = support.at(m, s * regions + r); !std::isnan(month))
          (month > 0 ? paid : returned) += std::abs(month);
    if (paid > 0 || returned > 0)
      table.rows.push_back({stages[s], paid / kMillion, returned / kMillion, (paid - returned) / kMillion});
  }
  if (table.rows.empty()) return {};
  return table;
}

namespace {

/// Countries by what lenders ask for them, a year.
struct RiskClass {
  const char* name;
  double below;
  double private_money = 0, public_money = 0;
  std::vector<std::pair<double, std::string>> where;  // USD, region
};

std::vector<RiskClass> risk_classes() {
  return {{"below 1 %", 0.01, 0, 0, {}},
          {"1 to 3 %", 0.03, 0, 0, {}},
          {"3 to 6 %", 0.06, 0, 0, {}},
          {"6 % and more", std::numeric_limits<double>::infinity(), 0, 0, {}}};
}

/// What lenders ask for a country; the same for all its plants that say.
std::optional<double> premium_of(const world::World& world, std::size_t region) {
  for (const auto& facility : world.facilities)
    if (facility.region.index() == region && facility.construction.capex > 0)
      return facility.construction.country_premium;
  return {};
}

double over_run(const store::Results& results, const char* series, std::size_t region) {
  double sum = 0;
  for (std::size_t m = 0; m < results.months().size(); ++m)
    if (const double month = results.variable(series).at(m, region); !std::isnan(month)) sum += month;
  return sum;
}

}  // namespace

std::optional<Table> investment_risk_table(const store::Results& results, const world::World& world) {
  if (!results.has("private_investment") || !results.has("public_investment")) return {};
  auto classes = risk_classes();
  for (std::size_t r = 0; r < world.regions.size(); ++r) {
    const auto premium = premium_of(world, r);
    const double from_private = over_run(results, "private_investment", r);
    const double from_public = over_run(results, "public_investment", r);
    if (!premium || !(from_private + from_public > 0)) continue;
    auto& found = *std::find_if(classes.begin(), classes.end(), [&](const auto& one) { return *premium < one.below; });
    found.private_money += from_private;
    found.public_money += from_public;
    found.where.emplace_back(from_private + from_public, world.regions[r].id);
  }
  Table table{"investment_risk",
              "Investment by country risk",
              {{"risk", "lenders ask for the country", "a year"},
               {"private", "private", "million USD"},
               {"public", "public", "million USD"},
               {"where", "where, most first", ""}},
              {},
              "Money committed to new plants over the run, in money of 2024, by the premium of the country in which "
              "they stand (country_risk.csv)."};
  for (auto& one : classes) {
    if (one.where.empty()) continue;
    std::stable_sort(one.where.begin(), one.where.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string names;
    for (const auto& [money, name] : one.where) names += (names.empty() ? "" : ", ") + name;
    table.rows.push_back({one.name, one.private_money / kMillion, one.public_money / kMillion, names});
  }
  if (table.rows.empty()) return {};
  return table;
}

}  // namespace lodestone::insight
