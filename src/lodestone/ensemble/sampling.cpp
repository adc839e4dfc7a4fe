#include "lodestone/ensemble/sampling.hpp"

#include <boost/random/sobol.hpp>
#include <numeric>

#include "lodestone/base/keyed_random.hpp"

namespace lodestone::ensemble {
namespace {

using base::DrawKey;
using base::stream_of;

using Sobol = boost::random::sobol_engine<std::uint32_t, 32>;

// A keyed shuffle of 0 .. count-1 (Fisher and Yates).
std::vector<std::uint32_t> shuffled(std::size_t count, std::uint64_t seed, std::size_t dimension) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t last = count; last > 1; --last) {
    const DrawKey key{seed, static_cast<std::uint32_t>(last), stream_of("latin-hypercube"),
                      static_cast<std::uint32_t>(dimension), 0};
    const auto pick = static_cast<std::size_t>(base::uniform(key) * static_cast<double>(last));
    std::swap(order[last - 1], order[pick]);
  }
  return order;
}

}  // namespace

std::uint32_t scramble(std::uint32_t digits, std::uint64_t seed, std::size_t dimension) {
  std::uint32_t out = 0;
  for (unsigned digit = 0; digit < 32; ++digit) {
    // The digits before this one, with a 1 in front so that their number counts too.
    const std::uint32_t before = digit == 0 ? 1U : (1U << digit) | (digits >> (32U - digit));
    const DrawKey key{seed, before, stream_of("owen-scrambling"), static_cast<std::uint32_t>(dimension),
                      static_cast<std::int32_t>(digit)};
    const std::uint32_t flip = base::bits(key)[0] >> 31U;
    const std::uint32_t bit = (digits >> (31U - digit)) & 1U;
    out |= (bit ^ flip) << (31U - digit);
  }
  return out;
}

Sampler::Sampler(Sampling method, std::uint64_t seed, std::size_t dimensions, std::size_t members)
    : method_(method), seed_(seed), dimensions_(dimensions), members_(members) {
  if (method_ != Sampling::latin_hypercube) return;
  for (std::size_t d = 0; d < dimensions_; ++d) strata_.push_back(shuffled(members_, seed_, d));
}

double Sampler::coordinate(std::size_t member, std::size_t dimension, std::uint32_t sobol) const {
  if (method_ == Sampling::sobol) return base::unit_interval(scramble(sobol, seed_, dimension));
  const DrawKey key{seed_, static_cast<std::uint32_t>(member), stream_of("sampling"),
                    static_cast<std::uint32_t>(dimension), 0};
  if (method_ == Sampling::monte_carlo) return base::uniform(key);
  return (static_cast<double>(strata_[dimension][member]) + base::uniform(key)) / static_cast<double>(members_);
}

std::vector<double> Sampler::point(std::size_t member) const {
  std::vector<double> out(dimensions_);
  if (dimensions_ == 0) return out;
  std::vector<std::uint32_t> digits(dimensions_, 0);
  if (method_ == Sampling::sobol) {
    // The engine leaves out the origin, which the sequence begins with; scrambled, it is a point like any other.
    if (member > 0) {
      Sobol engine(dimensions_);
      engine.seed(static_cast<std::uint32_t>(member - 1));
      for (auto& digit : digits) digit = engine();
    }
  }
  for (std::size_t d = 0; d < dimensions_; ++d) out[d] = coordinate(member, d, digits[d]);
  return out;
}

}  // namespace lodestone::ensemble
