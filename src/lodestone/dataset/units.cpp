#include "lodestone/dataset/units.hpp"

#include <algorithm>
#include <array>

namespace lodestone::dataset {
namespace {

constexpr double kPoundsPerTonne = 1000 / 0.45359237;

// Years have twelve equal months.
const std::array kUnits{
    Unit{Quantity::mass_flow, "t/month", 1, ""},
    Unit{Quantity::mass_flow, "t/yr", 1.0 / 12, ""},
    Unit{Quantity::mass_flow, "kt/yr", 1000.0 / 12, ""},
    Unit{Quantity::mass, "t", 1, ""},
    Unit{Quantity::price, "USD/t", 1, "USD"},
    Unit{Quantity::price, "USD/kg", 1000, "USD"},
    Unit{Quantity::price, "USD/lb", kPoundsPerTonne, "USD"},
    Unit{Quantity::quoted_price, "USD/t", 1, "USD"},
    Unit{Quantity::quoted_price, "USD/kg", 1000, "USD"},
    Unit{Quantity::quoted_price, "USD/lb", kPoundsPerTonne, "USD"},
    Unit{Quantity::quoted_price, "CNY/t", 1, "CNY"},
    Unit{Quantity::quoted_price, "CNY/kg", 1000, "CNY"},
    Unit{Quantity::quoted_price, "EUR/t", 1, "EUR"},
    Unit{Quantity::quoted_price, "EUR/kg", 1000, "EUR"},
    Unit{Quantity::quoted_price, "JPY/kg", 1000, "JPY"},
    Unit{Quantity::quoted_price, "AUD/kg", 1000, "AUD"},
    Unit{Quantity::share, "t/t", 1, ""},
    Unit{Quantity::share, "percent", 0.01, ""},
    Unit{Quantity::money_flow, "USD/month", 1, ""},
    Unit{Quantity::money_flow, "MUSD/yr", 1e6 / 12, ""},
};

}  // namespace

const Unit* find_unit(Quantity quantity, std::string_view name) {
  const auto it = std::find_if(kUnits.begin(), kUnits.end(),
                               [&](const Unit& unit) { return unit.quantity == quantity && unit.name == name; });
  return it == kUnits.end() ? nullptr : &*it;
}

std::vector<std::string> unit_names(Quantity quantity) {
  std::vector<std::string> names;
  for (const Unit& unit : kUnits)
    if (unit.quantity == quantity) names.push_back(unit.name);
  return names;
}

}  // namespace lodestone::dataset
