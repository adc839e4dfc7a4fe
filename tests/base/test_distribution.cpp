#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/base/distribution.hpp"

namespace lodestone::base {
namespace {

TEST(Distribution, QuantilesByHand) {
  EXPECT_DOUBLE_EQ((Distribution{Shape::uniform, 2, 3, 6}.quantile(0.25)), 3);
  EXPECT_NEAR((Distribution{Shape::log_uniform, 1, 10, 100}.quantile(0.5)), 10, 1e-12);
  // Triangle 0, 1, 4: a quarter of the mass lies below the mode; F(x) = x^2 / 4 there, 1 - (4 - x)^2 / 12 above.
  const Distribution triangle{Shape::triangular, 0, 1, 4};
  EXPECT_DOUBLE_EQ(triangle.quantile(0.25), 1);
  EXPECT_DOUBLE_EQ(triangle.quantile(0.09), 0.6);
  EXPECT_DOUBLE_EQ(triangle.quantile(1 - 1.0 / 12), 3);
  EXPECT_DOUBLE_EQ((Distribution{Shape::either, 0, 0.5, 1}.quantile(0.49)), 0);
  EXPECT_DOUBLE_EQ((Distribution{Shape::either, 0, 0.5, 1}.quantile(0.51)), 1);
  EXPECT_DOUBLE_EQ((Distribution{Shape::either, 2, 2.75, 3}.quantile(0.24)), 2);
  EXPECT_DOUBLE_EQ((Distribution{Shape::either, 2, 2.75, 3}.quantile(0.26)), 3);
  // Half of the events at a mean of 60 months have come after 60 ln 2; the window ends at 100.
  EXPECT_DOUBLE_EQ((Distribution{Shape::waiting_time, 0, 60, 100}.quantile(0.5)), 60 * std::log(2.0));
  EXPECT_DOUBLE_EQ((Distribution{Shape::waiting_time, 0, 60, 100}.quantile(0.9)), 100);
}

TEST(Distribution, NormalHasItsMeanInTheMiddleAndStaysInside) {
  const Distribution d{Shape::normal, 8, 10, 12};
  EXPECT_NEAR(d.quantile(0.5), 10, 1e-12);
  EXPECT_GE(d.quantile(1e-12), 8);
  EXPECT_LE(d.quantile(1 - 1e-12), 12);
  EXPECT_NEAR(d.quantile(0.3) + d.quantile(0.7), 20, 1e-12);
}

TEST(Distribution, ATriangleWithItsModeAtAnEndIsSound) {
  const Distribution left{Shape::triangular, 0.5, 0.5, 1}, right{Shape::triangular, 0, 1, 1};
  EXPECT_DOUBLE_EQ(left.quantile(0.75), 0.75);
  EXPECT_DOUBLE_EQ(right.quantile(0.25), 0.5);
}

TEST(Normal, TheInverseUndoesIt) {
  for (const double z : {-6.0, -1.96, -0.1, 0.0, 0.7, 3.0}) EXPECT_NEAR(normal_quantile(normal_cdf(z)), z, 1e-8);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
}

}  // namespace
}  // namespace lodestone::base
