// Numbers, texts and lists as JSON writes them.
#pragma once

#include <string>

namespace lodestone::store {

/// With its quotes; bytes that are not UTF-8 are replaced.
std::string json_text(const std::string& text);

/// As many digits as bring back the same number; null for what is infinite or no number.
std::string json_number(double value);

/// "[a,b,c]" with every value written by `text`.
template <class Range, class Text>
std::string json_list(const Range& values, Text text) {
  std::string out = "[";
  for (const auto& value : values) {
    if (out.size() > 1) out += ",";
    out += text(value);
  }
  return out + "]";
}

}  // namespace lodestone::store
