#include <fmt/format.h>

#include <memory>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/ensemble_request.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/scorecard.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;
using ensemble::EnsembleFile;

/// The propositions that a run was made with, else those that the command names.
insight::Propositions propositions_of(const store::RunFolder& folder, const base::OptionValues& values) {
  const bool stored = std::filesystem::exists(folder.propositions());
  const auto file = stored ? std::optional(folder.propositions()) : propositions_file(values);
  if (!file) throw base::InputError("no file of propositions; expected --propositions FILE");
  return propositions_in(*file);
}

std::unique_ptr<EnsembleFile> ensemble_named(const base::OptionValues& values, const char* option) {
  if (!values.has(option)) return nullptr;
  return std::make_unique<EnsembleFile>(find_ensemble(values.text(option), values).ensemble());
}

dataset::Money money_of(const store::RunFolder& folder) {
  base::Diagnostics diagnostics;
  const auto raw = dataset::read(folder.data(), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return dataset::Money(raw);
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto row = store::Catalogue(out_folder(values)).find(values.text("run"));
  const store::RunFolder folder(out_folder(values), row.id);
  const auto propositions = propositions_of(folder, values);
  if (!std::filesystem::exists(folder.ensemble())) {
    for (const char* option : {"earlier", "base"})
      if (values.has(option))
        throw base::InputError(fmt::format("--{} with a single run; expected an ensemble", option));
    const auto found = find_run(values.text("run"), values);
    print(insight::scorecard(insight::Replay(found.folder), money_of(found.folder), propositions),
          values.boolean("json"), terminal);
    return kOk;
  }
  const EnsembleFile main(folder.ensemble());
  const auto earlier = ensemble_named(values, "earlier"), base = ensemble_named(values, "base");
  print(insight::scorecard({&main, earlier.get(), base.get()}, propositions), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command scorecard_command() {
  return {"scorecard",
          "How likely each proposition is in an ensemble, what it hangs on, and how settled ones were forecast.",
          {run_argument("run", "an ensemble or a run: its id or the beginning of it")},
          {{"earlier", OptionType::text, "", 0, -1, false, "",
            "an ensemble with less known (--as-of): shown beside, and scored on what is settled"},
           {"base", OptionType::text, "", 0, -1, false, "", "an ensemble without levers: the base rate"},
           propositions_option(),
           data_option(),
           out_option()},
          {{"lodestone scorecard r0007 --earlier r0006", "with what is known now, and with what was known before"}},
          execute};
}

}  // namespace lodestone::app
