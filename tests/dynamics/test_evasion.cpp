// What can go past a restriction learns and leaves; a month as the market sees it.
#include <gtest/gtest.h>

#include "lodestone/market/solver.hpp"
#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// MAK sells 10 t a month to USE; the route may be restricted.
struct Restricted {
  world::World world = three_region_world();
  world::MonthMarket market{world, {}, {}, {world::ArcId(0)}};
  std::unique_ptr<Mechanism> mechanism = evasion(world);
  world::State state;
  world::Rules rules;
  world::Equilibrium month;

  Restricted() {
    for (const auto& each : mechanisms(world, world::kNoGrowth)) each->start(world, state);
    for (const auto& each : mechanisms(world, world::kNoGrowth)) each->expect(world, state);
    rules.reset(world, 0, 0, 0);
    month.evaded_flow.assign(world.arcs.size(), 0.0);
  }
  void limit(double quantity) { rules.arc_limit[0] = quantity; }
  void clear() {
    market.fill(state, rules);
    market::Solution solution = market::Solution::zeros(market.topology());
    const auto report =
        market::make_cascade_solver(market.topology())->solve(market.numbers(), solution, market::Start::cold);
    ASSERT_EQ(report.outcome, market::Outcome::solved);
    market.read(solution, month);
  }
  void age(double evaded) {
    market.fill(state, rules);
    month.evaded_flow[0] = evaded;
    mechanism->age(world, market, month, state);
  }
  [[nodiscard]] double capacity() const { return state.evasion[0].capacity; }
};

TEST(Evasion, AtFirstATenthOfTheTradeCouldPass) {
  const Restricted world;
  EXPECT_DOUBLE_EQ(world.capacity(), 0.1 * 10);
  EXPECT_DOUBLE_EQ(world.state.evasion[1].capacity, 0) << "a route never used";
}

TEST(Evasion, LearnsWhileMoreThanHalfOfItIsUsed) {
  Restricted world;
  world.limit(5);
  world.age(1);  // all of it
  EXPECT_NEAR(world.capacity(), 1.2, 1e-12);
  world.age(0.9);  // three quarters: half the speed
  EXPECT_NEAR(world.capacity(), 1.2 * 1.1, 1e-12);
  world.age(world.capacity() / 2);
  EXPECT_NEAR(world.capacity(), 1.2 * 1.1, 1e-12);
  for (int m = 0; m < 20; ++m) world.age(world.capacity());
  EXPECT_NEAR(world.capacity(), 0.6 * 10, 1e-12) << "never more than that share of the trade";
}

TEST(Evasion, LeavesWhenItStandsIdle) {
  Restricted world;
  world.limit(5);
  world.state.evasion[0].capacity = 4;
  world.age(0);
  EXPECT_NEAR(world.capacity(), 3.6, 1e-12);
  world.age(0.9);  // a quarter
  EXPECT_NEAR(world.capacity(), 3.6 * 0.95, 1e-12);
  for (int m = 0; m < 40; ++m) world.age(0);
  EXPECT_NEAR(world.capacity(), 1, 1e-12) << "a tenth of the trade is always there";
}

TEST(Evasion, RefersToTheTradeBeforeTheRestriction) {
  Restricted world;
  world.state.usual_flow[0] = 20;
  world.age(0);
  EXPECT_DOUBLE_EQ(world.state.evasion[0].trade, 20);
  world.limit(5);
  world.state.usual_flow[0] = 8;
  world.age(0);
  EXPECT_DOUBLE_EQ(world.state.evasion[0].trade, 20);
}

TEST(Evasion, NobodyPassesWhereNothingIsRestricted) {
  Restricted world;
  world.clear();
  EXPECT_EQ(world.month.evaded_flow[0], 0);
  EXPECT_NEAR(world.month.arc_flow[0], 10, 1e-6);
}

// E = K ((p_to - wedge - freight - (1 + v) p_from) / s), or K when that pays for more.
TEST(Evasion, CostsTheMarginAndRisesWithUse) {
  Restricted world;
  world.limit(9);
  world.state.evasion_full_cost = 3000;
  world.clear();
  const double spread = world.month.price[1] - 2 * world.month.price[0];
  const double flow = world.month.evaded_flow[0];
  EXPECT_GT(flow, 0);
  EXPECT_LT(flow, world.capacity());
  EXPECT_NEAR(flow, world.capacity() * spread / 3000, 1e-9);
  const auto cost = world.market.evasion_cost(world::ArcId(0), world.month, world.state);
  EXPECT_NEAR(cost.origin_price + cost.middlemen(), world.month.price[1], 1e-6);
  EXPECT_NEAR(cost.margin, world.month.price[0], 1e-12);
}

TEST(Evasion, FullItEarnsARent) {
  Restricted world;
  world.limit(0);
  world.state.evasion_full_cost = 1000;
  world.clear();
  EXPECT_NEAR(world.month.evaded_flow[0], world.capacity(), 1e-9);
  const auto cost = world.market.evasion_cost(world::ArcId(0), world.month, world.state);
  EXPECT_NEAR(cost.passage, 1000, 1e-6);
  EXPECT_GT(cost.rent, 0);
  EXPECT_NEAR(world.month.price[1] - 2 * world.month.price[0], 1000 + cost.rent, 1e-6);
}

}  // namespace
}  // namespace lodestone::dynamics
