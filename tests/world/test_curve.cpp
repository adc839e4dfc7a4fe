#include <gtest/gtest.h>

#include "lodestone/world/curve.hpp"

namespace lodestone::world {
namespace {

TEST(Curve, PassesThroughThePointWithoutBendingUpwards) {
  const std::array<double, 5> price{1, 2, 4, 5, 6};
  std::array<double, 5> quantity{10, 8, 4, 3.9, 1};
  pass_through(price, quantity, 1, 3, 5.5);  // the line was at 6 there
  EXPECT_DOUBLE_EQ(quantity[1], 7.5);
  EXPECT_DOUBLE_EQ(quantity[2], 3.5);
  EXPECT_DOUBLE_EQ(quantity[3], 3.5);  // pressed down, so that the curve does not rise
  EXPECT_DOUBLE_EQ(quantity[4], 1);
  EXPECT_DOUBLE_EQ(quantity[0], 10);
}

TEST(Curve, EndsWhereItCrossesZero) {
  std::array<double, 4> price{1, 2, 4, 8};
  std::array<double, 4> quantity{5, 2, -2, -3};
  cut_at_zero(price, quantity);
  EXPECT_EQ(price, (std::array<double, 4>{1, 2, 3, 8}));
  EXPECT_EQ(quantity, (std::array<double, 4>{5, 2, 0, 0}));
  std::array<double, 4> below{-1, -2, -2, -3};
  cut_at_zero(price, below);
  EXPECT_EQ(below, (std::array<double, 4>{0, 0, 0, 0}));
}

}  // namespace
}  // namespace lodestone::world
