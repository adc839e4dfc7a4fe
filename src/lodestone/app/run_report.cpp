#include "lodestone/app/run_report.hpp"

#include "lodestone/insight/ensemble_page.hpp"
#include "lodestone/insight/html_page.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/run_page.hpp"

namespace lodestone::app {

std::filesystem::path report_file(const store::RunFolder& folder) {
  return folder.path() / "report.html";
}

void write_report(const FoundRun& run, const std::filesystem::path& file) {
  const insight::Replay replay(run.folder);
  write_file(file, insight::html(insight::run_page(replay, run.row, stored_backtests())));
}

void write_ensemble_report(const store::RunRow& row, const store::RunFolder& folder,
                           const std::filesystem::path& file) {
  write_file(file, insight::html(insight::ensemble_page(ensemble::EnsembleFile(folder.ensemble()), row)));
}

}  // namespace lodestone::app
