#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/validation.hpp"

namespace lodestone::app {
namespace {

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto world = load_world(data_folder(values), terminal, read_options(values));
  if (values.has("output"))
    write_file(values.text("output"),
               insight::validation_page(world, "lodestone validate --output docs/validation.md"));
  else
    print(insight::validation(world), values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command validate_command() {
  return {"validate",
          "Hold the base year against published figures and say what that proves.",
          {},
          {{"output", base::OptionType::text, "", 0, -1, false, "", "write the page (Markdown) to this file"},
           as_of_option(),
           overlay_option(),
           data_option()},
          {{"lodestone validate", "base-year shares beside published ones"},
           {"lodestone validate --output docs/validation.md", "writes the page in the docs"}},
          execute};
}

}  // namespace lodestone::app
