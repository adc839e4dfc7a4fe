#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/reactions.hpp"
#include "lodestone/insight/why.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

void check_options(const base::OptionValues& values) {
  const bool price = values.has("product") || values.has("region");
  if (values.has("actor") && price)
    throw base::InputError("--actor with --product or --region; expected either an actor, or a product and a region");
  if (!values.has("actor") && !(values.has("product") && values.has("region")))
    throw base::InputError("nothing to explain; expected --product and --region (a price), or --actor (what it did)");
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  check_options(values);
  const auto run = find_run(values.text("run"), values);
  if (values.has("actor")) {
    const store::Results results(run.folder.results());
    print(insight::why_actor(results, values.text("actor"), values.month("date")), values.boolean("json"), terminal);
    return kOk;
  }
  const insight::Replay replay(run.folder);
  const auto product = product_named(replay.world(), values.text("product"));
  const auto region = region_named(replay.world(), values.text("region"));
  const auto report = insight::report(insight::why(replay, product, region, values.month("date")), replay);
  print(report, values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command why_command() {
  return {
      "why",
      "Take a price apart: supplier, freight, taxes, rents, scarcity; and what it would be without each lever. Or say "
      "what a government did in a month, by which of its rules, on what.",
      {run_argument("run", "a run: its id, the beginning of one, 'latest', or the id of a scenario")},
      {{"product", OptionType::text, "", 0, -1, false, "", "id of the product"},
       {"region", OptionType::text, "", 0, -1, false, "", "id of the region"},
       {"actor", OptionType::text, "", 0, -1, false, "",
        "a government that follows its rules in the run (docs/actors.md); instead of product and region"},
       {"date", OptionType::month, "", 0, -1, true, "", "month"},
       out_option()},
      {{"lodestone why latest --product dysprosium-oxide --region DEU --date 2025-06",
        "why dysprosium oxide cost what it did in Germany"},
       {"lodestone why reference-actors --actor USA --date 2027-03", "what the United States did that month, and why"}},
      execute};
}

}  // namespace lodestone::app
