#include "lodestone/insight/reactions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/world/reactions.hpp"

namespace lodestone::insight {
namespace {

using store::Results;
using store::RuleFacts;
using world::Verdict;

/// The rules of a run, month by month.
class Rules {
 public:
  explicit Rules(const Results& results) : results_(results) {}

  [[nodiscard]] const std::vector<RuleFacts>& all() const { return results_.facts().rules; }
  [[nodiscard]] Verdict verdict(std::size_t month, std::size_t rule) const {
    return static_cast<Verdict>(std::lround(results_.variable("rule_verdict").at(month, rule)));
  }
  [[nodiscard]] double number(const char* name, std::size_t month, std::size_t rule) const {
    return results_.variable(name).at(month, rule);
  }

  /// "refused(...) > 0.2 share: 0.34 of dysprosium-oxide"
  [[nodiscard]] std::string seen(std::size_t month, std::size_t rule) const {
    std::vector<std::string> parts;
    const auto& of = results_.labels("condition_rule");
    for (std::size_t c = 0; c < of.size(); ++c) {
      if (of[c] != all()[rule].id) continue;
      const double value = results_.variable("condition_value").at(month, c);
      const double product = results_.variable("condition_product").at(month, c);
      std::string part = results_.labels("condition")[c] + ": ";
      part += std::isnan(value) ? "nothing published" : readable(value);
      if (!std::isnan(product)) part += " of " + results_.labels("product")[static_cast<std::size_t>(product)];
      if (!std::isnan(value)) part += results_.variable("condition_holds").at(month, c) > 0 ? ", holds" : ", does not";
      parts.push_back(std::move(part));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
  }

  /// Levers of a rule that begin within the run, by their beginning.
  [[nodiscard]] std::vector<const store::LeverFacts*> levers(std::size_t rule) const {
    std::vector<const store::LeverFacts*> found;
    for (const auto& lever : results_.facts().levers)
      if (lever.rule == all()[rule].id && lever.begins()) found.push_back(&lever);
    std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->start < b->start; });
    return found;
  }

  /// What a decision of this month brought: the levers of its time.
  [[nodiscard]] std::vector<const store::LeverFacts*> brought(std::size_t month, std::size_t rule) const {
    int time = 0;
    for (std::size_t m = 0; m <= month; ++m) time += verdict(m, rule) == Verdict::decided ? 1 : 0;
    std::vector<const store::LeverFacts*> found;
    const auto end = fmt::format("-{}", time);
    for (const auto* lever : levers(rule))
      if (lever->id.ends_with(end)) found.push_back(lever);
    return found;
  }

 private:
  const Results& results_;
};

std::string in_words(const std::vector<const store::LeverFacts*>& levers) {
  std::vector<std::string> parts;
  parts.reserve(levers.size());
  for (const auto* lever : levers)
    parts.push_back(fmt::format("{} from {}: {}", lever->kind, lever->start.text(), lever->what));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string brought_or_not(const Rules& rules, std::size_t month, std::size_t rule) {
  const auto words = in_words(rules.brought(month, rule));
  return words.empty() ? "nothing within the run that is a lever of its own" : words;
}

Cell number_or_none(double value) {
  return std::isnan(value) ? Cell{} : Cell{value};
}

Table rules_table(const Rules& rules, const std::string& actor, std::size_t month) {
  Table table{"rules",
              "What its rules saw and made of it",
              {{"rule", "rule", ""},
               {"verdict", "this month", ""},
               {"probability", "odds", ""},
               {"draw", "drawn", ""},
               {"seen", "on what", ""}},
              {},
              "Decided: the number drawn is below the odds. Values are those published by then."};
  for (std::size_t r = 0; r < rules.all().size(); ++r) {
    if (rules.all()[r].actor != actor) continue;
    const auto verdict = rules.verdict(month, r);
    table.rows.push_back({rules.all()[r].id, to_string(verdict),
                          number_or_none(rules.number("rule_probability", month, r)),
                          number_or_none(rules.number("rule_draw", month, r)),
                          verdict == Verdict::left_out ? rules.all()[r].left_out : rules.seen(month, r)});
  }
  return table;
}

Table acts_table(const Rules& rules, const std::string& actor, base::Month month) {
  Table table{
      "acts",
      "What they brought by then",
      {{"rule", "rule", ""}, {"kind", "kind", ""}, {"from", "from", ""}, {"until", "until", ""}, {"what", "on", ""}},
      {},
      "Until: the first month no longer in force, or the end of the run."};
  for (std::size_t r = 0; r < rules.all().size(); ++r)
    if (rules.all()[r].actor == actor)
      for (const auto* lever : rules.levers(r))
        if (lever->start <= month)
          table.rows.push_back({rules.all()[r].id, lever->kind, lever->start.text(), lever->end.text(), lever->what});
  return table;
}

void check_actor(const Rules& rules, const std::string& actor) {
  std::vector<std::string> names;
  for (const auto& rule : rules.all())
    if (std::find(names.begin(), names.end(), rule.actor) == names.end()) names.push_back(rule.actor);
  if (std::find(names.begin(), names.end(), actor) != names.end()) return;
  base::Diagnostics wrong;
  wrong.error({}, fmt::format("--actor '{:.60}'", actor),
              names.empty() ? "a run of a scenario with actors = [...]"
                            : fmt::format("an actor of this run: {}", fmt::join(names, ", ")),
              base::nearest_name(actor, names));
  throw base::InputError(std::move(wrong));
}

}  // namespace

std::optional<Table> decisions(const Results& results) {
  const Rules rules(results);
  Table table{"decisions",
              "What governments decided by their rules",
              {{"month", "decided", ""},
               {"actor", "by", ""},
               {"rule", "rule", ""},
               {"seen", "on what", ""},
               {"probability", "odds", ""},
               {"draw", "drawn", ""},
               {"brought", "what it brought", ""}},
              {},
              "The rules and what they rest on: docs/actors.md. Odds are assumptions; another future draws otherwise."};
  for (std::size_t m = 0; m < results.months().size(); ++m)
    for (std::size_t r = 0; r < rules.all().size(); ++r)
      if (rules.verdict(m, r) == Verdict::decided)
        table.rows.push_back({results.months()[m].text(), rules.all()[r].actor, rules.all()[r].id, rules.seen(m, r),
                              rules.number("rule_probability", m, r), rules.number("rule_draw", m, r),
                              brought_or_not(rules, m, r)});
  if (table.rows.empty()) return {};
  return table;
}

std::string decisions_in_short(const Results& results) {
  const Rules rules(results);
  std::vector<std::pair<std::string, int>> by_actor;
  int all = 0;
  std::string first;
  for (std::size_t m = 0; m < results.months().size(); ++m)
    for (std::size_t r = 0; r < rules.all().size(); ++r) {
      if (rules.verdict(m, r) != Verdict::decided) continue;
      if (all++ == 0) first = results.months()[m].text();
      const auto& actor = rules.all()[r].actor;
      const auto known =
          std::find_if(by_actor.begin(), by_actor.end(), [&](const auto& one) { return one.first == actor; });
      if (known == by_actor.end())
        by_actor.emplace_back(actor, 1);
      else
        ++known->second;
    }
  if (all == 0) return "";
  std::stable_sort(by_actor.begin(), by_actor.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> words;
  for (const auto& [actor, times] : by_actor) words.push_back(fmt::format("{} {}", actor, times));
  return fmt::format("Governments decide {} {} by their rules, the first in {} ({}).", all, all == 1 ? "time" : "times",
                     first, fmt::join(words, ", "));
}

std::vector<std::string> rules_that_acted(const Results& results, base::Month month) {
  std::vector<std::string> found;
  for (const auto& lever : results.facts().levers)
    if (!lever.rule.empty() && lever.begins() && lever.start <= month &&
        std::find(found.begin(), found.end(), lever.rule) == found.end())
      found.push_back(lever.rule);
  return found;
}

Report why_actor(const Results& results, const std::string& actor, base::Month month) {
  const Rules rules(results);
  check_actor(rules, actor);
  const std::size_t m = results.month_index(month);
  Report out;
  out.question = fmt::format("What did {} do in {}, and why?", actor, month.text());
  std::vector<std::string> decided, begun;
  int in_force = 0;
  for (std::size_t r = 0; r < rules.all().size(); ++r) {
    const auto& rule = rules.all()[r];
    if (rule.actor != actor) continue;
    if (rules.verdict(m, r) == Verdict::decided)
      decided.push_back(fmt::format("it decided {} ({}) on {}; drawn {} below odds of {}; it brings {}", rule.id,
                                    rule.title, rules.seen(m, r), readable(rules.number("rule_draw", m, r)),
                                    readable(rules.number("rule_probability", m, r)), brought_or_not(rules, m, r)));
    if (rules.number("rule_acts", m, r) > 0) begun.push_back(fmt::format("what {} had decided begins", rule.id));
    for (const auto* lever : rules.levers(r)) in_force += lever->start <= month && month < lever->end ? 1 : 0;
  }
  decided.insert(decided.end(), begun.begin(), begun.end());
  out.answer = decided.empty() ? fmt::format("No rule of {} decided or began anything in {}", actor, month.text())
                               : fmt::format("In {}: {}", month.text(), fmt::join(decided, "; "));
  out.answer +=
      fmt::format("; of the levers that its rules brought {} {} in force.", in_force, in_force == 1 ? "is" : "are");
  for (std::size_t r = 0; r < rules.all().size(); ++r)
    if (const auto& rule = rules.all()[r]; rule.actor == actor && rule.left_out.empty())
      out.drivers.push_back(fmt::format("{}: {}; {}", rule.id, to_string(rules.verdict(m, r)), rules.seen(m, r)));
  out.assumed =
      "the odds of rules are assumptions; triggers, delays and magnitudes as their sources say (docs/actors.md)";
  out.assumed_share = 1;
  out.tables = {rules_table(rules, actor, m), acts_table(rules, actor, month)};
  return out;
}

}  // namespace lodestone::insight
