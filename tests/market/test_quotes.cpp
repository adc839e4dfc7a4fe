// Bid and ask where nothing is traded.
#include <gtest/gtest.h>

#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::TinyProblem;

std::vector<Quote> quotes_at(const TinyProblem& p, const Solution& s) {
  std::vector<Quote> out;
  quote_nodes(p.topology, p.numbers, s, 1e-9, out);
  return out;
}

TEST(Quotes, TradedNodeHasOnePrice) {
  TinyProblem p(1);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  const auto q = quotes_at(p, {.activity = {4, 4}, .price = {6}});
  EXPECT_TRUE(q[0].traded);
  EXPECT_EQ(q[0].bid, 6);
  EXPECT_EQ(q[0].ask, 6);
}

TEST(Quotes, TooDearToTradeLeavesAnInterval) {
  TinyProblem p(1);
  p.supply(0, 12, 1);
  p.supply(0, 11, 1);
  p.demand(0, 10, 1);
  const auto q = quotes_at(p, {.activity = {0, 0, 0}, .price = {10.5}});
  EXPECT_FALSE(q[0].traded);
  EXPECT_EQ(q[0].bid, 10);
  EXPECT_EQ(q[0].ask, 11);
}

TEST(Quotes, NobodyThere) {
  TinyProblem p(2);
  p.demand(1, 10, 1);
  const auto q = quotes_at(p, Solution::zeros(p.topology));
  EXPECT_EQ(q[0].bid, 0);
  EXPECT_EQ(q[0].ask, kUnlimited);
  EXPECT_EQ(q[1].bid, 10);
}

// A traded market at 6 and two further nodes along a road that costs 1 and then 50 % of the value.
TEST(Quotes, ReachThroughUntradedNeighbours) {
  TinyProblem p(3);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  p.arc(0, 1, 1);
  p.arc(1, 2, 0, 0, 0.5);
  p.demand(2, 3, 1);
  for (const double invented : {0.0, 2.5, 7.0}) {  // whatever the solver said where nothing is traded
    const auto q = quotes_at(p, {.activity = {4, 4, 0, 0, 0}, .price = {6, invented, invented}});
    EXPECT_DOUBLE_EQ(q[1].ask, 7);
    EXPECT_DOUBLE_EQ(q[2].ask, 10.5);
    EXPECT_DOUBLE_EQ(q[2].bid, 3);
    EXPECT_DOUBLE_EQ(q[1].bid, 2);  // 3 / 1.5
  }
}

TEST(Quotes, ClosedColumnsAndZeroQuotasCarryNothing) {
  TinyProblem p(2, 1);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  p.demand(1, 9, 1);
  p.add({{0, -1}, {1, 1}, {2, -1}}, 1);  // under a quota of 0
  p.add({{0, -1}, {1, 1}}, 1, 0, 0);     // banned
  const auto q = quotes_at(p, {.activity = {4, 4, 0, 0, 0}, .price = {6, 9, 2}});
  ASSERT_EQ(q.size(), 2u);
  EXPECT_EQ(q[1].ask, kUnlimited);
  EXPECT_EQ(q[1].bid, 9);
}

TEST(Quotes, SolversPriceLiesBetween) {
  TinyProblem p(3);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  p.arc(0, 1, 1, 1);
  p.arc(1, 2, 1, 1);
  p.demand(2, 3, 1);
  const auto solver = make_newton_solver(p.topology);
  Solution s = Solution::zeros(p.topology);
  ASSERT_EQ(solver->solve(p.numbers, s, Start::cold).outcome, Outcome::solved);
  const auto q = quotes_at(p, s);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_LE(q[i].bid, s.price[i] + 1e-9) << i;
    EXPECT_GE(q[i].ask, s.price[i] - 1e-9) << i;
  }
}

}  // namespace
}  // namespace lodestone::market
