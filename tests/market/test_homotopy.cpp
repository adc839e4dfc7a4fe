// What only the homotopy has: a path that is capped, a point taken over from elsewhere, kernels for several processors.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "lodestone/market/homotopy_solver.hpp"
#include "lodestone/store/problem_file.hpp"
#include "shared_body.hpp"
#include "tests/support/agreement.hpp"
#include "tests/support/random_market.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::TinyProblem;

store::ProblemSequence read(const std::string& name) {
  return store::read_problems(LODESTONE_SOURCE_DIR "/tests/market/instances/sequences/" + name + ".json");
}

class HomotopySequence : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Market, HomotopySequence, testing::Values("small_s1", "smalltie_s1", "medium_s1", "large_s1"),
                         [](const auto& one) { return one.param; });

// Every month is what Newton finds cold, and is found without Newton's help.
TEST_P(HomotopySequence, FollowsEveryMonth) {
  const auto sequence = read(GetParam());
  const Topology& t = sequence.topology;
  const auto path = make_homotopy_solver(t), newton = make_newton_solver(t);
  Solution s = Solution::zeros(t), n = s;
  Start start = Start::cold;
  for (const auto& period : sequence.periods) {
    const Report report = path->solve(period.numbers, s, start);
    ASSERT_EQ(report.outcome, Outcome::solved) << period.label;
    EXPECT_EQ(report.work.newton_steps, 0) << period.label;
    EXPECT_LE(certify(t, period.numbers, s).worst(), 1e-10) << period.label;
    newton->solve(period.numbers, n, Start::cold);
    EXPECT_LE(test::difference(t, period.numbers, s, n).worst(), 1e-9) << period.label;
    start = Start::warm;
  }
}

// Backwards, with jumps: the same answers, open prices included.
TEST_P(HomotopySequence, OrderOfMonthsDoesNotShow) {
  const auto sequence = read(GetParam());
  const Topology& t = sequence.topology;
  const auto forward = make_homotopy_solver(t), jumping = make_homotopy_solver(t);
  const std::size_t months = sequence.periods.size();
  std::vector<Solution> found;
  Solution s = Solution::zeros(t);
  for (const auto& period : sequence.periods) {
    ASSERT_EQ(forward->solve(period.numbers, s, Start::warm).outcome, Outcome::solved) << period.label;
    found.push_back(s);
  }
  s = Solution::zeros(t);
  for (std::size_t k = 0; k < months; ++k) {
    const std::size_t month = k % 3 == 2 ? k / 2 : months - 1 - k;
    const Numbers& numbers = sequence.periods[month].numbers;
    ASSERT_EQ(jumping->solve(numbers, s, Start::warm).outcome, Outcome::solved) << month;
    EXPECT_LE(test::difference(t, numbers, s, found[month]).worst(), 1e-8) << month;
    for (Index i = 0; i < t.rows; ++i) {
      EXPECT_NEAR(s.price[i] / t.price_scale[i], found[month].price[i] / t.price_scale[i], 1e-8) << month << ' ' << i;
    }
  }
}

// The path stops at its limit and says so; a point from another method gets it going again.
TEST(Homotopy, StopsAtItsLimitAndGoesOnFromAPointTakenOver) {
  const auto sequence = read("medium_s1");
  const Topology& t = sequence.topology;
  HomotopySolver path(t);
  const auto newton = make_newton_solver(t);
  Solution s = Solution::zeros(t);
  EXPECT_NE(path.follow(sequence.periods[0].numbers, s, 1000).outcome, Outcome::solved) << "no point to start from";
  newton->solve(sequence.periods[0].numbers, s, Start::cold);
  path.adopt(sequence.periods[0].numbers, s);
  EXPECT_TRUE(path.continues(s));
  const Solution before = s;
  const Report capped = path.follow(sequence.periods[1].numbers, s, 1);
  EXPECT_EQ(capped.outcome, Outcome::iteration_limit);
  EXPECT_EQ(capped.work.breakpoints, 1);
  EXPECT_EQ(s.price, before.price);
  EXPECT_FALSE(path.continues(s));
  path.adopt(sequence.periods[0].numbers, s);
  const Report report = path.follow(sequence.periods[1].numbers, s, 1000);
  EXPECT_EQ(report.outcome, Outcome::solved);
  EXPECT_GT(report.work.breakpoints, 1);
  EXPECT_EQ(report.work.newton_steps, 0);
  EXPECT_TRUE(certify(t, sequence.periods[1].numbers, s).holds(1e-10));
  EXPECT_TRUE(path.continues(s));
}

// The same month again: nothing changes its state.
TEST(Homotopy, AnUnchangedMonthHasNoBreakpoints) {
  const auto sequence = read("medium_s1");
  const auto path = make_homotopy_solver(sequence.topology);
  Solution s = Solution::zeros(sequence.topology);
  path->solve(sequence.periods[0].numbers, s, Start::cold);
  const Solution first = s;
  const Report report = path->solve(sequence.periods[0].numbers, s, Start::warm);
  EXPECT_EQ(report.outcome, Outcome::solved);
  EXPECT_EQ(report.work.breakpoints, 0);
  for (std::size_t j = 0; j < s.price.size(); ++j) EXPECT_NEAR(s.price[j], first.price[j], 1e-8);
}

// No prices at all, so no path: the columns are still put where they belong.
TEST(Homotopy, ColumnsWithoutRows) {
  TinyProblem p(0);
  p.add({}, -1, 0, 5);
  p.add({}, 1, 0, 5);
  const auto solver = make_homotopy_solver(p.topology);
  Solution s = Solution::zeros(p.topology);
  for (const Start start : {Start::cold, Start::warm}) {
    ASSERT_EQ(solver->solve(p.numbers, s, start).outcome, Outcome::solved);
    EXPECT_EQ(s.activity[0], 5);
    EXPECT_EQ(s.activity[1], 0);
  }
}

// Everything at its bound: any price from 1 to 5 would clear. The answer must not depend on where the path came from.
TEST(Homotopy, OpenPricesDoNotRememberHistory) {
  TinyProblem p(2, 0, 3, 10);
  p.supply(0, 1, 0.1, 2);
  p.arc(0, 1, 0.5, 0.2);
  p.demand(1, 6.5, 0.25, 2);
  const auto solver = make_homotopy_solver(p.topology);
  const Solution cold = test::solved(test::kNewton, p.topology, p.numbers);
  Solution s = Solution::zeros(p.topology);
  for (const double cost : {0.2, 3.0, 5.9, 9.0, 0.0}) {
    Numbers other = p.numbers;
    other.cost[0] = cost;
    ASSERT_EQ(solver->solve(other, s, Start::warm).outcome, Outcome::solved);
    ASSERT_EQ(solver->solve(p.numbers, s, Start::warm).outcome, Outcome::solved);
    EXPECT_NEAR(s.price[0], cold.price[0], 1e-8) << cost;
    EXPECT_NEAR(s.price[1], cold.price[1], 1e-8) << cost;
  }
}

// Tariffs that come, change and go: the path starts at prices that carry the new ones.
TEST(Homotopy, WedgesMayChangeFromMonthToMonth) {
  TinyProblem p(4);
  p.supply(0, 1, 1);
  for (Index k = 0; k < 3; ++k) p.arc(k, k + 1, 0.5, 0.1, 1.45);
  p.supply(3, 40, 1);
  p.demand(3, 60, 2);
  const auto solver = make_homotopy_solver(p.topology);
  Solution s = Solution::zeros(p.topology);
  for (const double scale : {1.0, 0.0, 2.0, 0.3, 1.0}) {
    Numbers n = p.numbers;
    for (double& w : n.wedge) w *= scale;
    const Report report = solver->solve(n, s, Start::warm);
    ASSERT_EQ(report.outcome, Outcome::solved) << scale;
    EXPECT_EQ(report.work.newton_steps, 0) << scale;
    EXPECT_LE(certify(p.topology, n, s).worst(), 1e-12) << scale;
    const Solution cold = test::solved(test::kNewton, p.topology, n);
    for (Index i = 0; i < 4; ++i) EXPECT_NEAR(s.price[i], cold.price[i], 1e-9) << scale;
  }
}

// Vectors of any length, equal steps and values below 0 included: every kernel finds what the plain one finds.
TEST(Kernels, AllAgree) {
  std::mt19937 random(3);
  const auto number = [&random] { return static_cast<double>(random() % 2001) / 1000 - 1; };
  const auto all = all_kernels();
  for (const Index count : {0, 1, 7, 8, 9, 63, 100, 517}) {
    constexpr Index kRows = 19;
    std::vector<double> d(kRows), price(kRows), radius(kRows);
    for (double& value : d) value = number();
    for (double& value : price) value = number();
    for (double& value : radius) value = 0.2 * std::abs(number());
    std::vector<Index> row0(count), row1(count);
    std::vector<double> v(count), dv(count), p0(count), p1(count), cost(count), factor(count);
    for (Index k = 0; k < count; ++k) {
      row0[k] = static_cast<Index>(random() % kRows);
      row1[k] = static_cast<Index>(random() % kRows);
      for (auto* to : {&dv, &p0, &p1, &cost, &factor}) (*to)[k] = number();
      v[k] = std::abs(number());
    }
    std::vector<double> plain_v, plain_dv, plain_less;
    std::vector<Index> plain_found, plain_box, plain_far;
    NextStep plain{};
    for (const Kernels* kernels : all) {
      std::vector<double> own_v = v, own_dv = dv;
      const WatchList list{own_v.data(), own_dv.data(), p0.data(), p1.data(), row0.data(), row1.data(), count};
      const NextStep next = kernels->advance(list, 0.1, d.data(), 0.7);
      std::vector<Index> found(count + Kernels::kSpareRoom), box = found, far = found;
      const ScanColumns columns{count, row0.data(), row1.data(), p0.data(), p1.data(), cost.data(), factor.data()};
      found.resize(kernels->scan(columns, price.data(), 0.1, found.data()));
      box.resize(kernels->scan_box(columns, price.data(), radius.data(), box.data()));
      far.resize(kernels->scan_far(columns, price.data(), radius.data(), dv.data(), far.data()));
      std::vector<double> less = v;
      kernels->subtract(less.data(), 0.3, p0.data(), count);
      if (kernels == all.front()) {
        plain_v = own_v;
        plain_dv = own_dv;
        plain = next;
        plain_found = found;
        plain_box = box;
        plain_far = far;
        plain_less = less;
      }
      EXPECT_EQ(own_v, plain_v) << kernels->name;
      EXPECT_EQ(own_dv, plain_dv) << kernels->name;
      EXPECT_EQ(next.step, plain.step) << kernels->name << ' ' << count;
      EXPECT_EQ(next.item < 0, plain.item < 0) << kernels->name;
      EXPECT_EQ(found, plain_found) << kernels->name;
      EXPECT_EQ(box, plain_box) << kernels->name;
      EXPECT_EQ(far, plain_far) << kernels->name;
      EXPECT_EQ(less, plain_less) << kernels->name;
    }
  }
}

}  // namespace
}  // namespace lodestone::market
