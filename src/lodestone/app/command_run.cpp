#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_scenario.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/ensemble_request.hpp"
#include "lodestone/insight/replay.hpp"
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

// Prints what there is and says how it ended.
int finish(const RunOutcome& outcome, const world::World& world, const base::OptionValues& values, Terminal& terminal) {
  const store::RunFolder folder(out_folder(values), outcome.id);
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

// One future of an ensemble as a run of its own.
int execute_member(const base::OptionValues& values, Terminal& terminal) {
  for (const char* other : {"months", "seed", "demand-growth", "base-year", "as-of", "overlay", "data"})
    if (values.has(other))
      throw base::InputError(
          fmt::format("--{} with --member; expected neither: the ensemble says what a future is", other));
  if (values.boolean("reference-solver"))
    throw base::InputError(
        "--reference-solver with --member; expected only one of them: futures are cleared by the cascade");
  const auto out = out_folder(values);
  const auto row = store::Catalogue(out).find(values.text("scenario"));
  const store::RunFolder ensemble(out, row.id);
  if (!std::filesystem::exists(ensemble.ensemble_request()))
    throw base::InputError(fmt::format("run {} is no ensemble; expected one that 'lodestone ensemble' made", row.id));
  auto stored = insight::stored_request(ensemble.ensemble_request());
  const auto futures = insight::stored_futures(ensemble);
  const auto number = static_cast<std::uint32_t>(values.integer("member"));
  if (number >= futures->facts().members)
    throw base::InputError(fmt::format("--member {}: {} has {} futures; expected 0 to {}", number, row.id,
                                       futures->facts().members, futures->facts().members - 1));
  stored.member = number;
  const auto one = futures->future(number);
  auto facts = insight::facts_of(*one.world, one.scenario, "cascade");
  // A name of its own: the scenario's name stands for its central run.
  facts.scenario += fmt::format("-future-{}", number);
  facts.title += fmt::format(", future {} of {}", number, row.id);
  const auto outcome = clear_run({*one.world, one.scenario, std::move(facts), out,
                                  [&](const store::RunFolder& folder) {
                                    folder.create(ensemble.scenario_text(), ensemble.data(), ensemble.overlays());
                                    insight::store_request(folder.member_request(), stored);
                                  }},
                                 terminal);
  return finish(outcome, *one.world, values, terminal);
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  if (values.has("member")) return execute_member(values, terminal);
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
  return finish(run_scenario(request, world, terminal), world, values, terminal);
}

}  // namespace

Command run_command() {
  return {"run",
          "Clear a scenario month by month and answer its question.",
          {{"scenario", OptionType::text, "", 0, -1, true, "",
            "a scenario file, or the name of one in scenarios/; with --member an ensemble: its id or the beginning of "
            "it"}},
          {{"member", OptionType::integer, "", 0, 4294967295.0, false, "",
            "run one future of an ensemble alone, with all its series"},
           override_of("months"),
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
           {"lodestone run reference --months 6 --json", "the first six months, as JSON"},
           {"lodestone run r0007 --member 4711",
            "one future of an ensemble in full detail; report, why and export read it"}},
          execute};
}

}  // namespace lodestone::app
