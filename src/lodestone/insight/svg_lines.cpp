#include "lodestone/insight/svg_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/insight/html_text.hpp"
#include "lodestone/insight/svg_axis.hpp"

namespace lodestone::insight {
namespace {

constexpr double kFont = 12, kSmall = 11;  // as in the style
constexpr double kLane = 20;               // height of a measure under the axis
constexpr std::size_t kLanes = 6;

struct EndLabel {
  double y;  // wanted, then given
  std::string words;
  Tone tone;
};

std::size_t last_value(const Line& line) {
  std::size_t last = line.values.size();
  while (last > 0 && std::isnan(line.values[last - 1])) --last;
  return last;  // one past it; 0: none
}

/// What stands at the lines' ends: their names and last values, in at most `room` pixels.
std::vector<std::string> end_words(const LineChart& chart, double room) {
  std::vector<std::string> words;
  for (const auto& line : chart.lines) {
    const auto last = last_value(line);
    const auto value = last == 0 ? "" : " " + readable(line.values[last - 1]);
    words.push_back(last == 0 ? "" : fitted(line.name, kFont, room - text_width(value, kFont)) + value);
  }
  return words;
}

std::vector<double> all_values(const LineChart& chart) {
  std::vector<double> values;
  for (const auto& line : chart.lines) values.insert(values.end(), line.values.begin(), line.values.end());
  for (const auto& band : chart.bands) {
    values.insert(values.end(), band.low.begin(), band.low.end());
    values.insert(values.end(), band.high.begin(), band.high.end());
  }
  if (chart.bound) values.push_back(chart.bound->value);
  return values;
}

/// A band's area; months without both values are left out of it.
std::string area_of(const Band& band, const LineChart& chart, const Plot& plot, const ValueScale& scale) {
  std::string there, back;
  for (std::size_t m = 0; m < band.low.size(); ++m) {
    if (std::isnan(band.low[m]) || std::isnan(band.high[m])) continue;
    const double x = month_x(plot, chart.months.size(), static_cast<double>(m) + 0.5);
    there += fmt::format("{}{:.1f} {:.1f}", there.empty() ? "M" : "L", x, scale.y(band.high[m], plot));
    back.insert(0, fmt::format("L{:.1f} {:.1f}", x, scale.y(band.low[m], plot)));
  }
  return there.empty() ? "" : fmt::format("<path class=\"band {}\" d=\"{}{}Z\"/>", class_of(band.tone), there, back);
}

/// A line's path; gaps where there is no value, a dot where a value stands alone.
std::string path_of(const Line& line, const LineChart& chart, const Plot& plot, const ValueScale& scale) {
  std::string d, dots;
  const auto none = [&](std::size_t m) { return m >= line.values.size() || std::isnan(line.values[m]); };
  for (std::size_t m = 0; m < line.values.size(); ++m) {
    if (none(m)) continue;
    const double x = month_x(plot, chart.months.size(), static_cast<double>(m) + 0.5),
                 y = scale.y(line.values[m], plot);
    const bool begins = m == 0 || none(m - 1);
    d += fmt::format("{}{:.1f} {:.1f}", begins ? "M" : "L", x, y);
    if (begins && none(m + 1))
      dots +=
          fmt::format("<circle class=\"dot {}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.2\"/>", class_of(line.tone), x, y);
  }
  return fmt::format("<path class=\"line {}\" d=\"{}\"/>{}", class_of(line.tone), d, dots);
}

/// The highest point with its value, where it stands out from the first.
std::string highest_of(const Line& line, const LineChart& chart, const Plot& plot, const ValueScale& scale) {
  std::size_t best = line.values.size();
  for (std::size_t m = 0; m < line.values.size(); ++m)
    if (!std::isnan(line.values[m]) && (best == line.values.size() || line.values[m] > line.values[best])) best = m;
  if (best == line.values.size() || !(line.values[best] > 1.1 * line.values.front())) return {};
  const double x = month_x(plot, chart.months.size(), static_cast<double>(best) + 0.5),
               y = scale.y(line.values[best], plot);
  const auto words = fmt::format("{} in {}", readable(line.values[best]), chart.months[best].text());
  const double half = text_width(words, kFont) / 2;
  return fmt::format("<circle class=\"dot {}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.2\"/>", class_of(line.tone), x, y) +
         svg_text(std::clamp(x, plot.left + half + 4, plot.right - half), y - 8, "middle",
                  fmt::format("value {}", class_of(line.tone)), words);
}

/// Labels at the ends of lines, moved apart where they would cover each other.
std::string end_labels(const LineChart& chart, const std::vector<std::string>& words, const Plot& plot,
                       const ValueScale& scale) {
  std::vector<EndLabel> labels;
  for (std::size_t l = 0; l < chart.lines.size(); ++l)
    if (const auto last = last_value(chart.lines[l]); last > 0)
      labels.push_back({scale.y(chart.lines[l].values[last - 1], plot), words[l], chart.lines[l].tone});
  std::sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
  constexpr double kApart = kFont + 2;
  for (std::size_t i = 1; i < labels.size(); ++i) labels[i].y = std::max(labels[i].y, labels[i - 1].y + kApart);
  // What was pushed below the axis pushes the others up again.
  double floor = plot.bottom + 2;
  for (std::size_t i = labels.size(); i-- > 0; floor -= kApart) labels[i].y = std::min(labels[i].y, floor);
  std::string out;
  for (const auto& label : labels)
    out += svg_text(plot.right + 6, label.y + 4, "start", fmt::format("name {}", class_of(label.tone)), label.words);
  return out;
}

struct Span {
  double from, to;  // pixels
};

/// A measure's place on the time axis, as far as it lies in the run.
Span span_of(const Act& act, const LineChart& chart, const Plot& plot) {
  const auto at = [&](base::Month month) {
    const int months = std::clamp(month - chart.months.front(), 0, static_cast<int>(chart.months.size()));
    return month_x(plot, chart.months.size(), months);
  };
  return {at(act.from), at(act.to)};
}

/// Measures of which some part lies in the run.
std::vector<const Act*> acts_in(const LineChart& chart) {
  std::vector<const Act*> acts;
  for (const auto& act : chart.acts)
    if (act.from < act.to && act.from <= chart.months.back() && act.to > chart.months.front()) acts.push_back(&act);
  return acts;
}

/// Where at least one measure is in force.
std::string shades(const LineChart& chart, const Plot& plot) {
  std::vector<Span> spans;
  for (const auto* act : acts_in(chart)) spans.push_back(span_of(*act, chart, plot));
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  std::vector<Span> joined;
  for (const auto& span : spans)
    if (!joined.empty() && span.from <= joined.back().to)
      joined.back().to = std::max(joined.back().to, span.to);
    else
      joined.push_back(span);
  std::string out;
  for (const auto& span : joined)
    out += fmt::format("<rect class=\"shade\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
                       span.from, plot.top, span.to - span.from, plot.bottom - plot.top);
  return out;
}

/// A measure's bar and name under the axis.
struct Placed {
  std::string words;
  Span bar;
  double x = 0;          // of the words
  std::size_t lane = 0;  // from the top
};

/// Each in the first lane where it covers nobody; those that found none of `kLanes` are left out.
std::vector<Placed> placed(const LineChart& chart, const Plot& plot, double width) {
  std::vector<Placed> out;
  std::vector<double> ends;  // of lanes
  for (const auto* act : acts_in(chart)) {
    Placed p{fitted(act->name, kSmall, width - 4), span_of(*act, chart, plot)};
    const double room = text_width(p.words, kSmall);
    p.x = std::max(2.0, std::min(p.bar.from, width - room - 2));
    while (p.lane < ends.size() && ends[p.lane] + 12 > p.x) ++p.lane;
    if (p.lane == kLanes) continue;
    if (p.lane == ends.size()) ends.push_back(0);
    ends[p.lane] = std::max(p.x + room, p.bar.to);
    out.push_back(std::move(p));
  }
  return out;
}

/// Bars with names under the axis.
std::string lanes(const LineChart& chart, const Plot& plot, const std::vector<Placed>& acts) {
  std::string out;
  const double top = plot.bottom + 34;
  for (const auto& act : acts) {
    const double y = top + kLane * static_cast<double>(act.lane);
    out += fmt::format("<rect class=\"act\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"4\" rx=\"1.5\"/>",
                       act.bar.from, y + 3, act.bar.to - act.bar.from);
    out += svg_text(act.x, y, "start", "actname", act.words);
  }
  if (const auto all = acts_in(chart).size(); all > acts.size())
    out += svg_text(plot.left, top + kLane * kLanes, "start", "actname", fmt::format("and {} more", all - acts.size()));
  return out;
}

double lanes_height(const LineChart& chart, const std::vector<Placed>& acts) {
  if (acts.empty()) return 0;
  std::size_t most = 0;
  for (const auto& act : acts) most = std::max(most, act.lane);
  const bool more = acts_in(chart).size() > acts.size();
  return 18 + kLane * static_cast<double>(most + 1 + (more ? 1 : 0));
}

std::string bound_of(const LineChart& chart, const Plot& plot, const ValueScale& scale) {
  if (!chart.bound) return {};
  const double y = scale.y(chart.bound->value, plot);
  return fmt::format("<path class=\"bound\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", plot.left, y, plot.right) +
         svg_text(plot.right, y + 15, "end", "actname", chart.bound->name);
}

}  // namespace

std::string svg_lines(const LineChart& chart, double width, const std::string& key, const std::string& css_class) {
  const double height = width > 500 ? 260 : 190;  // of the plot
  const auto scale = value_scale(all_values(chart), width > 500 ? 6 : 5, chart.from_zero);
  double label = 0, tick = 0;
  const auto words = end_words(chart, 0.45 * width - 8);
  for (const auto& one : words) label = std::max(label, text_width(one, kFont));
  for (const double value : scale.ticks) tick = std::max(tick, text_width(tick_text(value), kSmall));
  Plot plot{tick + 10, width - label - 8, 30, 30 + height};
  std::string inside = shades(chart, plot) + axes(plot, scale, chart.months, chart.unit) + bound_of(chart, plot, scale);
  for (const auto& band : chart.bands) inside += area_of(band, chart, plot, scale);
  for (const auto& line : chart.lines) inside += path_of(line, chart, plot, scale);
  for (const auto& line : chart.lines)
    if (line.mark_highest) inside += highest_of(line, chart, plot, scale);
  const auto acts = placed(chart, plot, width);
  inside += end_labels(chart, words, plot, scale) + lanes(chart, plot, acts);
  return svg_frame(key, css_class, width, plot.bottom + 22 + lanes_height(chart, acts), chart.title, chart.says,
                   inside);
}

}  // namespace lodestone::insight
