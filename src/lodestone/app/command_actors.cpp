// Governments that react: who they are, their rules, what these rest on.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lodestone/app/actors_world.hpp"
#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/units.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

using base::kMillion;

std::string conditions(const policy::Rule& rule) {
  std::vector<std::string> all;
  for (const auto& condition : rule.when) all.push_back(condition.text);
  return fmt::format("{}", fmt::join(all, " and "));
}

std::string brings(const policy::Rule& rule) {
  std::vector<std::string> all;
  for (const auto& lever : rule.levers) all.push_back(lever.kind);
  for (const auto& other : rule.withdraws) all.push_back("withdraws " + other);
  return fmt::format("{}", fmt::join(all, ", "));
}

insight::Table actors_table(const policy::Reacting& reacting) {
  insight::Table table{"actors",
                       "Governments that have rules",
                       {{"actor", "actor", ""},
                        {"name", "name", ""},
                        {"budget", "budget", "million USD a year"},
                        {"rules", "rules", ""},
                        {"goals", "goals", ""},
                        {"budget_source", "source of the budget", ""}},
                       {},
                       ""};
  for (const auto& actor : reacting.actors)
    table.rows.push_back({actor.id, actor.name, actor.budget / kMillion, static_cast<double>(actor.rules.size()),
                          fmt::format("{}", fmt::join(actor.goals, "; ")), actor.budget_source});
  return table;
}

insight::Table rules_table(const policy::Reacting& reacting) {
  insight::Table table{"rules",
                       "Their rules",
                       {{"rule", "rule", ""},
                        {"title", "what it does", ""},
                        {"response", "response", ""},
                        {"when", "when", ""},
                        {"probability", "odds", "a month"},
                        {"delay", "delay", "months"},
                        {"times", "times", ""},
                        {"brings", "brings", ""},
                        {"left_out", "left out", ""},
                        {"source", "rests on", ""}},
                       {},
                       ""};
  for (const auto& actor : reacting.actors)
    for (const auto& rule : actor.rules)
      table.rows.push_back({rule.id, rule.title, rule.response, conditions(rule), rule.probability,
                            static_cast<double>(rule.delay), static_cast<double>(rule.times), brings(rule),
                            rule.left_out, rule.source});
  return table;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  auto reacting = checked_actors(data_folder(values), read_options(values)).reacting;
  if (values.has("actor")) {
    std::vector<std::string> names;
    for (const auto& actor : reacting.actors) names.push_back(actor.id);
    const auto& name = values.text("actor");
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      base::Diagnostics wrong;
      wrong.error({}, fmt::format("unknown actor '{:.60}'", name), fmt::format("one of {}", fmt::join(names, ", ")),
                  base::nearest_name(name, names));
      throw base::InputError(std::move(wrong));
    }
    std::erase_if(reacting.actors, [&](const auto& actor) { return actor.id != name; });
  }
  insight::Report report;
  report.question = "Which governments react, when, and with what?";
  auto rules = rules_table(reacting);
  report.answer = fmt::format("{} actor{} with {} rules; a scenario names who follows them (actors = [...] in [run]).",
                              reacting.actors.size(), reacting.actors.size() == 1 ? "" : "s", rules.rows.size());
  report.assumed = "odds are assumptions; what else a rule rests on stands beside it";
  report.assumed_share = 1;
  report.tables = {actors_table(reacting), std::move(rules)};
  print(report, values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command actors_command() {
  return {"actors",
          "List the governments that react, with their goals, budgets and rules.",
          {{"actor", OptionType::text, "", 0, -1, false, "", "only this one"}},
          {as_of_option(), base_year_option(), overlay_option(), data_option()},
          {{"lodestone actors", "all of them"}, {"lodestone actors USA", "the rules of one"}},
          execute};
}

}  // namespace lodestone::app
