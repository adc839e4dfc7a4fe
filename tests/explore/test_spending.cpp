// A budget spent by several parts in few tries, and what parts do together.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "lodestone/explore/spending.hpp"
#include "lodestone/explore/subsets.hpp"

namespace lodestone::explore {
namespace {

using Costs = std::function<std::vector<double>(const std::vector<double>&)>;

void play(Spending& spending, const Costs& costs) {
  while (spending.state() == SpendState::searching) spending.learn(costs(spending.point()));
}

TEST(Spending, AKnownRootIsFound) {
  // 100 m^2 = 49 at m = 0.7; the curve knows four points of it.
  Spending spending(49, {CostCurve({0.1, 0.25, 0.5, 1}, {1, 6.25, 25, 100})}, 0.001, 20);
  play(spending, [](const auto& m) { return std::vector{100 * m[0] * m[0]}; });
  EXPECT_EQ(spending.state(), SpendState::met);
  EXPECT_NEAR(spending.point()[0], 0.7, 0.001);
  EXPECT_LE(spending.tries(), 6);
}

TEST(Spending, PartsShareEquallyAndMayCostMoreTogetherThanAlone) {
  // Each costs a tenth more for each unit of the other.
  const CostCurve line({0.5, 1}, {50, 100});
  Spending spending(60, {line, line}, 0.02, 8);
  play(spending, [](const auto& m) {
    return std::vector{100 * m[0] * (1 + 0.1 * m[1]), 100 * m[1] * (1 + 0.1 * m[0])};
  });
  EXPECT_EQ(spending.state(), SpendState::met);
  EXPECT_NEAR(spending.costs()[0], 30, 0.6);
  EXPECT_NEAR(spending.costs()[1], 30, 0.6);
  EXPECT_LE(spending.tries(), 3);
}

TEST(Spending, WhatAPartCannotSpendGoesToTheOthers) {
  Spending spending(100, {CostCurve({1}, {20}), CostCurve({1}, {200})}, 0.01, 8);
  play(spending, [](const auto& m) { return std::vector{20 * m[0], 200 * m[1]}; });
  EXPECT_EQ(spending.state(), SpendState::met);
  EXPECT_DOUBLE_EQ(spending.point()[0], 1);
  EXPECT_NEAR(spending.point()[1], 0.4, 0.005);
}

TEST(Spending, WhoCannotSpendTheBudgetSaysSo) {
  Spending spending(100, {CostCurve({1}, {20}), CostCurve({1}, {30})}, 0.02, 8);
  play(spending, [](const auto& m) { return std::vector{20 * m[0], 30 * m[1]}; });
  EXPECT_EQ(spending.state(), SpendState::saturated);
  EXPECT_EQ(spending.point(), (std::vector<double>{1, 1}));
  EXPECT_EQ(spending.costs(), (std::vector<double>{20, 30}));
}

TEST(Spending, ACostThatLeapsOverTheBudgetIsNotFaked) {
  // A plant of 80 is built from m = 0.5 on, or not at all.
  Spending spending(40, {CostCurve({0.5, 1}, {80, 80})}, 0.02, 30);
  play(spending, [](const auto& m) { return std::vector{m[0] >= 0.5 ? 80.0 : 0.0}; });
  EXPECT_EQ(spending.state(), SpendState::jumps);
  EXPECT_LT(spending.tries(), 30);
}

TEST(Spending, OthersMakeUpForOneThatLeaps) {
  const auto leap = [](double m) { return m >= 0.5 ? 80.0 : 0.0; };
  Spending spending(120, {CostCurve({0.5, 1}, {80, 80}), CostCurve({1}, {200})}, 0.02, 40);
  play(spending, [&](const auto& m) { return std::vector{leap(m[0]), 200 * m[1]}; });
  EXPECT_EQ(spending.state(), SpendState::met);
  EXPECT_NEAR(spending.costs()[0] + spending.costs()[1], 120, 2.4);
}

TEST(Subsets, ShapleyOfThreeByHand) {
  // Gloves: part 0 is a left one, parts 1 and 2 right ones; a pair is worth 1. Known values: 2/3, 1/6, 1/6.
  std::vector<double> value(8, 0);
  for (const std::size_t pair : {0b011U, 0b101U, 0b111U}) value[pair] = 1;
  const auto got = shapley(value);
  EXPECT_NEAR(got[0], 2.0 / 3, 1e-12);
  EXPECT_NEAR(got[1], 1.0 / 6, 1e-12);
  EXPECT_NEAR(got[2], 1.0 / 6, 1e-12);
}

TEST(Subsets, PartsAreTheBits) {
  EXPECT_TRUE(parts_of(0).empty());
  EXPECT_EQ(parts_of(0b10110), (std::vector<std::size_t>{1, 2, 4}));
}

}  // namespace
}  // namespace lodestone::explore
