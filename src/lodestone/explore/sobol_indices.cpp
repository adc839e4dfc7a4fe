#include "lodestone/explore/sobol_indices.hpp"

#include <cmath>
#include <numeric>

namespace lodestone::explore {
namespace {

using Rows = std::vector<std::size_t>;

Rows whole_rows(const PickFreeze& values) {
  Rows out;
  for (std::size_t j = 0; j < values.a.size(); ++j) {
    bool whole = !std::isnan(values.a[j]) && !std::isnan(values.b[j]);
    for (const auto& group : values.mixed) whole = whole && !std::isnan(group[j]);
    if (whole) out.push_back(j);
  }
  return out;
}

struct Moments {
  double mean = 0, variance = 0;
};

// Of A and B together: they are draws of the same.
Moments moments(const PickFreeze& values, const Rows& rows) {
  const double n = 2 * static_cast<double>(rows.size());
  double sum = 0, squares = 0;
  for (const std::size_t j : rows) sum += values.a[j] + values.b[j];
  const double mean = sum / n;
  for (const std::size_t j : rows)
    squares += (values.a[j] - mean) * (values.a[j] - mean) + (values.b[j] - mean) * (values.b[j] - mean);
  return {mean, squares / n};
}

//   V_i = 1/N sum f(B) (f(AB_i) - f(A)); about the mean, which changes no expectation and spares variance.
double first(const PickFreeze& values, std::size_t group, const Rows& rows) {
  const auto [mean, variance] = moments(values, rows);
  double sum = 0;
  for (const std::size_t j : rows) sum += (values.b[j] - mean) * (values.mixed[group][j] - values.a[j]);
  return variance > 0 ? sum / static_cast<double>(rows.size()) / variance : std::nan("");
}

//   VT_i = 1/2N sum (f(A) - f(AB_i))^2
double total(const PickFreeze& values, std::size_t group, const Rows& rows) {
  const double variance = moments(values, rows).variance;
  double sum = 0;
  for (const std::size_t j : rows) sum += std::pow(values.a[j] - values.mixed[group][j], 2);
  return variance > 0 ? sum / (2 * static_cast<double>(rows.size())) / variance : std::nan("");
}

}  // namespace

SobolIndices sobol_indices(const PickFreeze& values, std::uint64_t seed) {
  const Rows rows = whole_rows(values);
  SobolIndices out;
  out.rows = rows.size();
  if (rows.empty()) return out;
  const auto [mean, variance] = moments(values, rows);
  out.mean = mean;
  out.variance = variance;
  for (std::size_t g = 0; g < values.mixed.size(); ++g) {
    const auto again = [&](auto index) {
      return bootstrap(rows.size(), seed, [&](const Rows& picks) {
        Rows drawn(picks.size());
        for (std::size_t i = 0; i < picks.size(); ++i) drawn[i] = rows[picks[i]];
        return index(values, g, drawn);
      });
    };
    out.groups.push_back({first(values, g, rows), total(values, g, rows), again(first), again(total)});
  }
  return out;
}

}  // namespace lodestone::explore
