// A month takes capacity and cash cost of every plant from the state, not from the base year.
#include <gtest/gtest.h>

#include "lodestone/world/month_market.hpp"

namespace lodestone::world {
namespace {

World one_mine() {
  World world;
  world.regions.push_back({"AAA", "Alone", false});
  Product product;
  product.id = "ore";
  world.products.push_back(product);
  Process mining;
  mining.outputs.push_back({ProductId(0), 1});
  world.processes.push_back(mining);
  Facility mine;
  mine.id = "mine";
  mine.region = RegionId(0);
  mine.process = ProcessId(0);
  mine.status = FacilityStatus::planned;
  mine.planned_capacity = 100;
  mine.cash_cost = 50;
  mine.step_quantity = {80, 20};
  mine.step_cost = {40, 50, 60};
  world.facilities.push_back(mine);
  world.base_price = {70};
  return world;
}

struct Filled {
  World world = one_mine();
  MonthMarket market{world, {}, {}};
  State state;
  Filled(double capacity, double cash_cost) {
    state.capacity = {capacity};
    state.cash_cost = {cash_cost};
    state.in_process.resize({0});
    Rules rules;
    rules.reset(world, 0, 0, 0);
    market.fill(state, rules);
  }
};

TEST(PlantsInTime, APlanHasColumnsThatAreShut) {
  const Filled month(0, 50);
  ASSERT_EQ(month.market.numbers().upper.size(), 2u);
  EXPECT_EQ(month.market.numbers().upper[0], 0);
  EXPECT_EQ(month.market.numbers().upper[1], 0);
}

TEST(PlantsInTime, StepsScaleWithCapacityAndMoveWithCost) {
  const Filled month(25, 53);  // a quarter of the plant, 3 USD/t dearer
  const auto& numbers = month.market.numbers();
  EXPECT_DOUBLE_EQ(numbers.upper[0], 20);
  EXPECT_DOUBLE_EQ(numbers.upper[1], 5);
  EXPECT_DOUBLE_EQ(numbers.cost[0], 43);
  EXPECT_DOUBLE_EQ(numbers.cost[1], 53);
  EXPECT_DOUBLE_EQ(numbers.curvature[0], 0.5);  // 10 USD/t over 20 t
  EXPECT_DOUBLE_EQ(month.world.facilities[0].marginal_cost(10, 25, 53), 48);
  EXPECT_DOUBLE_EQ(month.world.facilities[0].marginal_cost(25, 25, 53), 63);
}

}  // namespace
}  // namespace lodestone::world
