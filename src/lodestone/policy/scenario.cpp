#include "lodestone/policy/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

Scenario copy_without(const Scenario& scenario, std::size_t left_out, bool any_lever) {
  Scenario copy{scenario.id,
                scenario.title,
                scenario.question,
                scenario.description,
                scenario.text,
                scenario.start,
                scenario.months,
                scenario.seed,
                scenario.future,
                scenario.demand_growth,
                {},
                scenario.ensemble,
                scenario.chronicle,
                scenario.reacting};
  if (!any_lever) return copy;
  // What a lever brings about goes with it.
  std::vector<std::string> gone;
  if (left_out < scenario.levers.size() && scenario.levers[left_out]->brings_about())
    gone = scenario.levers[left_out]->head().levers;
  for (std::size_t l = 0; l < scenario.levers.size(); ++l)
    if (l != left_out && std::find(gone.begin(), gone.end(), scenario.levers[l]->head().id) == gone.end())
      copy.levers.push_back(scenario.levers[l]->clone());
  return copy;
}

}  // namespace

Scenario Scenario::copy() const {
  return copy_without(*this, kNone, true);
}

Scenario Scenario::without(int lever) const {
  return copy_without(*this, lever < 0 ? kNone : static_cast<std::size_t>(lever), true);
}

Scenario Scenario::without_levers() const {
  return copy_without(*this, kNone, false);
}

Scenario Scenario::without_rule(const std::string& rule) const {
  Scenario copy = this->copy();
  std::erase_if(copy.levers, [&](const auto& lever) { return lever->head().rule == rule; });
  if (copy.reacting)
    for (auto& actor : copy.reacting->actors)
      for (auto& one : actor.rules)
        if (one.id == rule) one.left_out = "left out to compare";
  return copy;
}

void choose_growth(Scenario& scenario, const world::World& world, const std::string& path) {
  const auto names = world.growth_names();
  if (std::find(names.begin(), names.end(), path) == names.end())
    throw base::InputError(
        fmt::format("demand-growth = '{:.60}': no such path; expected one of {}", path, fmt::join(names, ", ")));
  scenario.demand_growth = path;
}

std::span<const base::OptionSpec> run_options() {
  constexpr double kLargestSeed = 9007199254740992;  // every whole number up to 2^53 is exact in JSON
  static const std::vector<base::OptionSpec> options{
      {"id", OptionType::text, "", 0, -1, true, "", "name of the scenario; lower-case words joined by hyphens"},
      {"title", OptionType::text, "", 0, -1, true, "", "a few words for lists of runs"},
      {"question", OptionType::text, "", 0, -1, true, "", "what the scenario asks"},
      {"description", OptionType::text, "", 0, -1, false, "", "what is assumed and why"},
      {"start", OptionType::month, "", 0, -1, true, "", "first month, not before the dataset's start"},
      {"base-year", OptionType::integer, "year", 1950, 2150, false, "",
       "year whose figures the run starts from, one of the dataset's; its usual one when not given"},
      {"months", OptionType::integer, "months", 1, 1200, true, "", "length of the run"},
      {"demand-growth", OptionType::text, "", 0, -1, false, "none",
       "path of demand, one of the dataset's demand_growth.csv (central, low, high), or none: demand stays as it was"},
      {"chronicle", OptionType::text, "", 0, -1, false, "",
       "'through 2026-07-31': the acts of the dataset's chronicle up to this day happen in the run; none when not "
       "given"},
      {"chronicle-without", OptionType::text_list, "", 0, -1, false, "", "events of the chronicle that do not happen"},
      {"actors", OptionType::text_list, "", 0, -1, false, "",
       "governments that follow their rules (docs/actors.md), or [\"all\"]; not given: nobody reacts"},
      {"actors-from", OptionType::month, "", 0, -1, false, "",
       "first month in which they may decide; not given: the month after the chronicle's last day, or the run's first"},
      {"rules-without", OptionType::text_list, "", 0, -1, false, "", "rules of theirs that do not act"},
      {"seed", OptionType::integer, "", 0, kLargestSeed, false, "1", "seed of all random numbers"},
  };
  return options;
}

Scenario reference_scenario(const world::World& world, base::Month start, int months) {
  const std::string text = fmt::format(
      "[run]\nid = \"reference\"\ntitle = \"No new measures\"\n"
      "question = \"Where do prices and flows stand when nobody changes a rule?\"\nstart = \"{}\"\nmonths = {}\n",
      start.text(), months);
  return parse_scenario(text, "reference", world);
}

}  // namespace lodestone::policy
