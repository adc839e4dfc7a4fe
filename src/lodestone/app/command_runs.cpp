#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"

namespace lodestone::app {
namespace {

int execute(const base::OptionValues& values, Terminal& terminal) {
  const store::Catalogue catalogue(out_folder(values));
  const auto runs = catalogue.runs();
  if (values.boolean("ids")) {
    for (const auto& run : runs) terminal.print(run.id + "\n");
    return kOk;
  }
  insight::Table table{"runs",
                       fmt::format("Runs in {}, newest first", catalogue.folder().string()),
                       {{"id", "id", ""},
                        {"created", "made", ""},
                        {"status", "status", ""},
                        {"months", "months", ""},
                        {"start", "from", ""},
                        {"seed", "seed", ""},
                        {"dataset", "dataset", ""},
                        {"overlays", "overlays", ""},
                        {"as_of", "as of", ""},
                        {"version", "version", ""},
                        {"title", "title", ""},
                        {"message", "message", ""}},
                       {},
                       ""};
  for (const auto& run : runs)
    table.rows.push_back({run.id, run.created, to_string(run.status), fmt::format("{}/{}", run.months_done, run.months),
                          run.start.text(), std::to_string(run.seed),
                          fmt::format("{} {}", run.dataset, run.dataset_hash.substr(0, 8)), run.overlays, run.as_of,
                          run.version, run.title, run.message});
  if (runs.empty()) table.note = "No runs yet; make one with 'lodestone run SCENARIO'.";
  print(table, values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command runs_command() {
  return {"runs",
          "List the runs in the catalogue.",
          {},
          {{"ids", base::OptionType::boolean, "", 0, -1, false, "", "print only the ids, one a line"}, out_option()},
          {{"lodestone runs", "all runs, newest first, with what became of them"},
           {"lodestone runs --json", "the same as JSON"}},
          execute};
}

}  // namespace lodestone::app
