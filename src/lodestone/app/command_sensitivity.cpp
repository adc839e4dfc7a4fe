#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_ensemble.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/sensitivity.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

/// The place of a word among those that an option knows. Throws base::InputError with the nearest one.
std::size_t choice(const base::OptionValues& values, const char* option, const std::vector<std::string>& words) {
  const std::string& word = values.text(option);
  const auto it = std::find(words.begin(), words.end(), word);
  if (it != words.end()) return static_cast<std::size_t>(it - words.begin());
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("--{} '{:.40}'", option, word), fmt::format("one of {}", fmt::join(words, ", ")),
              base::nearest_name(word, words));
  throw base::InputError(std::move(wrong));
}

insight::Futures futures_of(const base::OptionValues& values) {
  const auto scenario = find_scenario(values.text("scenario"));
  base::Diagnostics diagnostics;
  auto raw = dataset::read(data_folder(values), diagnostics, read_options(values, scenario));
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  insight::EnsembleRequest request;
  request.members = 1;
  request.sampling = "sobol";
  if (values.has("months")) request.months = static_cast<int>(values.integer("months"));
  if (values.has("seed")) request.seed = static_cast<std::uint64_t>(values.integer("seed"));
  if (values.has("outcome")) request.keep = {values.text("outcome")};
  return {std::move(raw), text_of(scenario), scenario.string(), request};
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const bool morris = choice(values, "method", {"morris", "sobol"}) == 0;
  const bool by_figure = choice(values, "by", {"evidence", "figure"}) == 1;
  const auto futures = futures_of(values);
  const auto all = insight::units_of(futures.design());
  const Terminal::Interruptible interruptible;
  const insight::Labour labour{threads_of(values), [&](int done, int points) {
                                 terminal.progress("futures", done, points);
                                 return !Terminal::interrupted();
                               }};
  const auto rows = static_cast<std::size_t>(values.integer("rows"));
  insight::Report report;
  if (morris) {
    report = insight::morris_report(futures, all, rows, labour);
  } else {
    const auto units = values.has("figures") ? insight::named_and_rest(all, values.list("figures"))
                       : by_figure           ? all
                                             : insight::by_evidence(all);
    report = insight::sobol_report(futures, units, rows, labour);
  }
  terminal.end_progress();
  if (report.tables.empty()) {
    terminal.say("interrupted; nothing is kept of it");
    return kInterrupted;
  }
  print(report, values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command sensitivity_command() {
  return {
      "sensitivity",
      "What drives the outcomes of a scenario: effects of each uncertain figure, shares of variance, and what rests on "
      "assumed figures.",
      {{"scenario", OptionType::text, "", 0, -1, true, "", "a scenario file, or the name of one in scenarios/"}},
      {{"method", OptionType::text, "", 0, -1, false, "sobol",
        "morris (which figures matter, rows x (figures + 1) futures) or sobol (shares of variance, rows x (moved + 2) "
        "futures)"},
       {"rows", OptionType::integer, "rows", 2, 1e6, false, "64", "trajectories of Morris, rows of pick and freeze"},
       {"by", OptionType::text, "", 0, -1, false, "evidence",
        "of sobol: evidence (assumed figures against documented ones) or figure (each alone)"},
       {"figures", OptionType::text_list, "", 0, -1, false, "", "of sobol: these each alone and all others together"},
       {"outcome", OptionType::text, "", 0, -1, false, "",
        "an expression to explain beside those that the scenario keeps"},
       {"months", OptionType::integer, "months", 1, 1200, false, "", "length of each; the scenario's when not given"},
       {"seed", OptionType::integer, "", 0, 9007199254740992, false, "", "seed; the scenario's when not given"},
       threads_option(),
       base_year_option(),
       as_of_option(),
       overlay_option(),
       data_option()},
      {{"lodestone sensitivity licence-2025 --outcome 'max(price(yttrium-oxide, USA))'",
        "how much of its variance rests on assumed figures"},
       {"lodestone sensitivity licence-2025 --method morris --rows 10", "which figures matter"}},
      execute};
}

}  // namespace lodestone::app
