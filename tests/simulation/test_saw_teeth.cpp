// No rule may make prices alternate from month to month: every behavioural parameter at both ends of its range, under
// every kind of act.
#include "tests/simulation/short_run.hpp"

namespace lodestone::simulation {
namespace {

constexpr int kMost = 6;  // turns of more than 2 % in three years; saw-teeth would make some thirty

std::vector<std::string> acts() {
  return {act("export-ban"), act("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n"),
          act("export-quota", "quantity = 3\nperiod = 12\n"), act("export-tax", "rate = 0.5\n")};
}

/// Whether the parameter is one of behaviour and not of how the base year is made.
bool behavioural(const std::string& id) {
  return id != "trade-elasticity" && id != "supply-elasticity" && id != "qualification-cost" &&
         id != "contracted-trade" && id != "contract-least-route" && id != "contract-ceiling";
}

int most_turns(const world::World& world, const std::string& levers) {
  const Watch watch = run_under(world, levers, 36);
  int most = 0;
  for (const char* product : {"dy-oxide", "ndpr-oxide", "magnet"})
    for (const char* region : {"HOM", "OTH"}) most = std::max(most, turns(price_path(world, watch, product, region)));
  return most;
}

TEST(SawTeeth, NoRuleMakesThemAtEitherEndOfItsRange) {
  const auto world = toy_with_all_holders();
  for (const auto& parameter : world.parameters) {
    if (!behavioural(parameter.id)) continue;
    for (const double end : {parameter.low, parameter.high}) {
      auto changed = world;
      set_parameter(changed, parameter.id, end);
      for (const auto& levers : acts())
        EXPECT_LE(most_turns(changed, levers), kMost) << parameter.id << " = " << end << "\n" << levers;
    }
  }
}

}  // namespace
}  // namespace lodestone::simulation
