#include "lodestone/insight/drivers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using Values = std::vector<double>;

constexpr std::size_t kFewest = 30;  // futures below which a rank correlation is mostly chance
constexpr double kChance = 2.576;    // standard errors that chance exceeds in one of a hundred

// Ranks from 1, ties at their mean.
Values ranks(const Values& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  Values out(values.size());
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from;
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    for (std::size_t i = from; i < to; ++i) out[order[i]] = (static_cast<double>(from + to) + 1) / 2;
    from = to;
  }
  return out;
}

}  // namespace

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  Values x, y;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (!std::isnan(a[i]) && !std::isnan(b[i])) {
      x.push_back(a[i]);
      y.push_back(b[i]);
    }
  if (x.size() < 3) return std::nan("");
  x = ranks(x);
  y = ranks(y);
  const double mean = (static_cast<double>(x.size()) + 1) / 2;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
    xy += (x[i] - mean) * (y[i] - mean);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : std::nan("");
}

std::vector<Driver> drivers_of(const EnsembleFile& file, const std::vector<double>& outcome) {
  std::vector<Driver> out;
  const auto known =
      static_cast<std::size_t>(std::count_if(outcome.begin(), outcome.end(), [](double v) { return !std::isnan(v); }));
  if (known < kFewest) return out;
  const std::size_t figures = file.figures().size();
  for (std::size_t f = 0; f < figures; ++f) {
    Values drawn;
    for (std::size_t m = 0; m < outcome.size(); ++m) drawn.push_back(file.draws()[m * figures + f]);
    const double r = rank_correlation(drawn, outcome);
    if (std::abs(r) > kChance / std::sqrt(static_cast<double>(known - 1))) out.push_back({file.figures()[f], r});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Driver& a, const Driver& b) { return std::abs(a.correlation) > std::abs(b.correlation); });
  return out;
}

}  // namespace lodestone::insight
