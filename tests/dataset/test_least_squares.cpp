// Figures moved by least squares, against solutions worked out by hand and the conditions of an optimum.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "lodestone/dataset/least_squares.hpp"

namespace lodestone::dataset {
namespace {

// 100 +- 10 made, 80 +- 20 used: the gap of 20 is shared 1 to 4.
TEST(LeastSquares, SharesAGapByTheSquaresOfTheErrors) {
  const auto values = least_squares({{{100, 10, 0, {{0, 1}}}, {80, 20, 0, {{0, -1}}}}, {0}});
  ASSERT_TRUE(values);
  EXPECT_NEAR((*values)[0], 96, 1e-9);
  EXPECT_NEAR((*values)[1], 96, 1e-9);
}

TEST(LeastSquares, LeavesFiguresThatAgreeAsTheyAre) {
  const auto values = least_squares(
      {{{100, 3, 0, {{0, 1}}}, {60, 20, 0, {{0, -1}}}, {40, 40, 0, {{0, -1}, {1, 1}}}, {40, 4, 0, {{1, -1}}}}, {0, 0}});
  ASSERT_TRUE(values);
  EXPECT_NEAR((*values)[0], 100, 1e-9);
  EXPECT_NEAR((*values)[1], 60, 1e-9);
  EXPECT_NEAR((*values)[2], 40, 1e-9);
}

TEST(LeastSquares, GivesWhatNothingIsKnownOfAllOfTheGap) {
  const auto values = least_squares({{{100, 3, 0, {{0, 1}}}, {.stated = 10, .terms = {{0, -1}}}}, {0}});
  ASSERT_TRUE(values);
  EXPECT_NEAR((*values)[0], 100, 1e-9);
  EXPECT_NEAR((*values)[1], 100, 1e-9);
}

// Without its bound the first would fall to -40.
TEST(LeastSquares, StopsAtALowerBound) {
  const auto values = least_squares({{{10, 50, 2, {{0, 1}}}, {100, 1, 0, {{0, 1}}}}, {50}});
  ASSERT_TRUE(values);
  EXPECT_NEAR((*values)[0], 2, 1e-12);
  EXPECT_NEAR((*values)[1], 48, 1e-9);
}

TEST(LeastSquares, SaysWhenSumsCannotBeMet) {
  EXPECT_FALSE(least_squares({{{10, 1, 0, {{0, 1}}}, {10, 1, 0, {{0, 1}}}}, {-1}}));
  EXPECT_FALSE(least_squares({{{10, 1, 0, {{0, 1}}}}, {0, 5}}));
}

TEST(LeastSquares, MeetsSumsOfFiguresOfVeryUnlikeSize) {
  const auto values = least_squares(
      {{{1e6, 3e4, 0, {{0, 1}}}, {2e6, 1e6, 0, {{0, -1}}}, {1e-3, 1e-4, 0, {{1, 1}}}, {3e-3, 1e-3, 0, {{1, -1}}}},
       {0, 0}});
  ASSERT_TRUE(values);
  EXPECT_NEAR((*values)[0], (*values)[1], 1e-6);
  EXPECT_NEAR((*values)[2], (*values)[3], 1e-15);
  EXPECT_NEAR((*values)[2], (1e-3 * 100 + 3e-3) / 101, 1e-12);
}

// The optimum of a random chain: moving any loop of unknowns that keeps the sums cannot pay. Checked through the
// multipliers: with two unknowns off their bounds in a row, both give the same one.
RC_GTEST_PROP(LeastSquares, GivesOneMultiplierPerSum, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(2, 12);
  LeastSquares problem{{}, {0}};
  for (std::size_t j = 0; j < count; ++j) {
    const double stated = std::pow(10.0, *rc::gen::inRange(-3, 4)) * *rc::gen::inRange(1, 100);
    const double relative = *rc::gen::inRange(1, 100) / 100.0;
    problem.unknowns.push_back(
        {stated, relative * stated, 0, {{0, j == 0 || *rc::gen::arbitrary<bool>() ? 1.0 : -1.0}}});
  }
  problem.unknowns.back().terms[0].amount = -1;
  const auto values = least_squares(problem);
  RC_ASSERT(values.has_value());
  double sum = 0, largest = 0;
  for (std::size_t j = 0; j < count; ++j) {
    sum += problem.unknowns[j].terms[0].amount * (*values)[j];
    largest = std::max(largest, problem.unknowns[j].stated);
    RC_ASSERT((*values)[j] >= 0);
  }
  RC_ASSERT(std::abs(sum) <= 1e-9 * largest);
  const auto multiplier = [&](std::size_t j) {
    const auto& u = problem.unknowns[j];
    return ((*values)[j] - u.stated) / (u.error * u.error) / u.terms[0].amount;
  };
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = 0; b < count; ++b) {
      if ((*values)[a] <= 1e-9 * problem.unknowns[a].stated || (*values)[b] <= 1e-9 * problem.unknowns[b].stated)
        continue;
      // As a share of the error of the less certain one.
      const double off = std::abs(multiplier(a) - multiplier(b));
      RC_ASSERT(off * std::min(problem.unknowns[a].error, problem.unknowns[b].error) <= 1e-5);
    }
}

}  // namespace
}  // namespace lodestone::dataset
