#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_scenario.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/answer.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

/// An option of the scenario's [run] table that the command line may override.
base::OptionSpec override_of(const std::string& name) {
  base::OptionSpec spec;
  if (const auto* known = base::find_option(policy::run_options(), name)) spec = *known;
  spec.name = name;
  spec.required = false;
  spec.default_text.clear();
  spec.help += "; overrides the scenario's";
  return spec;
}

insight::Table run_table(const RunOutcome& outcome) {
  insight::Table table{"run",
                       "Run",
                       {{"id", "id", ""},
                        {"status", "status", ""},
                        {"months", "months", ""},
                        {"folder", "folder", ""},
                        {"seconds", "took", "s"}},
                       {},
                       ""};
  table.rows.push_back({outcome.id, to_string(outcome.status), static_cast<double>(outcome.months_done),
                        outcome.folder.string(), outcome.seconds});
  return table;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  RunRequest request;
  request.scenario = find_scenario(values.text("scenario"));
  request.data = data_folder(values);
  request.out = out_folder(values);
  if (values.has("months")) request.months = static_cast<int>(values.integer("months"));
  if (values.has("seed")) request.seed = static_cast<std::uint64_t>(values.integer("seed"));
  if (values.has("demand-growth")) request.demand_growth = values.text("demand-growth");
  request.reference_solver = values.boolean("reference-solver");
  const auto reading = read_options(values, request.scenario);
  request.overlays = reading.overlays;
  const auto world = load_world(request.data, terminal, reading);
  const RunOutcome outcome = run_scenario(request, world, terminal);

  const store::RunFolder folder(request.out, outcome.id);
  if (outcome.months_done > 0 && std::filesystem::exists(folder.results())) {
    auto report = insight::answer(store::Results(folder.results()), world);
    report.tables.push_back(run_table(outcome));
    print(report, values.boolean("json"), terminal);
  }
  switch (outcome.status) {
    case store::Status::complete:
      return kOk;
    case store::Status::interrupted:
      terminal.say(fmt::format("interrupted: {}; they are kept in {}", outcome.message, outcome.folder.string()));
      return kInterrupted;
    default:
      terminal.say(fmt::format("{} run {}: {}", terminal.red("error:"), outcome.id, outcome.message));
      return kFailed;
  }
}

}  // namespace

Command run_command() {
  return {"run",
          "Clear a scenario month by month and answer its question.",
          {{"scenario", OptionType::text, "", 0, -1, true, "", "a scenario file, or the name of one in scenarios/"}},
          {override_of("months"),
           override_of("seed"),
           override_of("demand-growth"),
           {"reference-solver", OptionType::boolean, "", 0, -1, false, "",
            "clear with the slow, obvious solver (small datasets only)"},
           base_year_option(),
           as_of_option(),
           overlay_option(),
           data_option(),
           out_option()},
          {{"lodestone run scenarios/reference.toml", "clears the reference and prints its answer"},
           {"lodestone run reference --months 6 --json", "the first six months, as JSON"}},
          execute};
}

}  // namespace lodestone::app
