#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "lodestone/base/keyed_random.hpp"

namespace lodestone::base {
namespace {

std::uint64_t seed_of(std::uint32_t low, std::uint32_t high) {
  return low | (static_cast<std::uint64_t>(high) << 32U);
}

// Known answers of philox4x32 with 10 rounds, as published with Random123 (kat_vectors).
TEST(KeyedRandom, GivesThePublishedAnswers) {
  EXPECT_EQ(bits({0, 0, 0, 0, 0}), (std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(bits({~0ULL, ~0U, ~0U, ~0U, -1}),
            (std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(bits({seed_of(0xa4093822, 0x299f31d0), 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}),
            (std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(KeyedRandom, EveryPartOfTheKeyCounts) {
  const DrawKey key{7, 1, stream_of("haul"), 2, 3};
  std::set<std::uint32_t> seen{bits(key)[0]};
  for (DrawKey other :
       {DrawKey{8, 1, key.mechanism, 2, 3}, DrawKey{7, 2, key.mechanism, 2, 3}, DrawKey{7, 1, stream_of("hall"), 2, 3},
        DrawKey{7, 1, key.mechanism, 3, 3}, DrawKey{7, 1, key.mechanism, 2, 4}})
    EXPECT_TRUE(seen.insert(bits(other)[0]).second);
}

TEST(KeyedRandom, UniformIsUniformAndNeverAnEnd) {
  constexpr int n = 20000;
  double sum = 0, squares = 0;
  for (int i = 0; i < n; ++i) {
    const double u = uniform({1, static_cast<std::uint32_t>(i), 2, 3, 4});
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / n, 0.5, 4 * std::sqrt(1.0 / 12 / n));
  EXPECT_NEAR(squares / n, 1.0 / 3, 0.01);
  EXPECT_GT(unit_interval(0), 0);
  EXPECT_LT(unit_interval(~0U), 1);
}

}  // namespace
}  // namespace lodestone::base
