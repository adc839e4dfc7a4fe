#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_report.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto row = store::Catalogue(out_folder(values)).find(values.text("run"));
  if (std::filesystem::exists(store::RunFolder(out_folder(values), row.id).ensemble_request())) {
    const auto folder = find_ensemble(row.id, values);
    const auto file = values.has("output") ? std::filesystem::path(values.text("output")) : report_file(folder);
    write_ensemble_report(row, folder, file);
    terminal.print(fmt::format("{}\n", file.string()));
    return kOk;
  }
  const auto run = find_run(values.text("run"), values);
  const auto file = values.has("output") ? std::filesystem::path(values.text("output")) : report_file(run.folder);
  write_report(run, file);
  terminal.print(fmt::format("{}\n", file.string()));
  return kOk;
}

}  // namespace

Command report_command() {
  return {
      "report",
      "Write a run or an ensemble as one HTML file: answer, charts, evidence and sources; opens anywhere, loads "
      "nothing.",
      {run_argument("run", "a run: its id, the beginning of one, 'latest', or the id of a scenario")},
      {{"output", OptionType::text, "", 0, -1, false, "", "the file; report.html in the run's folder when not given"},
       out_option()},
      {{"lodestone report latest", "writes out/runs/<id>/report.html and says so"},
       {"lodestone report licence-2025 --output licences.html",
        "the newest run of a scenario, to a file of your choice"}},
      execute};
}

}  // namespace lodestone::app
