#include "lodestone/insight/outlook.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "lodestone/insight/drivers.hpp"

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using Values = std::vector<double>;

constexpr double kPerKg = 1000;

double scale_of(const ensemble::Kept& kept) {
  return kept.unit == "USD/t" ? 1 / kPerKg : 1;
}

Values scaled_values(const EnsembleFile& file, std::size_t kept) {
  auto values = file.values(kept);
  for (double& v : values) v *= scale_of(file.kept()[kept]);
  return values;
}

// NaN where a future has none.
Values highest_of(const Values& values, std::size_t months) {
  Values out;
  for (std::size_t from = 0; from < values.size(); from += months) {
    double most = std::nan("");
    for (std::size_t t = from; t < from + months; ++t)
      if (!std::isnan(values[t]) && !(most >= values[t])) most = values[t];
    out.push_back(most);
  }
  return out;
}

std::size_t months_of(const EnsembleFile& file, std::size_t kept) {
  return file.kept()[kept].monthly ? static_cast<std::size_t>(file.facts().run.months) : 1;
}

int rank_of(const Outlook& look) {
  return !std::isnan(look.rise) ? 0 : look.kept.monthly ? 1 : 2;
}

}  // namespace

Outlook look_at(const EnsembleFile& file, std::size_t kept) {
  Outlook look;
  look.index = kept;
  look.kept = file.kept()[kept];
  look.unit = look.kept.unit == "USD/t" ? "USD/kg" : look.kept.unit;
  const std::size_t months = months_of(file, kept);
  const Values values = scaled_values(file, kept);
  Values highest = highest_of(values, months);
  look.yes = static_cast<std::size_t>(std::count(highest.begin(), highest.end(), 1.0));
  Values rises;
  for (std::size_t m = 0; m < highest.size(); ++m) rises.push_back(highest[m] / values[m * months]);
  const bool price = look.kept.monthly && look.kept.unit == "USD/t";
  look.rise = price ? ensemble::spread_of(rises).quantiles[2] : std::nan("");
  if (!std::isfinite(look.rise)) look.rise = std::nan("");
  look.highest = ensemble::spread_of(highest);
  Values column(values.size() / months);
  for (std::size_t t = 0; t < months; ++t) {
    for (std::size_t m = 0; m < column.size(); ++m) column[m] = values[m * months + t];
    look.months.push_back(ensemble::spread_of(column));
  }
  return look;
}

std::vector<Outlook> looks_at(const EnsembleFile& file) {
  std::vector<Outlook> looks;
  for (const std::size_t k : file.kept_for("")) looks.push_back(look_at(file, k));
  std::stable_sort(looks.begin(), looks.end(), [](const Outlook& a, const Outlook& b) {
    if (rank_of(a) != rank_of(b)) return rank_of(a) < rank_of(b);
    return rank_of(a) == 0 && a.rise > b.rise;
  });
  return looks;
}

Values outcome_of(const EnsembleFile& file, const Outlook& look) {
  return highest_of(scaled_values(file, look.index), months_of(file, look.index));
}

double assumed_share(const EnsembleFile& file, const Values& outcome) {
  std::map<std::string, bool> assumed;
  for (std::size_t f = 0; f < file.figures().size(); ++f) assumed[file.figures()[f]] = file.assumed()[f];
  double all = 0, on_assumed = 0;
  for (const auto& driver : drivers_of(file, outcome)) {
    const double weight = driver.correlation * driver.correlation;
    all += weight;
    if (assumed[driver.figure]) on_assumed += weight;
  }
  return all > 0 ? on_assumed / all : std::nan("");
}

}  // namespace lodestone::insight
