// A rule on the origin of what an access class is served with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "played_month.hpp"

namespace lodestone::policy {
namespace {

using ::testing::HasSubstr;

// The tiny world, with dysprosium oxide kept apart for "safe" in Japan, where oxide of any origin passes into it.
world::World class_world() {
  auto world = test::tiny_world();
  const auto open = world.find_product("dysprosium-oxide");
  world::Product safe = world.products[open.index()];
  safe.id = "dysprosium-oxide-safe";
  safe.access = "safe";
  safe.open = open;
  const world::ProductId classed(world.products.size());
  world.products.push_back(safe);
  world.base_price.resize(world.nodes(), 250'000);
  world.price_provenance.resize(world.nodes());
  test::tiny::add_arc(world, "dysprosium-oxide-safe", "CHN", "JPN", 1);
  world::Process process;
  process.id = "any-origin-dysprosium-oxide-safe";
  process.stage = world::Stage::access;
  process.inputs = {{open, 1}};
  process.outputs = {{classed, 1}};
  world.processes.push_back(process);
  world::Facility transfer;
  transfer.id = "any-origin-dysprosium-oxide-safe-JPN";
  transfer.region = world.find_region("JPN");
  transfer.process = world::ProcessId(0);
  transfer.transfer = world::Transfer::any_origin;
  transfer.capacity = 10;
  world.facilities.push_back(transfer);
  return world;
}

std::string origin_rule(const std::string& access) {
  return test::lever_text("origin-rule", "class = \"" + access + "\"\n");
}

TEST(OriginRule, ClosesTheWayIntoTheClassWhileItIsInForce) {
  test::PlayedMonths months({origin_rule("safe")}, class_world());
  months.jump_to(2025, 3);
  EXPECT_EQ(months.open().activity_limit.front(), market::kUnlimited);
  months.jump_to(2025, 4);
  EXPECT_EQ(months.open().activity_limit.front(), 0);
  months.jump_to(2026, 4);
  EXPECT_EQ(months.open().activity_limit.front(), market::kUnlimited);
}

TEST(OriginRule, AClassThatDoesNotExistIsWrongInput) {
  try {
    test::PlayedMonths months({origin_rule("save")}, class_world());
    FAIL() << "no error";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'safe'"));
  }
}

TEST(OriginRule, OtherLeversOnAProductActOnWhatIsKeptApartToo) {
  test::PlayedMonths months({test::lever_text("export-ban")}, class_world());
  months.jump_to(2025, 4);
  const auto& limits = months.open().arc_limit;
  EXPECT_EQ(limits.back(), 0) << "the route of the class";
}

}  // namespace
}  // namespace lodestone::policy
