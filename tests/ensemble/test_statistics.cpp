#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/ensemble/statistics.hpp"

namespace lodestone::ensemble {
namespace {

TEST(Spread, ByHand) {
  std::vector<double> values{4, 1, std::nan(""), 3, 2};
  const Spread s = spread_of(values);
  EXPECT_EQ(s.count, 4U);
  EXPECT_DOUBLE_EQ(s.mean, 2.5);
  EXPECT_DOUBLE_EQ(s.deviation, std::sqrt(5.0 / 3));
  EXPECT_DOUBLE_EQ(s.quantiles[2], 2.5);
  EXPECT_DOUBLE_EQ(s.quantiles[1], 1.75);  // type 7: 1 + 0.75 of the way to 2
}

TEST(Spread, OfNothingAndOfOne) {
  std::vector<double> none{std::nan("")}, one{7};
  EXPECT_TRUE(std::isnan(spread_of(none).mean));
  EXPECT_TRUE(std::isnan(spread_of(none).quantiles[2]));
  EXPECT_EQ(spread_of(one).quantiles[0], 7);
  EXPECT_TRUE(std::isnan(spread_of(one).deviation));
}

TEST(Share, WilsonByHand) {
  // 8 of 10 with z = 1.644854: middle (0.8 + 0.135277) / 1.270554, half 0.194427...
  const Share s = share_of(8, 10);
  EXPECT_DOUBLE_EQ(s.estimate, 0.8);
  EXPECT_NEAR(s.low, 0.5408, 5e-4);
  EXPECT_NEAR(s.high, 0.9314, 5e-4);
  EXPECT_EQ(share_of(0, 10).low, 0);
  EXPECT_GT(share_of(0, 10).high, 0.1);
  EXPECT_TRUE(std::isnan(share_of(0, 0).estimate));
}

}  // namespace
}  // namespace lodestone::ensemble
