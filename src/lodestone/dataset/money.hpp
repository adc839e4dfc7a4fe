// What a price was in constant dollars of 2024: exchange rates and the deflator. Source: docs/data.md.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "lodestone/base/calendar.hpp"
#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// The model's money is the dollar of this year.
inline constexpr int kMoneyYear = 2024;

class Money {
 public:
  explicit Money(const RawDataset& raw);
  /// Units of the currency per USD: of a month its own rate, or its year's; of a year its rate, or the mean of its
  /// twelve months. Nothing when fx.csv does not say.
  [[nodiscard]] std::optional<double> rate(const std::string& currency, base::Period period) const;
  /// Dollars of kMoneyYear per dollar of a year; nothing when deflator.csv does not say.
  [[nodiscard]] std::optional<double> deflation(int year) const;

 private:
  std::map<std::pair<std::string, int>, double> yearly_;
  std::map<std::pair<std::string, base::Month>, double> monthly_;
  std::map<int, double> index_;
};

/// Sets PriceRow::price of every quote whose rate and deflator are known, and moves quotes of other times than the base
/// year to the history.
void convert_prices(RawDataset& raw);

}  // namespace lodestone::dataset
