#include "lodestone/explore/bootstrap.hpp"

#include <algorithm>
#include <cmath>

#include "lodestone/base/keyed_random.hpp"

namespace lodestone::explore {
namespace {

constexpr std::uint32_t kStream = base::stream_of("bootstrap");

}  // namespace

Interval bootstrap(std::size_t observations, std::uint64_t seed,
                   const std::function<double(const std::vector<std::size_t>&)>& estimate) {
  if (observations == 0) return {std::nan(""), std::nan("")};
  std::vector<double> made;
  std::vector<std::size_t> again(observations);
  for (int r = 0; r < kResamples; ++r) {
    for (std::size_t i = 0; i < observations; ++i) {
      const double u = base::uniform({seed, static_cast<std::uint32_t>(r), kStream, static_cast<std::uint32_t>(i), 0});
      again[i] = std::min(observations - 1, static_cast<std::size_t>(u * static_cast<double>(observations)));
    }
    if (const double value = estimate(again); !std::isnan(value)) made.push_back(value);
  }
  if (made.empty()) return {std::nan(""), std::nan("")};
  std::sort(made.begin(), made.end());
  const auto at = [&](double share) {
    return made[static_cast<std::size_t>(share * static_cast<double>(made.size() - 1) + 0.5)];
  };
  return {at(0.05), at(0.95)};
}

}  // namespace lodestone::explore
