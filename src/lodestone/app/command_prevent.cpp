#include <algorithm>
#include <filesystem>
#include <memory>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_ensemble.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/prevention.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

insight::CatalogueFile catalogue_in(const base::OptionValues& values) {
  const auto file = values.has("catalogue") ? std::filesystem::path(values.text("catalogue"))
                                            : data_folder(values) / "prevent" / "catalogue.toml";
  base::Diagnostics diagnostics;
  auto catalogue = insight::read_catalogue(text_of(file), file.string(), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return catalogue;
}

std::unique_ptr<insight::Trials> trials_of(const base::OptionValues& values, const std::string& name,
                                           const insight::CatalogueFile& catalogue,
                                           const insight::PreventRules& rules) {
  const auto scenario = find_scenario(name);
  base::Diagnostics diagnostics;
  auto raw = dataset::read(data_folder(values), diagnostics, read_options(values, scenario));
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  insight::TrialRules trial;
  trial.measures = insight::measures_of(rules.keep, rules.text);
  trial.discount_rate = catalogue.discount_rate;
  auto trials = std::make_unique<insight::Trials>(std::move(raw), text_of(scenario), scenario.string(), 0,
                                                  std::move(trial), catalogue.packages);
  insight::check_keep(rules.keep, trials->types());
  return trials;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  auto catalogue = catalogue_in(values);
  if (values.has("packages")) catalogue.packages.keep_only(values.list("packages"));
  insight::PreventRules rules;
  rules.text = values.text("keep");
  rules.keep = insight::comparisons(rules.text);
  if (values.has("budget")) rules.budget = values.number("budget");
  rules.largest = static_cast<std::size_t>(values.integer("largest"));
  rules.largest = std::min(rules.largest, catalogue.packages.all().size());
  rules.most_tries = static_cast<int>(values.integer("tries"));
  rules.threads = threads_of(values);
  const Terminal::Interruptible interruptible;
  rules.done = [&](const std::string& what, int done, int all) {
    terminal.progress(what, done, all);
    return !Terminal::interrupted();
  };
  const auto trials = trials_of(values, values.text("scenario"), catalogue, rules);
  std::vector<std::unique_ptr<insight::Trials>> elsewhere;
  std::vector<const insight::Trials*> others;
  if (values.has("over"))
    for (const auto& name : values.list("over")) {
      elsewhere.push_back(trials_of(values, name, catalogue, rules));
      others.push_back(elsewhere.back().get());
    }
  const auto found = insight::prevent(*trials, others, catalogue, rules);
  terminal.end_progress();
  if (!found) {
    terminal.say("interrupted; nothing is kept of it");
    return kInterrupted;
  }
  print(insight::prevention_report(*found, *trials, catalogue, rules), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command prevent_command() {
  return {
      "prevent",
      "Search the cheapest packages of a catalogue that would have kept a condition, and say how late they may begin.",
      {{"scenario", OptionType::text, "", 0, -1, true, "", "a scenario file, or the name of one in scenarios/"}},
      {{"keep", OptionType::text, "", 0, -1, true, "",
        "the condition, for every month: a number < a number (docs/expressions.md), several joined by and"},
       {"budget", OptionType::number, "million USD", 0, 1e7, false, "", "most that may be spent, in present value"},
       {"over", OptionType::text_list, "", 0, -1, false, "",
        "other scenarios, joined by commas, over which the worst regret is taken"},
       {"packages", OptionType::text_list, "", 0, -1, false, "",
        "ids of the packages to search, joined by commas; all of the catalogue when not given"},
       {"largest", OptionType::integer, "packages", 1, 10, false, "2", "most that are combined"},
       {"tries", OptionType::integer, "runs", 2, 10000, false, "24", "most tries for the magnitudes of a combination"},
       {"catalogue", OptionType::text, "", 0, -1, false, "",
        "the packages (docs/prevent.md); prevent/catalogue.toml of the dataset when not given"},
       threads_option(),
       base_year_option(),
       as_of_option(),
       overlay_option(),
       data_option()},
      {{"lodestone prevent cut-off-2034 --keep 'max(unmet(magnets, all except CHN), 2034-01 .. 2034-06) < 55 %' "
        "--largest 1",
        "which single package would leave users outside China with nearly half of their magnets"}},
      execute};
}

}  // namespace lodestone::app
