#include <gtest/gtest.h>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// USE buys 10 t a month from MAK; NEW is a partner that it never bought from. Re-contracting takes 4 months, trying
/// out 3 (mines) to 19 months (magnets).
struct NewPartner {
  world::World world = three_region_world();
  std::unique_ptr<Mechanism> mechanism;
  world::State state;
  world::Equilibrium month;

  explicit NewPartner(world::Stage stage = world::Stage::mining) {
    world.products[0].stage = stage;
    mechanism = switching(world);
    mechanism->start(world, state);
    state.usual_use.assign(world.nodes(), 0.0);
    state.usual_use[1] = 10;
    month.arc_flow = {10, 0};
  }
  void age(int months = 1) {
    for (int m = 0; m < months; ++m) mechanism->age(world, world::MonthMarket(world, {}, {}), month, state);
  }
};

TEST(Switching, UsualPartnersNeedNoTrial) {
  NewPartner buyer;
  buyer.month.arc_flow[0] = 6;
  buyer.age();
  EXPECT_EQ(buyer.state.qualified[0], 1);
  EXPECT_DOUBLE_EQ(buyer.state.usual_flow[0], 9);
}

TEST(Switching, ANewPartnerIsTriedOutBeforeItBecomesUsual) {
  NewPartner buyer;
  buyer.age(12);
  EXPECT_EQ(buyer.state.qualified[1], 0) << "nothing was tried";
  buyer.month.arc_flow[1] = 4;
  buyer.age();
  EXPECT_NEAR(buyer.state.qualified[1], 1.0 / 3, 1e-12);
  EXPECT_NEAR(buyer.state.usual_flow[1], 4 * (1.0 / 3) / 4, 1e-12);
  buyer.age(2);
  EXPECT_NEAR(buyer.state.qualified[1], 1, 1e-12);
}

TEST(Switching, MagnetsTakeLongestAndStagesLieBetween) {
  const auto months = [](world::Stage stage) {
    NewPartner buyer(stage);
    buyer.month.arc_flow[1] = 1;
    int count = 0;
    for (; buyer.state.qualified[1] < 1 - 1e-9; ++count) buyer.age();
    return count;
  };
  EXPECT_EQ(months(world::Stage::mining), 3);
  EXPECT_EQ(months(world::Stage::separation), 7);
  EXPECT_EQ(months(world::Stage::magnet), 19);
  EXPECT_EQ(months(world::Stage::recycling), 3) << "scrap like what mines sell";
}

// A wedge of 150 USD/t of which trying out is 100: what is left of it falls with use.
TEST(Switching, WhatTryingOutCostsFallsWithUse) {
  world::Arc arc;
  arc.wedge = 150;
  arc.entry = 100;
  EXPECT_DOUBLE_EQ(world::wedge_now(arc, 0), 150);
  EXPECT_DOUBLE_EQ(world::wedge_now(arc, 0.25), 125);
  EXPECT_DOUBLE_EQ(world::wedge_now(arc, 1), 50);
}

}  // namespace
}  // namespace lodestone::dynamics
