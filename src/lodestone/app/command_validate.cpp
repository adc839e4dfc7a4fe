#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/validation.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::app {
namespace {

// The command as it stands on the page, wherever the page is written to.
std::string made_by(const base::OptionValues& values) {
  const std::string scenario = values.has("scenario") ? fmt::format(" --scenario {}", values.text("scenario")) : "";
  const std::string year = values.has("base-year") ? fmt::format(" --base-year {}", values.integer("base-year")) : "";
  return fmt::format("lodestone validate{}{} --output docs/validation.md", scenario, year);
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto world = load_world(
      data_folder(values), terminal,
      values.has("scenario") ? read_options(values, find_scenario(values.text("scenario"))) : read_options(values));
  const auto happened = values.has("scenario") ? policy::read_scenario(find_scenario(values.text("scenario")), world)
                                               : policy::reference_scenario(world, world.start, 1);
  if (values.has("output"))
    write_file(values.text("output"), insight::validation_page(world, happened, made_by(values)));
  else
    print(insight::validation(world, happened), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command validate_command() {
  return {"validate",
          "Hold the base year and the years after it against published figures, and say what that proves.",
          {},
          {{"scenario", base::OptionType::text, "", 0, -1, false, "",
            "what governments did after the base year: a scenario; no measures when not given"},
           {"output", base::OptionType::text, "", 0, -1, false, "", "write the page (Markdown) to this file"},
           base_year_option(),
           as_of_option(),
           overlay_option(),
           data_option()},
          {{"lodestone validate", "base-year shares, moved figures, later years beside no change"},
           {"lodestone validate --scenario licence-2025 --output docs/validation.md", "writes the page in the docs"}},
          execute};
}

}  // namespace lodestone::app
