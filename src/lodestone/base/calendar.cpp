#include "lodestone/base/calendar.hpp"

#include <fmt/format.h>

#include <charconv>

namespace lodestone::base {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  if (text.empty()) return std::nullopt;
  for (char c : text)
    if (c < '0' || c > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int days_in(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// "2011-Q3", "2011-H2": the part of a year that a letter and a number name.
std::optional<Period> part_of_year(std::string_view text) {
  if (text.size() != 7 || text[4] != '-' || (text[5] != 'Q' && text[5] != 'H')) return std::nullopt;
  const auto year = parse_date(text.substr(0, 4));
  const int months = text[5] == 'Q' ? 3 : 6, part = text[6] - '0';
  if (!year || part < 1 || part > 12 / months) return std::nullopt;
  const Month last = Month::of(year->year, part * months);
  return Period{whole_month(last + (1 - months)).from, whole_month(last).to};
}

}  // namespace

std::string Month::text() const {
  return fmt::format("{:04}-{:02}", year(), month());
}

std::string Date::text() const {
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7) return std::nullopt;
  const auto date = parse_date(text);
  return date ? std::optional(date->in_month()) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text, bool end_of_period) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  if (!year || *year < 1900 || *year > 2200) return std::nullopt;
  Date date{*year, end_of_period ? 12 : 1, 1};
  if (text.size() >= 7) {
    const auto month = digits(text.substr(5, 2));
    if (text[4] != '-' || !month || *month < 1 || *month > 12) return std::nullopt;
    date.month = *month;
  }
  date.day = end_of_period ? days_in(date.year, date.month) : 1;
  if (text.size() == 10) {
    const auto day = digits(text.substr(8, 2));
    if (text[7] != '-' || !day || *day < 1 || *day > days_in(date.year, date.month)) return std::nullopt;
    date.day = *day;
  }
  return date;
}

Period whole_year(int year) {
  return {{year, 1, 1}, {year, 12, 31}};
}

Period whole_month(Month month) {
  return {{month.year(), month.month(), 1}, {month.year(), month.month(), days_in(month.year(), month.month())}};
}

std::optional<Period> parse_period(std::string_view text) {
  const auto from = parse_date(text), to = parse_date(text, true);
  return from && to ? std::optional(Period{*from, *to}) : std::nullopt;
}

std::optional<Period> parse_span(std::string_view text) {
  const auto single = [](std::string_view part) {
    const auto named = part_of_year(part);
    return named ? named : parse_period(part);
  };
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return single(text);
  const auto from = single(text.substr(0, dots)), to = single(text.substr(dots + 2));
  return from && to && from->from <= to->to ? std::optional(Period{from->from, to->to}) : std::nullopt;
}

}  // namespace lodestone::base
