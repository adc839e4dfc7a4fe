#include "lodestone/insight/expression_unit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lodestone::insight {
namespace {

std::string power(const char* name, int exponent) {
  return exponent == 1 ? name : fmt::format("{}^{}", name, exponent);
}

std::vector<NamedUnit> all_units() {
  // Years have twelve equal months.
  std::vector<NamedUnit> units{
      {"1", kPlain, 1, ""},
      {"%", kPlain, 0.01, ""},
      {"percent", kPlain, 0.01, ""},
      {"month", kTime, 1, ""},
      {"months", kTime, 1, ""},
      {"year", kTime, 12, ""},
      {"years", kTime, 12, ""},
      {"kg", kMass, 1e-3, ""},
      {"t", kMass, 1, ""},
      {"kt", kMass, 1e3, ""},
      {"Mt", kMass, 1e6, ""},
      {"USD", kMoney, 1, "USD"},
      {"M USD", kMoney, 1e6, "USD"},
      {"MUSD", kMoney, 1e6, "USD"},
      {"USD/month", kMoneyFlow, 1, "USD"},
      {"MUSD/month", kMoneyFlow, 1e6, "USD"},
      {"MUSD/yr", kMoneyFlow, 1e6 / 12, "USD"},
  };
  const std::pair<const char*, double> masses[] = {{"kg", 1e-3}, {"t", 1}, {"kt", 1e3}, {"Mt", 1e6}};
  for (const auto& [mass, factor] : masses) {
    units.push_back({fmt::format("{}/month", mass), kFlow, factor, ""});
    units.push_back({fmt::format("{}/yr", mass), kFlow, factor / 12, ""});
  }
  for (const char* currency : {"USD", "CNY", "EUR", "JPY", "AUD"})
    for (const auto& [mass, factor] : masses)
      if (factor <= 1) units.push_back({fmt::format("{}/{}", currency, mass), kPrice, 1 / factor, currency});
  units.push_back({"USD/lb", kPrice, 1000 / 0.45359237, "USD"});
  return units;
}

}  // namespace

std::string unit_of(Dimension dimension) {
  if (dimension == kPlain) return "no unit";
  std::string above, below;
  const std::pair<const char*, int> parts[] = {
      {"USD", dimension.money}, {"t", dimension.mass}, {dimension == kTime ? "months" : "month", dimension.time}};
  for (const auto& [name, exponent] : parts) {
    std::string& side = exponent > 0 ? above : below;
    if (exponent != 0) side += (side.empty() ? "" : " ") + power(name, std::abs(exponent));
  }
  if (above.empty()) above = "1";
  return below.empty() ? above : above + "/" + below;
}

const std::vector<NamedUnit>& named_units() {
  static const std::vector<NamedUnit> units = all_units();
  return units;
}

const NamedUnit* find_named_unit(std::string_view name) {
  const auto& units = named_units();
  const auto it = std::find_if(units.begin(), units.end(), [&](const NamedUnit& unit) { return unit.name == name; });
  return it == units.end() ? nullptr : &*it;
}

const NamedUnit* leading_unit(std::string_view text) {
  const NamedUnit* best = nullptr;
  for (const NamedUnit& unit : named_units()) {
    const bool begins = text.starts_with(unit.name);
    if (begins && (text.size() == unit.name.size() || text[unit.name.size()] == ' ') &&
        (best == nullptr || unit.name.size() > best->name.size()))
      best = &unit;
  }
  return best;
}

std::vector<std::string> named_unit_names() {
  std::vector<std::string> names;
  for (const NamedUnit& unit : named_units()) names.push_back(unit.name);
  return names;
}

}  // namespace lodestone::insight
