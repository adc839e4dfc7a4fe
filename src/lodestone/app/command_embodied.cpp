#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/embodied.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/words.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

[[noreturn]] void unknown(const std::string& option, const std::string& value, const std::vector<std::string>& known) {
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("--{} '{}'", option, value), fmt::format("one of {}", fmt::join(known, ", ")),
              base::nearest_name(value, known));
  throw base::InputError(std::move(wrong));
}

world::ElementId element_named(const world::World& world, world::ProductId product, const std::string& id) {
  std::vector<std::string> known;
  for (std::size_t e = 0; e < world.elements.size(); ++e) {
    if (!(world.products[product.index()].content[e] > 0)) continue;
    if (world.elements[e].id == id) return world::ElementId(e);
    known.push_back(world.elements[e].id);
  }
  unknown("element", id, known);
}

insight::EmbodiedQuestion question_of(const base::OptionValues& values, const world::World& world) {
  insight::EmbodiedQuestion question;
  question.product = product_named(world, values.text("product"));
  if (values.has("date")) question.month = values.month("date");
  const auto day = question.month.value_or(world.start);
  if (values.has("region")) {
    const auto& name = values.text("region");
    question.regions = world.expand_regions(name, {day.year(), day.month(), 1});
    if (question.regions.empty()) unknown("region", name, world.region_names());
    const auto region = world.find_region(name);
    question.name = region.valid() ? insight::place_of(world, region) : name;
  }
  question.origin =
      values.has("origin") ? region_named(world, values.text("origin")) : insight::viewpoint(world).inside;
  question.element = values.has("element") ? element_named(world, question.product, values.text("element"))
                                           : insight::main_element(world, question.product);
  question.by_control = values.boolean("control");
  return question;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto& format = values.text("format");
  if (format != "text" && format != "csv" && format != "json") unknown("format", format, {"text", "csv", "json"});
  const insight::Replay replay(find_run(values.text("run"), values).folder);
  const auto question = question_of(values, replay.world());
  const bool as_json = values.boolean("json") || format == "json";
  if (values.boolean("monthly") || format == "csv") {
    const auto table = insight::embodied_months_table(*replay.results(), replay.world(), question);
    if (format == "csv")
      terminal.print(csv(table));
    else
      print(table, as_json, terminal);
    return kOk;
  }
  print(insight::embodied(*replay.results(), replay.world(), question), as_json, terminal);
  return kOk;
}

}  // namespace

Command embodied_command() {
  return {"embodied",
          "Who did each stage of what a region uses: import reliance beside reliance embodied in earlier stages.",
          {run_argument("run", "a run: its id, the beginning of one, 'latest', or the id of a scenario")},
          {{"product", OptionType::text, "", 0, -1, true, "", "id of the product that is used"},
           {"region", OptionType::text, "", 0, -1, false, "",
            "region or group that uses it; all but the origin when not given"},
           {"origin", OptionType::text, "", 0, -1, false, "",
            "region that they may depend on; the one that makes most when not given"},
           {"date", OptionType::month, "", 0, -1, false, "", "month; the last when not given"},
           {"element", OptionType::text, "", 0, -1, false, "",
            "element to trace; the one of which the product has most when not given"},
           {"control", OptionType::boolean, "", 0, -1, false, "", "count plants where who controls them is at home"},
           {"monthly", OptionType::boolean, "", 0, -1, false, "", "one row a month up to the date"},
           {"format", OptionType::text, "", 0, -1, false, "text", "text, csv (month by month) or json"},
           out_option()},
          {{"lodestone embodied latest --product ndfeb-magnet-high-temperature --region EU27 --element dy",
            "who mined, separated and smelted the dysprosium in Europe's magnets"},
           {"lodestone embodied latest --product ndfeb-magnet-high-temperature --region JPN --format csv",
            "month by month"}},
          execute};
}

}  // namespace lodestone::app
