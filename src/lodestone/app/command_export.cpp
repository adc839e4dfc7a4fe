#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/series_table.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;
constexpr const char* kFilters[] = {"product", "region", "from",    "to",    "end-use", "facility",
                                    "stage",   "holder", "account", "limit", "release"};

int execute(const base::OptionValues& values, Terminal& terminal) {
  const store::Results results(find_run(values.text("run"), values).folder.results());
  const bool as_json = values.boolean("json") || values.text("format") == "json";
  if (!as_json && values.text("format") != "csv")
    throw base::InputError(fmt::format("--format '{}': expected csv or json", values.text("format")));
  if (values.boolean("list")) {
    print(insight::series_list(results), as_json, terminal);
    return kOk;
  }
  insight::Filters filters;
  for (const char* name : kFilters)
    if (values.has(name)) filters[name] = values.list(name);
  const auto table = insight::series_table(results, values.text("variable"), filters);
  const auto text = as_json ? json(table) : csv(table);
  if (values.has("output"))
    write_file(values.text("output"), text);
  else
    terminal.print(text);
  return kOk;
}

}  // namespace

Command export_command() {
  Command command{
      "export",
      "Write a series of a run as CSV or JSON, one row a month and entry.",
      {run_argument("run", "a run: its id, the beginning of one, 'latest', or the id of a scenario")},
      {{"variable", OptionType::text, "", 0, -1, false, "price", "the series; --list shows all"},
       {"list", OptionType::boolean, "", 0, -1, false, "", "list the series with units"},
       {"format", OptionType::text, "", 0, -1, false, "csv", "csv or json"},
       {"output", OptionType::text, "", 0, -1, false, "", "file to write instead of standard output"}},
      {{"lodestone export latest --product dysprosium-oxide --region CHN,DEU", "prices of one product in two regions"},
       {"lodestone export latest --variable arc_flow --from CHN --output flows.csv", "what one region shipped"},
       {"lodestone export latest --list", "every series with its unit"}},
      execute};
  for (const char* name : kFilters)
    command.options.push_back({name, OptionType::text_list, "", 0, -1, false, "", "keep only these"});
  command.options.push_back(out_option());
  return command;
}

}  // namespace lodestone::app
