// Months and days. The model's clock counts calendar months from January 1970.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace lodestone::base {

/// A calendar month, counted from 1970-01 = 0.
struct Month {
  int count = 0;
  static constexpr Month of(int year, int month) { return Month{(year - 1970) * 12 + month - 1}; }
  [[nodiscard]] constexpr int year() const { return 1970 + (count >= 0 ? count / 12 : (count - 11) / 12); }
  [[nodiscard]] constexpr int month() const { return count - (year() - 1970) * 12 + 1; }
  [[nodiscard]] std::string text() const;                     // "2025-04"
  friend constexpr auto operator<=>(Month, Month) = default;  // NOLINT(modernize-use-nullptr): false alarm
  friend constexpr Month operator+(Month m, int n) { return Month{m.count + n}; }
  friend constexpr int operator-(Month a, Month b) { return a.count - b.count; }
};

/// Reads "2025-04"; nothing when the text is not a month between 1900-01 and 2200-12.
std::optional<Month> parse_month(std::string_view text);

/// A calendar day as year, month, day; ordered.
struct Date {
  int year = 1970, month = 1, day = 1;
  [[nodiscard]] Month in_month() const { return Month::of(year, month); }
  [[nodiscard]] std::string text() const;                                 // "2025-04-30"
  friend constexpr auto operator<=>(const Date&, const Date&) = default;  // NOLINT(modernize-use-nullptr): false alarm
};

/// Reads "2025", "2025-04" or "2025-04-30" (the missing parts become 1, or the last of the period when
/// `end_of_period`); nothing when the text is not a date.
std::optional<Date> parse_date(std::string_view text, bool end_of_period = false);

/// A span of days, both ends included.
struct Period {
  Date from, to;
  [[nodiscard]] bool meets(const Period& other) const { return from <= other.to && other.from <= to; }
  [[nodiscard]] bool within(const Period& other) const { return other.from <= from && to <= other.to; }
  friend constexpr auto operator<=>(const Period&, const Period&) = default;  // NOLINT(modernize-use-nullptr)
};
/// A calendar year, a calendar month.
Period whole_year(int year);
Period whole_month(Month month);

/// Reads "2025", "2025-04" or "2025-04-30" as the days it covers; nothing when the text is not a date.
std::optional<Period> parse_period(std::string_view text);

/// Reads what parse_period reads, halves and quarters ("2011-H2", "2011-Q3"), and from one of these to the end of
/// another ("2010-01..2010-10"); nothing when the text is none of them or ends before it begins.
std::optional<Period> parse_span(std::string_view text);

}  // namespace lodestone::base
