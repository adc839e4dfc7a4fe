// The wrappers of Clp and Ipopt find answers known by hand, so that their word counts elsewhere.
#include <gtest/gtest.h>

#include <stdexcept>

#include "lodestone/market/certificate.hpp"
#include "tests/support/clp_solver.hpp"
#include "tests/support/ipopt_solver.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::ClpResult;
using test::ClpSolver;
using test::IpoptResult;
using test::IpoptSolver;
using test::TinyProblem;

// Two regions; supply at 2 + x in the first, demand at 10 - x in the second, an arc at 1 with a limit on it.
TinyProblem two_regions(double limit) {
  TinyProblem p(2, 1, 10, 1000);
  p.supply(0, 2, 1);
  p.add({{0, -1}, {1, 1}, {2, -1}}, 1);
  p.demand(1, 10, 1);
  p.numbers.rhs[2] = -limit;
  return p;
}

TEST(Ipopt, QuadraticProgramByHand) {
  TinyProblem p = two_regions(100);
  IpoptSolver ipopt(p.topology);
  IpoptResult r;
  ipopt.solve(p.numbers, r);
  ASSERT_TRUE(r.optimal);
  EXPECT_NEAR(r.solution.activity[1], 3.5, 1e-6);
  EXPECT_NEAR(r.solution.price[0], 5.5, 1e-6);
  EXPECT_NEAR(r.objective, 2 * 3.5 + 3.5 - 10 * 3.5 + 3.5 * 3.5, 1e-6);
  p.numbers.rhs[2] = -2;
  ipopt.solve(p.numbers, r);
  ASSERT_TRUE(r.optimal);
  EXPECT_NEAR(r.solution.price[2], 3, 1e-6);
  EXPECT_GT(r.iterations, 0);
}

TEST(Clp, LinearProgramByHandAndChangedInPlace) {
  TinyProblem p = two_regions(100);
  p.numbers.curvature = {0, 0, 0};
  p.numbers.upper = {5, kUnlimited, 7};
  ClpSolver clp(p.topology, std::vector<bool>(3, false), 8);
  ClpResult r;
  clp.solve(p.numbers, false, r);
  ASSERT_TRUE(r.optimal);
  EXPECT_NEAR(r.objective, -35, 1e-9);
  EXPECT_NEAR(r.pieces_objective, -35, 1e-9);
  EXPECT_NEAR(r.solution.price[0], 9, 1e-9);
  p.numbers.rhs[2] = -4;
  clp.solve(p.numbers, true, r);
  ASSERT_TRUE(r.optimal);
  EXPECT_NEAR(r.objective, -28, 1e-9);
  EXPECT_TRUE(certify(p.topology, p.numbers, r.solution).holds(1e-9));
}

TEST(Clp, PiecesComeCloseFromAbove) {
  TinyProblem p = two_regions(100);
  const double optimum = 2 * 3.5 + 3.5 - 10 * 3.5 + 3.5 * 3.5;
  double last = 0;
  for (const int pieces : {2, 8, 64, 512}) {
    ClpSolver clp(p.topology, test::curved_columns(p.topology, {p.numbers}), pieces);
    EXPECT_EQ(clp.columns(), 2 * pieces + 1);
    ClpResult r;
    clp.solve(p.numbers, false, r);
    ASSERT_TRUE(r.optimal);
    EXPECT_GE(r.objective, optimum - 1e-9);
    EXPECT_LE(r.objective, last);
    last = r.objective;
  }
  EXPECT_NEAR(last, optimum, 1e-2);
}

TEST(IndependentSolvers, RefuseWhatTheyCannotExpress) {
  TinyProblem p = two_regions(100);
  ClpSolver clp(p.topology, std::vector<bool>(3, false), 8);
  EXPECT_THROW(clp.load(p.numbers), std::invalid_argument) << "curvature that was not announced";
  p.numbers.wedge[1] = 0.1;
  IpoptSolver ipopt(p.topology);
  IpoptResult r;
  EXPECT_THROW(ipopt.solve(p.numbers, r), std::invalid_argument);
  EXPECT_THROW(clp.load(p.numbers), std::invalid_argument);
}

}  // namespace
}  // namespace lodestone::market
