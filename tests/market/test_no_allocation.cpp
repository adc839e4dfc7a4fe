// After a cold and a warm solve nothing is allocated any more, whatever the month brings.
#include <gtest/gtest.h>

#include <random>

#include "shared_body.hpp"
#include "tests/support/count_allocations.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using lodestone::test::allocations;
using test::TinyProblem;

TinyProblem world(Index regions, Index products) {
  TinyProblem p(regions * products, 1);
  std::mt19937 random(1);
  const auto number = [&random] { return 0.1 + static_cast<double>(random() % 1000) / 1000; };
  for (Index k = 0; k < products; ++k) {
    for (Index r = 0; r < regions; ++r) {
      const Index node = k * regions + r;
      p.supply(node, number(), number(), number());
      p.demand(node, 4 * number(), number());
      p.demand(node, 2 * number(), number(), number());
      if (k > 0) p.add({{node - regions, -1}, {node, 0.5}}, 0.1 * number(), 0.1);
      for (Index s = 0; s < regions; ++s) {
        if (s == r) continue;
        const Index other = k * regions + s;
        if (random() % 5 == 0 && other > node) {
          p.add({{node, -1}, {other, 1}, {regions * products, -1}}, 0.1 * number(), 0.2);
        } else {
          p.arc(node, other, 0.1 * number(), 0.2, number());
        }
      }
    }
  }
  p.numbers.rhs[regions * products] = -0.5;
  return p;
}

class NoAllocation : public testing::TestWithParam<test::Method> {};
INSTANTIATE_TEST_SUITE_P(Market, NoAllocation,
                         testing::Values(test::kNewton, test::kInteriorPoint, test::kHomotopy, test::kCascade),
                         test::method_name);

TEST_P(NoAllocation, LaterMonthsTakeNoMemory) {
  TinyProblem p = world(8, 3);
  const auto solver = GetParam().make(p.topology);
  Solution s = Solution::zeros(p.topology);
  std::vector<Quote> quotes;
  solver->solve(p.numbers, s, Start::cold);
  solver->solve(p.numbers, s, Start::warm);
  quote_nodes(p.topology, p.numbers, s, 1e-9, quotes);
  const Numbers base = p.numbers;
  std::mt19937 random(2);
  const long before = allocations.load();
  int solved = 0;
  for (int month = 0; month < 40; ++month) {
    p.numbers = base;
    for (double& c : p.numbers.cost) c *= 0.7 + 0.6 * static_cast<double>(random() % 1000) / 1000;
    if (month % 3 == 0) {  // bans, and tariffs off and on: other structures, other symmetry
      for (double& u : p.numbers.upper) u = random() % 4 == 0 ? 0 : u;
      for (double& w : p.numbers.wedge) w = month % 6 == 0 ? 0 : 2 * w;
      p.numbers.rhs.back() = 0;
    }
    const Start start = month % 10 == 9 ? Start::cold : Start::warm;
    if (solver->solve(p.numbers, s, start).outcome == Outcome::solved) ++solved;
    quote_nodes(p.topology, p.numbers, s, 1e-9, quotes);
  }
  EXPECT_EQ(allocations.load() - before, 0);
  EXPECT_EQ(solved, 40);
}

}  // namespace
}  // namespace lodestone::market
