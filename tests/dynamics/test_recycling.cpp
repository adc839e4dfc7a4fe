// Goods that come back when their life is over.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/dynamics/three_regions.hpp"

namespace lodestone::dynamics {
namespace {

/// The user buys 10 t a month, keeps it for ten years on average and may give 0.8 t of scrap per t back.
world::World keeping_world(double growth = 0) {
  auto world = three_region_world();
  world::Product scrap;
  scrap.id = "scrap";
  scrap.stage = world::Stage::recycling;
  world.products.push_back(scrap);
  world.base_price.resize(world.nodes(), 100);
  world.lifetimes.push_back({world::ProductId(0), "all", 10, 2, growth, world::ProductId(1), 0.8, {}});
  world::Process collect;
  collect.id = "collect-scrap";
  collect.stage = world::Stage::recycling;
  collect.outputs.push_back({world::ProductId(1), 1});
  world.processes.push_back(collect);
  world::Facility place;
  place.id = "collection";
  place.region = place.control = world::RegionId(1);
  place.process = world::ProcessId(1);
  place.transfer = world::Transfer::collection;
  place.capacity = 2;
  place.cash_cost = 100;
  place.step_quantity = {2};
  place.step_cost = {100, 200};
  world.facilities.push_back(place);
  const auto add = [&](const char* id, double value) {
    world::Parameter parameter;
    parameter.id = id;
    parameter.value = value;
    world.parameters.push_back(parameter);
  };
  add("collection-ceiling", 0.5);
  add("collection-price", 1);
  add("collection-build-up", 0.02);
  return world;
}

// 120 t a year for ever: as much is thrown away as is bought.
TEST(Recycling, InASteadyStateAsMuchComesBackAsIsBought) {
  ThreeRegions toy(keeping_world());
  double year = 0;
  for (int month = 0; month < 12; ++month) {
    year += toy.state.discarded[0];
    EXPECT_EQ(toy.state.capacity[2], 0);  // nobody collects at base prices
    toy.age();
  }
  EXPECT_NEAR(year, 120, 1e-9);  // the shares of all months sum to 1
}

// Weibull of mean 10 and shape 2: scale 10 / 0.8862. A purchase of one year is gone by half after 9.39 years of age.
TEST(Recycling, FollowsTheLifetimeOfAPurchase) {
  auto world = keeping_world();
  world.segments[0].base_quantity = 0;
  ThreeRegions toy(world);
  toy.month.consumption = {1};
  toy.age(12);  // one year of purchases, 12 t
  toy.month.consumption = {0};
  double gone = 0;
  const double scale = 10 / std::tgamma(1.5);
  for (int month = 1; month <= 240; ++month) {
    gone += toy.state.discarded[0];
    toy.age();
    if (month % 60 == 0) {
      const double age = (month + 6) / 12.0;
      EXPECT_NEAR(gone, 12 * (1 - std::exp(-std::pow(age / scale, 2))), 1e-9) << month;
    }
  }
  for (int month = 241; month <= 480; ++month) {
    gone += toy.state.discarded[0];
    toy.age();
  }
  EXPECT_NEAR(gone, 12, 1e-9);  // nothing is lost from the books
}

// Scrap at twice its base price: collectors equip for 1 - 1/e of the ceiling, 2 % of the way a month.
TEST(Recycling, CollectorsEquipWhileScrapIsDear) {
  ThreeRegions toy(keeping_world());
  const std::size_t scrap = toy.world.node(world::ProductId(1), world::RegionId(1));
  for (auto* prices : {&toy.month.price, &toy.state.normal_price, &toy.state.last_price}) prices->resize(6, 100.0);
  toy.month.quote.resize(6, {true, 100, 100});
  toy.month.forward_price.resize(6, 0.0);
  toy.month.price[scrap] = toy.state.normal_price[scrap] = 200;
  toy.age();
  const double equipped = 0.02 * (1 - std::exp(-1.0));
  EXPECT_NEAR(toy.state.collecting[2], equipped, 1e-12);
  EXPECT_NEAR(toy.state.capacity[2], 0.5 * equipped * 0.8 * toy.state.discarded[0], 1e-12);
}

TEST(Recycling, GrowingUseGivesBackLessThanItTakes) {
  ThreeRegions steady(keeping_world()), growing(keeping_world(0.2));
  EXPECT_LT(growing.state.discarded[0], 0.35 * steady.state.discarded[0]);
}

}  // namespace
}  // namespace lodestone::dynamics
