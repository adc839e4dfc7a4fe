// Prices that the market leaves open: every method finds the same, row by row, warm or cold.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "lodestone/store/problem_file.hpp"
#include "shared_body.hpp"
#include "tests/support/random_market.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::TinyProblem;

constexpr test::Method kMethods[] = {test::kCascade, test::kNewton, test::kInteriorPoint, test::kHomotopy};

/// Largest difference of a price, open ones included, relative to the largest of both and the typical price.
double furthest(const Topology& t, const Solution& a, const Solution& b) {
  double out = 0;
  for (Index i = 0; i < t.rows; ++i) {
    const double scale = std::max({t.price_scale[i], a.price[i], b.price[i]});
    out = std::max(out, std::abs(a.price[i] - b.price[i]) / scale);
  }
  return out;
}

/// Every method alone and the cascade, warm through the months and cold in each.
void expect_one_answer(const Topology& t, const std::vector<Numbers>& months, const std::string& name) {
  constexpr std::size_t kCount = std::size(kMethods);
  std::vector<std::unique_ptr<Solver>> warm, cold;
  for (const auto& method : kMethods) {
    warm.push_back(method.make(t));
    cold.push_back(method.make(t));
  }
  std::vector<Solution> found(kCount, Solution::zeros(t));
  Solution anew = Solution::zeros(t);
  for (std::size_t month = 0; month < months.size(); ++month) {
    const Numbers& n = months[month];
    for (std::size_t k = 0; k < kCount; ++k) {
      const auto where = fmt::format("{}, month {}, {}", name, month, kMethods[k].name);
      ASSERT_EQ(warm[k]->solve(n, found[k], Start::warm).outcome, Outcome::solved) << where;
      ASSERT_EQ(cold[k]->solve(n, anew, Start::cold).outcome, Outcome::solved) << where;
      const double value = objective(n, found[0].activity), most = 1e-8 * (t.money_scale + std::abs(value));
      for (const Solution* one : {&found[k], &anew}) {
        EXPECT_LE(furthest(t, *one, found[0]), 1e-8) << where << (one == &anew ? ", cold" : ", warm");
        EXPECT_NEAR(objective(n, one->activity), value, most) << where;
      }
    }
  }
}

class OpenPricesOf : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Market, OpenPricesOf,
                         testing::Values("small_s1", "smalltie_s1", "medium_s1", "large_s1", "real_chain"),
                         [](const auto& one) { return one.param; });

TEST_P(OpenPricesOf, ASequenceAreOneAnswer) {
  const auto sequence =
      store::read_problems(LODESTONE_SOURCE_DIR "/tests/market/instances/sequences/" + GetParam() + ".json");
  std::vector<Numbers> months;
  for (const auto& period : sequence.periods) months.push_back(period.numbers);
  expect_one_answer(sequence.topology, months, GetParam());
}

// Several equilibria are possible where ad-valorem wedges meet straight columns; over nine orders of magnitude digits
// end before the choice is made.
bool has_one_answer(const test::MarketShape& shape) {
  return !shape.spread && !(shape.wedges && (shape.straight || shape.ties));
}

TEST(OpenPrices, OfRandomMarketsAreOneAnswer) {
  constexpr std::uint64_t kShapes = 400;
  for (std::uint64_t k = 0; k < kShapes; ++k) {
    const test::MarketShape shape = test::nth_shape(k);
    if (!has_one_answer(shape)) continue;
    const test::RandomMarket m = test::random_market(shape);
    std::vector<Numbers> months{m.numbers};
    for (std::uint64_t i = 0; i < 6; ++i) {
      months.push_back(i % 3 == 2 ? test::stressed_month(m.topology, m.numbers, shape.regions, k + i)
                                  : test::next_month(m.topology, m.numbers, months.back(), k + i));
    }
    expect_one_answer(m.topology, months, fmt::format("shape {}", k));
  }
}

TEST(OpenPrices, OrderOfRowsAndColumnsDoesNotShow) {
  for (std::uint64_t k = 0; k < 200; ++k) {
    const test::MarketShape shape = test::nth_shape(k);
    if (!has_one_answer(shape)) continue;
    const test::RandomMarket m = test::random_market(shape);
    const test::Shuffled other = test::shuffle(m, k);
    const Solution plain = test::solved(test::kCascade, m.topology, m.numbers);
    const Solution shuffled = test::solved(test::kCascade, other.market.topology, other.market.numbers);
    for (std::size_t i = 0; i < plain.price.size(); ++i) {
      const double price = shuffled.price[other.row_at[i]];
      EXPECT_NEAR(price, plain.price[i], 1e-8 * std::max(m.topology.price_scale[i], price)) << k << " row " << i;
    }
  }
}

// All that is offered is bought: any price from 1.2 (the last unit's cost) to 4.5 (its worth) clears. The one closest
// to the typical price is chosen.
TEST(OpenPrices, AreTheClosestToTheTypicalPrice) {
  const std::pair<double, double> expected[] = {{3, 3}, {1, 1.2}, {10, 4.5}};  // typical, chosen
  for (const auto& [typical, chosen] : expected) {
    TinyProblem p(1, 0, typical, 10);
    p.supply(0, 1, 0.1, 2);
    p.demand(0, 5, 0.25, 2);
    for (const auto& method : kMethods) {
      EXPECT_NEAR(test::solved(method, p.topology, p.numbers).price[0], chosen, 1e-9) << method.name << ' ' << typical;
    }
  }
}

// Two markets joined by a route in use: their prices a and b = a + 1 are open together. What comes to or leaves each at
// most, 0.3 + 0.1 and 0.2, is its weight, so 0.4 (a - 1)^2 + 0.2 (a + 1 - 1)^2 is to be least: a = 2/3.
TEST(OpenPrices, JoinedMarketsWeighWhatTheyCanMove) {
  TinyProblem p(2);
  p.supply(0, 0, 0, 0.3);
  p.demand(0, 9, 0, 0.1);
  p.arc(0, 1, 1);
  p.demand(1, 9, 0, 0.2);
  for (const auto& method : kMethods) {
    const Solution s = test::solved(method, p.topology, p.numbers);
    EXPECT_NEAR(s.price[0], 2.0 / 3, 1e-9) << method.name;
    EXPECT_NEAR(s.price[1], 5.0 / 3, 1e-9) << method.name;
  }
}

}  // namespace
}  // namespace lodestone::market
