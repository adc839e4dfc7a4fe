#include "lodestone/explore/regret.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lodestone::explore {
namespace {

double mean(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

// Mean of the worst share; of the future that it cuts, the part that is inside counts.
double tail_mean(std::vector<double> goodness, double tail) {
  std::sort(goodness.begin(), goodness.end());
  const double held = tail * static_cast<double>(goodness.size());
  double sum = 0, left = held;
  for (std::size_t i = 0; i < goodness.size() && left > 0; ++i, left -= 1) sum += std::min(1.0, left) * goodness[i];
  return sum / held;
}

// Smallest regret that at least this share of futures does not exceed.
double quantile(std::vector<double> x, double share) {
  std::sort(x.begin(), x.end());
  const double at = std::ceil(share * static_cast<double>(x.size()) - 1e-9) - 1;
  return x[static_cast<std::size_t>(std::max(0.0, at))];
}

}  // namespace

RegretTable regret(const std::vector<std::vector<double>>& values, const RegretOptions& options) {
  RegretTable out;
  if (values.empty()) return out;
  const double sign = options.less_is_better ? -1 : 1;
  std::vector<std::size_t> shared;
  for (std::size_t f = 0; f < values.front().size(); ++f)
    if (std::none_of(values.begin(), values.end(), [&](const auto& policy) { return std::isnan(policy[f]); }))
      shared.push_back(f);
  out.futures = shared.size();
  if (shared.empty()) return out;
  for (const auto& policy : values) {
    std::vector<double> goodness, regrets;
    std::size_t good = 0;
    for (const std::size_t f : shared) {
      double best = sign * policy[f];
      for (const auto& other : values) best = std::max(best, sign * other[f]);
      goodness.push_back(sign * policy[f]);
      regrets.push_back(best - goodness.back());
      if (options.threshold && goodness.back() >= sign * *options.threshold) ++good;
    }
    PolicyScore score;
    score.mean = sign * mean(goodness);
    score.worst = sign * *std::min_element(goodness.begin(), goodness.end());
    score.mean_regret = mean(regrets);
    score.regret_90 = quantile(regrets, 0.9);
    score.largest_regret = *std::max_element(regrets.begin(), regrets.end());
    score.tail_mean = sign * tail_mean(goodness, options.tail);
    if (options.threshold) score.satisfied = static_cast<double>(good) / static_cast<double>(shared.size());
    out.policies.push_back(score);
  }
  return out;
}

}  // namespace lodestone::explore
