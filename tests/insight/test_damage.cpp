// Damage of a toy run: what the results say adds up to what the answer says.
#include <gtest/gtest.h>

#include <numeric>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/damage.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

/// Whoever uses Dy oxide in FAR and OTH stands for 12 and 24 million USD a year, and can do without a tenth at once.
world::World world_with_industries() {
  auto world = toy_world();
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto& segment = world.segments[s];
    if (world.products[segment.product.index()].id != "dy-oxide") continue;
    world::Industry industry;
    industry.end_use = segment.end_use;
    industry.sector = "CAR";
    industry.region = segment.region;
    industry.value_added = world.regions[segment.region.index()].id == "FAR" ? 1e6 : 2e6;
    industry.substitutable = 0.1;
    industry.inputs = {world::SegmentId(s)};
    world.industries.push_back(industry);
  }
  return world;
}

Economy toy_economy() {
  Economy economy;
  economy.region = {"FAR", "ROW"};
  economy.sector = {"CAR", "CAR"};
  economy.output = {100, 200};
  economy.value_added = {50, 100};
  economy.flow = {0, 20, 10, 0};
  return economy;
}

class DamageOfARun : public testing::Test {
 protected:
  DamageOfARun() : results_(written(world_, toy_scenario(world_, licence()), folder_.path() / "run.nc")) {}
  world::World world_ = world_with_industries();
  test::TemporaryFolder folder_;
  store::Results results_;
};

TEST_F(DamageOfARun, IsWhatUseFallsShortOfBeyondWhatCanBeDoneWithout) {
  ASSERT_EQ(world_.industries.size(), 2u);
  const auto& use = results_.variable("consumption");
  const auto& wanted = results_.variable("reference_demand");
  const auto all = losses_of_industries(results_, world_);
  for (std::size_t i = 0; i < 2; ++i) {
    const std::size_t s = world_.industries[i].inputs[0].index();
    double lost = 0, most = 0;
    for (std::size_t m = 0; m < results_.months().size(); ++m) {
      const double missing = std::max(0.0, 1 - use.at(m, s) / wanted.at(m, s));
      lost += world_.industries[i].value_added * std::max(0.0, missing - 0.1);
      most += world_.industries[i].value_added * 0.9 * missing;
    }
    EXPECT_GT(most, 0);
    EXPECT_NEAR(all[i].lost, lost, 1e-6);
    EXPECT_NEAR(all[i].most, most, 1e-6);
  }
}

TEST_F(DamageOfARun, TablesAddUpToTheSame) {
  const auto all = losses_of_industries(results_, world_);
  const double most = (all[0].most + all[1].most) / 1e6, lost = (all[0].lost + all[1].lost) / 1e6;
  const auto sum = [](const Table& table, std::size_t column) {
    return std::accumulate(table.rows.begin(), table.rows.end(), 0.0,
                           [&](double total, const auto& row) { return total + std::get<double>(row[column]); });
  };
  EXPECT_NEAR(sum(damage_table(results_, world_, {}), 7), most, 1e-9);
  EXPECT_NEAR(sum(damage_months_table(results_, world_, {}), 2), most, 1e-9);
  const auto spread = damage_spread_table(results_, world_, toy_economy(), {});
  EXPECT_EQ(std::get<std::string>(spread.rows.back()[0]), "all");
  EXPECT_NEAR(std::get<double>(spread.rows.back()[1]), lost, 1e-9);
  DamageQuestion far;
  far.regions = {"FAR"};
  ASSERT_LE(damage_table(results_, world_, far).rows.size(), 1u);
}

TEST_F(DamageOfARun, AnUnknownNameIsNamedWithItsNearest) {
  DamageQuestion wrong;
  wrong.end_uses = {"other-use"};
  try {
    (void)damage(results_, world_, toy_economy(), wrong);
    FAIL() << "no error";
  } catch (const base::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("other-uses"), std::string::npos) << error.what();
  }
}

TEST_F(DamageOfARun, NeedsIndustries) {
  EXPECT_THROW((void)damage(results_, toy_world(), toy_economy(), {}), base::InputError);
  EXPECT_FALSE(tells_damage(results_, toy_world()));
}

TEST(DefenceCover, CountsStocksAndPlantsAtHome) {
  auto world = toy_world();
  for (auto& segment : world.segments)
    if (world.products[segment.product.index()].id == "dy-oxide") segment.end_use = "defence";
  const test::TemporaryFolder folder;
  const auto results = written(world, toy_scenario(world, licence()), folder.path() / "run.nc");
  const auto table = defence_table(results, world, {});
  ASSERT_EQ(table.rows.size(), 2u);
  for (const auto& row : table.rows) {
    const auto region = world.find_region(std::get<std::string>(row[0]));
    EXPECT_EQ(std::get<std::string>(row[1]), "dy-oxide");
    // Neither makes the oxide: stocks alone.
    std::size_t before = 0;
    while (results.months()[before + 1] < base::Month::of(2024, 4)) ++before;
    double stock = 0, need = 0;
    for (std::size_t s = 0; s < world.stocks.size(); ++s)
      if (world.stocks[s].region == region && world.products[world.stocks[s].product.index()].id == "dy-oxide")
        stock += results.variable("stock_level").at(before, s);
    for (std::size_t s = 0; s < world.segments.size(); ++s)
      if (world.segments[s].region == region && world.segments[s].end_use == "defence")
        need += results.variable("reference_demand").at(before, s);
    EXPECT_NEAR(std::get<double>(row[2]), 12 * need, 1e-9);
    double made = 0;
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      for (const auto& item : world.processes[world.facilities[f].process.index()].outputs)
        if (world.facilities[f].region == region && world.products[item.product.index()].id == "dy-oxide")
          made += item.amount * results.variable("activity").at(before, f);
    if (made < need) {
      EXPECT_NEAR(std::get<double>(row[5]), stock / (need - made), 1e-9);
    } else {
      EXPECT_TRUE(std::holds_alternative<std::string>(row[5]));
    }
  }
}

}  // namespace
}  // namespace lodestone::insight
