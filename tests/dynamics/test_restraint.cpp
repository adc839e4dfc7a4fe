#include <gtest/gtest.h>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// MAK makes 10 t a month (a share of 0.8 of what is withheld is given up, over 4 months).
struct Exporter {
  ThreeRegions three;
  void age(double withheld) {
    three.state.withheld[0] = withheld;
    three.age();
  }
  [[nodiscard]] double restraint() const { return three.state.restraint[0]; }
  [[nodiscard]] double capacity() const { return three.state.capacity[0]; }
};

TEST(Restraint, WithoutExportControlsThereIsNone) {
  Exporter exporter;
  exporter.age(0);
  EXPECT_EQ(exporter.restraint(), 0);
  EXPECT_DOUBLE_EQ(exporter.capacity(), 10);
}

TEST(Restraint, OutputFollowsWhatMayLeaveWithALag) {
  Exporter exporter;
  exporter.age(5);  // half of the usual output
  EXPECT_NEAR(exporter.restraint(), 0.8 * 0.5 / 4, 1e-12);
  EXPECT_NEAR(exporter.capacity(), 9, 1e-12);
  for (int month = 0; month < 40; ++month) exporter.age(5);
  EXPECT_NEAR(exporter.capacity(), 6, 1e-3);
}

TEST(Restraint, EndsWithTheControl) {
  Exporter exporter;
  exporter.age(5);
  for (int month = 0; month < 9; ++month) exporter.age(0);
  EXPECT_DOUBLE_EQ(exporter.capacity(), 10) << "less than 1 % is none";
}

// A plant that uses half of its capacity gives up output that it makes, not capacity that stands by.
TEST(Restraint, CountsFromUsualOutput) {
  auto world = three_region_world();
  world.facilities[0].base_activity = 5;
  world.facilities[0].step_quantity = {4, 6};
  Exporter exporter{ThreeRegions(world)};
  exporter.age(2);
  EXPECT_NEAR(exporter.restraint(), 0.8 * 2 / 5 / 4, 1e-12);
  EXPECT_NEAR(exporter.capacity(), 5 * (1 - 0.08), 1e-12);
}

TEST(Restraint, AByProductGoesOnWithItsHost) {
  auto world = three_region_world();
  world.facilities[0].capacity_kind = world::CapacityKind::by_product;
  Exporter exporter{ThreeRegions(world)};
  exporter.age(5);
  EXPECT_EQ(exporter.restraint(), 0);
  EXPECT_DOUBLE_EQ(exporter.capacity(), 10);
}

}  // namespace
}  // namespace lodestone::dynamics
