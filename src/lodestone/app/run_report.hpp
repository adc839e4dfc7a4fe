// The page of a run or an ensemble, as a file.
#pragma once

#include <filesystem>

#include "lodestone/app/context.hpp"

namespace lodestone::app {

/// report.html in the run's folder.
std::filesystem::path report_file(const store::RunFolder& folder);

/// Writes the page whole or not at all; throws base::InputError when the run was altered or the file cannot be written.
void write_report(const FoundRun& run, const std::filesystem::path& file);
/// The same for an ensemble.
void write_ensemble_report(const store::RunRow& row, const store::RunFolder& folder, const std::filesystem::path& file);

}  // namespace lodestone::app
