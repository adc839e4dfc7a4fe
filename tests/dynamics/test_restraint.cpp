#include <gtest/gtest.h>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// MAK makes 10 t a month: a share of 0.8 of what is withheld is given up, over 4 months.
struct Exporter {
  ThreeRegions three;
  void age(double withheld, double price, int months = 1) {
    for (int month = 0; month < months; ++month) {
      three.price(price);
      three.state.withheld[0] = withheld;
      three.age();
    }
  }
  [[nodiscard]] double restraint() const { return three.state.restraint[0]; }
  [[nodiscard]] double capacity() const { return three.state.capacity[0]; }
};

TEST(Restraint, WithoutExportControlsThereIsNone) {
  Exporter exporter;
  exporter.age(0, 900);
  EXPECT_EQ(exporter.restraint(), 0);
  EXPECT_DOUBLE_EQ(exporter.capacity(), 10);
}

// Half of the usual output may not leave. At 950 USD/t a plant earns 5 % less than in the base year.
TEST(Restraint, OutputFollowsWhatMayLeaveWithALag) {
  Exporter exporter;
  exporter.age(5, 950);
  EXPECT_NEAR(exporter.restraint(), 0.8 * 0.5 / 4, 1e-12);
  EXPECT_NEAR(exporter.capacity(), 9, 1e-12);
  exporter.age(5, 950, 60);
  EXPECT_NEAR(exporter.capacity(), 6, 1e-6);
  exporter.age(0, 950, 60);
  EXPECT_NEAR(exporter.capacity(), 10, 1e-6) << "ends with the control";
}

TEST(Restraint, IsLessWherePricesAtHomeHold) {
  Exporter same, higher;
  same.age(5, 1000);
  EXPECT_NEAR(same.restraint(), 0.5 * 0.8 * 0.5 / 4, 1e-12);
  higher.three.price(1060);
  higher.three.state.normal_price.assign(3, 1000);
  higher.three.state.withheld[0] = 5;
  higher.three.age();
  EXPECT_EQ(higher.restraint(), 0);
}

TEST(Restraint, LeavesATwentiethAtLeast) {
  auto world = three_region_world();
  for (auto& parameter : world.parameters)
    if (parameter.id == "restraint-share") parameter.value = 1.2;
  Exporter exporter{ThreeRegions(world)};
  exporter.age(10, 950, 80);
  EXPECT_NEAR(exporter.capacity(), 0.5, 1e-6);
}

TEST(Restraint, AByProductGoesOnWithItsHost) {
  auto world = three_region_world();
  world.facilities[0].capacity_kind = world::CapacityKind::by_product;
  Exporter exporter{ThreeRegions(world)};
  exporter.age(5, 950, 6);
  EXPECT_EQ(exporter.restraint(), 0);
  EXPECT_DOUBLE_EQ(exporter.capacity(), 10);
}

}  // namespace
}  // namespace lodestone::dynamics
