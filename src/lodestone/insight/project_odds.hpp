// Every project over the futures of an ensemble: how likely it produces by each year, how much, what it would be worth,
// what holds it back, and which lever moves it most.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/insight/report.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// What a project does in futures with and without one lever of the scenario, the same draws in both.
struct LeverEffect {
  std::string lever;
  std::vector<double> opened_with, opened_without;  // futures: months (counted as base::Month), NaN: never
  std::vector<double> output_with, output_without;  // t of activity per month in the last twelve months
};

/// `effects`: per project in the order of the file, per lever; empty when they were not asked for. The world is that of
/// any of the futures. Throws base::InputError when the ensemble holds no projects.
Report project_odds(const ensemble::EnsembleFile& file, const world::World& world,
                    const std::vector<std::vector<LeverEffect>>& effects = {});

/// Leaves out each lever of the scenario alone in the first `members` futures of the ensemble that stands in `file`, by
/// several threads; `done` is told how many of how many futures are made and says whether to go on. Futures that fail
/// with or without the lever are left out of its pairs. Empty when it was stopped.
std::vector<std::vector<LeverEffect>> lever_effects(const ensemble::EnsembleFile& file, const Futures& futures,
                                                    std::size_t members, int threads,
                                                    const std::function<bool(int done, int all)>& done);

/// The projects of an ensemble, in the order in which it keeps them.
std::vector<std::string> projects_of(const ensemble::EnsembleFile& file);

}  // namespace lodestone::insight
