// What an ensemble says, before it is printed.
#pragma once

#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// Spread of every kept series: at its peak, on average and at the end; what the first one hangs on most; futures that
/// were dropped.
Report report(const ensemble::EnsembleFile& file);

}  // namespace lodestone::insight
