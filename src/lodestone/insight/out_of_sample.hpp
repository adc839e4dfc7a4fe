// The model after its base year, beside figures that were not used to set a number and beside a no-change forecast.
#pragma once

#include <string>
#include <vector>

#include "lodestone/insight/report.hpp"
#include "lodestone/policy/scenario.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// One figure of a time after the base year.
struct Forecast {
  std::string what, where;  // "mining REO", "CHN"; "dysprosium-oxide fob 99.5 %", "CHN"; product, "CHN to DEU"
  base::Period period;
  double observed = 0;
  double model = 0;      // the run's mean over the period
  double no_change = 0;  // the base year's figure
  std::string source;
  /// |ln(forecast / observed)|; both above 0.
  [[nodiscard]] double model_error() const;
  [[nodiscard]] double no_change_error() const;
};

struct OutOfSample {
  std::vector<Forecast> shares;  // published for later years; no change = published for the base year, else computed
  std::vector<Forecast> prices;  // USD/t of 2024; no change = the quote on the same terms in the base year, or the
                                 // node's price on these terms; model = that times its change of the node's price
  std::vector<Forecast> flows;   // t/month; no change = the base year's flow
  int unlike_quotes = 0;         // later quotes that nothing in the base year compares with
};

/// Runs `happened` (what governments did, as levers; its own start and length do not count) from the month after the
/// base year, for up to three years, and holds its means against every later figure of the dataset that it covers.
OutOfSample out_of_sample(const world::World& world, const policy::Scenario& happened);

/// What it comes to in a sentence each, worse ones said as plainly as better ones; and the tables.
std::vector<std::string> verdicts(const world::World& world, const OutOfSample& outcome);
std::vector<Table> tables(const OutOfSample& outcome);

}  // namespace lodestone::insight
