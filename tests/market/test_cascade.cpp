// The production solver: a long history that must not show, in one workspace; months of a real chain; what it forgets.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <initializer_list>

#include "lodestone/store/problem_file.hpp"
#include "shared_body.hpp"
#include "tests/support/agreement.hpp"
#include "tests/support/market_sequence.hpp"
#include "tests/support/random_market.hpp"

namespace lodestone::market {
namespace {

using test::difference;
using test::MarketShape;

// LODESTONE_RANDOM_MARKETS as for the random markets; 2000 of those are 10,000 months here.
int months_in_one_workspace() {
  const char* asked = std::getenv("LODESTONE_RANDOM_MARKETS");
  return 5 * std::max(asked != nullptr ? std::atoi(asked) : 2000, 20);
}

// Mild months and jumps in turn; every fiftieth month is solved again by a fresh solver.
TEST(Cascade, LongHistoryDoesNotShow) {
  const MarketShape shape{.seed = 5, .regions = 5, .products = 4, .wedges = true};
  const test::RandomMarket market = test::random_market(shape);
  const Topology& t = market.topology;
  const auto solver = make_cascade_solver(t);
  Solution s = Solution::zeros(t);
  Numbers numbers = market.numbers;
  for (int month = 0; month < months_in_one_workspace(); ++month) {
    const auto seed = static_cast<std::uint64_t>(month);
    numbers = month % 7 == 6 ? test::stressed_month(t, market.numbers, shape.regions, seed)
                             : test::next_month(t, market.numbers, numbers, seed);
    ASSERT_EQ(solver->solve(numbers, s, Start::warm).outcome, Outcome::solved) << month;
    ASSERT_LE(certify(t, numbers, s).worst(), kTolerance) << month;
    if (month % 50 != 0) continue;
    const Solution fresh = test::solved(test::kCascade, t, numbers);
    ASSERT_LE(difference(t, numbers, fresh, s).worst(), 1e-8) << month;
  }
}

TEST(Cascade, AColdStartForgetsEverything) {
  const test::MarketSequence months = test::market_sequence({.seed = 2, .regions = 6, .products = 3, .months = 20});
  const auto used = make_cascade_solver(months.topology);
  Solution s = Solution::zeros(months.topology);
  for (const Numbers& n : months.months) used->solve(n, s, Start::warm);
  const auto fresh = make_cascade_solver(months.topology);
  Solution a = Solution::zeros(months.topology), b = a;
  for (std::size_t k = 0; k < 5; ++k) {  // and what follows is the same too, bit by bit
    const Report first = used->solve(months.months[k], a, k == 0 ? Start::cold : Start::warm);
    const Report second = fresh->solve(months.months[k], b, k == 0 ? Start::cold : Start::warm);
    EXPECT_EQ(a.activity, b.activity) << k;
    EXPECT_EQ(a.price, b.price) << k;
    EXPECT_EQ(first.work.breakpoints, second.work.breakpoints) << k;
    EXPECT_EQ(first.work.newton_steps, second.work.newton_steps) << k;
  }
}

// Months like the last one are followed, not solved anew.
TEST(Cascade, FollowsMildMonths) {
  const test::MarketSequence months = test::market_sequence({.seed = 3, .regions = 8, .products = 4, .months = 24});
  const auto solver = make_cascade_solver(months.topology);
  Solution s = Solution::zeros(months.topology);
  solver->solve(months.months[0], s, Start::cold);
  int followed = 0;
  for (std::size_t k = 1; k < months.months.size(); ++k) {
    const Report report = solver->solve(months.months[k], s, Start::warm);
    ASSERT_EQ(report.outcome, Outcome::solved);
    if (report.work.newton_steps + report.work.interior_steps == 0) ++followed;
  }
  EXPECT_GE(followed, 18);
}

// A start that another program found, or rubbish, is only a start.
TEST(Cascade, ForeignStartsDoNotShow) {
  const test::MarketSequence months = test::market_sequence({.seed = 4, .regions = 5, .products = 3, .months = 6});
  const Topology& t = months.topology;
  const auto solver = make_cascade_solver(t);
  Solution s = Solution::zeros(t);
  for (const Numbers& n : months.months) {
    for (double& x : s.activity) x *= 3;
    for (double& price : s.price) price = 7 - price;
    ASSERT_EQ(solver->solve(n, s, Start::warm).outcome, Outcome::solved);
    EXPECT_LE(difference(t, n, test::solved(test::kReference, t, n), s).worst(), 1e-8);
  }
}

// The licence shock of 2025 on the real chain: every method, forwards and backwards, finds the same.
TEST(Cascade, MonthsOfTheRealChain) {
  const store::ProblemSequence sequence =
      store::read_problems(LODESTONE_SOURCE_DIR "/tests/market/instances/sequences/real_chain.json");
  const Topology& t = sequence.topology;
  ASSERT_GE(t.rows, 400);
  const auto forward = make_cascade_solver(t), backward = make_cascade_solver(t), path = make_homotopy_solver(t);
  Solution s = Solution::zeros(t), b = s, p = s;
  std::vector<Solution> found;
  for (const store::Period& period : sequence.periods) {
    ASSERT_EQ(forward->solve(period.numbers, s, Start::warm).outcome, Outcome::solved) << period.label;
    ASSERT_EQ(path->solve(period.numbers, p, Start::warm).outcome, Outcome::solved) << period.label;
    const Solution cold = test::solved(test::kNewton, t, period.numbers);
    for (const Solution* one : std::initializer_list<const Solution*>{&s, &p, &cold}) {
      EXPECT_LE(certify(t, period.numbers, *one).worst(), kTolerance) << period.label;
      EXPECT_LE(std::abs(objective(period.numbers, one->activity) / objective(period.numbers, s.activity) - 1), 1e-8);
    }
    found.push_back(s);
  }
  for (std::size_t k = sequence.periods.size(); k-- > 0;) {
    const Numbers& n = sequence.periods[k].numbers;
    ASSERT_EQ(backward->solve(n, b, Start::warm).outcome, Outcome::solved);
    EXPECT_LE(std::abs(objective(n, b.activity) / objective(n, found[k].activity) - 1), 1e-8) << k;
    for (std::size_t i = 0; i < b.price.size(); ++i) {
      EXPECT_LE(std::abs(b.price[i] - found[k].price[i]), 1e-6 * t.price_scale[i]) << k << " row " << i;
    }
  }
}

}  // namespace
}  // namespace lodestone::market
