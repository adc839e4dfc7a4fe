// Sequences of monthly problems with reference solutions by other programs: what the solver is measured on.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/store/problem_file.hpp"
#include "shared_body.hpp"
#include "tests/support/agreement.hpp"
#include "tests/support/clp_solver.hpp"
#include "tests/support/ipopt_solver.hpp"

namespace lodestone::market {
namespace {

using store::Period;
using store::ProblemSequence;
using test::difference;

ProblemSequence read(const std::string& name) {
  return store::read_problems(LODESTONE_SOURCE_DIR "/tests/market/instances/sequences/" + name + ".json");
}

// Objective and prices that the file gives, where they are unique.
void expect_reference(const ProblemSequence& sequence, const Period& period, const Solution& s) {
  ASSERT_TRUE(period.reference.objective.has_value());
  EXPECT_NEAR(objective(period.numbers, s.activity) / *period.reference.objective, 1, 1e-10) << period.label;
  std::vector<bool> compared(s.price.size(), true);
  for (const Index row : period.reference.not_unique) compared[row] = false;
  const std::vector<bool> settled = test::settled_prices(sequence.topology, period.numbers, s);
  for (std::size_t row = 0; row < compared.size(); ++row) {
    if (!compared[row] || !settled[row]) continue;
    const double off = std::abs(s.price[row] - period.reference.price[row]) / sequence.topology.price_scale[row];
    EXPECT_LE(off, 1e-7) << period.label << ", row " << row;
  }
}

class Sequence : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Market, Sequence, testing::Values("small_s1", "smalltie_s1", "medium_s1", "large_s1"),
                         [](const auto& one) { return one.param; });

// One workspace through all months: every month equals the reference, a cold solve, and is certified.
TEST_P(Sequence, EveryMonthIsTheReference) {
  const ProblemSequence sequence = read(GetParam());
  const Topology& t = sequence.topology;
  const auto warm = make_newton_solver(t), cold = make_newton_solver(t);
  Solution s = Solution::zeros(t), c = s;
  for (const Period& period : sequence.periods) {
    ASSERT_EQ(warm->solve(period.numbers, s, Start::warm).outcome, Outcome::solved) << period.label;
    ASSERT_EQ(cold->solve(period.numbers, c, Start::cold).outcome, Outcome::solved) << period.label;
    EXPECT_LE(certify(t, period.numbers, s).worst(), 1e-10) << period.label;
    EXPECT_LE(certify(t, period.numbers, c).worst(), 1e-10) << period.label;
    EXPECT_LE(difference(t, period.numbers, s, c).worst(), 1e-9) << period.label;
    expect_reference(sequence, period, s);
  }
}

// Backwards, with a jump of many months and a start from nowhere in between: the same answers.
TEST_P(Sequence, OrderOfMonthsDoesNotShow) {
  const ProblemSequence sequence = read(GetParam());
  const Topology& t = sequence.topology;
  const auto solver = make_newton_solver(t);
  Solution s = Solution::zeros(t);
  const std::size_t months = sequence.periods.size();
  for (std::size_t k = 0; k < months; ++k) {
    const Period& period = sequence.periods[k % 3 == 2 ? k / 2 : months - 1 - k];
    ASSERT_EQ(solver->solve(period.numbers, s, Start::warm).outcome, Outcome::solved) << period.label;
    EXPECT_LE(certify(t, period.numbers, s).worst(), 1e-10) << period.label;
    expect_reference(sequence, period, s);
  }
}

TEST_P(Sequence, WarmStartsAreCheaper) {
  const ProblemSequence sequence = read(GetParam());
  const auto solver = make_newton_solver(sequence.topology);
  Solution s = Solution::zeros(sequence.topology), c = s;
  std::int64_t warm = 0, cold = 0;
  for (const Period& period : sequence.periods) {
    cold += solver->solve(period.numbers, c, Start::cold).work.newton_steps;
    warm += solver->solve(period.numbers, s, Start::warm).work.newton_steps;
  }
  EXPECT_LT(2 * warm, cold);
}

// The slow solver on some months of the small sequences.
TEST(SmallSequence, LemkeAgrees) {
  for (const char* name : {"small_s1", "smalltie_s1"}) {
    const ProblemSequence sequence = read(name);
    for (std::size_t k = 0; k < sequence.periods.size(); k += 16) {
      const Period& period = sequence.periods[k];
      const Solution s = test::solved(test::kReference, sequence.topology, period.numbers);
      const Solution n = test::solved(test::kNewton, sequence.topology, period.numbers);
      expect_reference(sequence, period, s);
      EXPECT_LE(difference(sequence.topology, period.numbers, s, n).worst(), 1e-9) << name << period.label;
    }
  }
}

TEST(SmallSequence, IpoptAgrees) {
  const ProblemSequence sequence = read("small_s1");
  test::IpoptSolver ipopt(sequence.topology);
  test::IpoptResult r;
  for (std::size_t k = 0; k < sequence.periods.size(); k += 6) {
    ipopt.solve(sequence.periods[k].numbers, r);
    ASSERT_TRUE(r.optimal);
    EXPECT_NEAR(r.objective / *sequence.periods[k].reference.objective, 1, 1e-8);
  }
}

// Straight pieces instead of curves: from above, and close.
TEST_P(Sequence, ClpOnPiecesComesCloseFromAbove) {
  const ProblemSequence sequence = read(GetParam());
  std::vector<Numbers> months;
  for (const Period& period : sequence.periods) months.push_back(period.numbers);
  test::ClpSolver clp(sequence.topology, test::curved_columns(sequence.topology, months), 8);
  test::ClpResult r;
  for (std::size_t k = 0; k < months.size(); k += 4) {
    clp.solve(months[k], k > 0, r);
    ASSERT_TRUE(r.optimal);
    const double optimum = *sequence.periods[k].reference.objective;  // below 0: welfare with its sign changed
    EXPECT_GE(r.objective, optimum * (1 + 1e-9));
    EXPECT_LE(r.objective, optimum * (1 - 5e-3));
  }
}

}  // namespace
}  // namespace lodestone::market
