// Random markets against independent solvers. LODESTONE_RANDOM_MARKETS says how many (2000 when not set); the seeds are
// fixed, so that a failure is found again.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "shared_body.hpp"
#include "tests/support/agreement.hpp"
#include "tests/support/clp_solver.hpp"
#include "tests/support/ipopt_solver.hpp"
#include "tests/support/random_market.hpp"

namespace lodestone::market {
namespace {

using test::difference;
using test::MarketShape;
using test::random_market;
using test::RandomMarket;

int markets() {
  const char* asked = std::getenv("LODESTONE_RANDOM_MARKETS");
  const int count = asked != nullptr ? std::atoi(asked) : 2000;
  return std::max(count, 1);
}

// Shrinks to fewer regions and products; the seed stays.
MarketShape any_shape() {
  const auto number = [](int first, int last) { return *rc::gen::resize(100, rc::gen::inRange(first, last)); };
  const auto chance = [&number](int percent) { return number(0, 100) >= 100 - percent; };  // shrinks to no
  MarketShape shape;
  shape.seed = *rc::gen::noShrink(rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
  shape.regions = number(1, 7);
  shape.products = number(1, 5);
  shape.straight = chance(25);
  shape.wedges = chance(50);
  shape.ties = chance(25);
  shape.spread = chance(40);
  shape.harsh = chance(50);
  RC_LOG() << fmt::format("seed {} regions {} products {} straight {} wedges {} ties {} spread {} harsh {}\n",
                          shape.seed, shape.regions, shape.products, shape.straight, shape.wedges, shape.ties,
                          shape.spread, shape.harsh);
  return shape;
}

template <class Property>
void check(int count, std::uint64_t seed, Property property) {
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = testing::UnitTest::GetInstance()->current_test_info()->name();
  rc::detail::TestParams params;
  params.seed = seed;
  params.maxSuccess = std::max(count, 1);
  const auto result = rc::detail::checkTestable(property, metadata, params);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << message.str();
}

// Solves and certifies, or fails the property.
Solution cleared(const test::Method& method, const Topology& t, const Numbers& n) {
  Solution s = Solution::zeros(t);
  const Report report = method.make(t)->solve(n, s, Start::cold);
  RC_LOG() << method.name << ": " << to_string(report.outcome) << '\n';
  RC_ASSERT(report.outcome == Outcome::solved);
  RC_ASSERT(certify(t, n, s).worst() <= kTolerance);
  return s;
}

// Several equilibria are possible where ad-valorem wedges meet straight supply and demand.
bool has_one_answer(const MarketShape& shape) {
  return !shape.wedges || !(shape.straight || shape.ties);
}

TEST(RandomMarkets, NewtonIsLemke) {
  check(markets(), 1, [] {
    const MarketShape shape = any_shape();
    const RandomMarket m = random_market(shape);
    RC_ASSERT(defects(m.topology).empty());
    RC_ASSERT(defects(m.topology, m.numbers).empty());
    const Solution reference = cleared(test::kReference, m.topology, m.numbers);
    const Solution newton = cleared(test::kNewton, m.topology, m.numbers);
    if (has_one_answer(shape)) RC_ASSERT(difference(m.topology, m.numbers, reference, newton).worst() <= 1e-8);
  });
}

// From nothing along the path to the same answer.
TEST(RandomMarkets, HomotopyIsNewton) {
  check(markets(), 6, [] {
    const MarketShape shape = any_shape();
    const RandomMarket m = random_market(shape);
    const Solution newton = cleared(test::kNewton, m.topology, m.numbers);
    const Solution path = cleared(test::kHomotopy, m.topology, m.numbers);
    if (has_one_answer(shape)) RC_ASSERT(difference(m.topology, m.numbers, newton, path).worst() <= 1e-8);
  });
}

TEST(RandomMarkets, LinearOnesAreClps) {
  check(markets() / 5, 2, [] {
    MarketShape shape = any_shape();
    shape.straight = true;
    shape.wedges = false;
    const RandomMarket m = random_market(shape);
    const Solution newton = cleared(test::kNewton, m.topology, m.numbers);
    test::ClpSolver clp(m.topology, std::vector<bool>(newton.activity.size(), false), 1);
    test::ClpResult r;
    clp.solve(m.numbers, false, r);
    RC_ASSERT(r.optimal);
    const double off = std::abs(r.objective - objective(m.numbers, newton.activity));
    RC_ASSERT(off <= 1e-8 * (m.topology.money_scale + std::abs(r.objective)));
  });
}

TEST(RandomMarkets, QuadraticOnesAreIpopts) {
  check(markets() / 5, 3, [] {
    MarketShape shape = any_shape();
    shape.straight = shape.ties = shape.wedges = false;
    shape.spread = false;  // Ipopt keeps to one tolerance for the smallest and the largest market
    const RandomMarket m = random_market(shape);
    const Solution newton = cleared(test::kNewton, m.topology, m.numbers);
    test::IpoptSolver ipopt(m.topology);
    test::IpoptResult r;
    ipopt.solve(m.numbers, r);
    RC_ASSERT(r.optimal);
    const double off = std::abs(r.objective - objective(m.numbers, newton.activity));
    RC_ASSERT(off <= 1e-7 * (m.topology.money_scale + std::abs(r.objective)));
  });
}

TEST(RandomMarkets, OrderOfRowsAndColumnsDoesNotShow) {
  check(markets(), 4, [] {
    const MarketShape shape = any_shape();
    const RandomMarket m = random_market(shape);
    const test::Shuffled other = test::shuffle(m, shape.seed + 1);
    const Solution a = cleared(test::kNewton, m.topology, m.numbers);
    const Solution b = test::unshuffle(cleared(test::kNewton, other.market.topology, other.market.numbers),
                                       other.row_at, other.column_at);
    if (has_one_answer(shape)) RC_ASSERT(difference(m.topology, m.numbers, a, b).worst() <= 1e-8);
  });
}

// Two years of shocks in one workspace: every month is what a fresh solver finds, and what the same months in another
// order lead to.
void expect_no_history(const test::Method& method, std::uint64_t seed) {
  constexpr int kMonths = 24;
  check(markets() / 10, seed, [&method] {
    const MarketShape shape = any_shape();
    const RandomMarket m = random_market(shape);
    const Topology& t = m.topology;
    std::vector<Numbers> months{m.numbers};
    for (int k = 1; k < kMonths; ++k) months.push_back(test::next_month(t, m.numbers, months.back(), shape.seed + k));
    const auto forward = method.make(t), backward = method.make(t);
    Solution s = Solution::zeros(t), b = s;
    std::vector<Solution> found;
    for (const Numbers& n : months) {
      RC_ASSERT(forward->solve(n, s, Start::warm).outcome == Outcome::solved);
      RC_ASSERT(certify(t, n, s).worst() <= kTolerance);
      if (has_one_answer(shape)) RC_ASSERT(difference(t, n, s, cleared(test::kNewton, t, n)).worst() <= 1e-8);
      found.push_back(s);
    }
    for (int k = kMonths - 1; k >= 0; --k) {
      RC_ASSERT(backward->solve(months[k], b, Start::warm).outcome == Outcome::solved);
      if (has_one_answer(shape)) RC_ASSERT(difference(t, months[k], b, found[k]).worst() <= 1e-8);
    }
  });
}

TEST(RandomMarkets, HistoryDoesNotShow) {
  expect_no_history(test::kNewton, 5);
}

TEST(RandomMarkets, HistoryDoesNotShowOnThePath) {
  expect_no_history(test::kHomotopy, 7);
}

// The dice are the same on every machine: a shape means one market for ever.
TEST(RandomMarkets, SameSeedSameMarket) {
  const RandomMarket a = random_market(test::nth_shape(12)), b = random_market(test::nth_shape(12));
  EXPECT_EQ(a.numbers.cost, b.numbers.cost);
  EXPECT_EQ(a.topology.coef, b.topology.coef);
  EXPECT_NE(random_market(test::nth_shape(13)).numbers.cost, a.numbers.cost);
}

}  // namespace
}  // namespace lodestone::market
