#include "lodestone/insight/svg_bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/insight/html_text.hpp"

namespace lodestone::insight {
namespace {

constexpr double kFont = 12, kBar = 18;

/// Where things stand: labels left of their bars where there is room, else above them.
struct Layout {
  double label = 0;            // width of the column of labels; 0: above
  double row = 42, drop = 17;  // height of a row; from its top to the bar's
  double zero = 0, scale = 1;  // where 0 lies; pixels per unit
  double right = 0;            // where bars end at most
};

double sum_of(const BarRow& row) {
  double sum = 0;
  for (const auto& part : row.parts) sum += part.value;
  return sum;
}

Layout layout_of(const BarChart& chart, double width) {
  Layout out;
  double most = 0, least = 0, room = 0, label = 0;
  for (const auto& row : chart.rows) {
    if (row.parts.empty()) continue;
    most = std::max(most, sum_of(row));
    least = std::min(least, sum_of(row));
    room = std::max(room, text_width(readable(sum_of(row)), kFont) + 8);
    label = std::max(label, text_width(row.label, kFont) + 12);
  }
  if (chart.wide && width > 500 && !chart.shares) out = {label, 25, 2};
  out.right = width;
  if (chart.shares) {
    out.scale = width;
    return out;
  }
  const double left = out.label + (least < 0 ? room : 0), span = most - least;
  out.scale = span > 0 ? (width - left - room) / span : 0;
  out.zero = left - least * out.scale;
  return out;
}

/// A part's words inside it; empty when they do not fit.
std::string words_inside(const BarPart& part, double wide) {
  const auto words = part.name.empty() ? percent(part.value) : part.name + " " + percent(part.value);
  return text_width(words, kFont) + 10 <= wide ? words : "";
}

/// Words of a part above a bar, and the room they take.
std::string word_of(const BarPart& part, bool in_short) {
  const auto& name = in_short && !part.short_name.empty() ? part.short_name : part.name;
  return fmt::format("{} {}", name, percent(part.value));
}
double room_of(const std::string& words) {
  return text_width(words, kFont) + 8;
}

/// Parts that found no room in the bar.
std::vector<const BarPart*> parts_without(const BarRow& row, const Layout& layout) {
  std::vector<const BarPart*> without;
  for (const auto& part : row.parts)
    if (words_inside(part, layout.scale * part.value).empty() && !part.name.empty()) without.push_back(&part);
  return without;
}

double room_above(const BarRow& row, const Layout& layout) {
  return layout.right - text_width(row.label, kFont) - 12;
}

/// Whether some row has no room for the names of its small parts: then all rows use short names.
bool is_tight(const BarChart& chart, const Layout& layout) {
  return std::any_of(chart.rows.begin(), chart.rows.end(), [&](const BarRow& row) {
    double wanted = 0;
    for (const auto* part : parts_without(row, layout)) wanted += room_of(word_of(*part, false));
    return wanted > room_above(row, layout);
  });
}

/// What found no room in the bar, above its right end, each in the colour of its part, as many as have room.
std::string words_above(const BarRow& row, const Layout& layout, bool in_short, double y) {
  double room = room_above(row, layout);
  std::string spans;
  for (const auto* part : parts_without(row, layout)) {
    const auto words = word_of(*part, in_short);
    if (room_of(words) > room) continue;
    room -= room_of(words);
    spans += fmt::format("<tspan class=\"{}\"{}>{}</tspan>", class_of(part->tone), spans.empty() ? "" : " dx=\"8\"",
                         escaped(words));
  }
  if (spans.empty()) return {};
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", layout.right, y, spans);
}

std::string parts_of(const BarChart& chart, const BarRow& row, const Layout& layout, double y) {
  std::string out;
  double at = 0;
  for (const auto& part : row.parts) {
    const double from = layout.zero + layout.scale * at;
    const double to = layout.zero + layout.scale * (at + part.value);
    const double x = std::min(from, to), wide = std::abs(to - from);
    out += fmt::format("<rect class=\"bar {}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\"/>",
                       class_of(part.tone), x, y, std::max(wide, 1.5), kBar);
    at += part.value;
    if (!chart.shares) continue;
    if (const auto words = words_inside(part, wide); !words.empty())
      out += svg_text(x + 5, y + 13.5, "start", fmt::format("on {}", class_of(part.tone)), words);
  }
  return out;
}

/// The row's sum at the end of its bar.
std::string total_of(const BarRow& row, const Layout& layout, double y) {
  const double sum = sum_of(row), end = layout.zero + layout.scale * sum;
  return svg_text(sum < 0 ? end - 5 : end + 5, y + 13.5, sum < 0 ? "end" : "start", "value", readable(sum));
}

}  // namespace

std::string svg_bars(const BarChart& chart, double width, const std::string& key, const std::string& css_class) {
  const auto layout = layout_of(chart, width);
  const bool in_short = chart.shares && is_tight(chart, layout);
  std::string inside = svg_text(0, 12, "start", "unit", chart.unit);
  double y = 24;
  for (const auto& row : chart.rows) {
    if (row.parts.empty()) {
      inside += svg_text(0, y + 17, "start", "heading", row.label);
      y += 26;
      continue;
    }
    const double bar = y + layout.drop;
    inside += svg_text(0, layout.label > 0 ? bar + 13.5 : y + 12, "start", "label", row.label);
    inside += parts_of(chart, row, layout, bar);
    inside += chart.shares ? words_above(row, layout, in_short, bar - 5) : total_of(row, layout, bar);
    y += layout.row;
  }
  return svg_frame(key, css_class, width, y, chart.title, chart.says, inside);
}

}  // namespace lodestone::insight
