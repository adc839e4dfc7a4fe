// Policies by futures: how much worse than the best policy of each future, how bad the worst, how often good enough.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace lodestone::explore {

struct PolicyScore {
  double mean = 0, worst = 0;
  double mean_regret = 0, regret_90 = 0, largest_regret = 0;  // to the best policy in the same future
  double tail_mean = 0;                                       // mean of the worst tenth of its futures (CVaR)
  std::optional<double> satisfied;                            // share of futures that meet the threshold
};

struct RegretOptions {
  bool less_is_better = false;
  double tail = 0.1;                // share of futures that the tail holds
  std::optional<double> threshold;  // at least (at most, where less is better)
};

struct RegretTable {
  std::size_t futures = 0;  // in which every policy has a value
  std::vector<PolicyScore> policies;
};

/// `values` per policy, per future, the same future at the same place; NaN: none.
RegretTable regret(const std::vector<std::vector<double>>& values, const RegretOptions& options);

}  // namespace lodestone::explore
