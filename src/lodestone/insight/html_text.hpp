// Words and numbers as HTML and SVG take them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "lodestone/insight/page.hpp"

namespace lodestone::insight {

/// Text for content and quoted attributes: nothing in it can open a tag, end an attribute or break the encoding
/// (control characters are dropped, bytes that are not UTF-8 become U+FFFD).
std::string escaped(std::string_view text);

/// The class that gives an element its colour: "inside", "outside", "third", "fourth", "muted".
const char* class_of(Tone tone);

/// Width of a line of sans-serif text in pixels, estimated for a font of `size` pixels: letters differ, so it errs on
/// the wide side.
double text_width(std::string_view text, double size);

/// The words, cut short with an ellipsis where they would take more than `room` pixels.
std::string fitted(std::string_view words, double size, double room);

/// A text element of a chart at a point; `anchor`: "start", "middle" or "end".
std::string svg_text(double x, double y, const char* anchor, const std::string& css_class, std::string_view words);

/// A chart's frame: view box, name and description for readers without eyes on it. `key` must be unique on the page.
std::string svg_frame(const std::string& key, const std::string& css_class, double width, double height,
                      const std::string& title, const std::string& says, const std::string& inside);

}  // namespace lodestone::insight
