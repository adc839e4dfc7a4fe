#include "lodestone/insight/svg_axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "lodestone/insight/html_text.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {
namespace {

constexpr double kDecade = 10;

/// The smallest of 1, 2, 5 times a power of ten that is at least `value` (> 0).
double round_up(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0, 10.0})
    if (value <= step * power * (1 + 1e-9)) return step * power;
  return 10 * power;
}

/// The largest of 1, 2, 5 times a power of ten that is at most `value` (> 0).
double round_down(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {5.0, 2.0})
    if (value >= step * power * (1 - 1e-9)) return step * power;
  return power;
}

void log_ticks(ValueScale& scale, int most) {
  const double decades = std::log10(scale.high / scale.low);
  const int first = static_cast<int>(std::floor(std::log10(scale.low) + 1e-9));
  const int last = static_cast<int>(std::ceil(std::log10(scale.high) - 1e-9));
  const bool between = decades * 3 <= most + 3;
  const int step = std::max(1, static_cast<int>(std::ceil(decades / most)));
  for (int power = first; power <= last; power += step)
    for (const double times : {1.0, 2.0, 5.0}) {
      const double value = times * std::pow(10, power);
      if (times > 1 && !between) continue;
      if (value >= scale.low * (1 - 1e-9) && value <= scale.high * (1 + 1e-9)) scale.ticks.push_back(value);
    }
}

void linear_ticks(ValueScale& scale, int most) {
  const double step = round_up((scale.high - scale.low) / most);
  scale.low = std::floor(scale.low / step + 1e-9) * step;
  scale.high = std::ceil(scale.high / step - 1e-9) * step;
  const auto count = static_cast<int>(std::lround((scale.high - scale.low) / step));
  for (int i = 0; i <= count; ++i) scale.ticks.push_back(scale.low + i * step);
}

}  // namespace

double ValueScale::share(double value) const {
  const double at = log ? std::log(std::max(value, low) / low) / std::log(high / low) : (value - low) / (high - low);
  return std::clamp(at, 0.0, 1.0);
}

ValueScale value_scale(const std::vector<double>& values, int ticks, bool from_zero) {
  double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  for (const double value : values)
    if (std::isfinite(value)) {
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
  ValueScale scale;
  if (!(lowest <= highest)) lowest = highest = 0;
  scale.log = !from_zero && lowest > 0 && highest > kDecade * lowest;
  if (scale.log) {
    scale.low = round_down(lowest);
    scale.high = round_up(highest);
    log_ticks(scale, ticks);
  } else {
    scale.low = std::min(0.0, lowest);
    scale.high = std::max(0.0, highest);
    if (scale.low == scale.high) scale.high = 1;
    linear_ticks(scale, ticks);
  }
  return scale;
}

std::string tick_text(double value) {
  const double power = value > 0 ? std::log10(value) : 0;
  const int whole = static_cast<int>(std::lround(power));
  if (value <= 0 || whole > -4 || std::abs(power - whole) > 1e-9) return readable(value);
  static const char* const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = "10⁻";
  for (const char c : std::to_string(-whole)) out += digits[c - '0'];
  return out;
}

std::vector<MonthTick> month_ticks(const std::vector<base::Month>& months, int most) {
  std::vector<MonthTick> ticks;
  if (months.empty()) return ticks;
  int januaries = 0;
  for (const auto month : months) januaries += month.month() == 1 ? 1 : 0;
  if (januaries < 2) {
    ticks.push_back({0.5, months.front().text()});
    if (months.size() > 1) ticks.push_back({static_cast<double>(months.size()) - 0.5, months.back().text()});
    return ticks;
  }
  int step = 1;
  for (const int wider : {1, 2, 5, 10, 20, 50})
    if (januaries / (step = wider) <= most) break;
  for (std::size_t m = 0; m < months.size(); ++m)
    if (months[m].month() == 1 && (step == 1 || months[m].year() % step == 0))
      ticks.push_back({static_cast<double>(m), std::to_string(months[m].year())});
  return ticks;
}

double month_x(const Plot& plot, std::size_t months, double at) {
  return plot.left + at / static_cast<double>(std::max<std::size_t>(months, 1)) * (plot.right - plot.left);
}

std::string axes(const Plot& plot, const ValueScale& scale, const std::vector<base::Month>& months,
                 const std::string& unit) {
  std::string out;
  for (const double tick : scale.ticks) {
    const double y = scale.y(tick, plot);
    out += fmt::format("<path class=\"{}\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>",
                       tick == 0 || (tick == scale.low) ? "axis" : "gridline", plot.left, y, plot.right);
    out += svg_text(plot.left - 6, y + 4, "end", "tick", tick_text(tick));
  }
  out += svg_text(2, plot.top - 12, "start", "unit", scale.log ? unit + ", log scale" : unit);
  const auto ticks = month_ticks(months, static_cast<int>((plot.right - plot.left) / 44));
  for (const auto& tick : ticks) {
    const double x = month_x(plot, months.size(), tick.at);
    const bool edge = tick.words.size() > 4;  // first and last month: kept inside the plot
    const char* anchor = !edge ? "start" : tick.at < 1 ? "start" : "end";
    out += fmt::format("<path class=\"axis\" d=\"M{:.1f} {:.1f}v5\"/>", x, plot.bottom);
    out += svg_text(edge ? x : x + 3, plot.bottom + 15, anchor, "tick", tick.words);
  }
  return out;
}

}  // namespace lodestone::insight
