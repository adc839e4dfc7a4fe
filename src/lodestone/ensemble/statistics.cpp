#include "lodestone/ensemble/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::ensemble {

double quantile(std::span<const double> ascending, double share) {
  if (ascending.empty()) return std::nan("");
  const double place = share * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= ascending.size()) return ascending.back();
  const double rest = place - static_cast<double>(below);
  return ascending[below] + rest * (ascending[below + 1] - ascending[below]);
}

Spread spread_of(std::vector<double>& values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  std::sort(values.begin(), values.end());  // sums in this order too: the same bits whoever was first
  Spread out;
  out.count = values.size();
  double sum = 0, squares = 0;
  for (const double v : values) sum += v;
  out.mean = values.empty() ? std::nan("") : sum / static_cast<double>(out.count);
  for (const double v : values) squares += (v - out.mean) * (v - out.mean);
  out.deviation = out.count < 2 ? std::nan("") : std::sqrt(squares / static_cast<double>(out.count - 1));
  for (std::size_t q = 0; q < kQuantiles.size(); ++q) out.quantiles[q] = quantile(values, kQuantiles[q]);
  return out;
}

Share share_of(std::size_t yes, std::size_t of) {
  Share out{yes, of, std::nan(""), 0, 1};
  if (of == 0) return out;
  constexpr double z = 1.6448536269514722;  // 90 %, two-sided
  const auto n = static_cast<double>(of);
  const double p = static_cast<double>(yes) / n;
  const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  out.estimate = p;
  out.low = std::max(0.0, middle - half);
  out.high = std::min(1.0, middle + half);
  return out;
}

}  // namespace lodestone::ensemble
