// Reads the fields of a JSON file against what they must be, and collects everything wrong with places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/store/located_json.hpp"

namespace lodestone::store {

/// What every number of a list must be.
struct NumberRule {
  const char* words;  // "a number above 0"
  bool (*holds)(double);
};

/// `where` is the path to the object a field stands in, as messages show it: "" or "periods[3].".
class JsonFields {
 public:
  JsonFields(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  void error(std::uint32_t offset, std::string found, std::string expected, std::string nearest = {});
  /// Throws base::InputError when anything was wrong so far: what follows builds on it.
  void stop_if_wrong();

  /// Every key of the object must be one of `known`.
  void check_keys(const JsonValue& object, const std::string& where, std::span<const char* const> known);

  /// A field of type T; null (and an error, unless it is optional and absent) otherwise.
  template <class T>
  const T* get(const JsonValue& object, const char* name, const std::string& where, const std::string& expected,
               bool required = true) {
    const JsonValue* value = object.find(name);
    if (value == nullptr) {
      if (required) error(object.offset, "field '" + where + name + "' is missing", expected);
      return nullptr;
    }
    const T* data = std::get_if<T>(&value->data);
    if (data == nullptr) error(value->offset, where + name + " is " + value->kind(), expected);
    return data;
  }
  /// A whole number in [0, most].
  std::optional<std::int32_t> count(const JsonValue& object, const char* name, std::int32_t most);
  /// A list of `size` numbers that keep the rule; empty when it is absent or wrong.
  std::span<const double> numbers(const JsonValue& object, const char* name, const std::string& where, std::size_t size,
                                  const NumberRule& rule, bool required = true);
  enum class Order { any, ascending };  // ascending: without repeats
  /// A list of whole numbers in [0, below); the wrong ones are left out.
  std::vector<std::int32_t> indices(const JsonValue& object, const char* name, const std::string& where,
                                    std::int32_t below, Order order, bool required);
  /// A list of `size` texts, or nothing when the field is absent.
  std::vector<std::string> texts(const JsonValue& object, const char* name, std::size_t size);

 private:
  std::string_view text_;
  std::string file_;
  base::Diagnostics wrong_;
  int errors_ = 0;
};

}  // namespace lodestone::store
