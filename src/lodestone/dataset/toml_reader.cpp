#include "lodestone/dataset/toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/dataset/file_text.hpp"

namespace lodestone::dataset {
namespace {

using base::OptionType;

base::Place place_of_region(const toml::source_region& source) {
  return {source.path ? *source.path : std::string{}, static_cast<int>(source.begin.line),
          static_cast<int>(source.begin.column)};
}

// Follows quotes and comments through a document, only far enough to know what stands outside of them.
class OutsideQuotes {
 public:
  /// True when the character at `i` is part of a key or a value's syntax; moves `i` past a triple quote.
  bool step(std::string_view text, std::size_t& i) {
    const char c = text[i];
    if (c == '\n') {
      comment_ = false;
      if (!triple_) quote_ = 0;
      return false;
    }
    if (comment_) return false;
    if (quote_ == '"' && c == '\\') {
      ++i;
      return false;
    }
    if (c == '"' || c == '\'') {
      turn(text, i, c);
      return false;
    }
    if (quote_ == 0 && c == '#') comment_ = true;
    return quote_ == 0 && !comment_;
  }

 private:
  char quote_ = 0;
  bool triple_ = false, comment_ = false;

  void turn(std::string_view text, std::size_t& i, char c) {
    if (quote_ != 0 && quote_ != c) return;
    const bool three = text.substr(i, 3) == std::string(3, c);
    if (quote_ == 0) {
      quote_ = c;
      triple_ = three;
    } else if (!triple_ || three) {
      quote_ = 0;
    } else {
      return;
    }
    if (triple_ && three) i += 2;
    if (quote_ == 0) triple_ = false;
  }
};

// Tables inside tables are read and released by recursion: a key of very many parts would exhaust the stack.
bool shallow(std::string_view text, const std::string& file, base::Diagnostics& diagnostics) {
  constexpr int kMostDots = 32;
  OutsideQuotes outside;
  int line = 1, dots = 0;
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++line;
      dots = 0;
      line_start = i + 1;
    }
    const std::size_t at = i;
    if (!outside.step(text, i) || text[at] != '.') continue;
    if (++dots <= kMostDots) continue;
    diagnostics.error({file, line, static_cast<int>(at - line_start) + 1}, "a key of very many parts",
                      fmt::format("at most {} dots in a line", kMostDots));
    return false;
  }
  return true;
}

bool in_range(const base::OptionSpec& spec, double value) {
  return std::isfinite(value) && (spec.maximum < spec.minimum || (value >= spec.minimum && value <= spec.maximum));
}

std::optional<base::OptionValue> text_list(const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> list;
  for (const auto& item : *array) {
    const auto text = item.value_exact<std::string>();
    if (!text) return std::nullopt;
    list.push_back(*text);
  }
  return list;
}

std::optional<base::OptionValue> integer_list(const base::OptionSpec& spec, const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr || array->empty()) return std::nullopt;
  std::vector<long long> list;
  for (const auto& item : *array) {
    const auto value = item.value_exact<std::int64_t>();
    if (!value || !in_range(spec, static_cast<double>(*value))) return std::nullopt;
    list.push_back(*value);
  }
  return list;
}

std::optional<base::OptionValue> convert(const base::OptionSpec& spec, const toml::node& node) {
  switch (spec.type) {
    case OptionType::text:
      if (const auto text = node.value_exact<std::string>()) return *text;
      break;
    case OptionType::number:
      if (!node.is_number()) break;
      if (const double value = *node.value<double>(); in_range(spec, value)) return value;
      break;
    case OptionType::integer:
      if (const auto value = node.value_exact<std::int64_t>(); value && in_range(spec, static_cast<double>(*value)))
        return static_cast<long long>(*value);
      break;
    case OptionType::boolean:
      if (const auto value = node.value_exact<bool>()) return *value;
      break;
    case OptionType::month:
      if (const auto text = node.value_exact<std::string>())
        if (const auto month = base::parse_month(*text)) return *month;
      break;
    case OptionType::text_list:
      return text_list(node);
    case OptionType::integer_list:
      return integer_list(spec, node);
  }
  return std::nullopt;
}

void fill_in(const base::OptionSpec& spec, const toml::table& table, base::OptionValues& values,
             base::Diagnostics& diagnostics) {
  if (spec.required) {
    diagnostics.error(place_of(table), fmt::format("no key '{}'", spec.name), base::expectation(spec));
  } else if (!spec.default_text.empty()) {
    auto value = base::parse_option(spec, spec.default_text);
    if (auto* parsed = std::get_if<base::OptionValue>(&value)) values.set(spec.name, std::move(*parsed));
  }
}

}  // namespace

std::optional<toml::table> parse_toml(std::string_view text, const std::string& file, base::Diagnostics& diagnostics) {
  if (!shallow(text, file, diagnostics)) return std::nullopt;
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    diagnostics.error(place_of_region(error.source()), std::string(error.description()), "a TOML document");
    return std::nullopt;
  }
}

std::optional<toml::table> read_toml(const std::filesystem::path& path, base::Diagnostics& diagnostics) {
  const auto text = read_text(path, diagnostics);
  return text ? parse_toml(*text, path.string(), diagnostics) : std::nullopt;
}

base::Place place_of(const toml::node& node) {
  return place_of_region(node.source());
}

base::Place place_of(const toml::key& key) {
  return place_of_region(key.source());
}

std::string describe(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return fmt::format("the text '{:.60}'", *text);
  if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("the whole number {}", *whole);
  if (const auto number = node.value_exact<double>()) return fmt::format("the number {}", *number);
  if (const auto yes = node.value_exact<bool>()) return *yes ? "true" : "false";
  if (node.is_array()) return "a list";
  if (node.is_table()) return "a table";
  return "a date or time without quotes";
}

base::OptionValues read_options(const toml::table& table, std::span<const base::OptionSpec> specs,
                                base::Diagnostics& diagnostics) {
  base::OptionValues values;
  std::vector<std::string> names;
  for (const auto& spec : specs) names.push_back(spec.name);
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const auto* spec = base::find_option(specs, name);
    if (spec == nullptr) {
      diagnostics.error(place_of(key), fmt::format("unknown key '{:.60}'", name), "one of this table's keys",
                        base::nearest_name(name, names));
    } else if (auto value = convert(*spec, node)) {
      values.set(name, std::move(*value));
    } else {
      diagnostics.error(place_of(node), fmt::format("{} = {}", name, describe(node)), base::expectation(*spec));
    }
  }
  for (const auto& spec : specs)
    if (!table.contains(spec.name)) fill_in(spec, table, values, diagnostics);
  return values;
}

}  // namespace lodestone::dataset
