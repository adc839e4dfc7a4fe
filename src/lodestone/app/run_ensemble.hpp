// Makes the futures of an ensemble into its folder, by one process or by several that mpirun started: shared by
// `ensemble` and `resume`.
#pragma once

#include <functional>
#include <string>

#include "lodestone/app/terminal.hpp"
#include "lodestone/base/option.hpp"
#include "lodestone/ensemble/ranks.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/store/catalogue.hpp"
#include "lodestone/store/run_folder.hpp"

namespace lodestone::app {

struct EnsembleOutcome {
  store::Status status = store::Status::running;
  std::string message;
  std::size_t made = 0, dropped = 0;  // over all sessions
  double seconds = 0;
};

/// The largest share of futures that may be dropped for a missed certificate.
inline constexpr double kMostDropped = 0.001;

/// What the first of the processes does; the exit code of all.
using Lead = std::function<int(const ensemble::Ranks& ranks)>;

/// Runs a command that makes futures in this process's role: `lead` in the first, or in the only one; the others help
/// with what it begins, and end with its code. They read and write below the option --out as it does.
int in_role(const base::OptionValues& values, const Lead& lead);

/// Makes what is still missing, with the help of the other processes, then writes the results. Ctrl-C stops it; what
/// was finished stays.
EnsembleOutcome make_futures(const insight::Futures& futures, const store::RunFolder& folder, int threads,
                             const ensemble::Ranks& ranks, Terminal& terminal);

/// Option --threads, and the threads of this process: as many as given, else its share of the machine's.
base::OptionSpec threads_option();
int threads_of(const base::OptionValues& values, const ensemble::Ranks& ranks);
/// The same for a command that works alone.
int threads_of(const base::OptionValues& values);

}  // namespace lodestone::app
