#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/uncertainty.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;
using insight::Cell;

void add_row(const std::string& id, const base::Distribution& d, const std::string& group, double correlation,
             const std::string& meaning, const std::string& source, const std::string& confidence,
             insight::Table& table) {
  const auto shape = std::string(base::kShapeNames[static_cast<std::size_t>(d.shape)]);
  table.rows.push_back({id, shape, d.low, d.central, d.high, group.empty() ? Cell{} : Cell{group},
                        group.empty() ? Cell{} : Cell{correlation}, confidence, meaning, source});
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  std::filesystem::path scenario;
  if (values.has("scenario")) scenario = find_scenario(values.text("scenario"));
  const auto reading = scenario.empty() ? read_options(values) : read_options(values, scenario);
  base::Diagnostics diagnostics;
  const auto raw = dataset::read(data_folder(values), diagnostics, reading);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  insight::Table table{"uncertain",
                       "What is uncertain",
                       {{"figure", "figure", ""},
                        {"distribution", "distribution", ""},
                        {"low", "low", ""},
                        {"central", "central", ""},
                        {"high", "high", ""},
                        {"group", "group", ""},
                        {"correlation", "correlation", ""},
                        {"confidence", "confidence", ""},
                        {"meaning", "meaning", ""},
                        {"source", "source", ""}},
                       {},
                       "A parameter is drawn as it is, everything else as a factor. Parameters with a range in "
                       "parameters.csv are triangular unless uncertainty.csv says otherwise."};
  for (const auto& figure : dataset::uncertain_figures(raw))
    add_row(figure.id, figure.distribution, figure.group, figure.correlation, figure.meaning, figure.provenance.source,
            to_string(figure.provenance.confidence), table);
  if (!scenario.empty()) {
    const auto world = dataset::build(raw, diagnostics);
    for (const auto& option : policy::read_scenario(scenario, world).ensemble.uncertain)
      add_row(insight::figure_name(option), option.distribution, option.group, option.correlation, "", option.source,
              "", table);
  }
  print(table, values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command uncertainty_command() {
  return {"uncertainty",
          "List what is uncertain: distribution, range, what moves together, and what the range rests on.",
          {},
          {{"scenario", OptionType::text, "", 0, -1, false, "", "add what this scenario says of its levers"},
           base_year_option(),
           as_of_option(),
           overlay_option(),
           data_option()},
          {{"lodestone uncertainty", "every uncertain figure of the dataset"},
           {"lodestone uncertainty --scenario licence-2025 --json", "with the scenario's own, as JSON"}},
          execute};
}

}  // namespace lodestone::app
