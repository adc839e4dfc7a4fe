#include <fmt/format.h>

#include <algorithm>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/damage.hpp"
#include "lodestone/insight/replay.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

const std::vector<std::string> kTables{"damage", "months", "spread", "defence"};

insight::Table table_named(const std::string& name, const insight::Replay& replay, const insight::Economy& economy,
                           const insight::DamageQuestion& question) {
  const auto& results = *replay.results();
  if (name == "damage") return insight::damage_table(results, replay.world(), question);
  if (name == "months") return insight::damage_months_table(results, replay.world(), question);
  if (name == "spread") return insight::damage_spread_table(results, replay.world(), economy, question);
  return insight::defence_table(results, replay.world(), question);
}

void check_word(const std::string& option, const std::string& value, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), value) != known.end()) return;
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("--{} '{}'", option, value), fmt::format("one of {}", fmt::join(known, ", ")),
              base::nearest_name(value, known));
  throw base::InputError(std::move(wrong));
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  check_word("format", values.text("format"), {"text", "csv", "json"});
  if (values.has("table")) check_word("table", values.text("table"), kTables);
  const insight::Replay replay(find_run(values.text("run"), values).folder);
  const auto economy = economy_in(data_folder(values));
  insight::DamageQuestion question;
  if (values.has("region")) question.regions = values.list("region");
  if (values.has("end-use")) question.end_uses = values.list("end-use");
  const auto report = insight::damage(*replay.results(), replay.world(), economy, question);
  const bool as_json = values.boolean("json") || values.text("format") == "json";
  const bool as_csv = values.text("format") == "csv";
  if (!values.has("table") && !as_csv) {
    print(report, as_json, terminal);
    return kOk;
  }
  const auto table =
      table_named(values.has("table") ? values.text("table") : kTables.front(), replay, economy, question);
  if (as_csv)
    terminal.print(csv(table));
  else
    print(table, as_json, terminal);
  return kOk;
}

}  // namespace

Command damage_command() {
  return {"damage",
          "What a run's shortages cost: value added lost by end use and region, suppliers, customers, defence.",
          {run_argument("run", "a run: its id, the beginning of one, 'latest', or the id of a scenario")},
          {{"region", OptionType::text_list, "", 0, -1, false, "", "only these regions"},
           {"end-use", OptionType::text_list, "", 0, -1, false, "", "only these end uses"},
           {"table", OptionType::text, "", 0, -1, false, "",
            "one table in full: damage, months, spread (who else loses), defence"},
           {"format", OptionType::text, "", 0, -1, false, "text", "text, csv (of one table) or json"},
           data_option(),
           out_option()},
          {{"lodestone damage latest", "what the latest run's shortages cost"},
           {"lodestone damage latest --table months --format csv --region DEU", "month by month in one country"}},
          execute};
}

}  // namespace lodestone::app
