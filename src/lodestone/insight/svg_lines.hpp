// A line chart as SVG, labelled at its lines.
#pragma once

#include <string>

#include "lodestone/insight/page.hpp"

namespace lodestone::insight {

/// Measures stand under the time axis, one bar each, and shade the plot. `width` in pixels of the view box; `key` makes
/// ids unique when a chart is drawn in several widths.
std::string svg_lines(const LineChart& chart, double width, const std::string& key, const std::string& css_class);

}  // namespace lodestone::insight
