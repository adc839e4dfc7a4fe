// What the chronicle holds, and which of its acts happen in a run.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lodestone/app/app.hpp"
#include "lodestone/app/chronicle_world.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;
using base::OptionValues;
using world::Event;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Throws base::InputError with the nearest name when the option names nothing of `names`.
void check_name(const OptionValues& values, const char* option, const std::vector<std::string>& names) {
  if (!values.has(option) || contains(names, values.text(option))) return;
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("--{} '{:.60}'", option, values.text(option)), "a name in the chronicle",
              base::nearest_name(values.text(option), names));
  throw base::InputError(std::move(wrong));
}

base::Date date_of(const OptionValues& values, const char* option, base::Date otherwise, bool end) {
  if (!values.has(option)) return otherwise;
  const auto date = base::parse_date(values.text(option), end);
  if (!date)
    throw base::InputError(
        fmt::format("--{} '{}'; expected a date such as 2025, 2025-05 or 2025-05-31", option, values.text(option)));
  return *date;
}

const std::vector<std::string> kStatuses{"lever", "amendment", "not-mappable", "observation"};

void check_filters(const OptionValues& values, const world::World& world) {
  std::vector<std::string> minerals, actors, kinds;
  for (const Event& event : world.chronicle.events) {
    minerals.insert(minerals.end(), event.materials.begin(), event.materials.end());
    actors.insert(actors.end(), event.actors.begin(), event.actors.end());
    kinds.push_back(event.act);
  }
  for (const auto& kind : policy::lever_kinds()) kinds.push_back(kind.name);
  check_name(values, "mineral", minerals);
  check_name(values, "actor", actors);
  check_name(values, "lever", kinds);
  check_name(values, "status", kStatuses);
  check_name(values, "event", world.chronicle.all_events);
}

/// Levers that an event became, in the run or as the files have it.
std::vector<const policy::ActFate*> acts_of(const Event& event, const policy::Replayed& replayed) {
  std::vector<const policy::ActFate*> out;
  for (const auto& act : replayed.acts)
    if (act.event == event.id || contains(act.amended_by, event.id)) out.push_back(&act);
  return out;
}

bool wanted(const Event& event, const std::vector<const policy::ActFate*>& acts, const OptionValues& values) {
  const auto is = [&](const char* option, const auto& holds) {
    return !values.has(option) || holds(values.text(option));
  };
  return is("mineral", [&](const auto& name) { return contains(event.materials, name); }) &&
         is("actor", [&](const auto& name) { return contains(event.actors, name); }) &&
         is("status", [&](const auto& name) { return to_string(event.status) == name; }) &&
         is("event", [&](const auto& name) { return event.id == name; }) && is("lever", [&](const auto& name) {
           return event.act == name ||
                  std::any_of(acts.begin(), acts.end(), [&](const auto* act) { return act->kind == name; });
         });
}

std::string here(const Event& event, const std::vector<const policy::ActFate*>& acts, bool in_run) {
  std::string out;
  for (const auto* act : acts) {
    out += (out.empty() ? "" : "; ") + act->kind + " " + act->lever;
    if (in_run && act->replayed) out += fmt::format(" from {}", act->start.text());
    if (in_run && !act->why.empty()) out += fmt::format(" ({})", act->why);
  }
  if (!event.series.empty()) out += "against " + event.series;
  if (!event.reason.empty()) out += (out.empty() ? "" : "; ") + event.reason;
  return out;
}

policy::Replayed acts_in(const std::string& name, const world::World& world) {
  auto scenario = policy::read_scenario(find_scenario(name), world);
  if (!scenario.chronicle)
    throw base::InputError(fmt::format(
        "--scenario {}: it replays no chronicle; expected chronicle = \"through 2026-07-31\" in [run]", name));
  return *scenario.chronicle;
}

int execute(const OptionValues& values, Terminal& terminal) {
  const auto reading =
      values.has("scenario") ? read_options(values, find_scenario(values.text("scenario"))) : read_options(values);
  const auto checked = checked_chronicle(data_folder(values), reading);
  const auto& world = checked.world;
  check_filters(values, world);
  const auto from = date_of(values, "from", {1900, 1, 1}, false), to = date_of(values, "to", {2200, 12, 31}, true);
  const auto acts = values.has("scenario") ? acts_in(values.text("scenario"), world) : checked.acts;
  insight::Table table{"events",
                       "The chronicle",
                       {{"event", "event", ""},
                        {"date", "date", ""},
                        {"actors", "actors", ""},
                        {"act", "act", ""},
                        {"status", "status", ""},
                        {"here", values.has("scenario") ? "in this run" : "here", ""},
                        {"summary", "what happened", ""},
                        {"source", "source", ""},
                        {"confidence", "confidence", ""}},
                       {},
                       ""};
  std::map<std::string, int> counts;
  for (const Event& event : world.chronicle.events) {
    const auto own = acts_of(event, acts);
    if (event.held.from < from || event.held.from > to || !wanted(event, own, values)) continue;
    ++counts[to_string(event.status)];
    table.rows.push_back({event.id, event.held.from.text(), fmt::format("{}", fmt::join(event.actors, ";")), event.act,
                          to_string(event.status), here(event, own, values.has("scenario")), event.summary,
                          event.source, event.confidence});
  }
  insight::Report report;
  report.question = "What happened, and what of it is a lever here?";
  report.answer = fmt::format("{} events: {} that are levers, {} that amend one, {} not mappable, {} observations.",
                              table.rows.size(), counts["lever"], counts["amendment"], counts["not-mappable"],
                              counts["observation"]);
  if (!values.boolean("json"))  // for people: sources are in the JSON and in the file
    for (auto& row : table.rows) row.resize(row.size() - 2);
  if (!values.boolean("json")) table.columns.resize(table.columns.size() - 2);
  report.tables = {table};
  print(report, values.boolean("json"), terminal);
  return kOk;
}

base::OptionSpec filter(const std::string& name, const std::string& help) {
  return {name, OptionType::text, "", 0, -1, false, "", help};
}

}  // namespace

Command chronicle_list_command() {
  return {
      "chronicle list",
      "List dated acts and outcomes: what is a lever here and how, what is not and why.",
      {},
      {filter("mineral", "only of this element or group as the row names it: Dy, or REE for all rare earths"),
       filter("actor", "only of this actor, such as CHN"),
       filter("lever", "only of this act or kind of lever, such as export-licence"),
       filter("status", "lever, amendment, not-mappable or observation"),
       filter("event", "only this event, such as E154"), filter("from", "only from this date on"),
       filter("to", "only up to this date"), filter("scenario", "say of each act what becomes of it in this scenario"),
       base_year_option(), as_of_option(), overlay_option(), data_option()},
      {{"lodestone chronicle list --mineral Dy --status lever", "acts on dysprosium that a run can replay"},
       {"lodestone chronicle list --scenario history-2024 --status lever", "what becomes of each act in a run"}},
      execute};
}

}  // namespace lodestone::app
