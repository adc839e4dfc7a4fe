// JSON read into a tree that remembers where every value stands, so that an error can point at it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::store {

struct JsonValue;

/// A list of numbers alone; null reads as infinity (JSON has no other word for "unlimited").
struct JsonNumbers {
  std::vector<double> values;
  std::vector<std::uint32_t> offsets;  // of each value in the text
};
using JsonList = std::vector<JsonValue>;
struct JsonObject {
  std::vector<std::string> keys;  // in the order of the text
  std::vector<JsonValue> values;  // one for each
};

struct JsonValue {
  std::uint32_t offset = 0;
  std::variant<std::monostate, bool, double, std::string, JsonNumbers, JsonList, JsonObject> data;  // monostate: null
  [[nodiscard]] const JsonValue* find(std::string_view key) const;  // null when absent or no object
  [[nodiscard]] const char* kind() const;                           // "a text", "a list", ...
};

/// Where an offset stands; counts lines and columns (bytes) from 1.
base::Place place_at(std::string_view text, std::uint32_t offset, const std::string& file);

/// Parses the whole text. Throws base::InputError that names line and column for text that is not JSON, for a key given
/// twice, for a list that begins with numbers and goes on otherwise, and for nesting deeper than 6 (this bounds
/// recursion).
JsonValue parse_located_json(std::string_view text, const std::string& file);

}  // namespace lodestone::store
