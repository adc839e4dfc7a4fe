// Runs a scenario into the catalogue: shared by `run` and `demo`.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/app/terminal.hpp"
#include "lodestone/base/calendar.hpp"
#include "lodestone/policy/scenario.hpp"
#include "lodestone/store/catalogue.hpp"
#include "lodestone/store/run_facts.hpp"
#include "lodestone/store/run_folder.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::app {

struct RunRequest {
  std::filesystem::path scenario, data, out;
  std::optional<std::string> text;              // read in place of the scenario's file
  std::vector<std::filesystem::path> overlays;  // that the world was read with
  std::optional<int> months;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> demand_growth;
  bool reference_solver = false;
};

struct RunOutcome {
  std::string id;
  store::Status status = store::Status::running;
  std::string message;
  int months_done = 0;
  std::filesystem::path folder;
  double seconds = 0;
};

/// Notes in the catalogue how a run ended. When even that cannot be written (a full disk), says so; the run then shows
/// as incomplete.
void note_end(store::Catalogue& catalogue, const store::RunRow& row, Terminal& terminal);

/// A world and scenario ready to be cleared.
struct ReadyRun {
  const world::World& world;
  const policy::Scenario& scenario;
  store::RunFacts facts;
  std::filesystem::path out;
  std::function<void(const store::RunFolder& folder)> make_folder;  // whatever the run can be made again from
  bool reference_solver = false;
};

/// The catalogue's row of a run that is about to begin.
store::RunRow row_of(const store::RunFacts& facts);

/// Clears a scenario month by month; whatever happens, the catalogue says how it ended. Ctrl-C stops it cleanly.
RunOutcome clear_run(ReadyRun ready, Terminal& terminal);
RunOutcome run_scenario(const RunRequest& request, const world::World& world, Terminal& terminal);

}  // namespace lodestone::app
