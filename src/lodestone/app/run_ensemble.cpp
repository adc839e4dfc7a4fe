#include "lodestone/app/run_ensemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <thread>

#include "lodestone/ensemble/engine.hpp"
#include "lodestone/ensemble/ensemble_file.hpp"

namespace lodestone::app {
namespace {

constexpr int kSyncEvery = 16;  // futures between two waits for the disk

// Makes the missing futures; returns false when it was stopped before all were made.
bool make_missing(const insight::Futures& futures, const store::RunFolder& folder, int threads, Terminal& terminal) {
  const auto members = static_cast<std::uint32_t>(futures.facts().members);
  ensemble::MemberLog log(folder.members(0), futures.identity());
  const auto present = ensemble::MemberReader(folder.members(), futures.identity()).present();
  auto done = static_cast<int>(
      std::count_if(present.begin(), present.end(), [&](std::uint32_t number) { return number < members; }));
  const Terminal::Interruptible interruptible;
  ensemble::Work work;
  work.threads = threads;
  work.make = [&](std::uint32_t number) { return futures.make(number); };
  work.claim = ensemble::all_but(members, present);
  work.finished = [&](const ensemble::Member& member) {
    log.add(member);
    if (++done % kSyncEvery == 0) log.sync();
    terminal.progress(futures.facts().run.scenario, done, static_cast<int>(members));
    return !Terminal::interrupted();
  };
  ensemble::run(work);
  log.sync();
  terminal.end_progress();
  return done == static_cast<int>(members);
}

void write_results(const insight::Futures& futures, const store::RunFolder& folder, EnsembleOutcome& outcome) {
  ensemble::MemberReader reader(folder.members(), futures.identity());
  for (const auto number : reader.present()) {
    if (number >= futures.facts().members) continue;
    ++outcome.made;
    if (!reader.failure(number).empty()) ++outcome.dropped;
  }
  if (outcome.made < futures.facts().members) return;
  auto facts = futures.facts();
  facts.run.id = folder.path().filename().string();
  ensemble::write_ensemble(folder.ensemble(), facts, futures.kept(), futures.design(), reader);
}

}  // namespace

int usual_threads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

EnsembleOutcome make_futures(const insight::Futures& futures, const store::RunFolder& folder, int threads,
                             Terminal& terminal) {
  EnsembleOutcome outcome;
  const auto begin = std::chrono::steady_clock::now();
  const auto members = futures.facts().members;
  try {
    const bool all = make_missing(futures, folder, threads, terminal);
    write_results(futures, folder, outcome);
    outcome.status = all ? store::Status::complete : store::Status::interrupted;
    if (!all) outcome.message = fmt::format("stopped after {} of {} futures", outcome.made, members);
    if (static_cast<double>(outcome.dropped) > kMostDropped * static_cast<double>(members)) {
      outcome.status = store::Status::failed;
      outcome.message = fmt::format("{} of {} futures were dropped, more than {:.1f} %", outcome.dropped, members,
                                    100 * kMostDropped);
    }
  } catch (const std::exception& error) {
    terminal.end_progress();
    outcome.status = store::Status::failed;
    outcome.message = fmt::format("{}; what was finished is kept: 'lodestone resume {}' goes on", error.what(),
                                  folder.path().filename().string());
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

}  // namespace lodestone::app
