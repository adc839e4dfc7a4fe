#include <fmt/format.h>

#include "lodestone/app/actors_world.hpp"
#include "lodestone/app/app.hpp"
#include "lodestone/app/command_line.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/check.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/case_pages.hpp"
#include "lodestone/insight/chain_page.hpp"
#include "lodestone/policy/actors_page.hpp"
#include "lodestone/policy/levers_page.hpp"
#include "lodestone/store/series.hpp"

namespace lodestone::app {
namespace {

const char* dimensions(store::Axis axis) {
  switch (axis) {
    case store::Axis::month:
      return "time";
    case store::Axis::node:
      return "time, product, region";
    case store::Axis::arc:
      return "time, arc";
    case store::Axis::facility:
      return "time, facility";
    case store::Axis::segment:
      return "time, segment";
    case store::Axis::stock:
      return "time, stock";
    case store::Axis::limit:
      return "time, limit";
    case store::Axis::release:
      return "time, release";
    case store::Axis::account:
      return "time, account";
    case store::Axis::region:
      return "time, region";
    case store::Axis::workforce:
      return "time, stage, region";
    case store::Axis::lever:
      return "time, lever";
    case store::Axis::industry:
      return "time, industry";
    case store::Axis::camp:
      return "time, camp, region";
    case store::Axis::rule:
      return "time, rule";
    case store::Axis::condition:
      return "time, condition";
  }
  return "";
}

std::string results_page() {
  std::string out =
      "# The results file\n\nMade by `lodestone docs results`; do not edit by hand. `out/runs/<id>/results.nc` is "
      "netCDF-4: "
      "`xarray.open_dataset(\"results.nc\")` opens it. `time` is the first day of the month. Names along a dimension "
      "are in the variable of "
      "the dimension's name (`product`, `region`, `arc`, ...); what they belong to stands beside them (`arc_product`, "
      "`arc_from`, `arc_to`, "
      "`segment_end_use`, `facility_region`, ...). Global attributes hold the scenario's text, the dataset's hash, "
      "version, seed and status. "
      "A dimension without entries is left out with its series.\n\n| series | unit | dimensions | meaning "
      "|\n|---|---|---|---|\n";
  for (const auto& series : store::series())
    out +=
        fmt::format("| `{}` | {} | {} | {} |\n", series.name, series.units, dimensions(series.axis), series.long_name);
  out +=
      "| `base_demand` | t/month | segment | use in the base year |\n| `base_price` | USD/t | product, region | price "
      "in the base year |\n";
  return out;
}

std::string chain_text(const base::OptionValues& values) {
  const auto options = read_options(values);
  const auto check = dataset::check(data_folder(values), options);
  if (!check.passed()) throw base::InputError(check.diagnostics);
  const auto world = dataset::load(data_folder(values), options);
  return insight::chain_page(world, check, fmt::format("lodestone docs chain --output docs/chains/{}.md", world.id));
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto& page = values.text("page");
  std::string text;
  if (page == "cli")
    text = cli_page();
  else if (page == "levers")
    text = policy::levers_page();
  else if (page == "actors")
    text = policy::actors_page(checked_actors(data_folder(values), read_options(values)).reacting);
  else if (page == "results")
    text = results_page();
  else if (page == "expressions")
    text = insight::expressions_page();
  else if (page == "case_format")
    text = insight::case_format_page();
  else if (page == "backtests")
    text = insight::backtests_page(all_cases(), data_folder(values));
  else if (page == "results_of_cases")
    text = csv(insight::class_table(insight::class_scores(all_cases(), data_folder(values))));
  else if (page == "chain")
    text = chain_text(values);
  else
    throw base::InputError(
        fmt::format("PAGE '{}': expected cli, levers, actors, results, expressions, case_format, backtests, "
                    "results_of_cases or chain",
                    page));
  if (values.has("output"))
    write_file(values.text("output"), text);
  else
    terminal.print(text);
  return kOk;
}

}  // namespace

Command docs_command() {
  return {"docs",
          "Print a page of the docs that is made from the program's own tables, or from a dataset (chain).",
          {{"page", base::OptionType::text, "", 0, -1, true, "",
            "cli, levers, actors, results, expressions, case_format, backtests, results_of_cases or chain"}},
          {{"output", base::OptionType::text, "", 0, -1, false, "", "file to write instead of standard output"},
           base_year_option(),
           data_option()},
          {{"lodestone docs cli --output docs/cli.md", "this program's commands and options"},
           {"lodestone docs levers --output docs/levers.md", "scenarios and kinds of lever"},
           {"lodestone docs actors --output docs/actors.md", "governments and their rules"},
           {"lodestone docs expressions --output docs/expressions.md", "the language of cases"},
           {"lodestone docs case_format --output docs/case_format.md", "what a case.toml may say"},
           {"lodestone docs backtests --output docs/backtests.md", "every case in cases/ held against the model"},
           {"lodestone docs results_of_cases --output cases/results.csv",
            "the same by class of product, which reports show"},
           {"lodestone docs results --output docs/results.md", "what a results file holds"},
           {"lodestone docs chain --output docs/chains/rare-earths.md", "the chain that a dataset describes"}},
          execute};
}

}  // namespace lodestone::app
