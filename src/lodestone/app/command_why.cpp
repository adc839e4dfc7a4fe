#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/why.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto run = find_run(values.text("run"), values);
  const insight::Replay replay(run.folder);
  const auto product = product_named(replay.world(), values.text("product"));
  const auto region = region_named(replay.world(), values.text("region"));
  const auto report = insight::report(insight::why(replay, product, region, values.month("date")), replay);
  print(report, values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command why_command() {
  return {"why",
          "Take a price apart: supplier, freight, taxes, rents, scarcity; and what it would be without each lever.",
          {run_argument("run", "a run: its id, the beginning of one, 'latest', or the id of a scenario")},
          {{"product", OptionType::text, "", 0, -1, true, "", "id of the product"},
           {"region", OptionType::text, "", 0, -1, true, "", "id of the region"},
           {"date", OptionType::month, "", 0, -1, true, "", "month"},
           out_option()},
          {{"lodestone why latest --product dysprosium-oxide --region DEU --date 2025-06",
            "why dysprosium oxide cost what it did in Germany"}},
          execute};
}

}  // namespace lodestone::app
