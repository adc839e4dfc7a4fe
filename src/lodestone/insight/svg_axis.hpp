// Scales of charts: values to pixels, and where the ticks stand.
#pragma once

#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"

namespace lodestone::insight {

/// The plot of a chart in its view box, in pixels; y grows downwards.
struct Plot {
  double left = 0, right = 0, top = 0, bottom = 0;
};

struct ValueScale {
  bool log = false;
  double low = 0, high = 1;
  std::vector<double> ticks;
  /// 0 at `low`, 1 at `high`; clamped.
  [[nodiscard]] double share(double value) const;
  [[nodiscard]] double y(double value, const Plot& plot) const {
    return plot.bottom - share(value) * (plot.bottom - plot.top);
  }
};

/// A scale that holds all values (NaN is left out). From 0, or from below the lowest where some are negative, to a
/// round number; logarithmic where every value is positive and the highest is more than ten times the lowest,
/// unless `from_zero`. `ticks`: about how many there may be.
ValueScale value_scale(const std::vector<double>& values, int ticks, bool from_zero = false);

/// A tick's words: "2,000", "0.5", "10⁻⁸".
std::string tick_text(double value);

struct MonthTick {
  double at;  // in months from the first
  std::string words;
};
/// Januaries as years, as many as fit `most`; the first and the last month where there is no January.
std::vector<MonthTick> month_ticks(const std::vector<base::Month>& months, int most);

/// Lines and words of both axes, the unit above the value axis.
std::string axes(const Plot& plot, const ValueScale& scale, const std::vector<base::Month>& months,
                 const std::string& unit);

/// The middle of a month on the time axis.
double month_x(const Plot& plot, std::size_t months, double at);

}  // namespace lodestone::insight
