// What a run's shortages cost: value added lost by end use and region, what it means for suppliers and customers, and
// how long defence could go on. docs/damage.md.
#pragma once

#include <string>
#include <vector>

#include "lodestone/insight/economy.hpp"
#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// What to look at; empty lists: everything.
struct DamageQuestion {
  std::vector<std::string> regions, end_uses;  // ids of regions; end uses
};

/// Value added lost over a run, USD.
struct Lost {
  double lost = 0, most = 0;    // docs/damage.md: what can be done without first, or alike
  double worst = 0;             // the largest month of `lost`, USD
  std::size_t worst_month = 0;  // where that is, or where the least is covered when nothing is lost
  double covered = 1;           // least of its scarcest input
};
/// Per industry of the world. The results must have the series.
std::vector<Lost> losses_of_industries(const store::Results& results, const world::World& world);
/// Sum over industries of each month's loss, USD.
std::vector<double> lost_by_month(const store::Results& results, const char* series,
                                  const std::vector<std::size_t>& industries);

/// Whether a run says what is lost: its world has industries and its results the series.
bool tells_damage(const store::Results& results, const world::World& world);

/// By industry; largest loss first. `most`: rows at most, 0 = all.
Table damage_table(const store::Results& results, const world::World& world, const DamageQuestion& question,
                   std::size_t most = 0);
/// By month: lost, at most, of it in the region that loses most.
Table damage_months_table(const store::Results& results, const world::World& world, const DamageQuestion& question);
/// Direct loss, that of suppliers and the bound on that of customers, by region of the economy.
Table damage_spread_table(const store::Results& results, const world::World& world, const Economy& economy,
                          const DamageQuestion& question);
/// Where defence needs a product: how much of it it gets, and for how many months stocks and plants at home would do.
Table defence_table(const store::Results& results, const world::World& world, const DamageQuestion& question);

/// All of it as an answer. Throws base::InputError when the run does not tell, or a name is unknown.
Report damage(const store::Results& results, const world::World& world, const Economy& economy,
              const DamageQuestion& question);

}  // namespace lodestone::insight
