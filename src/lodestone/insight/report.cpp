#include "lodestone/insight/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lodestone::insight {

std::string readable(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "unlimited" : "-unlimited";
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size < 1e-4 || size >= 1e15) return fmt::format("{:.1e}", value);
  // Three significant digits below 1,000, whole numbers with separators above.
  int decimals = 0;
  if (size < 1000) decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, 6);
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (decimals > 0) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  const auto first = static_cast<std::ptrdiff_t>(value < 0 ? 1 : 0);
  auto end = static_cast<std::ptrdiff_t>(std::min(text.find('.'), text.size()));
  for (auto at = end - 3; at > first; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return text == "-0" ? "0" : text;
}

std::string usd_per_kg(double usd_per_t) {
  return readable(usd_per_t / 1000);
}

std::string percent(double share) {
  if (std::isnan(share)) return "-";
  const double value = share * 100;
  return fmt::format("{:.{}f} %", value, std::abs(value) < 9.95 && value != 0 ? 1 : 0);
}

}  // namespace lodestone::insight
