#include "lodestone/insight/project_odds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/units.hpp"
#include "lodestone/ensemble/statistics.hpp"
#include "lodestone/insight/expression_leaves.hpp"
#include "lodestone/insight/kept.hpp"

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using Values = std::vector<double>;

constexpr std::size_t kMostYears = 8;  // that fit on a line
using base::kMillion;
using base::kMonths;

struct Odds {
  const world::Facility* facility = nullptr;
  std::size_t place = 0;                          // among the projects of the file
  std::array<Values, kProjectNumbers> numbers{};  // per ProjectNumber, per future that was not dropped
  [[nodiscard]] const Values& of(ProjectNumber number) const { return numbers[static_cast<std::size_t>(number)]; }
  [[nodiscard]] double by(base::Month month) const {
    const auto& opened = of(ProjectNumber::opened);
    const auto open = std::count_if(opened.begin(), opened.end(), [&](double m) { return m <= month.count; });
    return opened.empty() ? 0 : static_cast<double>(open) / static_cast<double>(opened.size());
  }
};

const world::Facility* facility_named(const world::World& world, const std::string& id) {
  const auto it = std::find_if(world.facilities.begin(), world.facilities.end(),
                               [&](const world::Facility& f) { return f.id == id; });
  return it == world.facilities.end() ? nullptr : &*it;
}

std::vector<Odds> odds_of(const EnsembleFile& file, const world::World& world) {
  const auto kept = file.kept_for(kProject);
  std::vector<Odds> out;
  for (std::size_t first = 0; first + kProjectNumbers <= kept.size(); first += kProjectNumbers) {
    Odds odds;
    odds.place = first / kProjectNumbers;
    odds.facility = facility_named(world, file.kept()[kept[first]].subject);
    if (odds.facility == nullptr) continue;
    for (std::size_t n = 0; n < kProjectNumbers; ++n) {
      const Values all = file.values(kept[first + n]);
      for (std::size_t m = 0; m < all.size(); ++m)
        if (file.failures()[m].empty()) odds.numbers[n].push_back(all[m]);
    }
    out.push_back(std::move(odds));
  }
  return out;
}

/// Decembers of the run, thinned to what fits, and its last month.
std::vector<base::Month> years_of(const store::RunFacts& run) {
  const base::Month last = run.start + (run.months - 1);
  std::vector<base::Month> all;
  for (int year = run.start.year(); base::Month::of(year, 12) < last; ++year) all.push_back(base::Month::of(year, 12));
  all.push_back(last);
  const std::size_t step = (all.size() + kMostYears - 1) / kMostYears;
  std::vector<base::Month> out;
  for (std::size_t i = (all.size() - 1) % step; i < all.size(); i += step) out.push_back(all[i]);
  return out;
}

double mean(const Values& values) {
  Values copy = values;
  return ensemble::spread_of(copy).mean;
}

/// "price 61 %, permit 30 %": shares of all months in all futures in which something held it back.
Cell stalls_of(const Odds& odds) {
  std::array<double, kStalls.size()> months{};
  double all = 0;
  for (std::size_t s = 0; s < kStalls.size(); ++s) {
    months[s] = mean(odds.numbers[static_cast<std::size_t>(ProjectNumber::permit) + s]);
    all += months[s];
  }
  if (!(all > 0)) return {};
  std::array<std::size_t, kStalls.size()> order{};
  for (std::size_t s = 0; s < order.size(); ++s) order[s] = s;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return months[a] > months[b]; });
  std::string words;
  for (const std::size_t s : order)
    if (months[s] >= 0.05 * all)
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", to_string(kStalls[s]), percent(months[s] / all));
  return words;
}

double share_open(const Values& opened) {
  const auto open = std::count_if(opened.begin(), opened.end(), [](double m) { return !std::isnan(m); });
  return opened.empty() ? 0 : static_cast<double>(open) / static_cast<double>(opened.size());
}

struct Mover {
  const LeverEffect* effect = nullptr;
  double probability = 0, output = 0;  // with less without; output in t a year
};

/// The lever that changes the chance of opening most; among those that change none the one that changes output most.
Mover mover_of(const std::vector<LeverEffect>& effects) {
  Mover best;
  for (const auto& effect : effects) {
    const Mover one{&effect, share_open(effect.opened_with) - share_open(effect.opened_without),
                    kMonths * (mean(effect.output_with) - mean(effect.output_without))};
    const bool more =
        std::abs(one.probability) > std::abs(best.probability) ||
        (std::abs(one.probability) == std::abs(best.probability) && std::abs(one.output) > std::abs(best.output));
    if (more && (one.probability != 0 || one.output != 0)) best = one;
  }
  return best;
}

Table odds_table(const std::vector<Odds>& all, const world::World& world, const store::RunFacts& run) {
  Table table{
      "projects",
      "How likely each project produces",
      {{"project", "project", ""}, {"region", "where", ""}, {"stage", "stage", ""}, {"planned", "planned", "t/yr"}},
      {},
      "Probability of having begun to produce by the end of a year (of the run's last month): share of futures. "
      "Ranked by the last one, then by size. Planned: t of activity, of feed for separation."};
  const auto years = years_of(run);
  for (const auto year : years)
    table.columns.push_back({fmt::format("by_{}", year.text()), fmt::format("by {}", year.year()), ""});
  for (const auto& odds : all) {
    std::vector<Cell> row{odds.facility->id, world.regions[odds.facility->region.index()].id,
                          to_string(world.processes[odds.facility->process.index()].stage),
                          kMonths * odds.facility->planned_capacity};
    for (const auto year : years) row.emplace_back(odds.by(year));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table worth_table(const std::vector<Odds>& all) {
  Table table{
      "worth",
      "What they make, what they would be worth, what holds them back",
      {{"project", "project", ""},
       {"output", "output", "t/yr"},
       {"output_low", "5 %", "t/yr"},
       {"output_high", "95 %", "t/yr"},
       {"npv", "net present value", "M USD"},
       {"npv_low", "5 %", "M USD"},
       {"npv_high", "95 %", "M USD"},
       {"worth_it", "above 0", ""},
       {"stalls", "held back by", ""}},
      {},
      "Output: mean of the futures in the last twelve months, t of activity. Net present value: as lenders see it "
      "at normal prices and at the rate that they ask, without public money, mean over the run; median of the "
      "futures, and the share of futures in which it is above 0. Held back by: shares of the months in which "
      "something does; below 5 % left out."};
  for (const auto& odds : all) {
    Values output = odds.of(ProjectNumber::output), npv = odds.of(ProjectNumber::npv);
    const auto positive = std::count_if(npv.begin(), npv.end(), [](double v) { return v > 0; });
    const auto o = ensemble::spread_of(output), v = ensemble::spread_of(npv);
    table.rows.push_back({odds.facility->id, kMonths * o.mean, kMonths * o.quantiles.front(),
                          kMonths * o.quantiles.back(), v.quantiles[2] / kMillion, v.quantiles.front() / kMillion,
                          v.quantiles.back() / kMillion,
                          static_cast<double>(positive) / static_cast<double>(npv.size()), stalls_of(odds)});
  }
  return table;
}

Table movers_table(const std::vector<Odds>& all, const std::vector<std::vector<LeverEffect>>& effects) {
  Table table{
      "levers",
      "Which lever moves them most",
      {{"project", "project", ""},
       {"lever", "lever", ""},
       {"probability", "probability of producing", ""},
       {"output", "output", "t/yr"},
       {"futures", "futures", ""}},
      {},
      "Each lever of the scenario is left out alone, the draws staying the same: with it less without it. Projects "
      "that no lever moves are not listed."};
  for (const auto& odds : all) {
    const Mover mover = mover_of(effects[odds.place]);
    if (mover.effect != nullptr)
      table.rows.push_back({odds.facility->id, mover.effect->lever, mover.probability, mover.output,
                            static_cast<double>(mover.effect->opened_with.size())});
  }
  return table;
}

}  // namespace

std::vector<std::string> projects_of(const EnsembleFile& file) {
  const auto kept = file.kept_for(kProject);
  std::vector<std::string> out;
  for (std::size_t first = 0; first + kProjectNumbers <= kept.size(); first += kProjectNumbers)
    out.push_back(file.kept()[kept[first]].subject);
  return out;
}

Report project_odds(const EnsembleFile& file, const world::World& world,
                    const std::vector<std::vector<LeverEffect>>& effects) {
  auto all = odds_of(file, world);
  if (all.empty())
    throw base::InputError(
        fmt::format("ensemble {} keeps no projects; expected one whose dataset has some, made by 'lodestone ensemble'",
                    file.facts().run.id));
  const auto& run = file.facts().run;
  const base::Month last = run.start + (run.months - 1);
  std::stable_sort(all.begin(), all.end(), [&](const Odds& a, const Odds& b) {
    const double x = a.by(last), y = b.by(last);
    return x != y ? x > y : a.facility->planned_capacity > b.facility->planned_capacity;
  });
  Report out;
  out.question = "Which projects will produce, when, and what holds the others back?";
  const auto likely = std::count_if(all.begin(), all.end(), [&](const Odds& o) { return o.by(last) > 0.5; });
  const auto never = std::count_if(all.begin(), all.end(), [&](const Odds& o) { return o.by(last) == 0; });
  out.answer = fmt::format("Of {} projects {} are more likely than not to produce by {}; {} do in none of {} futures.",
                           all.size(), likely, last.text(), never, file.facts().members - file.dropped());
  out.assumed =
      fmt::format("{} uncertain figures; levers are those of scenario {}", file.figures().size(), run.scenario);
  out.tables = {odds_table(all, world, run), worth_table(all)};
  if (effects.empty())
    out.notes.push_back(
        "Which lever moves them most: --levers N leaves out each lever of the scenario alone in the first N futures.");
  else
    out.tables.push_back(movers_table(all, effects));
  return out;
}

}  // namespace lodestone::insight
