#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_ensemble.hpp"
#include "lodestone/app/run_scenario.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/insight/ensemble_report.hpp"
#include "lodestone/insight/ensemble_request.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

insight::EnsembleRequest request_of(const base::OptionValues& values) {
  insight::EnsembleRequest request;
  if (values.has("members")) request.members = static_cast<int>(values.integer("members"));
  if (values.has("months")) request.months = static_cast<int>(values.integer("months"));
  if (values.has("seed")) request.seed = static_cast<std::uint64_t>(values.integer("seed"));
  if (values.has("sampling")) request.sampling = values.text("sampling");
  if (values.has("demand-growth")) request.demand_growth = values.text("demand-growth");
  if (values.has("keep")) request.keep = {values.text("keep")};
  request.projects = true;
  return request;
}

insight::Table run_table(const std::string& id, const EnsembleOutcome& outcome, const store::RunFolder& folder) {
  return {"run",
          "Ensemble",
          {{"id", "id", ""},
           {"status", "status", ""},
           {"futures", "futures", ""},
           {"dropped", "dropped", ""},
           {"folder", "folder", ""},
           {"seconds", "took", "s"}},
          {{id, to_string(outcome.status), static_cast<double>(outcome.made), static_cast<double>(outcome.dropped),
            folder.path().string(), outcome.seconds}},
          ""};
}

// Notes, prints what there is and says how it ended.
int finish(store::Catalogue& catalogue, store::RunRow row, const EnsembleOutcome& outcome,
           const store::RunFolder& folder, const base::OptionValues& values, Terminal& terminal) {
  const std::string& id = row.id;
  row.status = outcome.status;
  row.message = outcome.message;
  row.months_done = outcome.status == store::Status::complete ? row.months : 0;
  note_end(catalogue, row, terminal);
  if (std::filesystem::exists(folder.ensemble())) {
    auto report = insight::report(ensemble::EnsembleFile(folder.ensemble()));
    report.tables.push_back(run_table(id, outcome, folder));
    print(report, values.boolean("json"), terminal);
  }
  switch (outcome.status) {
    case store::Status::complete:
      return kOk;
    case store::Status::interrupted:
      terminal.say(fmt::format("interrupted: {}; 'lodestone resume {}' goes on", outcome.message, id));
      return kInterrupted;
    default:
      terminal.say(fmt::format("{} run {}: {}", terminal.red("error:"), id, outcome.message));
      return kFailed;
  }
}

int lead_ensemble(const base::OptionValues& values, const ensemble::Ranks& ranks, Terminal& terminal) {
  const auto scenario = find_scenario(values.text("scenario"));
  const auto reading = read_options(values, scenario);
  const auto data = data_folder(values);
  base::Diagnostics diagnostics;
  auto raw = dataset::read(data, diagnostics, reading);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  auto request = request_of(values);
  const auto propositions = propositions_file(values);
  if (propositions) {
    request.propositions = text_of(*propositions);
    request.propositions_file = propositions->string();
  }
  const insight::Futures futures(std::move(raw), text_of(scenario), scenario.string(), request);
  const auto& facts = futures.facts().run;

  store::Catalogue catalogue(out_folder(values));
  store::RunLock lock;
  const std::string id = catalogue.add(row_of(facts), [&](const std::string& new_id) {
    const store::RunFolder folder(catalogue.folder(), new_id);
    folder.create(facts.scenario_text, data, reading.overlays);
    if (propositions) write_file(folder.propositions(), request.propositions);
    insight::store_request(folder.ensemble_request(), {futures.request(), facts.as_of, facts.base_year});
    lock = store::RunLock(folder.lock());
  });
  const store::RunFolder folder(catalogue.folder(), id);
  terminal.info(fmt::format("run {}: {} futures, {} uncertain figures, in {}", id, futures.facts().members,
                            futures.design().figures().size(), folder.path().string()));
  const auto outcome = make_futures(futures, folder, threads_of(values, ranks), ranks, terminal);
  auto row = row_of(facts);
  row.id = id;
  return finish(catalogue, std::move(row), outcome, folder, values, terminal);
}

int lead_resume(const base::OptionValues& values, const ensemble::Ranks& ranks, Terminal& terminal) {
  store::Catalogue catalogue(out_folder(values));
  const auto row = catalogue.find(values.text("run"));
  const store::RunFolder folder(catalogue.folder(), row.id);
  if (row.status == store::Status::running) throw base::InputError(fmt::format("run {} is still running", row.id));
  if (!std::filesystem::exists(folder.ensemble_request()))
    throw base::InputError(
        fmt::format("run {} is no ensemble; run its scenario again: it gives the same bits", row.id));
  const store::RunLock lock(folder.lock());
  const auto futures = insight::stored_futures(folder);
  const auto outcome = make_futures(*futures, folder, threads_of(values, ranks), ranks, terminal);
  return finish(catalogue, row, outcome, folder, values, terminal);
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  return in_role(values, [&](const auto& ranks) { return lead_ensemble(values, ranks, terminal); });
}

int resume(const base::OptionValues& values, Terminal& terminal) {
  return in_role(values, [&](const auto& ranks) { return lead_resume(values, ranks, terminal); });
}

}  // namespace

Command ensemble_command() {
  return {
      "ensemble",
      "Run many futures of a scenario, each with its own draw of what is uncertain, and say how they spread.",
      {{"scenario", OptionType::text, "", 0, -1, true, "", "a scenario file, or the name of one in scenarios/"}},
      {{"members", OptionType::integer, "futures", 1, 1e6, false, "",
        "number of futures; the scenario's, else 200, when not given"},
       {"sampling", OptionType::text, "", 0, -1, false, "",
        "sobol (Owen scrambled), latin-hypercube or monte-carlo; the scenario's, else sobol, when not given"},
       {"keep", OptionType::text, "", 0, -1, false, "",
        "an expression to keep beside the scenario's, or beside the usual ones where it names none"},
       {"months", OptionType::integer, "months", 1, 1200, false, "", "length of each; the scenario's when not given"},
       {"seed", OptionType::integer, "", 0, 9007199254740992, false, "", "seed; the scenario's when not given"},
       threads_option(),
       propositions_option(),
       base_year_option(),
       as_of_option(),
       overlay_option(),
       data_option(),
       out_option()},
      {{"lodestone ensemble licence-2025 --members 100", "a hundred futures of the licences of 2025"},
       {"lodestone ensemble licence-2025 --keep 'max(price(yttrium-oxide, USA)) > 100 USD/kg'",
        "how often a condition holds"}},
      execute};
}

Command resume_command() {
  return {"resume",
          "Go on with an ensemble that was stopped or killed; the results are the same bits as without the stop.",
          {run_argument("run", "an ensemble: its id or the beginning of it")},
          {threads_option(), out_option()},
          {{"lodestone resume r0007", "makes the futures that are missing and prints the answer"}},
          resume};
}

}  // namespace lodestone::app
