// Makes the futures of an ensemble into its folder: shared by `ensemble` and `resume`.
#pragma once

#include <string>

#include "lodestone/app/terminal.hpp"
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

/// Makes what is still missing, then writes the results. Ctrl-C stops it; what was finished stays.
EnsembleOutcome make_futures(const insight::Futures& futures, const store::RunFolder& folder, int threads,
                             Terminal& terminal);

/// Threads that the machine can run at once.
int usual_threads();

}  // namespace lodestone::app
