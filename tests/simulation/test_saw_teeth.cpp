// No rule may make prices alternate from month to month: every parameter at both ends of its range, under every kind of
// act.
#include "tests/insight/toy_dataset.hpp"
#include "tests/simulation/short_run.hpp"

namespace lodestone::simulation {
namespace {

constexpr int kMost = 6;  // turns of more than 2 % in three years; saw-teeth would make some thirty

std::vector<std::string> acts() {
  return {act("export-ban"), act("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n"),
          act("export-quota", "quantity = 3\nperiod = 12\n"), act("export-tax", "rate = 0.5\n")};
}

/// The toy made from its files with another value of one parameter: some act through the base year.
world::World toy_with(const std::string& id, double value) {
  auto raw = insight::toy_dataset();
  for (auto& row : raw.parameters)
    if (row.id == id) row.value = value;
  base::Diagnostics diagnostics;
  auto world = dataset::build(raw, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << id << " = " << value;
  return toy_with_all_holders(std::move(world));
}

int most_turns(const world::World& world, const std::string& levers) {
  const Watch watch = run_under(world, levers, 36);
  int most = 0;
  for (const char* product : {"dy-oxide", "ndpr-oxide", "magnet"})
    for (const char* region : {"HOM", "OTH"}) most = std::max(most, turns(price_path(world, watch, product, region)));
  return most;
}

TEST(SawTeeth, NoRuleMakesThemAtEitherEndOfItsRange) {
  for (const auto& parameter : toy_world().parameters) {
    for (const double end : {parameter.low, parameter.high}) {
      const auto changed = toy_with(parameter.id, end);
      for (const auto& levers : acts())
        EXPECT_LE(most_turns(changed, levers), kMost) << parameter.id << " = " << end << "\n" << levers;
    }
  }
}

}  // namespace
}  // namespace lodestone::simulation
