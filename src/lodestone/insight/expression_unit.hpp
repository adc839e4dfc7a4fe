// What the values of expressions measure, and the units in which people write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lodestone::insight {

/// Powers of money (dollars of 2024), mass (t of the product's basis) and time (months).
struct Dimension {
  int money = 0, mass = 0, time = 0;
  friend bool operator==(const Dimension&, const Dimension&) = default;
  friend Dimension operator+(Dimension a, Dimension b) { return {a.money + b.money, a.mass + b.mass, a.time + b.time}; }
  friend Dimension operator-(Dimension a, Dimension b) { return {a.money - b.money, a.mass - b.mass, a.time - b.time}; }
};

inline constexpr Dimension kPlain{};
inline constexpr Dimension kPrice{1, -1, 0};      // USD/t
inline constexpr Dimension kFlow{0, 1, -1};       // t/month
inline constexpr Dimension kMass{0, 1, 0};        // t
inline constexpr Dimension kMoney{1, 0, 0};       // USD
inline constexpr Dimension kMoneyFlow{1, 0, -1};  // USD/month
inline constexpr Dimension kTime{0, 0, 1};        // months

/// The model's unit of a dimension, as people write it: "USD/t", "t/month", "no unit".
std::string unit_of(Dimension dimension);

struct NamedUnit {
  std::string name;  // "kt/yr"
  Dimension dimension;
  double factor = 1;     // model's unit per this unit
  std::string currency;  // of money: "USD", "CNY"; empty otherwise
};

/// Every unit that may stand behind a number of an expression or in a list of observed figures.
const std::vector<NamedUnit>& named_units();
/// The unit of exactly this name; null when there is none.
const NamedUnit* find_named_unit(std::string_view name);
/// The unit that a text begins with, words after it being a remark ("kt Ni", "t REO"); null when there is none.
const NamedUnit* leading_unit(std::string_view text);
std::vector<std::string> named_unit_names();

}  // namespace lodestone::insight
