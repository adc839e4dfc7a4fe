#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_report.hpp"
#include "lodestone/app/run_scenario.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/compare.hpp"
#include "lodestone/insight/why.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

/// The month in which a product's price stands highest in a region.
base::Month dearest_month(const store::Results& results, world::ProductId product, world::RegionId region) {
  const auto& price = results.variable("price");
  std::size_t best = 0;
  double highest = -1;
  for (std::size_t m = 0; m < results.months().size(); ++m)
    if (const double p = price.at(m, results.node(product.index(), region.index())); p > highest) {
      highest = p;
      best = m;
    }
  return results.months()[best];
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto data = data_folder(values), out = out_folder(values);
  const auto world = load_world(data, terminal);
  const auto product = product_named(world, values.text("product"));
  std::vector<RunOutcome> runs;
  for (const char* option : {"reference", "scenario"}) {
    RunRequest request;
    request.scenario = find_scenario(values.text(option));
    request.data = data;
    request.out = out;
    runs.push_back(run_scenario(request, world, terminal));
    const auto& run = runs.back();
    if (run.status == store::Status::complete) continue;
    terminal.say(fmt::format("{} run {}: {}", terminal.red("error:"), run.id, run.message));
    return run.status == store::Status::interrupted ? kInterrupted : kFailed;
  }
  const store::Results reference(store::RunFolder(out, runs[0].id).results());
  const store::Results shocked(store::RunFolder(out, runs[1].id).results());
  const bool as_json = values.boolean("json");
  const auto report = insight::answer(shocked, world);

  // Why: the product, where outside its price rises most.
  const auto view = insight::viewpoint(world);
  auto where = view.inside;
  double rise = -1;
  for (const auto region : view.outside) {
    const auto& price = shocked.variable("price");
    const auto node = shocked.node(product.index(), region.index());
    const double was = price.at(insight::month_before(shocked), node);
    double highest = 0;
    for (std::size_t m = 0; m < shocked.months().size(); ++m)
      if (!std::isnan(price.at(m, node))) highest = std::max(highest, price.at(m, node));
    if (highest / was > rise) {
      rise = highest / was;
      where = region;
    }
  }
  const auto month = dearest_month(shocked, product, where);
  const insight::Replay replay(store::RunFolder(out, runs[1].id));
  const auto why = insight::report(insight::why(replay, product, where, month), replay);
  const auto difference = insight::compare(reference, shocked, 6);
  if (as_json) {
    terminal.print("[" + json(report) + ",\n" + json(why) + ",\n" + json(difference) + "]\n");
    return kOk;
  }
  terminal.print(text(report, terminal) + "\n" + std::string(60, '-') + "\n" + text(why, terminal) + "\n" +
                 std::string(60, '-') + "\n");
  auto short_difference = difference;
  short_difference.tables.clear();
  terminal.print(text(short_difference, terminal) + "\n" + terminal.bold("Files") + "\n");
  for (const auto& run : runs)
    terminal.print(fmt::format("  {}/results.nc   {} months in {} s, every month certified\n", run.folder.string(),
                               run.months_done, insight::readable(run.seconds)));
  terminal.print(fmt::format(
      "\n{}\n  lodestone why {} --product {} --region {} --date {}\n  lodestone compare {} {}\n  lodestone runs\n",
      terminal.bold("Next"), runs[1].id, values.text("product"), world.regions[where.index()].id, month.text(),
      runs[0].id, runs[1].id));
  const auto shock = find_run(runs[1].id, values);
  write_report(shock, report_file(shock.folder));
  terminal.print(fmt::format("\n{}\n  {}   the answer as a page: open it in any browser\n", terminal.bold("Report"),
                             report_file(shock.folder).string()));
  return kOk;
}

}  // namespace

Command demo_command() {
  return {
      "demo",
      "Run the reference and the 2025 licence shock, and print the answer.",
      {},
      {{"reference", OptionType::text, "", 0, -1, false, "reference", "the scenario without the shock"},
       {"scenario", OptionType::text, "", 0, -1, false, "licence-2025", "the scenario with it"},
       {"product", OptionType::text, "", 0, -1, false, "dysprosium-oxide", "the product whose price is taken apart"},
       data_option(),
       out_option()},
      {{"lodestone demo", "what 'make demo' runs"}},
      execute};
}

}  // namespace lodestone::app
