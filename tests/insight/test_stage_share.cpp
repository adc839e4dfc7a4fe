// Shares of a stage as publications count them.
#include <gtest/gtest.h>

#include "lodestone/insight/validation.hpp"

namespace lodestone::insight {
namespace {

// Ore becomes carbonate in AAA and oxide in BBB; both steps belong to the stage of separation.
world::World carbonate_world() {
  world::World world;
  world.base_year = 2024;
  world.regions = {{"AAA", "First", false}, {"BBB", "Second", false}};
  world.elements = {{"dy", "dysprosium"}};
  const auto product = [&](const char* id, world::Stage stage) {
    world::Product made;
    made.id = id;
    made.stage = stage;
    made.content = {1};
    world.products.push_back(made);
  };
  product("ore", world::Stage::mining);
  product("carbonate", world::Stage::separation);
  product("oxide", world::Stage::separation);
  for (const std::size_t p : {0u, 1u}) {
    world::Process process;
    process.stage = world::Stage::separation;
    process.inputs = {{world::ProductId(p), 1}};
    process.outputs = {{world::ProductId(p + 1), 1}};
    world.processes.push_back(process);
    world::Facility facility;
    facility.region = facility.control = world::RegionId(p);
    facility.process = world::ProcessId(p);
    facility.base_activity = 10;
    world.facilities.push_back(facility);
  }
  return world;
}

TEST(StageShares, CountWhatTheStageTakesAgainOnlyOnce) {
  auto world = carbonate_world();
  for (const std::size_t r : {0u, 1u})
    world.published.push_back({"separation", "dy", world::RegionId(r), 2024, 0.5, {}});
  world.published.push_back({"separation", "dy", world::RegionId(0), 2009, 0.5, {}});  // says nothing about 2024
  const auto shares = stage_shares(world);
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_DOUBLE_EQ(shares[0].computed, 0);
  EXPECT_DOUBLE_EQ(shares[1].computed, 1);
}

TEST(StageShares, DoNotCountScrapAsMade) {
  auto world = carbonate_world();
  world::Product scrap;
  scrap.id = "scrap";
  scrap.stage = world::Stage::recycling;
  scrap.content = {1};
  world.products.push_back(scrap);
  world.processes[1].outputs = {{world::ProductId(2), 1}, {world::ProductId(3), 0.5}};
  world::Process other = world.processes[1];
  other.outputs = {{world::ProductId(2), 1}};
  world.processes.push_back(other);
  world::Facility facility = world.facilities[1];
  facility.region = world::RegionId(0);
  facility.process = world::ProcessId(2);
  world.facilities.push_back(facility);
  world.published.push_back({"separation", "dy", world::RegionId(0), 2024, 0.5, {}});
  EXPECT_DOUBLE_EQ(stage_shares(world).front().computed, 0.5);
}

}  // namespace
}  // namespace lodestone::insight
