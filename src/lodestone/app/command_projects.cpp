#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_ensemble.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/ensemble_request.hpp"
#include "lodestone/insight/project_odds.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto folder = find_ensemble(values.text("run"), values);
  const ensemble::EnsembleFile file(folder.ensemble());
  const auto futures = insight::stored_futures(folder);
  std::vector<std::vector<insight::LeverEffect>> effects;
  if (values.has("levers") && !futures->facts().run.levers.empty()) {
    const Terminal::Interruptible interruptible;
    effects = insight::lever_effects(file, *futures, static_cast<std::size_t>(values.integer("levers")),
                                     threads_of(values), [&](int done, int all) {
                                       terminal.progress("without each lever", done, all);
                                       return !Terminal::interrupted();
                                     });
    terminal.end_progress();
    if (effects.empty()) {
      terminal.say("interrupted; nothing is kept of it");
      return kInterrupted;
    }
  }
  print(insight::project_odds(file, *futures->future(0).world, effects), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command projects_command() {
  return {"projects",
          "Every project over the futures of an ensemble: when it produces, what it is worth, what holds it back.",
          {run_argument("run", "an ensemble: its id or the beginning of it")},
          {{"levers", OptionType::integer, "futures", 1, 1e6, false, "",
            "leave out each lever of the scenario alone in so many futures, and say which moves each project most"},
           threads_option(),
           out_option()},
          {{"lodestone projects r0007", "ranked by the probability of producing"},
           {"lodestone projects r0007 --levers 20", "and which lever moves each most"}},
          execute};
}

}  // namespace lodestone::app
