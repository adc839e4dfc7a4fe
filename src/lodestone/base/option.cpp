#include "lodestone/base/option.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lodestone::base {
namespace {

template <class T>
std::optional<T> read(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool in_range(const OptionSpec& spec, double value) {
  return std::isfinite(value) && (spec.maximum < spec.minimum || (value >= spec.minimum && value <= spec.maximum));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
  return parts;
}

}  // namespace

std::string expectation(const OptionSpec& spec) {
  const std::string unit = spec.unit.empty() ? "" : fmt::format(" ({})", spec.unit);
  const bool ranged = spec.maximum >= spec.minimum;
  const std::string range = ranged ? fmt::format(" between {} and {}", spec.minimum, spec.maximum) : "";
  switch (spec.type) {
    case OptionType::text:
      return "a text" + unit;
    case OptionType::number:
      return "a number" + range + unit;
    case OptionType::integer:
      return "a whole number" + range + unit;
    case OptionType::boolean:
      return "true or false";
    case OptionType::month:
      return "a month such as 2025-04";
    case OptionType::text_list:
      return "a list of names" + unit;
    case OptionType::integer_list:
      return "a list of whole numbers" + range + unit;
  }
  return {};
}

std::variant<OptionValue, std::string> parse_option(const OptionSpec& spec, std::string_view text) {
  switch (spec.type) {
    case OptionType::text:
      return OptionValue(std::string(text));
    case OptionType::text_list:
      return OptionValue(split(text));
    case OptionType::integer_list: {
      std::vector<long long> values;
      for (const auto& part : split(text)) {
        const auto value = read<long long>(part);
        if (!value || !in_range(spec, static_cast<double>(*value))) return expectation(spec);
        values.push_back(*value);
      }
      return OptionValue(std::move(values));
    }
    case OptionType::number:
      if (const auto value = read<double>(text); value && in_range(spec, *value)) return OptionValue(*value);
      break;
    case OptionType::integer:
      if (const auto value = read<long long>(text); value && in_range(spec, static_cast<double>(*value)))
        return OptionValue(*value);
      break;
    case OptionType::boolean:
      if (text == "true" || text == "false") return OptionValue(text == "true");
      break;
    case OptionType::month:
      if (const auto value = parse_month(text)) return OptionValue(*value);
      break;
  }
  return expectation(spec);
}

const OptionSpec* find_option(std::span<const OptionSpec> specs, std::string_view name) {
  const auto it = std::find_if(specs.begin(), specs.end(), [&](const OptionSpec& spec) { return spec.name == name; });
  return it == specs.end() ? nullptr : &*it;
}

}  // namespace lodestone::base
