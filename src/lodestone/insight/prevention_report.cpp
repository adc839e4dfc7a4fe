#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "lodestone/base/units.hpp"
#include "lodestone/explore/regret.hpp"
#include "lodestone/insight/prevention.hpp"

namespace lodestone::insight {
namespace {

constexpr std::size_t kShown = 12;  // rows of a table
using base::kMillion;
constexpr std::array kFrictionWords{"permits", "money", "skills", "the price", "buyers that sign"};

std::string names(const Remedy& remedy, const CatalogueFile& catalogue) {
  if (remedy.chosen.empty()) return "nothing";
  std::vector<std::string> out;
  for (const auto& one : remedy.chosen) out.push_back(catalogue.packages.all()[one.package].id);
  return fmt::format("{}", fmt::join(out, " + "));
}

std::string magnitudes(const Remedy& remedy) {
  std::vector<std::string> out;
  for (const auto& one : remedy.chosen) out.push_back(fmt::format("{:.2f}", one.magnitude));
  return fmt::format("{}", fmt::join(out, " + "));
}

/// "MSP 410, JPN 25"
std::string payers(const Remedy& remedy, const CatalogueFile& catalogue) {
  std::map<std::string, double> paid;
  for (const auto& one : remedy.chosen)
    paid[catalogue.packages.all()[one.package].pays] += remedy.trial.cost[one.package] / kMillion;
  std::vector<std::string> out;
  for (const auto& [who, money] : paid) out.push_back(fmt::format("{} {}", who, readable(money)));
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string months(const std::vector<base::Month>& all) {
  std::vector<std::string> out;
  for (const auto month : all) out.push_back(month.text());
  return fmt::format("{}", fmt::join(out, " + "));
}

/// What holds most project-months back, by the cost of the projects: "permits 41 %, the price 30 %".
std::string frictions(const Trial& trial) {
  std::vector<std::size_t> order(kStalls.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return trial.held_back[a] > trial.held_back[b]; });
  std::vector<std::string> out;
  for (const std::size_t s : order)
    if (out.size() < 2 && trial.held_back[s] > 0)
      out.push_back(fmt::format("{} {}", kFrictionWords[s], percent(trial.held_back[s] / trial.waiting)));
  return out.empty() ? "none" : fmt::format("{}", fmt::join(out, ", "));
}

std::string latest(const Remedy& remedy) {
  return remedy.at_latest.empty() ? "-" : months(remedy.at_latest);
}

Table remedies_table(const Prevention& found, const CatalogueFile& catalogue) {
  Table table{"packages",
              "Combinations that suffice, cheapest first",
              {{"packages", "packages", ""},
               {"magnitude", "magnitude", ""},
               {"cost", "costs", "million USD"},
               {"pays", "who pays", "million USD"},
               {"worst", "worst value", ""},
               {"latest", "must begin by", ""},
               {"friction", "held back by", ""}},
              {},
              "Costs in present value at the start of the run, what comes back within it taken off. Magnitude 1 is the "
              "most that the catalogue holds possible. Must begin by: at its largest it still suffices when it begins "
              "then, and not a month later. Held back by: share of all months that unbuilt projects waited, each "
              "weighted by its cost."};
  for (const auto& remedy : found.remedies)
    if (remedy.suffices && table.rows.size() < kShown)
      table.rows.push_back({names(remedy, catalogue), magnitudes(remedy), remedy.cost(), payers(remedy, catalogue),
                            remedy.worst, latest(remedy), frictions(remedy.trial)});
  return table;
}

Table short_table(const Prevention& found, const CatalogueFile& catalogue) {
  Table table{"not_enough",
              "What does not suffice, at its largest",
              {{"packages", "packages", ""},
               {"cost", "costs", "million USD"},
               {"worst", "worst value", ""},
               {"friction", "held back by", ""}},
              {},
              "Closest to the condition first."};
  table.rows.push_back({std::string("nothing"), 0.0, found.nothing.worst, frictions(found.nothing.trial)});
  const auto add = [&](const Remedy& remedy, const std::string& name) {
    table.rows.push_back({name, remedy.cost(), remedy.worst, frictions(remedy.trial)});
  };
  if (!found.everything.suffices) add(found.everything, "everything");
  for (const auto& remedy : found.remedies)
    if (!remedy.suffices && table.rows.size() < kShown) add(remedy, names(remedy, catalogue));
  return table;
}

/// Regret of what suffices in the scenario, over this one and the others.
std::optional<Table> regret_table(const Prevention& found, const Trials& trials, const CatalogueFile& catalogue,
                                  const PreventRules& rules) {
  if (found.others.empty()) return {};
  std::vector<const Remedy*> all{&found.nothing};
  for (const auto& remedy : found.remedies)
    if (remedy.suffices && all.size() < kShown) all.push_back(&remedy);
  std::vector<std::vector<double>> values;
  for (const auto* one : all) {
    values.push_back({one->worst});
    values.back().insert(values.back().end(), one->elsewhere.begin(), one->elsewhere.end());
  }
  explore::RegretOptions options;
  options.less_is_better = rules.keep.front().below;
  const auto scores = explore::regret(values, options);
  Table table{"regret",
              "How they fare in the other scenarios",
              {{"packages", "packages", ""}, {"here", trials.scenario().title, ""}},
              {},
              "Worst value of the condition's first number. Worst regret: by how much it is worse than the best row of "
              "the same scenario, at most."};
  for (std::size_t o = 0; o < found.others.size(); ++o)
    table.columns.push_back({fmt::format("other_{}", o + 1), found.others[o], ""});
  table.columns.push_back({"regret", "worst regret", ""});
  for (std::size_t k = 0; k < all.size(); ++k) {
    std::vector<Cell> row{names(*all[k], catalogue)};
    for (const double value : values[k]) row.emplace_back(value);
    row.emplace_back();
    if (k < scores.policies.size()) row.back() = scores.policies[k].largest_regret;
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string answer(const Prevention& found, const CatalogueFile& catalogue, const PreventRules& rules) {
  if (found.nothing.suffices)
    return fmt::format("Nothing is needed: it holds without any package (worst value {}).",
                       readable(found.nothing.worst));
  const auto& best = found.remedies.front();
  if (!best.suffices)
    return fmt::format(
        "No package in the catalogue suffices{}{}: without any the worst value is {}, with everything at its largest "
        "{} "
        "for {} million USD. Projects are held back most by {}.",
        rules.largest > 1 ? fmt::format(", nor up to {} of them together", rules.largest) : "",
        found.everything.suffices ? " (all of them together would)" : "", readable(found.nothing.worst),
        readable(found.everything.worst), readable(found.everything.cost()), frictions(found.everything.trial));
  if (rules.budget && best.cost() > *rules.budget)
    return fmt::format(
        "No package in the catalogue suffices within {} million USD: the cheapest that does, {}, costs {}.",
        readable(*rules.budget), names(best, catalogue), readable(best.cost()));
  return fmt::format(
      "{} at magnitude {} for {} million USD in present value, paid by {}; it must begin by {} (at its largest). "
      "Projects are held back most by {}.",
      names(best, catalogue), magnitudes(best), readable(best.cost()), payers(best, catalogue), latest(best),
      frictions(best.trial));
}

}  // namespace

Report prevention_report(const Prevention& found, const Trials& trials, const CatalogueFile& catalogue,
                         const PreventRules& rules) {
  Report report;
  report.question = fmt::format("What would keep {} in: {}?", rules.text, trials.scenario().title);
  report.answer = answer(found, catalogue, rules);
  report.assumed_share = std::nan("");
  report.assumed = fmt::format(
      "the catalogue's magnitudes and dates; every figure of the dataset as it stands; present "
      "value at {} a year ({})",
      percent(catalogue.discount_rate), catalogue.discount_source);
  if (found.nothing.suffices) {
    report.drivers.push_back(
        fmt::format("without any package the worst value is {}; no package was tried", readable(found.nothing.worst)));
    return report;
  }
  std::size_t enough = 0;
  for (const auto& remedy : found.remedies) enough += remedy.suffices ? 1 : 0;
  report.drivers.push_back(fmt::format("{} of {} combinations of at most {} packages suffice at their largest", enough,
                                       found.remedies.size(), rules.largest));
  report.drivers.push_back(fmt::format("without any package the worst value is {}, with everything at its largest {}",
                                       readable(found.nothing.worst), readable(found.everything.worst)));
  if (enough > 0) report.tables.push_back(remedies_table(found, catalogue));
  if (auto regret = regret_table(found, trials, catalogue, rules)) report.tables.push_back(std::move(*regret));
  report.tables.push_back(short_table(found, catalogue));
  report.notes.push_back(
      fmt::format("{} runs; more of a package is taken never to hurt; {}", found.runs, catalogue.source));
  return report;
}

}  // namespace lodestone::insight
