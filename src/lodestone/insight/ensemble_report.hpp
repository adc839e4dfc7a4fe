// What an ensemble says, before it is printed.
#pragma once

#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/insight/outlook.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// What the series that moves most does; spread of every kept series at its peak and at the end; what the first one
/// hangs on most, and how much of that is assumed; futures that were dropped.
Report report(const ensemble::EnsembleFile& file);
/// The same with what was looked at before.
Report report(const ensemble::EnsembleFile& file, const std::vector<Outlook>& looks);

}  // namespace lodestone::insight
