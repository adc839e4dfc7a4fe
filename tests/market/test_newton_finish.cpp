// The Newton solver ends on the exact optimum: cases with answers known by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::TinyProblem;

Solution solved(const TinyProblem& p) {
  const auto solver = make_newton_solver(p.topology);
  Solution s = Solution::zeros(p.topology);
  EXPECT_EQ(solver->solve(p.numbers, s, Start::cold).outcome, Outcome::solved);
  EXPECT_LE(certify(p.topology, p.numbers, s).worst(), 1e-11);
  return s;
}

TEST(NewtonFinish, StraightLinesCross) {
  TinyProblem p(1, 0, 10, 1000);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[0], 4, 1e-12);
  EXPECT_NEAR(s.price[0], 6, 1e-12);
}

TEST(NewtonFinish, CapacityEarnsARent) {
  TinyProblem p(1);
  p.supply(0, 2, 1, 3);
  p.demand(0, 10, 1);
  const Solution s = solved(p);
  EXPECT_EQ(s.activity[0], 3);
  EXPECT_NEAR(s.price[0], 7, 1e-12);
}

// A chain over three borders, each with a tariff of 145 %.
TEST(NewtonFinish, TariffsThroughThreeStages) {
  TinyProblem p(4);
  p.supply(0, 1, 1);
  for (Index k = 0; k < 3; ++k) p.arc(k, k + 1, 0.5, 0.1, 1.45);
  p.demand(3, 60, 2);
  const Solution s = solved(p);
  const double t = 2.45;  // 60 - 2x = t (t (t (1 + x) + .5 + .1 x) + .5 + .1 x) + .5 + .1 x
  const double per_unit = t * t * t + 0.1 * (t * t + t + 1), fixed = t * t * t + 0.5 * (t * t + t + 1);
  const double x = (60 - fixed) / (per_unit + 2);
  EXPECT_NEAR(s.activity[0], x, 1e-12);
  EXPECT_NEAR(s.price[3], 60 - 2 * x, 1e-11);
}

TEST(NewtonFinish, QuotaRent) {
  TinyProblem p(2, 1);
  p.supply(0, 1, 0.01);
  p.add({{0, -1}, {1, 1}, {2, -1}}, 1);
  p.numbers.rhs[2] = -2;
  p.demand(1, 10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[1], 2, 1e-12);
  EXPECT_NEAR(s.price[2], 8 - 1 - 1.02, 1e-12);
}

TEST(NewtonFinish, WorthlessByProductIsFree) {
  TinyProblem p(3);
  p.supply(0, 1, 1);
  p.add({{0, -1}, {1, 1}, {2, 5}}, 0, 0.1);
  p.demand(1, 10, 1);
  p.demand(2, 1, 1, 0.5);
  const Solution s = solved(p);
  EXPECT_EQ(s.price[2], 0);
  EXPECT_NEAR(s.activity[0], 9 / 2.1, 1e-12);
}

TEST(NewtonFinish, LinearColumnsAndTies) {
  TinyProblem p(2);
  p.supply(0, 1, 0, 1);
  p.supply(0, 1, 0, 1);
  p.arc(0, 1, 1);
  p.arc(0, 1, 1);
  p.demand(1, 5, 0, 1.5);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[0] + s.activity[1], 1.5, 1e-12);
  EXPECT_NEAR(s.price[0], 1, 1e-12);
  EXPECT_NEAR(s.price[1], 2, 1e-12);
}

TEST(NewtonFinish, ArrivalsAreSold) {
  TinyProblem p(1);
  p.numbers.rhs[0] = -3;  // three units come in whatever the price
  p.demand(0, 10, 1);
  EXPECT_NEAR(solved(p).price[0], 7, 1e-12);
  p.numbers.rhs[0] = -30;
  EXPECT_EQ(solved(p).price[0], 0);
}

TEST(NewtonFinish, NothingAtAll) {
  TinyProblem p(3, 1);
  p.supply(0, 2, 1, 0);
  p.demand(0, 10, 1, 0);
  p.arc(0, 1, 1);
  p.numbers.upper[2] = 0;
  for (const double x : solved(p).activity) EXPECT_EQ(x, 0);
  TinyProblem empty(0);
  solved(empty);
}

// Coefficients and volumes over nine orders of magnitude in one problem; each market is as exact as the largest.
TEST(NewtonFinish, SmallMarketsAreAsExactAsLargeOnes) {
  TinyProblem p(10);
  for (Index i = 0; i < 10; ++i) {
    const double size = std::pow(10.0, -i);
    p.supply(i, 0.2, 1 / size);
    p.demand(i, 3, 1 / size);
    if (i > 0) p.add({{i - 1, -1e-4 * size}, {i, 1e-4}}, 1);  // too dear to be used
  }
  const Solution s = solved(p);
  for (Index i = 0; i < 10; ++i) EXPECT_NEAR(s.price[i], 1.6, 1e-12) << i;
}

TEST(NewtonFinish, WorkDoesNotDependOnEarlierMonthsAfterAColdStart) {
  TinyProblem p(2);
  p.supply(0, 1, 0.3, 4);
  p.arc(0, 1, 1, 0.01, 0.2);
  p.demand(1, 10, 1);
  const auto used = make_newton_solver(p.topology), fresh = make_newton_solver(p.topology);
  Solution a = Solution::zeros(p.topology), b = a;
  Numbers other = p.numbers;
  other.upper[1] = 0;
  used->solve(other, a, Start::cold);
  used->solve(p.numbers, a, Start::warm);
  used->solve(p.numbers, a, Start::cold);
  fresh->solve(p.numbers, b, Start::cold);
  EXPECT_EQ(a.activity, b.activity);
  EXPECT_EQ(a.price, b.price);
}

TEST(NewtonFinish, NumbersThatAreNotNumbersFailWithoutHanging) {
  TinyProblem p(1);
  p.supply(0, std::nan(""), 1);
  p.demand(0, 10, 1);
  const auto solver = make_newton_solver(p.topology);
  Solution s = Solution::zeros(p.topology);
  EXPECT_NE(solver->solve(p.numbers, s, Start::cold).outcome, Outcome::solved);
}

// Everything at its bound: any price from 1 to 5 would clear. The answer must not depend on where the solver came from.
TEST(NewtonFinish, OpenPricesDoNotRememberHistory) {
  TinyProblem p(2, 0, 3, 10);
  p.supply(0, 1, 0.1, 2);
  p.arc(0, 1, 0.5, 0.2);
  p.demand(1, 6.5, 0.25, 2);  // marginal values at the bounds: 1.2 for the seller, 6 - 0.9 for the buyer at the gate
  const auto solver = make_newton_solver(p.topology);
  for (const double start : {0.0, 1.5, 4.0, 20.0}) {
    Solution s = {.activity = {2, 0, 1}, .price = {start, start}};
    ASSERT_EQ(solver->solve(p.numbers, s, Start::warm).outcome, Outcome::solved);
    const double gap = 0.5 + 0.2 * 2;  // the arc's margin ties the two prices together: 3 -+ gap / 2
    EXPECT_NEAR(s.price[0], 3 - gap / 2, 1e-5) << start;
    EXPECT_NEAR(s.price[1] - s.price[0], gap, 1e-12) << start;
    Solution cold = s;
    solver->solve(p.numbers, cold, Start::cold);
    EXPECT_NEAR(s.price[0], cold.price[0], 1e-8) << start;
  }
}

// A start of the wrong size or full of rubbish is only a bad start.
TEST(NewtonFinish, RubbishIsOnlyABadStart) {
  TinyProblem p(1);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  const auto solver = make_newton_solver(p.topology);
  for (Solution s : {Solution{}, Solution{{-1e30, 1e30}, {1e30}}, Solution{{std::nan(""), 1}, {std::nan("")}}}) {
    ASSERT_EQ(solver->solve(p.numbers, s, Start::warm).outcome, Outcome::solved);
    EXPECT_NEAR(s.price[0], 6, 1e-12);
  }
}

// Demand for a right-hand side that nobody can serve: reported, not looped over.
TEST(NewtonFinish, InfeasibleIsReported) {
  TinyProblem p(1);
  p.supply(0, 1, 1, 2);
  p.numbers.rhs[0] = 5;
  const auto solver = make_newton_solver(p.topology);
  Solution s = Solution::zeros(p.topology);
  EXPECT_NE(solver->solve(p.numbers, s, Start::cold).outcome, Outcome::solved);
}

}  // namespace
}  // namespace lodestone::market
