#include <gtest/gtest.h>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// MAK sells 10 t a month to USE, half of it under contracts (term 24 months, price lag 4, damages a fifth).
struct UnderContract {
  world::World world = three_region_world();
  std::unique_ptr<Mechanism> mechanism;
  world::State state;
  world::Equilibrium month;

  UnderContract() {
    world.arcs[0].contracted = 0.5;
    world.arcs[0].export_vat = 0.1;
    mechanism = contracts(world);
    mechanism->start(world, state);
    month.arc_flow = {10, 0};
    month.arc_fob = {1100, 1000};
  }
  void age() { mechanism->age(world, world::MonthMarket(three_region_world(), {}, {}), month, state); }
};

TEST(Contracts, StandStillInTheBaseYear) {
  UnderContract sale;
  sale.age();
  EXPECT_DOUBLE_EQ(sale.state.contract_volume[0], 5);
  EXPECT_DOUBLE_EQ(sale.state.contract_price[0], 1100) << "price at the origin and the VAT that is lost";
  sale.mechanism->expect(sale.world, sale.state);
  EXPECT_DOUBLE_EQ(sale.state.contract_damages[0], 220);
  EXPECT_EQ(sale.state.contract_volume[1], 0) << "a route without contracts";
}

TEST(Contracts, PriceFollowsTheSpotPriceWithALag) {
  UnderContract sale;
  sale.month.arc_fob = {2100, 1000};
  sale.age();
  EXPECT_DOUBLE_EQ(sale.state.contract_price[0], 1350) << "a quarter of the way";
  sale.age();
  EXPECT_DOUBLE_EQ(sale.state.contract_price[0], 1537.5);
}

TEST(Contracts, RunOutOverTheirTermAndAPriceWithoutSalesIsNobodys) {
  UnderContract sale;
  sale.month.arc_flow[0] = 0;
  sale.month.arc_fob[0] = 9000;
  sale.age();
  EXPECT_DOUBLE_EQ(sale.state.contract_volume[0], 5 - 5.0 / 24);
  EXPECT_DOUBLE_EQ(sale.state.contract_price[0], 1100);
}

}  // namespace
}  // namespace lodestone::dynamics
