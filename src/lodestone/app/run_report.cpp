#include "lodestone/app/run_report.hpp"

#include "lodestone/insight/ensemble_page.hpp"
#include "lodestone/insight/ensemble_request.hpp"
#include "lodestone/insight/html_page.hpp"
#include "lodestone/insight/kept.hpp"
#include "lodestone/insight/project_odds.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/run_page.hpp"
#include "lodestone/insight/scorecard.hpp"

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
  const ensemble::EnsembleFile ensemble(folder.ensemble());
  insight::MorePages more;
  if (!ensemble.kept_for(insight::kProposition).empty())
    more.scorecard = insight::scorecard({&ensemble}, propositions_in(folder.propositions()));
  if (!ensemble.kept_for(insight::kProject).empty())
    more.projects = insight::project_odds(ensemble, *insight::stored_futures(folder)->future(0).world);
  write_file(file, insight::html(insight::ensemble_page(ensemble, row, more)));
}

}  // namespace lodestone::app
