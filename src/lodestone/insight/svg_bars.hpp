// A bar chart as SVG: rows with their label above, parts labelled where they are wide enough.
#pragma once

#include <string>

#include "lodestone/insight/page.hpp"

namespace lodestone::insight {

std::string svg_bars(const BarChart& chart, double width, const std::string& key, const std::string& css_class);

}  // namespace lodestone::insight
