// The cheapest measures that suffice, held against an exhaustive search on a grid.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "lodestone/explore/cheapest.hpp"

namespace lodestone::explore {
namespace {

double cheapest_on_grid(const Judge& judge, int steps) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i <= steps; ++i)
    for (int j = 0; j <= steps; ++j) {
      const auto judged = judge({static_cast<double>(i) / steps, static_cast<double>(j) / steps});
      if (judged.slack >= 0) best = std::min(best, judged.cost);
    }
  return best;
}

TEST(Cheapest, OneMeasureIsHalvedToItsRoot) {
  const auto found = cheapest(1, [](const auto& m) { return Judged{50 * m[0], m[0] - 0.3}; }, {30, 0.001});
  EXPECT_TRUE(found.suffices);
  EXPECT_NEAR(found.magnitudes[0], 0.3, 0.001);
  EXPECT_GE(found.at.slack, 0);
}

TEST(Cheapest, TwoMeasuresAreAsCheapAsOnAFineGrid) {
  // The second does twice as much for its money, up to half of what is needed.
  const Judge judge = [](const std::vector<double>& m) {
    return Judged{100 * m[0] + 100 * m[1], m[0] + std::min(2 * m[1], 0.5) - 1};
  };
  const auto found = cheapest(2, judge, {60, 0.005});
  EXPECT_TRUE(found.suffices);
  EXPECT_NEAR(found.at.cost, cheapest_on_grid(judge, 200), 3);
}

TEST(Cheapest, TwoCurvedMeasuresToo) {
  const Judge judge = [](const std::vector<double>& m) {
    return Judged{100 * m[0] * m[0] + 300 * m[1] * m[1], m[0] + m[1] - 0.8};
  };
  const auto found = cheapest(2, judge, {60, 0.005});
  EXPECT_NEAR(found.at.cost, cheapest_on_grid(judge, 400), 1);  // 48 at (0.6, 0.2)
}

TEST(Cheapest, WhatDoesNotSufficeAtItsMostDoesNotSuffice) {
  const auto found = cheapest(2, [](const auto& m) { return Judged{m[0] + m[1], m[0] + m[1] - 3}; }, {});
  EXPECT_FALSE(found.suffices);
  EXPECT_EQ(found.tries, 1);
  EXPECT_DOUBLE_EQ(found.at.slack, -1);
}

TEST(Cheapest, FailuresPassThroughTheOptimiser) {
  int calls = 0;
  const Judge judge = [&](const std::vector<double>& m) -> Judged {
    if (++calls > 9) throw std::runtime_error("stopped");
    return {m[0] + m[1], m[0] + m[1] - 0.5};
  };
  EXPECT_THROW(cheapest(2, judge, {40, 0.01}), std::runtime_error);
}

TEST(Cheapest, TheLastMonthIsFoundByHalving) {
  for (int last = -1; last <= 12; ++last) EXPECT_EQ(last_that_holds(12, [&](int d) { return d <= last; }), last);
}

TEST(Cheapest, SmallSubsetsComeFirst) {
  EXPECT_EQ(small_subsets(3, 2), (std::vector<std::size_t>{1, 2, 4, 3, 5, 6}));
}

}  // namespace
}  // namespace lodestone::explore
