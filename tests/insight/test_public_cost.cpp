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

// The same floor: all of it goes to mines.
TEST(PublicSupport, IsOfTheStageThatIsPaid) {
  const auto world = toy_world();
  const test::TemporaryFolder folder;
  const auto scenario = toy_scenario(world, lever("price-floor", "floor-price = 1000\n"), 12);
  const auto results = written(world, scenario, folder.path() / "floor.nc");
  const auto by_lever = public_cost_table(results), by_stage = public_support_table(results);
  ASSERT_TRUE(by_lever.has_value());
  ASSERT_TRUE(by_stage.has_value());
  ASSERT_EQ(by_stage->rows.size(), 1u);
  EXPECT_EQ(std::get<std::string>(by_stage->rows[0][0]), "mining");
  EXPECT_GT(std::get<double>(by_stage->rows[0][1]), 0);
  for (const std::size_t column : {1u, 2u, 3u})
    EXPECT_NEAR(std::get<double>(by_stage->rows[0][column]), std::get<double>(by_lever->rows[0][column + 1]), 1e-9);
}

TEST(PublicSupport, HasNoTableWhereNobodyPays) {
  const auto world = toy_world();
  const test::TemporaryFolder folder;
  const auto results = written(world, toy_scenario(world, "", 3), folder.path() / "none.nc");
  EXPECT_FALSE(public_support_table(results).has_value());
  EXPECT_FALSE(investment_risk_table(results, world).has_value());
}

// A plan that pays at once: 10 t a month at 10 USD per t a year, in a country for which lenders ask 4 %.
TEST(InvestmentByRisk, CountsMoneyWhereItWent) {
  auto world = toy_world();
  auto plan = plan_like(world, "plan", world::FacilityStatus::planned);
  plan.opens = base::Period{{2024, 6, 1}, {2024, 6, 30}};
  plan.construction.country_premium = 0.04;
  plan.construction.permit_months = 0;
  world.facilities.push_back(plan);
  const test::TemporaryFolder folder;
  const auto results = written(world, toy_scenario(world, "", 18), folder.path() / "plan.nc");
  double money = 0;
  for (std::size_t m = 0; m < results.months().size(); ++m)
    for (std::size_t r = 0; r < world.regions.size(); ++r) money += results.variable("private_investment").at(m, r);
  const auto table = investment_risk_table(results, world);
  ASSERT_GT(money, 0) << "it pays, so somebody builds it";
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->rows.size(), 1u);
  EXPECT_EQ(std::get<std::string>(table->rows[0][0]), "3 to 6 %");
  EXPECT_NEAR(std::get<double>(table->rows[0][1]), money / 1e6, 1e-12);
  EXPECT_EQ(std::get<double>(table->rows[0][2]), 0);
  EXPECT_EQ(std::get<std::string>(table->rows[0][3]), world.regions[plan.region.index()].id);
}

TEST(PublicCost, HasNoTableWhereNobodyPays) {
  const auto world = toy_world();
  const test::TemporaryFolder folder;
  EXPECT_FALSE(public_cost_table(written(world, toy_scenario(world, "", 3), folder.path() / "none.nc")).has_value());
}

}  // namespace
}  // namespace lodestone::insight
