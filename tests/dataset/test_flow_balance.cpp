// Tables of flows with given sums.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "lodestone/dataset/flow_balance.hpp"

namespace lodestone::dataset {
namespace {

TEST(FlowBalance, OfAnEvenSeedIsTheProductOfTheSums) {
  const auto balance = balance_flows({{60, 40}, {30, 70}, {1, 1, 1, 1}});
  ASSERT_TRUE(balance.complete);
  EXPECT_NEAR(balance.flow[0], 18, 1e-12);  // 60 * 30 / 100
  EXPECT_NEAR(balance.flow[1], 42, 1e-12);
  EXPECT_NEAR(balance.flow[2], 12, 1e-12);
  EXPECT_NEAR(balance.flow[3], 28, 1e-12);
}

TEST(FlowBalance, KeepsTheCrossRatioOfTheSeed) {
  const auto balance = balance_flows({{5, 5}, {5, 5}, {4, 1, 1, 4}});
  ASSERT_TRUE(balance.complete);
  EXPECT_NEAR(balance.flow[0] * balance.flow[3] / (balance.flow[1] * balance.flow[2]), 16, 1e-9);
}

// The only balance has a flow of 0 where the seed is above 0: fitting alone would come close for ever.
TEST(FlowBalance, IsExactWhereAFlowHasToVanish) {
  const auto balance = balance_flows({{10, 5}, {10, 5}, {1, 0, 1, 1}});
  ASSERT_TRUE(balance.complete);
  EXPECT_DOUBLE_EQ(balance.flow[0], 10);
  EXPECT_NEAR(balance.flow[2], 0, 1e-12);
  EXPECT_NEAR(balance.flow[3], 5, 1e-12);
}

// What is left of large sums is off by their last digits, though it is a lot of what is left.
TEST(FlowBalance, RoundingIsRelativeToWhatTheSumsAreRemaindersOf) {
  const FlowTable table{{1e-9}, {1e-9 + 1e-13}, {1}, 1e4};
  EXPECT_TRUE(balance_flows(table).complete);
  EXPECT_FALSE(balance_flows({{1e-9}, {1e-9 + 1e-13}, {1}, 0}).complete);
}

TEST(FlowBalance, SaysWhatCannotRun) {
  const auto balance = balance_flows({{10, 5}, {12, 3}, {1, 0, 0, 1}});
  EXPECT_FALSE(balance.complete);
  EXPECT_DOUBLE_EQ(balance.column_missing[0], 2);
  EXPECT_DOUBLE_EQ(balance.row_missing[1], 2);
}

TEST(FlowBalance, WithoutAnOpenPairIsMissingAll) {
  const auto balance = balance_flows({{10}, {10}, {0}});
  EXPECT_FALSE(balance.complete);
  EXPECT_DOUBLE_EQ(balance.row_missing[0], 10);
}

RC_GTEST_PROP(FlowBalance, OfSumsThatCanBeMetMeetsThem, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 6), columns = *rc::gen::inRange<std::size_t>(1, 6);
  FlowTable table{std::vector<double>(rows), std::vector<double>(columns), {}};
  // Sums of a table that exists, over up to six orders of magnitude, and a seed with the same zeros.
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const bool open = *rc::gen::inRange(0, 3) > 0;
      const double flow = open ? std::pow(10.0, *rc::gen::inRange(-3, 4)) * *rc::gen::inRange(0, 10) : 0;
      table.row_sum[i] += flow;
      table.column_sum[j] += flow;
      table.seed.push_back(open ? *rc::gen::inRange(1, 1000) : 0);
    }
  const auto balance = balance_flows(table);
  RC_ASSERT(balance.complete);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto first = balance.flow.begin() + static_cast<std::ptrdiff_t>(i * columns);
    const double sum = std::accumulate(first, first + static_cast<std::ptrdiff_t>(columns), 0.0);
    RC_ASSERT(std::abs(sum - table.row_sum[i]) <= 1e-9 * table.row_sum[i]);
  }
  for (std::size_t j = 0; j < columns; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      RC_ASSERT(balance.flow[i * columns + j] >= 0);
      RC_ASSERT(table.seed[i * columns + j] > 0 || balance.flow[i * columns + j] == 0);
      sum += balance.flow[i * columns + j];
    }
    RC_ASSERT(std::abs(sum - table.column_sum[j]) <= 1e-9 * table.column_sum[j]);
  }
}

}  // namespace
}  // namespace lodestone::dataset
