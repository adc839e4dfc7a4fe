// Nobody orders an input at a price that its products cannot pay.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

using world::ProcessId;
using world::ProductId;

// Two t of oxide at 1,000 USD/t make a t of metal at 2,500; 20 t of oxide a month come from a plant with a lag of a
// month. Nobody else uses oxide and nobody keeps any.
world::World smelting_world() {
  auto world = one_node_world();
  world.segments.clear();
  world.stocks.clear();
  world::Product metal = world.products[0];
  metal.id = "metal";
  world.products.push_back(metal);
  world.base_price = {1000, 2500};
  const auto plant = [&](world::Process process, double activity) {
    process.lag = 1;
    world.processes.push_back(process);
    world::Facility facility;
    facility.region = world::RegionId(0);
    facility.process = ProcessId(world.processes.size() - 1);
    facility.capacity = facility.base_activity = activity;
    facility.step_quantity = {activity};
    facility.step_cost = {10, 20};
    world.facilities.push_back(facility);
  };
  world::Process separate, smelt;
  separate.outputs = {{ProductId(0), 1}};
  smelt.inputs = {{ProductId(0), 2}};
  smelt.outputs = {{ProductId(1), 1}};
  plant(separate, 20);
  plant(smelt, 10);
  return world;
}

struct Smelting {
  world::World world = smelting_world();
  std::vector<std::unique_ptr<Mechanism>> all = mechanisms(world, world::kNoGrowth);
  world::State state;
  Smelting() {
    for (const auto& mechanism : all) mechanism->start(world, state);
    expect();
  }
  void expect() {
    for (const auto& mechanism : all) mechanism->expect(world, state);
  }
};

TEST(Worth, IsWhatTheProductsOfATonneFetch) {
  Smelting plant;
  EXPECT_DOUBLE_EQ(plant.state.worth[0], 1250);  // 2,500 / 2
  plant.state.last_price[1] = 3000;
  plant.expect();
  EXPECT_DOUBLE_EQ(plant.state.worth[0], 1500);
  plant.world.facilities[1].support = 100;  // calibrated: what it earns beyond its products
  plant.expect();
  EXPECT_DOUBLE_EQ(plant.state.worth[0], 1550);
}

TEST(Worth, APlantThatCannotRunPaysNothing) {
  Smelting plant;
  plant.state.plants[1].idle = plant.state.plants[1].installed;
  plant.expect();
  EXPECT_DOUBLE_EQ(plant.state.worth[0], 0);
}

TEST(Worth, OrdersFadeAboveItAndEndAtTwiceIt) {
  Smelting plant;
  const auto& curve = plant.state.order_curve[0];
  EXPECT_DOUBLE_EQ(curve.price[4], 2000);
  EXPECT_NEAR(curve.quantity[4], 20 * std::pow(2, -0.1) * (2 - 2000.0 / 1250), 1e-9);
  EXPECT_DOUBLE_EQ(curve.price[5], 5000);
  EXPECT_DOUBLE_EQ(curve.quantity[5], 0);
}

// Stores bid against each other for goods that nobody sends: their price for arrival must not feed on itself.
TEST(Expectations, APriceForArrivalThatNobodyCouldPayTellsNothing) {
  auto lagged = three_region_world();
  for (auto& arc : lagged.arcs) arc.lag = 2;
  constexpr std::size_t kUsers = 1;  // where the segment is, its choke price 30,000
  const auto expected_after = [&](double forward) {
    ThreeRegions three(lagged);
    EXPECT_GE(three.market.forward_row(kUsers), 0);
    three.month.forward_price[kUsers] = forward;
    three.age();
    return three.state.expected_price[kUsers];
  };
  EXPECT_DOUBLE_EQ(expected_after(1500), 1500);
  EXPECT_DOUBLE_EQ(expected_after(50'000), 50'000);
  EXPECT_DOUBLE_EQ(expected_after(70'000), 1000);
}

// A price for arrival above that of the day is the same shortage seen twice; one below it says that relief is under
// way.
TEST(Expectations, OnlyReliefUnderWayMovesTheNormalPrice) {
  auto lagged = three_region_world();
  for (auto& arc : lagged.arcs) arc.lag = 2;
  const auto normal_after = [&](double forward) {
    ThreeRegions three(lagged);
    three.month.forward_price[1] = forward;
    three.age();
    return three.state.normal_price[1];
  };
  EXPECT_DOUBLE_EQ(normal_after(1500), 1000);
  EXPECT_DOUBLE_EQ(normal_after(800), 1000 * std::pow(0.8, 0.2));
}

}  // namespace
}  // namespace lodestone::dynamics
