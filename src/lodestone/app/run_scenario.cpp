#include "lodestone/app/run_scenario.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "lodestone/insight/replay.hpp"
#include "lodestone/policy/scenario.hpp"
#include "lodestone/simulation/future.hpp"
#include "lodestone/store/results_writer.hpp"
#include "lodestone/store/run_folder.hpp"

namespace lodestone::app {
namespace {

constexpr int kNoteEvery = 6;  // months between two notes of progress in the catalogue

}  // namespace

store::RunRow row_of(const store::RunFacts& facts) {
  store::RunRow row;
  row.scenario = facts.scenario;
  row.title = facts.title;
  row.question = facts.question;
  row.dataset = facts.dataset;
  row.dataset_hash = facts.dataset_hash;
  row.as_of = facts.as_of;
  row.overlays = facts.overlays;
  row.version = facts.version;
  row.seed = facts.seed;
  row.start = facts.start;
  row.months = facts.months;
  return row;
}

void note_end(store::Catalogue& catalogue, const store::RunRow& row, Terminal& terminal) {
  try {
    catalogue.finish(row.id, row.status, row.message, row.months_done);
  } catch (const std::exception& error) {
    terminal.say(fmt::format("{} {}; the run will be listed as incomplete", terminal.red("error:"), error.what()));
  }
}

RunOutcome run_scenario(const RunRequest& request, const world::World& world, Terminal& terminal) {
  auto scenario = request.text ? policy::parse_scenario(*request.text, request.scenario.string(), world)
                               : policy::read_scenario(request.scenario, world);
  if (request.months) scenario.months = *request.months;
  if (request.seed) scenario.seed = *request.seed;
  if (request.demand_growth) policy::choose_growth(scenario, world, *request.demand_growth);
  auto facts = insight::facts_of(world, scenario, request.reference_solver ? "reference" : "cascade");
  const auto text = facts.scenario_text;
  return clear_run({world, scenario, std::move(facts), request.out,
                    [&](const store::RunFolder& folder) { folder.create(text, request.data, request.overlays); },
                    request.reference_solver},
                   terminal);
}

RunOutcome clear_run(ReadyRun ready, Terminal& terminal) {
  auto& facts = ready.facts;
  store::Catalogue catalogue(ready.out);
  store::RunLock lock;
  RunOutcome outcome;
  outcome.id = facts.id = catalogue.add(row_of(facts), [&](const std::string& id) {
    const store::RunFolder folder(ready.out, id);
    ready.make_folder(folder);
    lock = store::RunLock(folder.lock());
  });
  const store::RunFolder folder(ready.out, facts.id);
  outcome.folder = folder.path();
  terminal.info(fmt::format("run {} in {}", facts.id, folder.path().string()));

  store::ResultsWriter writer(folder.results(), facts);
  const auto begin = std::chrono::steady_clock::now();
  const Terminal::Interruptible interruptible;
  outcome.status = store::Status::complete;
  try {
    simulation::Future future(ready.world, ready.scenario,
                              ready.reference_solver ? simulation::Method::reference : simulation::Method::cascade);
    future.run(writer, [&](int done, int total) {
      terminal.progress(facts.scenario, done, total);
      terminal.debug(fmt::format("{} months cleared", done));
      if (done % kNoteEvery == 0) catalogue.progress(facts.id, done);
      if (!Terminal::interrupted()) return true;
      if (done < total) outcome.status = store::Status::interrupted;
      return false;
    });
  } catch (const std::exception& error) {
    outcome.status = store::Status::failed;
    outcome.message = error.what();
  }
  terminal.end_progress();
  outcome.months_done = writer.months_done();
  if (outcome.status == store::Status::interrupted)
    outcome.message = fmt::format("stopped by Ctrl-C after {} of {} months", outcome.months_done, facts.months);
  try {
    writer.finish(to_string(outcome.status), outcome.message);
  } catch (const std::exception& error) {
    outcome.status = store::Status::failed;
    outcome.message = fmt::format("the results could not be kept: {}", error.what());
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  auto row = row_of(facts);
  row.id = facts.id;
  row.status = outcome.status;
  row.message = outcome.message;
  row.months_done = outcome.months_done;
  note_end(catalogue, row, terminal);
  return outcome;
}

}  // namespace lodestone::app
