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

// Middlemen carry part of what is refused, at a price per tonne that rises as they are used: peaks are lower, and what
// they earn is booked. Half of a trade of 8 t a month is refused; 11 % of it can go past at once.
TEST(ShortRun, EvasionLimitsAPeakAndGrowsWhileItPays) {
  const auto world = toy_world();
  auto strict = toy_world();
  set_parameter(strict, "evasion-start", 0);
  const auto licence = act("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n");
  const Watch leaky = run_under(world, licence), tight = run_under(strict, licence);
  const double with = highest(price_path(world, leaky, "dy-oxide", "OTH"));
  const double without = highest(price_path(strict, tight, "dy-oxide", "OTH"));
  EXPECT_LT(with, 0.9 * without);
  EXPECT_GT(with, 2) << "price at home, as much again for the middlemen";
  EXPECT_EQ(leaky.evaded[2], 0) << "nobody evades what is not restricted";
  EXPECT_GT(leaky.evaded[3], 0);
  EXPECT_GT(leaky.evaded[8], 1.5 * leaky.evaded[3]) << "they learn";
  EXPECT_EQ(leaky.evaded[15], 0) << "the licence has ended";
  EXPECT_GT(leaky.accounts[8].middlemen, 0);
  EXPECT_EQ(*std::max_element(tight.evaded.begin(), tight.evaded.end()), 0);
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
