#include "lodestone/app/run_ensemble.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <thread>

#include "lodestone/app/app.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/ensemble/shared_work.hpp"
#include "lodestone/insight/ensemble_request.hpp"

namespace lodestone::app {
namespace {

constexpr int kSyncEvery = 16;  // futures between two waits for the disk

// Letters of the first process beside those of ensemble::lead: "run ID" begins the work, "end CODE" ends the program.
constexpr const char* kRun = "run ";
constexpr const char* kEnd = "end";

ensemble::Labour labour_of(const insight::Futures& futures, ensemble::MemberLog& log, int threads) {
  return {[&](std::uint32_t number) { return futures.make(number); }, threads,
          [&log, done = 0](const ensemble::Member& member) mutable {
            log.add(member);
            if (++done % kSyncEvery == 0) log.sync();
            return !Terminal::interrupted();
          },
          [&] { log.sync(); }};
}

// Among several processes a signal comes from the launcher, which kills soon after: nothing can be finished.
void prepare_for_the_end(const ensemble::Ranks& ranks, const std::string& id) {
  if (ranks.count() == 1) return;
  // The first speaks for all, and the second for the first, should that be the one that was lost.
  Terminal::last_words(ranks.number() < 2
                           ? fmt::format("rank {} of {}: told to end: another rank was lost, or the job was cancelled; "
                                         "what was finished is kept: 'lodestone resume {}' goes on\n",
                                         ranks.number(), ranks.count(), id)
                           : std::string());
}

std::vector<std::uint32_t> missing_of(const insight::Futures& futures, const store::RunFolder& folder) {
  const auto present = ensemble::MemberReader(folder.members(), futures.identity()).present();
  auto claim = ensemble::all_but(static_cast<std::uint32_t>(futures.facts().members), present);
  std::vector<std::uint32_t> missing;
  for (std::uint32_t number = 0; claim(number);) missing.push_back(number);
  return missing;
}

// Makes the missing futures; returns false when it was stopped before all were made.
bool make_missing(const insight::Futures& futures, const store::RunFolder& folder, int threads,
                  const ensemble::Ranks& ranks, Terminal& terminal) {
  const std::string id = folder.path().filename().string();
  ensemble::MemberLog log(folder.members(0), futures.identity());
  const auto missing = missing_of(futures, folder);
  ranks.send_all(kRun + id);
  const Terminal::Interruptible interruptible;
  prepare_for_the_end(ranks, id);
  std::size_t made = 0;
  const auto progress = [&](std::size_t finished) {
    made = finished;
    const auto total = static_cast<int>(futures.facts().members);
    const int done = total - static_cast<int>(missing.size()) + static_cast<int>(finished);
    if (ranks.count() == 1)
      terminal.progress(futures.facts().run.scenario, done, total);
    else
      terminal.progress_line(id, done, total);  // mpirun hands lines on
  };
  ensemble::lead(ranks, labour_of(futures, log, threads), missing, progress);
  terminal.end_progress();
  return made == missing.size();
}

// What is there of an ensemble that could not be finished, and what disk the rest needs.
std::string what_is_missing(const insight::Futures& futures, const store::RunFolder& folder) {
  constexpr double kMegabyte = 1e6;
  const auto members = futures.facts().members;
  const auto missing = missing_of(futures, folder).size();
  const auto values = ensemble::values_of(futures.kept(), futures.facts().run.months);
  const double log = static_cast<double>(missing * (values * sizeof(double) + ensemble::kRecordBytes));
  const double results =
      static_cast<double>(members * (values * sizeof(float) + futures.design().figures().size() * sizeof(double)));
  return fmt::format("{} of {} futures are kept; the rest needs {:.1f} MB on this disk, the results at most {:.1f} MB",
                     members - missing, members, log / kMegabyte, results / kMegabyte);
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

// Another process than the first: helps with one run, then hears that it has ended. Its code is that of success, for
// mpirun ends the others at any other, and the first may not have said yet what is wrong.
int help(const base::OptionValues& values, const ensemble::Ranks& ranks) {
  for (;;) {
    const auto word = ranks.wait().text;
    if (word == kEnd) return kOk;
    const std::string id = word.substr(std::string(kRun).size());
    std::array<char, 256> machine{};
    ::gethostname(machine.data(), machine.size() - 1);
    const std::string name = fmt::format("rank {} on {}", ranks.number(), machine.data());
    prepare_for_the_end(ranks, id);
    try {
      const store::RunFolder folder(out_folder(values), id);
      const auto futures = insight::stored_futures(folder);
      ensemble::MemberLog log(folder.members(ranks.number()), futures->identity());
      ensemble::follow(ranks, labour_of(*futures, log, threads_of(values, ranks)), name);
    } catch (const std::exception& error) {
      ensemble::give_up(ranks, fmt::format("{}: {}", name, error.what()));
    }
  }
}

}  // namespace

int in_role(const base::OptionValues& values, const Lead& lead) {
  const ensemble::Ranks ranks;
  if (ranks.number() > 0) return help(values, ranks);
  try {
    const int code = lead(ranks);
    ranks.send_all(kEnd);
    return code;
  } catch (const std::exception&) {
    ranks.send_all(kEnd);
    throw;
  }
}

EnsembleOutcome make_futures(const insight::Futures& futures, const store::RunFolder& folder, int threads,
                             const ensemble::Ranks& ranks, Terminal& terminal) {
  EnsembleOutcome outcome;
  const auto begin = std::chrono::steady_clock::now();
  const auto members = futures.facts().members;
  try {
    const bool all = make_missing(futures, folder, threads, ranks, terminal);
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
    outcome.message = error.what();
    try {
      outcome.message += "; " + what_is_missing(futures, folder);
    } catch (const std::exception&) {
      outcome.message += "; what was finished is kept";  // the logs themselves are the trouble
    }
    outcome.message += fmt::format("; 'lodestone resume {}' goes on", folder.path().filename().string());
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

base::OptionSpec threads_option() {
  return {"threads", base::OptionType::integer,
          "threads", 1,
          1024,      false,
          "",        "of each process; when not given as many as the machine has for it"};
}

namespace {

int threads_beside(const base::OptionValues& values, int processes) {
  if (values.has("threads")) return static_cast<int>(values.integer("threads"));
  const int all = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  // A launcher that gave each process cores of its own has divided the machine already.
  cpu_set_t cores;
  CPU_ZERO(&cores);
  const int mine = ::sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : all;
  return mine < all ? std::max(1, mine) : std::max(1, all / processes);
}

}  // namespace

int threads_of(const base::OptionValues& values, const ensemble::Ranks& ranks) {
  return threads_beside(values, ranks.here());
}

int threads_of(const base::OptionValues& values) {
  return threads_beside(values, 1);
}

}  // namespace lodestone::app
