// Markets small enough to be solved by hand, and the degenerate ones: the same tests for every solver.
#include <gmock/gmock.h>

#include <cmath>

#include "shared_body.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::Method;
using test::TinyProblem;
using testing::Each;

class EverySolver : public testing::TestWithParam<Method> {
 protected:
  static Solution solved(const TinyProblem& p) { return test::solved(GetParam(), p.topology, p.numbers); }
  static Outcome outcome(const TinyProblem& p) {
    Solution s = Solution::zeros(p.topology);
    return GetParam().make(p.topology)->solve(p.numbers, s, Start::cold).outcome;
  }
};
INSTANTIATE_TEST_SUITE_P(Market, EverySolver,
                         testing::Values(test::kNewton, test::kInteriorPoint, test::kHomotopy, test::kCascade,
                                         test::kReference),
                         test::method_name);

TEST_P(EverySolver, StraightLinesCross) {
  TinyProblem p(1, 0, 10, 1000);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[0], 4, 1e-12);
  EXPECT_NEAR(s.price[0], 6, 1e-12);
}

TEST_P(EverySolver, CapacityEarnsARent) {
  TinyProblem p(1);
  p.supply(0, 2, 1, 3);
  p.demand(0, 10, 1);
  const Solution s = solved(p);
  EXPECT_EQ(s.activity[0], 3);
  EXPECT_NEAR(s.price[0], 7, 1e-12);
}

// A chain over three borders, each with a tariff of 145 %.
TEST_P(EverySolver, TariffsThroughThreeStages) {
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

// The same tariffs with goods passing through three stages of processing, a by-product and a second, untaxed source.
TEST_P(EverySolver, TariffsOnOreOxideAndMetal) {
  TinyProblem p(6);  // ore, oxide, metal in two regions: 2 k and 2 k + 1
  p.supply(0, 1, 0.5);
  p.supply(1, 30, 0.5);
  for (Index k = 0; k < 3; ++k) p.arc(2 * k, 2 * k + 1, 0.1, 0.2, 1.45);
  for (Index r = 0; r < 2; ++r) {
    p.add({{r, -1}, {2 + r, 0.6}}, 1, 0.1);
    p.add({{2 + r, -1}, {4 + r, 0.9}}, 1, 0.1);
    p.demand(4 + r, 100, 5);
  }
  const Solution s = solved(p);
  EXPECT_GT(s.price[5], s.price[4]);
  EXPECT_LT(s.price[5], 2.45 * s.price[4] + 0.1 + 10);  // no dearer than metal shipped over the border
}

TEST_P(EverySolver, QuotaRent) {
  TinyProblem p(2, 1);
  p.supply(0, 1, 0.01);
  p.add({{0, -1}, {1, 1}, {2, -1}}, 1);
  p.numbers.rhs[2] = -2;
  p.demand(1, 10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[1], 2, 1e-12);
  EXPECT_NEAR(s.price[2], 8 - 1 - 1.02, 1e-12);
}

TEST_P(EverySolver, QuotaOfZero) {
  TinyProblem p(2, 1);
  p.supply(0, 1, 1);
  p.demand(0, 3, 1);
  p.add({{0, -1}, {1, 1}, {2, -1}}, 1);
  p.demand(1, 10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[2], 0, 1e-12);
  EXPECT_NEAR(s.activity[3], 0, 1e-12);
  EXPECT_NEAR(s.price[0], 2, 1e-12);
  EXPECT_GE(s.price[1], 10 - 1e-9);              // nobody buys
  EXPECT_GE(s.price[2], s.price[1] - 3 - 1e-9);  // and the right to ship is worth the difference
}

TEST_P(EverySolver, WorthlessByProductIsFree) {
  TinyProblem p(3);
  p.supply(0, 1, 1);
  p.add({{0, -1}, {1, 1}, {2, 5}}, 0, 0.1);
  p.demand(1, 10, 1);
  p.demand(2, 1, 1, 0.5);
  const Solution s = solved(p);
  EXPECT_NEAR(s.price[2], 0, 1e-12);
  EXPECT_NEAR(s.activity[0], 9 / 2.1, 1e-12);
}

// Several by-products nobody wants, with a cost of their own: the main product pays for all.
TEST_P(EverySolver, WorthlessByProductsCostTheMainOne) {
  TinyProblem p(4);
  p.supply(0, 1, 0);
  p.add({{0, -1}, {1, 0.5}, {2, 0.3}, {3, 0.2}}, 0.5);
  p.add({{2, -1}}, 2, 0, 0.1);  // disposal against payment is not used while free disposal exists
  p.demand(1, 10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.price[1], 3, 1e-12);
  EXPECT_NEAR(s.activity[1], 14, 1e-12);
  EXPECT_NEAR(s.price[2] + s.price[3], 0, 1e-12);
  EXPECT_NEAR(s.activity[2], 0, 1e-12);
}

TEST_P(EverySolver, LinearColumnsAndTies) {
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

// All routes over a ring of six regions cost the same whole number.
TEST_P(EverySolver, RoutesThatTie) {
  TinyProblem p(6);
  for (Index r = 0; r < 6; ++r) {
    for (const Index step : {1, 5}) p.arc(r, (r + step) % 6, 1);
  }
  p.supply(0, 10, 0, 6);
  for (Index r = 1; r < 6; ++r) p.demand(r, 20, 0, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(objective(p.numbers, s.activity), -5 * 10 + 2 * 1 + 2 * 2 + 3, 1e-9);
  for (Index r = 0; r < 6; ++r) EXPECT_NEAR(s.price[r], 10 + std::min(r, 6 - r), 1e-9) << r;
}

TEST_P(EverySolver, ArrivalsAreSold) {
  TinyProblem p(1);
  p.numbers.rhs[0] = -3;  // three units come in whatever the price
  p.demand(0, 10, 1);
  EXPECT_NEAR(solved(p).price[0], 7, 1e-12);
  p.numbers.rhs[0] = -30;
  EXPECT_EQ(solved(p).price[0], 0);
}

TEST_P(EverySolver, EverythingIsBanned) {
  TinyProblem p(3, 1);
  p.supply(0, 2, 1);
  p.demand(0, 10, 1);
  p.arc(0, 1, 1);
  p.add({{1, -1}, {2, 0.5}, {3, -1}}, 1);
  for (double& u : p.numbers.upper) u = 0;
  EXPECT_THAT(solved(p).activity, Each(0.0));
}

TEST_P(EverySolver, NothingAtAll) {
  TinyProblem no_rows(0);
  EXPECT_TRUE(solved(no_rows).activity.empty());
  TinyProblem no_columns(2, 1);
  EXPECT_THAT(solved(no_columns).price, testing::SizeIs(3));
  TinyProblem empty_columns(1);
  empty_columns.add({}, 1, 0, 5);
  empty_columns.add({}, -1, 0, 5);
  const Solution s = solved(empty_columns);
  EXPECT_NEAR(s.activity[0], 0, 1e-12);
  EXPECT_NEAR(s.activity[1], 5, 1e-12);
}

TEST_P(EverySolver, NoCapacity) {
  TinyProblem p(2);
  p.supply(0, 2, 1, 0);
  p.arc(0, 1, 1, 0.5);
  p.demand(1, 10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[2], 0, 1e-12);
  EXPECT_GE(s.price[1], 10 - 1e-9);
}

TEST_P(EverySolver, NoDemand) {
  TinyProblem p(2);
  p.supply(0, 2, 1);
  p.arc(0, 1, 1, 0.5);
  p.demand(1, 10, 1, 0);
  EXPECT_NEAR(solved(p).activity[0], 0, 1e-12);
}

TEST_P(EverySolver, OneRegionManySteps) {
  TinyProblem p(1);
  for (int k = 0; k < 10; ++k) p.supply(0, 1 + k, 0, 1);
  for (int k = 0; k < 10; ++k) p.demand(0, 10.5 - k, 0, 1);
  const Solution s = solved(p);  // 1..5 below 10.5..6.5: five units, the fifth costs 5, the sixth buyer pays 5.5
  EXPECT_NEAR(objective(p.numbers, s.activity), (1 + 2 + 3 + 4 + 5) - (10.5 + 9.5 + 8.5 + 7.5 + 6.5), 1e-9);
  EXPECT_GE(s.price[0], 5.5 - 1e-9);
  EXPECT_LE(s.price[0], 6 + 1e-9);
}

TEST_P(EverySolver, RegionCutOff) {
  TinyProblem p(3);
  p.supply(0, 1, 1);
  p.demand(0, 9, 1);
  p.arc(0, 1, 0.5, 0.1);
  p.demand(1, 9, 1);
  p.add({{0, -1}, {2, 1}}, 0.5, 0.1, 0);  // shut
  p.add({{1, -1}, {2, 1}}, 0.5, 0.1, 0);  // shut
  p.demand(2, 9, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.activity[6], 0, 1e-12);
  EXPECT_GE(s.price[2], 9 - 1e-9);
  TinyProblem two(2);  // the others trade as if the third did not exist
  two.supply(0, 1, 1);
  two.demand(0, 9, 1);
  two.arc(0, 1, 0.5, 0.1);
  two.demand(1, 9, 1);
  EXPECT_NEAR(s.price[0], solved(two).price[0], 1e-12);
}

// Coefficients and volumes over nine orders of magnitude in one problem; each market is as exact as the largest.
TEST_P(EverySolver, SmallMarketsAreAsExactAsLargeOnes) {
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

// One chain in which a unit of product is a billionth of a unit of ore, and priced accordingly.
TEST_P(EverySolver, GradesOverNineOrders) {
  TinyProblem p(4);
  for (Index k = 0; k < 4; ++k) p.topology.price_scale[k] = std::pow(1000.0, k);
  p.supply(0, 1, 1);
  for (Index k = 0; k < 3; ++k) p.add({{k, -1000}, {k + 1, 1}}, 0);
  p.demand(3, 4e9, 1e18);  // 4e9 - 1e18 y at a cost of 1e9 (1 + 1e9 y)
  const Solution s = solved(p);
  EXPECT_NEAR(s.price[3], 1e9 * (1 + 1.5), 1e-3);
  EXPECT_NEAR(s.activity[0], 1.5, 1e-9);
}

// Royalties reach the seller, VAT the buyer: 0.8 p = 1 + x and 1.2 p = 10 - x.
TEST_P(EverySolver, RoyaltiesAndVat) {
  TinyProblem p(1);
  p.add({{0, 1, -0.2}}, 1, 1);
  p.add({{0, -1, 0.2}}, -10, 1);
  const Solution s = solved(p);
  EXPECT_NEAR(s.price[0], 5.5, 1e-12);
  EXPECT_NEAR(s.activity[0], 3.4, 1e-12);
}

// Prices and quantities in other units give the same market.
TEST_P(EverySolver, UnitsDoNotMatter) {
  TinyProblem p(2, 1), q(2, 1);
  p.supply(0, 1, 0.3, 4);
  p.add({{0, -1, 0.4}, {1, 1}, {2, -1}}, 1, 0.01);
  p.demand(1, 10, 1);
  p.numbers.rhs[2] = -3;
  q.topology.price_scale = {1e-3, 1e3, 1};
  q.topology.money_scale = 50;
  q.add({{0, 1e3}}, 1, 0.3, 4);  // kilograms, and thousands of money in the second region
  q.add({{0, -1e3, 0.4}, {1, 1e-3}, {2, -1}}, 1, 0.01);
  q.add({{1, -1e-3}}, -10, 1);
  q.numbers.rhs[2] = -3;
  const Solution a = solved(p), b = solved(q);
  EXPECT_NEAR(a.price[0], b.price[0] * 1e3, 1e-10);
  EXPECT_NEAR(a.price[1], b.price[1] * 1e-3, 1e-10);
  EXPECT_NEAR(a.activity[1], b.activity[1], 1e-10);
}

// Demand for a right-hand side that nobody can serve: reported, not looped over.
TEST_P(EverySolver, InfeasibleIsReported) {
  TinyProblem p(1);
  p.supply(0, 1, 1, 2);
  p.numbers.rhs[0] = 5;
  EXPECT_NE(outcome(p), Outcome::solved);
}

TEST_P(EverySolver, NumbersThatAreNotNumbersFailWithoutHanging) {
  TinyProblem p(1);
  p.supply(0, std::nan(""), 1);
  p.demand(0, 10, 1);
  EXPECT_NE(outcome(p), Outcome::solved);
}

TEST(Reference, RefusesWhatIsTooLarge) {
  TinyProblem p(1);
  for (Index k = 0; k < reference_size_limit; ++k) p.supply(0, 1, 1);
  Solution s;
  EXPECT_EQ(make_reference_solver(p.topology)->solve(p.numbers, s, Start::cold).outcome, Outcome::too_large);
  for (double& u : p.numbers.upper) u = 0;  // nothing to decide about what is banned
  EXPECT_EQ(make_reference_solver(p.topology)->solve(p.numbers, s, Start::cold).outcome, Outcome::solved);
}

}  // namespace
}  // namespace lodestone::market
