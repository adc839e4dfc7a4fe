#include "lodestone/store/located_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace lodestone::store {
namespace {

constexpr std::size_t kDeepest = 6;

/// Walks over the text and tells how far the parser has read.
class Reader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reader(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  Reader& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  Reader operator++(int) {
    Reader before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Reader& a, const Reader& b) { return a.at_ == b.at_; }
  friend bool operator!=(const Reader& a, const Reader& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

/// Takes the parser's events and builds the tree. Every event returns false to stop.
class Builder {
 public:
  Builder(std::string_view text, const std::string& file) : text_(text), file_(file), furthest_(text.data()) {}

  const char** furthest() { return &furthest_; }
  JsonValue take() && { return std::move(root_); }
  const std::optional<base::Diagnostic>& wrong() const { return wrong_; }

  bool null() { return add({begin(), std::monostate{}}); }
  bool boolean(bool value) { return add({begin(), value}); }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) { return number(value); }
  bool string(std::string& value) { return add({begin(), std::move(value)}); }
  bool binary(std::vector<std::uint8_t>&) { return refuse(begin(), "binary data", "JSON text"); }

  bool start_object(std::size_t) { return open({begin(), JsonObject{}}); }
  bool start_array(std::size_t) { return open({begin(), JsonNumbers{}}); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    auto& object = std::get<JsonObject>(open_.back().data);
    const auto at = begin();
    if (std::find(object.keys.begin(), object.keys.end(), name) != object.keys.end())
      return refuse(at, fmt::format("'{}' for the second time", name), "every key once");
    object.keys.push_back(std::move(name));
    object.values.emplace_back();
    return true;
  }

  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception& error) {
    // "[code] parse error at line ...: syntax error while ... - REASON; last read: '...'; expected EXPECTED"
    std::string reason = error.what(), expected = "JSON text";
    if (const auto at = reason.find("; expected "); at != std::string::npos) {
      expected = reason.substr(at + 11);
      reason.erase(at);
    }
    if (const auto at = reason.find("; last read"); at != std::string::npos) reason.erase(at);
    if (const auto at = reason.find("] "); at != std::string::npos) reason.erase(0, at + 2);
    if (const auto at = reason.find(" - "); at != std::string::npos) reason.erase(0, at + 3);
    const auto offset = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(0, furthest_ - text_.data() - 1));
    return refuse(offset, "this is not JSON: " + reason, expected);
  }

 private:
  std::string_view text_;
  const std::string& file_;
  const char* furthest_;
  std::uint32_t previous_end_ = 0;
  std::vector<JsonValue> open_;  // objects and lists not yet closed, outermost first
  JsonValue root_;
  std::optional<base::Diagnostic> wrong_;

  /// Where the token begins that the parser has just read: after the last one, past blanks and separators.
  std::uint32_t begin() {
    auto at = static_cast<std::size_t>(previous_end_);
    while (at < text_.size() && std::string_view(" \t\r\n,:").find(text_[at]) != std::string_view::npos) ++at;
    previous_end_ = static_cast<std::uint32_t>(furthest_ - text_.data());
    return static_cast<std::uint32_t>(at);
  }

  bool refuse(std::uint32_t offset, std::string found, std::string expected) {
    wrong_ = base::Diagnostic{
        base::Severity::error, place_at(text_, offset, file_), std::move(found), std::move(expected), {}};
    return false;
  }

  bool number(double value) {
    const auto at = begin();
    // The parser looks one character past a number; do not let that hide an opening bracket or quote.
    if (previous_end_ > 0 && previous_end_ <= text_.size() && !is_numeric(text_[previous_end_ - 1])) --previous_end_;
    return add({at, value});
  }
  static bool is_numeric(char c) { return std::string_view("0123456789+-.eE").find(c) != std::string_view::npos; }

  bool add(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    auto& parent = open_.back().data;
    if (auto* object = std::get_if<JsonObject>(&parent)) {
      object->values.back() = std::move(value);
      return true;
    }
    if (auto* list = std::get_if<JsonList>(&parent)) {
      list->push_back(std::move(value));
      return true;
    }
    auto& numbers = std::get<JsonNumbers>(parent);
    if (const auto* number = std::get_if<double>(&value.data)) return add_number(numbers, value.offset, *number);
    if (std::holds_alternative<std::monostate>(value.data))
      return add_number(numbers, value.offset, std::numeric_limits<double>::infinity());
    if (!numbers.values.empty()) return refuse(value.offset, value.kind(), "a number, as before it in this list");
    JsonList list;
    list.push_back(std::move(value));
    parent = std::move(list);
    return true;
  }
  static bool add_number(JsonNumbers& numbers, std::uint32_t offset, double value) {
    numbers.values.push_back(value);
    numbers.offsets.push_back(offset);
    return true;
  }

  bool open(JsonValue value) {
    if (open_.size() == kDeepest)
      return refuse(value.offset, fmt::format("lists and objects nested deeper than {}", kDeepest), "a flatter file");
    open_.push_back(std::move(value));
    return true;
  }
  bool close() {
    begin();
    JsonValue value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
  const auto* object = std::get_if<JsonObject>(&data);
  if (object == nullptr) return nullptr;
  const auto it = std::find(object->keys.begin(), object->keys.end(), key);
  return it == object->keys.end() ? nullptr : &object->values[static_cast<std::size_t>(it - object->keys.begin())];
}

const char* JsonValue::kind() const {
  constexpr std::array<const char*, 7> kNames{"null",   "true or false", "a number", "a text", "a list of numbers",
                                              "a list", "an object"};
  return kNames[data.index()];
}

base::Place place_at(std::string_view text, std::uint32_t offset, const std::string& file) {
  const auto before = text.substr(0, offset);
  const auto line_start = before.rfind('\n');
  const auto column = line_start == std::string_view::npos ? before.size() + 1 : before.size() - line_start;
  return {file, static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, static_cast<int>(column)};
}

JsonValue parse_located_json(std::string_view text, const std::string& file) {
  Builder builder(text, file);
  const Reader first(text.data(), builder.furthest());
  const Reader last(text.data() + text.size(), builder.furthest());
  nlohmann::json::sax_parse(first, last, &builder);
  if (builder.wrong()) {
    base::Diagnostics wrong;
    const auto& d = *builder.wrong();
    wrong.error(d.place, d.found, d.expected);
    throw base::InputError(std::move(wrong));
  }
  return std::move(builder).take();
}

}  // namespace lodestone::store
