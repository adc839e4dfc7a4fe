#include <memory>
#include <optional>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/discovery.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;
using ensemble::EnsembleFile;

constexpr const char* kOutcome =
    "an expression that the ensemble keeps, or the id of a proposition; of months the highest";

std::optional<double> number(const base::OptionValues& values, const char* option) {
  return values.has(option) ? std::optional(values.number(option)) : std::nullopt;
}

int discover(const base::OptionValues& values, Terminal& terminal) {
  const EnsembleFile file(find_ensemble(values.text("run"), values).ensemble());
  print(insight::discovery(file, {values.text("outcome"), number(values, "above"), number(values, "below")}),
        values.boolean("json"), terminal);
  return kOk;
}

int regret(const base::OptionValues& values, Terminal& terminal) {
  std::vector<std::unique_ptr<EnsembleFile>> files;
  std::vector<const EnsembleFile*> pointers;
  for (const auto& name : values.list("runs")) {
    files.push_back(std::make_unique<EnsembleFile>(find_ensemble(name, values).ensemble()));
    pointers.push_back(files.back().get());
  }
  if (files.size() < 2) throw base::InputError("one policy; expected at least two ensembles, joined by commas");
  insight::Comparison comparison{values.text("outcome"), values.has("cost") ? values.text("cost") : "", {}};
  comparison.options.less_is_better = values.boolean("less-is-better");
  comparison.options.tail = values.number("tail");
  comparison.options.threshold = number(values, "threshold");
  print(insight::regret_report(pointers, comparison), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command discover_command() {
  return {"discover",
          "Which draws of an ensemble lead to an outcome: boxes by PRIM, judged on a held-out half.",
          {run_argument("run", "an ensemble: its id or the beginning of it")},
          {{"outcome", OptionType::text, "", 0, -1, true, "", kOutcome},
           {"above", OptionType::number, "", 0, -1, false, "", "of a number: cases are futures above it, in its unit"},
           {"below", OptionType::number, "", 0, -1, false, "", "of a number: cases are futures below it, in its unit"},
           out_option()},
          {{"lodestone discover r0007 --outcome S04", "what makes a proposition come true"}},
          discover};
}

Command regret_command() {
  return {"regret",
          "Policies over the same futures: regret, the worst tenth, how often a threshold is met, and at what cost.",
          {{"runs", OptionType::text_list, "", 0, -1, true, "",
            "ensembles joined by commas, one a policy; the first is the "
            "one without"}},
          {{"outcome", OptionType::text, "", 0, -1, true, "", kOutcome},
           {"less-is-better", OptionType::boolean, "", 0, -1, false, "false", "small values are good"},
           {"threshold", OptionType::number, "", 0, -1, false, "", "good enough: at least (at most) this, in its unit"},
           {"tail", OptionType::number, "share", 0.001, 1, false, "0.1", "share of futures that is the worst"},
           {"cost", OptionType::text, "", 0, -1, false, "", "an expression in USD that every ensemble keeps"},
           out_option()},
          {{"lodestone regret r0001,r0002 --outcome 'max(price(dysprosium-oxide, EU27))' --less-is-better",
            "two policies over the same futures"}},
          regret};
}

}  // namespace lodestone::app
