#include "lodestone/insight/public_cost.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lodestone::insight {
namespace {

constexpr std::array kPay{"equity-stake", "grant",       "guarantee", "loan",      "off-take",
                          "price-flood",  "price-floor", "royalty",   "tax-credit"};
constexpr double kMillion = 1e6;

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

}  // namespace lodestone::insight
