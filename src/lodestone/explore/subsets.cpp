#include "lodestone/explore/subsets.hpp"

#include <bit>

namespace lodestone::explore {

std::vector<std::size_t> parts_of(std::size_t subset) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; subset >> i != 0; ++i)
    if ((subset >> i & 1U) != 0) out.push_back(i);
  return out;
}

std::vector<double> shapley(const std::vector<double>& value) {
  const auto n = static_cast<std::size_t>(std::bit_width(value.size()) - 1);
  // weight[s] = s! (n - s - 1)! / n!, the share of orders in which these s and no others come before a part.
  std::vector<double> weight(n, n > 0 ? 1.0 / static_cast<double>(n) : 0.0);
  for (std::size_t s = 1; s < n; ++s) weight[s] = weight[s - 1] * static_cast<double>(s) / static_cast<double>(n - s);
  std::vector<double> out(n, 0.0);
  for (std::size_t subset = 0; subset < value.size(); ++subset)
    for (std::size_t i = 0; i < n; ++i)
      if ((subset >> i & 1U) == 0)
        out[i] += weight[static_cast<std::size_t>(std::popcount(subset))] *
                  (value[subset | (std::size_t{1} << i)] - value[subset]);
  return out;
}

}  // namespace lodestone::explore
