// What only the Newton solver has: starts, open prices, a memory that must not show.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::TinyProblem;

TEST(Newton, WorkDoesNotDependOnEarlierMonthsAfterAColdStart) {
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

// Everything at its bound: any price from 1 to 5 would clear. The answer must not depend on where the solver came from.
TEST(Newton, OpenPricesDoNotRememberHistory) {
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
TEST(Newton, RubbishIsOnlyABadStart) {
  TinyProblem p(1);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  const auto solver = make_newton_solver(p.topology);
  for (Solution s : {Solution{}, Solution{{-1e30, 1e30}, {1e30}}, Solution{{std::nan(""), 1}, {std::nan("")}}}) {
    ASSERT_EQ(solver->solve(p.numbers, s, Start::warm).outcome, Outcome::solved);
    EXPECT_NEAR(s.price[0], 6, 1e-12);
  }
}

}  // namespace
}  // namespace lodestone::market
