// Every market that a solver once failed on. One bug, one file; the name inside says what was hard.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "lodestone/store/problem_file.hpp"
#include "shared_body.hpp"
#include "tests/support/agreement.hpp"

namespace lodestone::market {
namespace {

std::vector<std::string> kept(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& file :
       std::filesystem::directory_iterator(LODESTONE_SOURCE_DIR "/tests/market/instances" + folder)) {
    if (file.path().extension() == ".json") out.push_back(file.path().stem().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class KeptInstance : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Market, KeptInstance, testing::ValuesIn(kept("")), [](const auto& one) { return one.param; });

store::ProblemSequence read(const std::string& name) {
  return store::read_problems(LODESTONE_SOURCE_DIR "/tests/market/instances/" + name + ".json");
}

// Warm from one month to the next, and cold.
TEST_P(KeptInstance, IsSolved) {
  const store::ProblemSequence sequence = read(GetParam());
  const Topology& t = sequence.topology;
  const auto solver = make_cascade_solver(t);
  Solution warm = Solution::zeros(t);
  for (const store::Period& period : sequence.periods) {
    const Solution reference = test::solved(test::kReference, t, period.numbers);
    const Solution cold = test::solved(test::kCascade, t, period.numbers);
    ASSERT_EQ(solver->solve(period.numbers, warm, Start::warm).outcome, Outcome::solved) << period.label;
    EXPECT_TRUE(certify(t, period.numbers, warm).holds(kTolerance)) << period.label;
    EXPECT_LE(test::difference(t, period.numbers, reference, cold).worst(), 1e-8) << period.label;
    EXPECT_LE(test::difference(t, period.numbers, reference, warm).worst(), 1e-8) << period.label;
  }
}

// A method alone may give up, but says so.
TEST_P(KeptInstance, NoMethodIsWrongInSilence) {
  const store::ProblemSequence sequence = read(GetParam());
  for (const test::Method& method : {test::kNewton, test::kInteriorPoint, test::kHomotopy}) {
    for (const store::Period& period : sequence.periods) {
      Solution s = Solution::zeros(sequence.topology);
      const Report report = method.make(sequence.topology)->solve(period.numbers, s, Start::cold);
      if (report.outcome != Outcome::solved) continue;
      EXPECT_TRUE(certify(sequence.topology, period.numbers, s).holds(kTolerance)) << method.name << period.label;
    }
  }
}

// Months that nobody solves yet: the cascade says so, or is right. Those it learns to solve move up one folder.
class UnsolvedInstance : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Market, UnsolvedInstance, testing::ValuesIn(kept("/unsolved")),
                         [](const auto& one) { return one.param; });

TEST_P(UnsolvedInstance, IsFlagged) {
  const store::ProblemSequence sequence = read("unsolved/" + GetParam());
  for (const store::Period& period : sequence.periods) {
    Solution s = Solution::zeros(sequence.topology);
    const Outcome outcome = make_cascade_solver(sequence.topology)->solve(period.numbers, s, Start::cold).outcome;
    EXPECT_EQ(outcome == Outcome::solved, certify(sequence.topology, period.numbers, s).holds(kTolerance));
  }
}

// Ad-valorem wedges and straight columns: where a method starts may decide which answer it finds; each clears the
// market.
TEST(SeveralEquilibria, AreAllCertified) {
  const store::ProblemSequence sequence = read("several/two_equilibria");
  const Topology& t = sequence.topology;
  const auto solver = make_cascade_solver(t);
  Solution warm = Solution::zeros(t);
  for (const store::Period& period : sequence.periods) {
    const Start start = &period == &sequence.periods.front() ? Start::cold : Start::warm;
    ASSERT_EQ(solver->solve(period.numbers, warm, start).outcome, Outcome::solved) << period.label;
    EXPECT_LE(certify(t, period.numbers, warm).worst(), 1e-12) << period.label;
  }
  const Numbers& last = sequence.periods.back().numbers;
  const Solution lemke = test::solved(test::kReference, t, last);
  EXPECT_LE(certify(t, last, lemke).worst(), 1e-12);
  EXPECT_GT(test::difference(t, last, lemke, warm).worst(), 0.1);
}

}  // namespace
}  // namespace lodestone::market
