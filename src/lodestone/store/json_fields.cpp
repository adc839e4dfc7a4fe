#include "lodestone/store/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lodestone::store {
namespace {

constexpr int kMostErrors = 20;  // a list of the wrong kind would otherwise fill the screen

std::string shown(double value) {
  return std::isinf(value) ? "null" : fmt::format("{}", value);
}

}  // namespace

void JsonFields::error(std::uint32_t offset, std::string found, std::string expected, std::string nearest) {
  if (++errors_ <= kMostErrors)
    wrong_.error(place_at(text_, offset, file_), std::move(found), std::move(expected), std::move(nearest));
}

void JsonFields::stop_if_wrong() {
  if (errors_ == 0) return;
  if (errors_ > kMostErrors)
    wrong_.error({file_}, fmt::format("{} more errors", errors_ - kMostErrors), "a file without errors");
  throw base::InputError(std::move(wrong_));
}

void JsonFields::check_keys(const JsonValue& object, const std::string& where, std::span<const char* const> known) {
  const std::vector<std::string> names(known.begin(), known.end());
  const auto& [keys, values] = std::get<JsonObject>(object.data);
  for (std::size_t k = 0; k < keys.size(); ++k)
    if (std::find(names.begin(), names.end(), keys[k]) == names.end())
      error(values[k].offset, fmt::format("unknown field '{}{}'", where, keys[k]), "a field of docs/problem_format.md",
            base::nearest_name(keys[k], names));
}

std::optional<std::int32_t> JsonFields::count(const JsonValue& object, const char* name, std::int32_t most) {
  const std::string expected = fmt::format("a whole number from 0 to {}", most);
  const double* value = get<double>(object, name, "", expected);
  if (value == nullptr) return std::nullopt;
  if (*value >= 0 && *value <= most && *value == std::floor(*value)) return static_cast<std::int32_t>(*value);
  error(object.find(name)->offset, fmt::format("{} = {}", name, *value), expected);
  return std::nullopt;
}

std::span<const double> JsonFields::numbers(const JsonValue& object, const char* name, const std::string& where,
                                            std::size_t size, const NumberRule& rule, bool required) {
  const auto* list = get<JsonNumbers>(object, name, where, fmt::format("a list of {} numbers", size), required);
  if (list == nullptr) return {};
  const auto& values = list->values;
  if (values.size() != size) {
    error(object.find(name)->offset, fmt::format("{}{} has {} entries", where, name, values.size()),
          fmt::format("{}", size));
    return {};
  }
  bool sound = true;
  for (std::size_t k = 0; k < size; ++k) {
    if (rule.holds(values[k])) continue;
    error(list->offsets[k], fmt::format("{}{}[{}] is {}", where, name, k, shown(values[k])), rule.words);
    sound = false;
  }
  return sound ? std::span<const double>(values) : std::span<const double>();
}

std::vector<std::int32_t> JsonFields::indices(const JsonValue& object, const char* name, const std::string& where,
                                              std::int32_t below, Order order, bool required) {
  const auto* list = get<JsonNumbers>(object, name, where, "a list of whole numbers", required);
  std::vector<std::int32_t> out;
  if (list == nullptr) return out;
  out.reserve(list->values.size());
  for (std::size_t k = 0; k < list->values.size(); ++k) {
    const double value = list->values[k];
    if (!(value >= 0 && value < below && value == std::floor(value))) {
      error(list->offsets[k], fmt::format("{}{}[{}] is {}", where, name, k, shown(value)),
            below > 0 ? fmt::format("a whole number from 0 to {}", below - 1) : "an empty list");
    } else if (order == Order::ascending && !out.empty() && value <= out.back()) {
      error(list->offsets[k], fmt::format("{}{}[{}] is {} after {}", where, name, k, value, out.back()),
            "ascending numbers without repeats");
    } else {
      out.push_back(static_cast<std::int32_t>(value));
    }
  }
  return out;
}

std::vector<std::string> JsonFields::texts(const JsonValue& object, const char* name, std::size_t size) {
  std::vector<std::string> out;
  const JsonValue* value = object.find(name);
  if (value == nullptr) return out;
  const auto* numbers = std::get_if<JsonNumbers>(&value->data);
  if (numbers != nullptr && numbers->values.empty() && size == 0) return out;  // an empty list has no kind
  const auto* list = std::get_if<JsonList>(&value->data);
  if (list == nullptr || list->size() != size) {
    error(value->offset,
          list != nullptr ? fmt::format("{} has {} entries", name, list->size())
                          : fmt::format("{} is {}", name, value->kind()),
          fmt::format("a list of {} texts", size));
    return out;
  }
  for (const JsonValue& entry : *list) {
    if (const auto* words = std::get_if<std::string>(&entry.data))
      out.push_back(*words);
    else
      error(entry.offset, fmt::format("{} in {}", entry.kind(), name), "a text");
  }
  return out;
}

}  // namespace lodestone::store
