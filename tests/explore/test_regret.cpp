// Policies by futures, worked out by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/explore/regret.hpp"

namespace lodestone::explore {
namespace {

// Four futures; the third has no value under the second policy.
const std::vector<std::vector<double>> kValues{{10, 2, 7, 4}, {6, 6, std::nan(""), 5}};

TEST(Regret, IsToTheBestPolicyOfEachFuture) {
  const auto table = regret(kValues, {.less_is_better = false, .tail = 0.5, .threshold = 5});
  EXPECT_EQ(table.futures, 3u);
  const auto &bold = table.policies[0], &steady = table.policies[1];
  EXPECT_DOUBLE_EQ(bold.mean, 16 / 3.0);
  EXPECT_DOUBLE_EQ(bold.worst, 2);
  EXPECT_DOUBLE_EQ(bold.largest_regret, 4);
  EXPECT_DOUBLE_EQ(bold.mean_regret, 5 / 3.0);  // 0, 4, 1
  EXPECT_DOUBLE_EQ(bold.regret_90, 4);
  EXPECT_DOUBLE_EQ(bold.tail_mean, (2 + 0.5 * 4) / 1.5);  // the worst future and a half
  EXPECT_DOUBLE_EQ(*bold.satisfied, 1 / 3.0);
  EXPECT_DOUBLE_EQ(steady.largest_regret, 4);
  EXPECT_DOUBLE_EQ(steady.mean_regret, 4 / 3.0);
  EXPECT_DOUBLE_EQ(*steady.satisfied, 1);
}

TEST(Regret, WhereLessIsBetterEverythingTurnsRound) {
  const auto table = regret(kValues, {.less_is_better = true, .tail = 1 / 3.0, .threshold = 5});
  const auto& bold = table.policies[0];
  EXPECT_DOUBLE_EQ(bold.worst, 10);
  EXPECT_DOUBLE_EQ(bold.largest_regret, 4);  // 10 against 6
  EXPECT_DOUBLE_EQ(bold.tail_mean, 10);
  EXPECT_DOUBLE_EQ(*bold.satisfied, 2 / 3.0);
  EXPECT_FALSE(regret(kValues, {}).policies[0].satisfied.has_value());
}

TEST(Regret, WithoutSharedFuturesThereIsNothing) {
  EXPECT_TRUE(regret({{std::nan("")}, {1}}, {}).policies.empty());
  EXPECT_TRUE(regret({}, {}).policies.empty());
}

}  // namespace
}  // namespace lodestone::explore
