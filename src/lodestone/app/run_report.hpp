// The page of a run, as a file.
#pragma once

#include <filesystem>

#include "lodestone/app/context.hpp"

namespace lodestone::app {

/// report.html in the run's folder.
std::filesystem::path report_file(const FoundRun& run);

/// Writes the page whole or not at all; throws base::InputError when the run was altered or the file cannot be written.
void write_report(const FoundRun& run, const std::filesystem::path& file);

}  // namespace lodestone::app
