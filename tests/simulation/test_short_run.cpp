// Sign and size of the short run's mechanisms on three regions: HOM makes almost all, OTH buys dysprosium oxide.
#include "tests/simulation/short_run.hpp"

namespace lodestone::simulation {
namespace {

constexpr const char* kQuota = "quantity = 3\nperiod = 12\n";

/// A world in which nobody is ever afraid.
world::World calm_world() {
  auto world = toy_world();
  set_parameter(world, "risk-cover", 0);
  return world;
}

// News alone moves prices: buyers lay in a larger cover before anything is cut, and the price at home hardly feels it.
TEST(ShortRun, AnAnnouncementRaisesThePriceBeforeTheActBegins) {
  const auto world = toy_world();
  const auto known = act("export-ban", "announced = \"2024-02\"\n");
  const auto early = price_path(world, run_under(world, known), "dy-oxide", "OTH");
  const auto late = price_path(world, run_under(world, act("export-ban")), "dy-oxide", "OTH");
  EXPECT_NEAR(early[0], 1, 1e-6);
  EXPECT_GT(early[1], 1.05) << "February: announced";
  EXPECT_NEAR(late[2], 1, 1e-6) << "March: nobody knows yet";
}

TEST(ShortRun, FearMakesAPriceJumpAndNotCreep) {
  const auto world = toy_world(), calm = calm_world();
  const auto licence = act("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n");
  const auto afraid = price_path(world, run_under(world, licence), "dy-oxide", "OTH");
  const auto unafraid = price_path(calm, run_under(calm, licence), "dy-oxide", "OTH");
  EXPECT_GT(afraid[3], 1.3 * unafraid[3]) << "month of the act";
  EXPECT_GT(highest(afraid), highest(unafraid));
}

// What was laid in comes back: after the act the price falls below where it stood, and below a calm world's.
TEST(ShortRun, DestockingFollowsPanic) {
  const auto world = toy_world(), calm = calm_world();
  const auto ban = act("export-quota", kQuota);
  const auto afraid = price_path(world, run_under(world, ban, 48), "dy-oxide", "OTH");
  EXPECT_LT(*std::min_element(afraid.begin() + 16, afraid.end()), 0.95);
}

TEST(ShortRun, PricesDoNotSawUnderAnyKindOfAct) {
  const auto world = toy_world();
  for (const auto& levers : {act("export-ban"), act("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n"),
                             act("export-quota", kQuota), act("export-tax", "rate = 0.5\n")}) {
    const Watch watch = run_under(world, levers, 36);
    for (const char* product : {"dy-oxide", "ndpr-oxide", "magnet"})
      for (const char* region : {"HOM", "OTH"})
        EXPECT_LE(turns(price_path(world, watch, product, region)), 4) << levers << product << " in " << region;
  }
}

}  // namespace
}  // namespace lodestone::simulation
