#include "lodestone/dataset/money.hpp"

#include <set>
#include <string>
#include <utility>

namespace lodestone::dataset {
namespace {

constexpr const char* kBasket = "basket";  // a grade: all that a product of several oxides holds

bool is_year(const base::Period& period) {
  return period == base::whole_year(period.from.year);
}

void convert(const Money& money, PriceRow& row) {
  // A real price is stated at the exchange rate of its money's year.
  const auto rate = money.rate(row.currency, row.real ? base::whole_year(kMoneyYear) : row.date);
  const auto deflation = row.real ? std::optional(1.0) : money.deflation(row.date.from.year);
  if (rate && deflation) row.price = row.quoted / *rate * *deflation;
}

}  // namespace

Money::Money(const RawDataset& raw) {
  for (const auto& row : raw.fx) {
    if (is_year(row.period))
      yearly_[{row.currency, row.period.from.year}] = row.rate;
    else
      monthly_[{row.currency, row.period.from.in_month()}] = row.rate;
  }
  for (const auto& row : raw.deflator) index_[row.year] = row.index;
}

std::optional<double> Money::rate(const std::string& currency, base::Period period) const {
  if (currency == "USD") return 1.0;
  if (const auto month = monthly_.find({currency, period.from.in_month()}); !is_year(period) && month != monthly_.end())
    return month->second;
  if (const auto year = yearly_.find({currency, period.from.year}); year != yearly_.end()) return year->second;
  double sum = 0;
  for (int m = 1; m <= 12; ++m) {
    const auto month = monthly_.find({currency, base::Month::of(period.from.year, m)});
    if (!is_year(period) || month == monthly_.end()) return std::nullopt;
    sum += month->second;
  }
  return sum / 12;
}

std::optional<double> Money::deflation(int year) const {
  if (year == kMoneyYear) return 1.0;
  const auto then = index_.find(year), now = index_.find(kMoneyYear);
  if (then == index_.end() || now == index_.end()) return std::nullopt;
  return now->second / then->second;
}

void convert_prices(RawDataset& raw) {
  const Money money(raw);
  const auto of_base_year = [&](const PriceRow& row) {
    return raw.base_year == 0 || row.date.within(base::whole_year(raw.base_year));
  };
  std::set<std::pair<std::string, std::string>> whole;  // product and region: a basket speaks for all of the product
  std::set<std::pair<std::string, std::string>> years;  // where an average of the year speaks before days of it
  for (const auto& row : raw.prices) {
    if (!of_base_year(row)) continue;
    if (row.grade == kBasket) whole.emplace(row.product, row.region);
    if (is_year(row.date)) years.emplace(row.product, row.region);
  }
  std::vector<PriceRow> now;
  for (auto& row : raw.prices) {
    convert(money, row);
    const std::pair node(row.product, row.region);
    const bool part = (row.grade != kBasket && whole.contains(node)) || (!is_year(row.date) && years.contains(node));
    (of_base_year(row) && !part ? now : raw.price_history).push_back(std::move(row));
  }
  raw.prices = std::move(now);
}

}  // namespace lodestone::dataset
