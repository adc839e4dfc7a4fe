#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/one_node.hpp"

namespace lodestone::dynamics {
namespace {

/// The one node and a route into it from a second region; the route may be refused.
struct RiskyNode {
  world::World world = one_node_world();
  std::unique_ptr<Mechanism> risk;
  world::State state;

  RiskyNode() {
    world.regions.push_back({"BBB", "Source", false});
    world.base_price = {1000, 1000};
    world::Arc arc;
    arc.product = world::ProductId(0);
    arc.from = world::RegionId(1);
    arc.to = world::RegionId(0);
    arc.base_flow = 10;
    world.arcs.push_back(arc);
    risk = supply_risk(world);
    risk->start(world, state);
    state.usual_use = {10, 0};
  }
  void age() {
    risk->age(world, world::MonthMarket(world, {}, {}), {}, state);
    state.news.assign(2, 0.0);
  }
  [[nodiscard]] double cover() {
    risk->expect(world, state);
    return state.cover_multiple[0];
  }
};

TEST(SupplyRisk, WithoutNewsAndRefusalThereIsNone) {
  RiskyNode node;
  node.age();
  EXPECT_EQ(node.state.risk[0], 0);
  EXPECT_EQ(node.cover(), 1);
}

TEST(SupplyRisk, NewsJumpsAndHalvesInItsHalfLife) {
  RiskyNode node;
  node.state.news[0] = 0.5;
  EXPECT_DOUBLE_EQ(node.cover(), 1 + 3 * 0.5) << "in the month of the news";
  for (int month = 0; month < 6; ++month) node.age();  // half-life 6 months
  EXPECT_NEAR(node.state.risk[0], 0.25, 1e-12);
  EXPECT_NEAR(node.cover(), 1 + 3 * 0.25, 1e-12);
  EXPECT_EQ(node.state.risk[1], 0) << "who does not buy here does not fear";
}

TEST(SupplyRisk, RefusedTradeKeepsItAlive) {
  RiskyNode node;
  node.state.refused[0] = 4;  // of a use of 10
  node.age();
  EXPECT_NEAR(node.state.risk[0], 0.4 * 0.4, 1e-12);
  for (int month = 0; month < 200; ++month) node.age();
  EXPECT_NEAR(node.state.risk[0], 0.16 / (1 - std::exp2(-1.0 / 6)), 1e-9);  // where decay and refusal balance
  node.state.refused[0] = 0;
  node.age();
  EXPECT_NEAR(node.state.risk[0], 0.16 / (1 - std::exp2(-1.0 / 6)) * std::exp2(-1.0 / 6), 1e-9);
}

TEST(SupplyRisk, BeyondTwoFearAddsNothing) {
  RiskyNode node;
  node.state.risk[0] = 5;
  EXPECT_DOUBLE_EQ(node.cover(), 1 + 3 * 2);
}

}  // namespace
}  // namespace lodestone::dynamics
