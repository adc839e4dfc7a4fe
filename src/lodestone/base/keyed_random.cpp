#include "lodestone/base/keyed_random.hpp"

#include <Random123/philox.h>

namespace lodestone::base {

std::array<std::uint32_t, 4> bits(const DrawKey& key) {
  const r123::Philox4x32::ctr_type counter{
      {key.future, key.mechanism, key.entity, static_cast<std::uint32_t>(key.month)}};
  const r123::Philox4x32::key_type words{
      {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32U)}};
  const auto out = r123::Philox4x32()(counter, words);
  return {out[0], out[1], out[2], out[3]};
}

double uniform(const DrawKey& key) {
  return unit_interval(bits(key)[0]);
}

}  // namespace lodestone::base
