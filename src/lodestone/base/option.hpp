// The one table of options: command line, scenario reader, and docs are made from rows of this kind.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lodestone/base/calendar.hpp"

namespace lodestone::base {

enum class OptionType { text, number, integer, boolean, month, text_list, integer_list };

struct OptionSpec {
  std::string name;  // key in a scenario; "--name" on the command line
  OptionType type = OptionType::text;
  std::string unit;    // "" when dimensionless or a name
  double minimum = 0;  // inclusive range of numbers and integers, also in lists
  double maximum = 0;  // maximum < minimum means: no range
  bool required = false;
  std::string default_text;  // shown in help; also parsed as the default when not required and not empty
  std::string help;          // one sentence
};

using OptionValue =
    std::variant<std::string, double, long long, bool, Month, std::vector<std::string>, std::vector<long long>>;

/// Values read against a table of OptionSpec; only known names get in, defaults are filled in.
class OptionValues {
 public:
  void set(std::string name, OptionValue value) { values_.insert_or_assign(std::move(name), std::move(value)); }
  [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
  [[nodiscard]] const std::string& text(const std::string& name) const {
    return std::get<std::string>(values_.at(name));
  }
  [[nodiscard]] double number(const std::string& name) const { return std::get<double>(values_.at(name)); }
  [[nodiscard]] long long integer(const std::string& name) const { return std::get<long long>(values_.at(name)); }
  [[nodiscard]] bool boolean(const std::string& name) const { return std::get<bool>(values_.at(name)); }
  [[nodiscard]] Month month(const std::string& name) const { return std::get<Month>(values_.at(name)); }
  [[nodiscard]] const std::vector<std::string>& list(const std::string& name) const {
    return std::get<std::vector<std::string>>(values_.at(name));
  }
  [[nodiscard]] const std::vector<long long>& integers(const std::string& name) const {
    return std::get<std::vector<long long>>(values_.at(name));
  }

 private:
  std::map<std::string, OptionValue> values_;
};

/// Reads one textual value (command line, defaults) as the option's type; an explanation of what was expected on
/// failure.
std::variant<OptionValue, std::string> parse_option(const OptionSpec& spec, std::string_view text);

/// What a value of this option must be, in words: "a number between 0 and 1 (share)".
std::string expectation(const OptionSpec& spec);

const OptionSpec* find_option(std::span<const OptionSpec> specs, std::string_view name);

}  // namespace lodestone::base
