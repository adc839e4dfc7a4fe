#include <gtest/gtest.h>

#include <cmath>

#include "tests/dynamics/one_node.hpp"

namespace lodestone::dynamics {
namespace {

// A world in which demand grows by 21 % a year from 2025 to 2026 and then falls by a tenth for a year.
struct Growing {
  world::World world = one_node_world();
  Growing() {
    using base::Month;
    world.growth.push_back(
        {"central",
         {{{Month::of(2025, 1), Month::of(2027, 1), 0.21}, {Month::of(2027, 1), Month::of(2028, 1), -0.1}}}});
  }
  /// Trend and level after so many months of a run from January 2025, at a price.
  [[nodiscard]] world::State after(int months, const std::string& path, double price = 1000) const {
    OneNode one;
    one.world = world;
    one.all = mechanisms(one.world, path);
    one.state.month = base::Month::of(2025, 1);
    for (const auto& mechanism : one.all) mechanism->start(one.world, one.state);
    one.price(price);
    for (int m = 0; m < months; ++m) {
      one.age();
      one.state.month = one.state.month + 1;
    }
    return one.state;
  }
};

TEST(DemandGrowth, AYearOfMonthsGivesTheYearsRate) {
  const Growing growing;
  EXPECT_DOUBLE_EQ(growing.after(0, "central").demand_level[0], 1);
  EXPECT_NEAR(growing.after(12, "central").demand_level[0], 1.21, 1e-12);
  EXPECT_NEAR(growing.after(23, "central").demand_trend[0], std::pow(1.21, 23.0 / 12), 1e-12);
  // The 24th month begins 2027: its step is the first of the fall.
  EXPECT_NEAR(growing.after(24, "central").demand_trend[0], std::pow(1.21, 23.0 / 12) * std::pow(0.9, 1.0 / 12), 1e-12);
  // After the last period demand stays as it is.
  EXPECT_DOUBLE_EQ(growing.after(40, "central").demand_trend[0], growing.after(60, "central").demand_trend[0]);
}

TEST(DemandGrowth, WithoutAPathDemandStays) {
  EXPECT_DOUBLE_EQ(Growing().after(30, world::kNoGrowth).demand_level[0], 1);
}

// Users answer a price as they would without growth: the level is the trend times the response.
TEST(DemandGrowth, LeavesTheResponseToPricesAsItIs) {
  const Growing growing;
  const double still = growing.after(18, world::kNoGrowth, 2000).demand_level[0];
  const auto grown = growing.after(18, "central", 2000);
  EXPECT_NEAR(grown.demand_level[0] / grown.demand_trend[0], still, 1e-12);
  EXPECT_LT(still, 1);
}

}  // namespace
}  // namespace lodestone::dynamics
