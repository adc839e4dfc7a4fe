// Elementary effects against functions whose effects are known.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/explore/morris.hpp"

namespace lodestone::explore {
namespace {

template <class F>
std::vector<ElementaryEffect> effects_of(F f, std::size_t dimensions, std::size_t trajectories) {
  const auto points = morris_points(dimensions, trajectories, 4, 7);
  std::vector<double> values;
  for (const auto& point : points) values.push_back(f(point));
  return elementary_effects(points, values, 7);
}

TEST(Morris, TrajectoriesMoveOneInputAtATimeByHalfTheSide) {
  const auto points = morris_points(5, 10, 4, 1);
  ASSERT_EQ(points.size(), 60u);
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (const double x : points[i]) {
      EXPECT_GT(x, 0);
      EXPECT_LT(x, 1);
    }
    if (i % 6 == 0) continue;
    int moved = 0;
    for (std::size_t d = 0; d < 5; ++d)
      if (points[i][d] != points[i - 1][d]) {
        ++moved;
        EXPECT_DOUBLE_EQ(std::abs(points[i][d] - points[i - 1][d]), 0.5);
      }
    EXPECT_EQ(moved, 1);
  }
  EXPECT_EQ(morris_points(5, 10, 4, 1), points);
  EXPECT_NE(morris_points(5, 10, 4, 2), points);
}

TEST(Morris, OfALinearModelGivesItsCoefficients) {
  const auto effects = effects_of([](const Point& x) { return 3 * x[0] - 2 * x[1] + 0 * x[2] + 5; }, 3, 8);
  EXPECT_NEAR(effects[0].mean, 3, 1e-12);
  EXPECT_NEAR(effects[1].mean, -2, 1e-12);
  EXPECT_NEAR(effects[1].mean_absolute, 2, 1e-12);
  EXPECT_NEAR(effects[2].mean_absolute, 0, 1e-12);
  for (const auto& e : effects) {
    EXPECT_EQ(e.count, 8u);
    EXPECT_NEAR(e.deviation, 0, 1e-12);
    EXPECT_NEAR(e.low, e.mean_absolute, 1e-12);
    EXPECT_NEAR(e.high, e.mean_absolute, 1e-12);
  }
}

// f = x0 x1: the effect of x0 is x1, uniform over 1/8, 3/8, 5/8, 7/8: mean 1/2, deviation sqrt(5)/8 = 0.2795.
TEST(Morris, OfAProductSaysThatEffectsDependOnOthers) {
  const auto effects = effects_of([](const Point& x) { return x[0] * x[1]; }, 2, 2000);
  EXPECT_NEAR(effects[0].mean_absolute, 0.5, 0.02);
  EXPECT_NEAR(effects[0].deviation, std::sqrt(5.0) / 8, 0.01);
  // 1.645 standard errors on either side.
  EXPECT_NEAR(effects[0].high - effects[0].low, 2 * 1.645 * std::sqrt(5.0) / 8 / std::sqrt(2000.0), 0.004);
}

TEST(Morris, LeavesOutStepsWithoutAValue) {
  const auto points = morris_points(2, 3, 4, 1);
  std::vector<double> values(points.size(), 1);
  values[0] = std::nan("");
  const auto effects = elementary_effects(points, values, 1);
  EXPECT_EQ(effects[0].count + effects[1].count, 5u);
}

}  // namespace
}  // namespace lodestone::explore
