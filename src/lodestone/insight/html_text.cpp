#include "lodestone/insight/html_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lodestone::insight {
namespace {

/// Bytes of the UTF-8 character at the front; 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  // Overlong forms and surrogates are no characters.
  if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
  if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
  return length;
}

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    const char c = text.front();
    const bool control = length == 1 && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) && c != '\n' && c != '\t';
    if (const auto instead = length == 1 ? entity(c) : std::string_view(); !instead.empty())
      out += instead;
    else if (!control)
      out += text.substr(0, length);
    text.remove_prefix(length);
  }
  return out;
}

const char* class_of(Tone tone) {
  switch (tone) {
    case Tone::inside:
      return "inside";
    case Tone::outside:
      return "outside";
    case Tone::third:
      return "third";
    case Tone::fourth:
      return "fourth";
    case Tone::muted:
      break;
  }
  return "muted";
}

double text_width(std::string_view text, double size) {
  const auto characters =
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return 0.59 * size * static_cast<double>(characters);
}

std::string fitted(std::string_view words, double size, double room) {
  if (text_width(words, size) <= room) return std::string(words);
  std::string out(words);
  while (!out.empty() && text_width(out, size) + text_width("…", size) > room) {
    // A character goes as a whole.
    while (out.size() > 1 && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
    out.pop_back();
  }
  return out + "…";
}

std::string svg_text(double x, double y, const char* anchor, const std::string& css_class, std::string_view words) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>", x, y, anchor,
                     css_class.empty() ? "" : fmt::format(" class=\"{}\"", css_class), escaped(words));
}

std::string svg_frame(const std::string& key, const std::string& css_class, double width, double height,
                      const std::string& title, const std::string& says, const std::string& inside) {
  return fmt::format(
      "<svg class=\"{}\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-labelledby=\"{}-t {}-d\">"
      "<title id=\"{}-t\">{}</title><desc id=\"{}-d\">{}</desc>{}</svg>\n",
      css_class, width, height, key, key, key, escaped(title), key, escaped(says), inside);
}

}  // namespace lodestone::insight
