// What governments paid to plants.
#include <gtest/gtest.h>

#include "lodestone/insight/public_cost.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

std::string lever(const std::string& kind, const std::string& more) {
  return "[[levers]]\nid = \"" + kind + "\"\nkind = \"" + kind +
         "\"\nactor = \"FAR\"\nproducts = [\"ore\"]\nstart = \"2024-03\"\nend = \"2024-07\"\nsource = \"test\"\n" +
         more;
}

// The far mine sells ore at its base price; a floor of 1 USD/kg above it is paid on all that it makes in four months.
TEST(PublicCost, IsTheFloorLessThePriceOnWhatIsMade) {
  const auto world = toy_world();
  const auto ore = world.find_product("ore");
  const auto far = world.find_region("FAR");
  double made = 0;
  for (const auto& plant : world.facilities)
    if (plant.region == far)
      for (const auto& item : world.processes[plant.process.index()].outputs)
        if (item.product == ore) made += item.amount * plant.base_activity;
  ASSERT_GT(made, 0);
  const double floor = world.base_price[world.node(ore, far)] / 1000 + 1;
  const test::TemporaryFolder folder;
  const auto scenario = toy_scenario(world, lever("price-floor", "floor-price = " + std::to_string(floor) + "\n"), 12);
  const auto results = written(world, scenario, folder.path() / "floor.nc");
  const auto table = public_cost_table(results);
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->rows.size(), 1u);
  const double paid = std::get<double>(table->rows[0][2]) * 1e6;
  EXPECT_GT(paid, 0.9 * 4 * 1000 * made);  // the floor moves price and output a little
  EXPECT_LT(paid, 2.5 * 4 * 1000 * made);
  EXPECT_EQ(std::get<double>(table->rows[0][3]), 0);
}

TEST(PublicCost, HasNoTableWhereNobodyPays) {
  const auto world = toy_world();
  const test::TemporaryFolder folder;
  EXPECT_FALSE(public_cost_table(written(world, toy_scenario(world, "", 3), folder.path() / "none.nc")).has_value());
}

}  // namespace
}  // namespace lodestone::insight
