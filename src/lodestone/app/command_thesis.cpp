#include <fmt/format.h>

#include <filesystem>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_ensemble.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/html_page.hpp"
#include "lodestone/insight/thesis_report.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

insight::ThesisFile thesis_in(const base::OptionValues& values) {
  const auto file =
      values.has("file") ? std::filesystem::path(values.text("file")) : data_folder(values) / "thesis" / "pillars.toml";
  base::Diagnostics diagnostics;
  auto thesis = insight::read_thesis(text_of(file), file.string(), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return thesis;
}

insight::Trials trials_of(const base::OptionValues& values, const insight::ThesisFile& thesis,
                          const std::filesystem::path& scenario) {
  base::Diagnostics diagnostics;
  auto raw = dataset::read(data_folder(values), diagnostics, read_options(values, scenario));
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  insight::TrialRules rules;
  for (const auto& criterion : thesis.criteria) rules.measures.push_back(criterion.measure);
  rules.discount_rate = thesis.discount_rate;
  rules.books_close = thesis.books_close;
  insight::Trials trials(std::move(raw), text_of(scenario), scenario.string(),
                         static_cast<int>(values.integer("members")), std::move(rules), thesis.pillars);
  insight::check_thesis(trials, thesis);
  return trials;
}

/// The answer as JSON and as a page, and every number of every future as CSV.
void write_all(const std::filesystem::path& folder, const insight::ThesisOutcome& outcome,
               const insight::ThesisFile& thesis, const std::string& title) {
  std::filesystem::create_directories(folder);
  write_file(folder / "thesis.json", json(insight::thesis_report(outcome, thesis, title)));
  write_file(folder / "thesis.html", insight::html(insight::thesis_page(outcome, thesis, title)));
  write_file(folder / "futures.csv", csv(insight::thesis_futures(outcome, thesis)));
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  auto thesis = thesis_in(values);
  if (values.has("pillars")) thesis.pillars.keep_only(values.list("pillars"));
  const auto scenario = find_scenario(values.has("scenario") ? values.text("scenario") : thesis.scenario);
  const auto trials = trials_of(values, thesis, scenario);
  std::vector<double> budgets = thesis.budgets;
  if (values.has("budget")) {
    budgets.clear();
    for (const auto budget : values.integers("budget")) budgets.push_back(static_cast<double>(budget));
  }
  const Terminal::Interruptible interruptible;
  insight::ThesisLabour labour;
  labour.threads = threads_of(values);
  labour.most_tries = static_cast<int>(values.integer("tries"));
  labour.done = [&](int done, int all) {
    terminal.progress("runs", done, all);
    return !Terminal::interrupted();
  };
  const auto outcome = insight::put_to_the_test(trials, thesis, budgets, labour);
  terminal.end_progress();
  if (!outcome) {
    terminal.say("interrupted; nothing is kept of it");
    return kInterrupted;
  }
  print(insight::thesis_report(*outcome, thesis, trials.scenario().title), values.boolean("json"), terminal);
  if (values.has("output")) {
    const std::filesystem::path folder = values.text("output");
    write_all(folder, *outcome, thesis, trials.scenario().title);
    terminal.say(fmt::format("{}: thesis.html, thesis.json, futures.csv", folder.string()));
  }
  return outcome->failures.empty() ? kOk : kFailed;
}

}  // namespace

Command thesis_command() {
  return {
      "thesis",
      "Give every subset of the five pillars the same public money and say which escape, and what each pillar buys.",
      {{"scenario", OptionType::text, "", 0, -1, false, "",
        "a scenario file, or the name of one in scenarios/; the thesis names one"}},
      {{"budget", OptionType::integer_list, "million USD", 1, 1e7, false, "",
        "public money in present value, joined by commas; those of the thesis when not given"},
       {"members", OptionType::integer, "futures", 0, 10000, false, "8",
        "futures drawn as an ensemble draws them; 0: one, with every figure as it stands"},
       {"pillars", OptionType::text_list, "", 0, -1, false, "",
        "ids of the pillars to test, joined by commas; all when not given"},
       {"tries", OptionType::integer, "", 1, 100, false, "8", "most tries of each root search"},
       {"file", OptionType::text, "", 0, -1, false, "",
        "the thesis (docs/thesis.md); thesis/pillars.toml of the dataset when not given"},
       {"output", OptionType::text, "", 0, -1, false, "",
        "a folder for the answer as a page and as JSON, and for the numbers of every future"},
       threads_option(),
       base_year_option(),
       as_of_option(),
       overlay_option(),
       data_option()},
      {{"lodestone thesis --members 2 --budget 5000", "a quick look: one budget, two futures"},
       {"lodestone thesis --output out/thesis", "all budgets, with a page"}},
      execute};
}

}  // namespace lodestone::app
