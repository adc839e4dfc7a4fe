#include "lodestone/policy/actors_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/levers_page.hpp"

namespace lodestone::policy {
namespace {

using base::kMillion;

std::string observables_table() {
  std::string out = "| observe | unit | published after | also needs | what it is |\n|---|---|---|---|---|\n";
  for (const auto& o : observables())
    out += fmt::format("| `{}` | {} | {} month{} | {} | {} |\n", o.name, o.unit, o.lag, o.lag == 1 ? "" : "s",
                       o.levers     ? "`by`, `kinds`"
                       : o.others   ? "`products`, `others`"
                       : o.end_uses ? "`products`; `end-uses` may be given"
                                    : "`products`",
                       o.help);
  return out;
}

std::string keys(const std::string& table, std::span<const base::OptionSpec> options) {
  return fmt::format("\n### {}\n\n{}", table, options_table(options));
}

std::string months(int n) {
  return fmt::format("{} month{}", n, n == 1 ? "" : "s");
}

std::string rule_section(const Rule& rule) {
  std::string out = fmt::format("\n### {}\n\n{}. Response: {}.\n\n", rule.id, rule.title, rule.response);
  for (const auto& condition : rule.when)
    out += fmt::format("- when `{}`, known after {}\n", condition.text, months(condition.lag));
  out += fmt::format("- odds {} a month{}; {} from decision to act; at most {} time{}", rule.probability,
                     rule.lobby ? fmt::format(", more as {} lose (strength {})",
                                              fmt::join(rule.lobby->question.end_uses, ", "), rule.lobby->strength)
                                : "",
                     months(rule.delay), rule.times, rule.times == 1 ? "" : "s");
  if (rule.times > 1) out += fmt::format(", {} apart", months(rule.cooldown));
  if (rule.cost > 0) out += fmt::format("; sets aside {} million USD", rule.cost / kMillion);
  out += "\n";
  for (const auto& lever : rule.levers)
    out += fmt::format("- brings `{}`, a lever of kind {}{}\n", lever.id, lever.kind,
                       lever.after > 0 ? ", " + months(lever.after) + " after the act" : "");
  if (!rule.withdraws.empty()) out += fmt::format("- takes back what {} brought\n", fmt::join(rule.withdraws, ", "));
  if (!rule.left_out.empty()) out += fmt::format("- never acts here: {}\n", rule.left_out);
  return out + fmt::format("- evidence known from {}: {}\n", rule.known.text(), rule.source);
}

}  // namespace

std::string actors_page(const Reacting& reacting) {
  std::string out =
      "# Actors\n\n"
      "Made by `lodestone docs actors`; do not edit by hand. A government's goals, budget and rules stand in a file of "
      "its own, `data/actors/<id>.toml`. A scenario names who follows its rules: `actors = [\"USA\", \"CHN\"]` or "
      "`[\"all\"]` in `[run]`; without that key nobody reacts and nothing changes by a bit. Who did what and why in a "
      "run: `lodestone why RUN --actor USA --date 2027-03`.\n\n"
      "## What a rule does\n\n"
      "At the beginning of a month, before announcements, a rule looks at months that are over and published: the "
      "month that ended `lag` months ago and the `months` - 1 before it, each the mean of `average` months. When all "
      "its conditions hold it decides with its probability; the number drawn depends on seed, future, rule and month "
      "alone, so that futures and counterfactuals share their luck. `delay` months later what it brings begins: "
      "levers with the keys of [levers](levers.md), held ready since the run began. It acts at most `times`, "
      "`cooldown` months apart.\n\n"
      "- **Several products in a condition**: one is enough, and the one that holds most is shown. In several months "
      "in a row the value shown is that of the month in which it holds least.\n"
      "- **Lobbying**: users press. With p the rule's probability and L the largest of their losses (`loss`, "
      "published), it decides with `1 - (1 - p) exp(-strength L)`.\n"
      "- **Budget** of a calendar year: a rule decides only while its `cost` is left of it, and sets it aside. What "
      "its levers pay is bounded as well: money held out to projects, and purchases, get an equal part of what is not "
      "yet spent. Promises on prices are kept whatever they cost; they count as spent.\n"
      "- **Circles**: no government reacts to itself, and who reacts to others looks at months that are over and acts "
      "a limited number of times, so any exchange of blows ends.\n"
      "- **As of a date**: a rule whose evidence was public later is left out, as is one that names what this base "
      "year lacks; `lodestone actors` says why.\n"
      "- **What is not known**: odds are assumptions throughout; triggers, delays and magnitudes come from dated acts "
      "where the source names them. They decide who acts when, so conclusions belong to ensembles, not to one run.\n\n"
      "## What can be observed\n\n";
  out += observables_table();
  out +=
      "\nThe lags are assumptions: prices and measures are known in the next month, customs two months later, use "
      "and stocks a quarter, output half a year.\n\n## Keys\n";
  out += keys("[actor]", actor_options());
  out += keys("[[rules]]", rule_options());
  out += keys("[[rules.when]]", condition_options());
  out += keys("[rules.lobby]", lobby_options());
  out += keys("[[rules.levers]], beside the keys of its kind", packaged_options());
  out +=
      "\nIts `actor`, `start`, `end` and `announced` come from the rule; acts on levers (threat, truce) cannot be "
      "held ready.\n";
  for (const auto& actor : reacting.actors) {
    out += fmt::format("\n## {}: {}\n\n", actor.id, actor.name);
    for (const auto& goal : actor.goals) out += fmt::format("- {}\n", goal);
    out += fmt::format("- budget {} million USD a year ({})\n", actor.budget / kMillion, actor.budget_source);
    for (const auto& rule : actor.rules) out += rule_section(rule);
  }
  return out;
}

}  // namespace lodestone::policy
