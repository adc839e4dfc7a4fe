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

// Stocks follow price with an elasticity of 1.5: a rise by 21 % asks for 1.1^3 of the cover, a fall by 19 % for 0.9^3.
TEST(SupplyRisk, WhoExpectsAPriceToRiseBuysAheadAndWhoExpectsAFallWaits) {
  RiskyNode node;
  node.state.price_rise[0] = 0.21;
  EXPECT_NEAR(node.cover(), std::pow(1.1, 3), 1e-12);
  node.state.price_rise[0] = -0.19;
  EXPECT_NEAR(node.cover(), std::pow(0.9, 3), 1e-12);
  node.state.price_rise[0] = 0.21;
  node.state.news[0] = 0.5;
  EXPECT_NEAR(node.cover(), (1 + 3 * 0.5) * std::pow(1.1, 3), 1e-12) << "on top of fear";
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

// Fear asks for months: 1 + 3 x 0.5 times at most 4 months. Who holds 9 months has them, who holds 2 has not.
TEST(SupplyRisk, ALargeCoverIsCover) {
  RiskyNode node;
  const auto cover_of = [&](double months) {
    node.world.stocks[0].cover = months;
    node.risk = supply_risk(node.world);
    node.risk->start(node.world, node.state);
    node.state.news[0] = 0.5;
    return node.cover();
  };
  EXPECT_DOUBLE_EQ(cover_of(2), 2.5);
  EXPECT_DOUBLE_EQ(cover_of(4), 2.5);
  EXPECT_DOUBLE_EQ(cover_of(9), 10.0 / 9);
  EXPECT_DOUBLE_EQ(cover_of(12), 1);
}

// What buyers see with traders they need not lay in: 3 months of normal cover, 7.5 wanted, 2 to be seen.
TEST(SupplyRisk, VisibleStocksCalm) {
  RiskyNode node;
  world::Stock seen = node.world.stocks[0];
  seen.holder = world::Holder::commercial;
  node.world.stocks.push_back(seen);
  node.risk = supply_risk(node.world);
  node.risk->start(node.world, node.state);
  node.state.news[0] = 0.5;
  node.state.stock = {30, 20};
  node.state.forecast_use = {10, 0};
  EXPECT_DOUBLE_EQ(node.cover(), (7.5 - 2) / 3);
  node.state.stock = {30, 100};
  EXPECT_DOUBLE_EQ(node.cover(), 1);
  node.state.stock = {30, 0};
  EXPECT_DOUBLE_EQ(node.cover(), 2.5);
}

TEST(SupplyRisk, BeyondTwoFearAddsNothing) {
  RiskyNode node;
  node.state.risk[0] = 5;
  EXPECT_DOUBLE_EQ(node.cover(), 1 + 3 * 2);
}

}  // namespace
}  // namespace lodestone::dynamics
