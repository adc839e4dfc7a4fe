#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "lodestone/ensemble/sampling.hpp"

namespace lodestone::ensemble {
namespace {

// How many of the points lie in each of `parts` equal parts along a dimension.
std::vector<int> counts(const Sampler& sampler, std::size_t members, std::size_t dimension, std::size_t parts) {
  std::vector<int> out(parts, 0);
  for (std::size_t m = 0; m < members; ++m)
    ++out[static_cast<std::size_t>(sampler.point(m)[dimension] * static_cast<double>(parts))];
  return out;
}

// A (0, m, 1) net in every dimension, which Owen's scrambling keeps.
TEST(Sobol, ScrambledPointsFillEveryPartOfEveryDimensionOnce) {
  const Sampler sampler(Sampling::sobol, 11, 60, 64);
  for (std::size_t d = 0; d < 60; ++d)
    for (const int count : counts(sampler, 64, d, 64)) ASSERT_EQ(count, 1) << d;
}

// The first two dimensions are a (0, m, 2) net: every elementary rectangle of area 1/64 has one of 64 points.
TEST(Sobol, TheFirstTwoDimensionsFillEveryRectangle) {
  const Sampler sampler(Sampling::sobol, 5, 2, 64);
  for (std::size_t across = 1; across <= 64; across *= 2) {
    const std::size_t down = 64 / across;
    std::set<std::size_t> cells;
    for (std::size_t m = 0; m < 64; ++m) {
      const auto p = sampler.point(m);
      cells.insert(static_cast<std::size_t>(p[0] * static_cast<double>(across)) * down +
                   static_cast<std::size_t>(p[1] * static_cast<double>(down)));
    }
    EXPECT_EQ(cells.size(), 64U) << across << " x " << down;
  }
}

TEST(Sobol, IntegratesBetterThanChance) {
  // Integral of the product of |4 x - 2| over 5 dimensions: 1.
  const auto error = [](Sampling method) {
    double squares = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      const Sampler sampler(method, seed, 5, 1024);
      double sum = 0;
      for (std::size_t m = 0; m < 1024; ++m) {
        double product = 1;
        for (const double x : sampler.point(m)) product *= std::abs(4 * x - 2);
        sum += product;
      }
      squares += (sum / 1024 - 1) * (sum / 1024 - 1);
    }
    return std::sqrt(squares / 8);
  };
  EXPECT_LT(error(Sampling::sobol), error(Sampling::monte_carlo) / 3);
}

TEST(Scrambling, KeepsNestedDigitsTogetherAndIsUndoneByNoOther) {
  // Numbers that agree in their first k digits still do so: equal prefixes get equal flips.
  const std::uint32_t a = 0xABCD1234U, b = 0xABCDFFFFU;
  EXPECT_EQ(scramble(a, 3, 1) >> 16U, scramble(b, 3, 1) >> 16U);
  EXPECT_NE(scramble(a, 3, 1), scramble(a, 4, 1));
  EXPECT_NE(scramble(a, 3, 1), scramble(a, 3, 2));
  std::set<std::uint32_t> seen;
  for (std::uint32_t k = 0; k < 256; ++k) seen.insert(scramble(k << 24U, 3, 0) >> 24U);
  EXPECT_EQ(seen.size(), 256U);
}

TEST(LatinHypercube, EveryStratumOfEveryDimensionHasOnePoint) {
  const Sampler sampler(Sampling::latin_hypercube, 3, 7, 50);
  for (std::size_t d = 0; d < 7; ++d)
    for (const int count : counts(sampler, 50, d, 50)) ASSERT_EQ(count, 1);
}

TEST(Sampler, APointDependsOnItsNumberAlone) {
  for (const auto method : {Sampling::sobol, Sampling::latin_hypercube, Sampling::monte_carlo}) {
    const Sampler one(method, 9, 12, 100), other(method, 9, 12, 100);
    const auto late = one.point(77);
    EXPECT_NE(one.point(3), late);
    EXPECT_EQ(one.point(77), late);
    EXPECT_EQ(other.point(77), late);
    EXPECT_NE(Sampler(method, 10, 12, 100).point(77), late);
  }
  // Sobol and Monte Carlo go on where they stopped when more futures are wanted.
  EXPECT_EQ(Sampler(Sampling::sobol, 9, 12, 100).point(42), Sampler(Sampling::sobol, 9, 12, 5000).point(42));
}

TEST(Sampler, TakesNoDimensionsAndVeryMany) {
  EXPECT_TRUE(Sampler(Sampling::sobol, 1, 0, 4).point(2).empty());
  EXPECT_EQ(Sampler(Sampling::sobol, 1, kMostDimensions, 4).point(3).size(), kMostDimensions);
}

}  // namespace
}  // namespace lodestone::ensemble
