#include "lodestone/insight/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/ensemble/engine.hpp"
#include "lodestone/ensemble/sampling.hpp"
#include "lodestone/explore/morris.hpp"
#include "lodestone/explore/sobol_indices.hpp"

namespace lodestone::insight {
namespace {

using Point = std::vector<double>;

constexpr std::size_t kLevels = 4;  // of Morris's grid
constexpr std::size_t kShown = 15;  // units of an outcome in a table
constexpr double kWide = 0.5;       // a 90 % interval this wide says little

/// One number per kept: itself, or the highest of its months.
std::vector<double> outcomes_of(const ensemble::Member& member, const std::vector<ensemble::Kept>& kept, int months) {
  std::vector<double> out;
  std::size_t at = 0;
  for (const auto& k : kept) {
    const std::size_t length = k.monthly ? static_cast<std::size_t>(months) : 1;
    double most = std::nan("");
    if (member.failure.empty())
      for (std::size_t i = at; i < at + length; ++i)
        if (!(most >= member.values[i]) && !std::isnan(member.values[i])) most = member.values[i];
    out.push_back(most);
    at += length;
  }
  return out;
}

/// Outcomes at each point; none when it was stopped.
std::vector<std::vector<double>> made_at(const Futures& futures, const std::vector<Point>& points,
                                         const Labour& labour) {
  std::vector<std::vector<double>> out(points.size());
  ensemble::Work work;
  work.threads = labour.threads;
  work.claim = ensemble::all_but(static_cast<std::uint32_t>(points.size()), {});
  work.make = [&](std::uint32_t number) { return futures.make(number, futures.design().at(points[number])); };
  int done = 0;
  bool stopped = false;
  work.finished = [&](const ensemble::Member& member) {
    out[member.number] = outcomes_of(member, futures.kept(), futures.facts().run.months);
    ++done;
    stopped = !labour.done(done, static_cast<int>(points.size())) && done < static_cast<int>(points.size());
    return !stopped;
  };
  ensemble::run(work);
  if (stopped) out.clear();
  return out;
}

std::string outcome_name(const ensemble::Kept& kept) {
  return (kept.monthly ? "highest " : "") + kept.expression;
}

std::vector<double> column(const std::vector<std::vector<double>>& rows, std::size_t first, std::size_t count,
                           std::size_t k) {
  std::vector<double> out;
  for (std::size_t i = first; i < first + count; ++i) out.push_back(rows[i][k]);
  return out;
}

std::uint64_t seed_of(const Futures& futures) {
  return futures.facts().run.seed;
}

Report begun(const Futures& futures, const std::string& method, std::size_t points) {
  Report out;
  out.question = fmt::format("What drives the outcomes of {}?", futures.facts().run.scenario);
  out.assumed = fmt::format("{} futures by {}, seed {}; {} uncertain figures", points, method, seed_of(futures),
                            futures.design().figures().size());
  return out;
}

/// Shares of an outcome's variance as columns of a row.
void add(double value, const explore::Interval& interval, std::vector<Cell>& row) {
  for (const double v : {value, interval.low, interval.high}) {
    row.emplace_back();
    if (!std::isnan(v)) row.back() = v;
  }
}

Table indices_table() {
  return {"sobol",
          "Shares of variance",
          {{"outcome", "outcome", ""},
           {"figure", "what is moved", ""},
           {"first", "by itself", ""},
           {"first_low", "5 %", ""},
           {"first_high", "95 %", ""},
           {"total", "with all it does together", ""},
           {"total_low", "5 %", ""},
           {"total_high", "95 %", ""}},
          {},
          "First-order and total indices of Sobol, by pick and freeze (Saltelli and others 2010, Jansen 1999); 90 % "
          "bootstrap intervals. A number below 0 or above 1 is sampling noise; a dash: the outcome did not vary."};
}

}  // namespace

std::vector<Unit> units_of(const ensemble::Design& design) {
  const auto& figures = design.figures();
  std::vector<Unit> out;
  for (std::size_t f = 0; f < figures.size(); ++f)
    if (figures[f].group.empty()) out.push_back({figures[f].id, {design.coordinate(f)}, figures[f].assumed});
  for (std::size_t g = 0; g < design.groups().size(); ++g) {
    Unit unit{"group " + design.groups()[g], {design.group_coordinate(g)}, false};
    for (std::size_t f = 0; f < figures.size(); ++f)
      if (figures[f].group == design.groups()[g]) {
        unit.coordinates.push_back(design.coordinate(f));
        unit.assumed = unit.assumed || figures[f].assumed;
      }
    out.push_back(std::move(unit));
  }
  return out;
}

std::vector<Unit> by_evidence(const std::vector<Unit>& units) {
  Unit assumed{"assumed figures", {}, true}, documented{"documented figures", {}, false};
  for (const auto& unit : units) {
    auto& into = unit.assumed ? assumed.coordinates : documented.coordinates;
    into.insert(into.end(), unit.coordinates.begin(), unit.coordinates.end());
  }
  std::vector<Unit> out;
  for (auto* unit : {&assumed, &documented})
    if (!unit->coordinates.empty()) out.push_back(std::move(*unit));
  return out;
}

std::vector<Unit> named_and_rest(const std::vector<Unit>& units, const std::vector<std::string>& names) {
  std::vector<Unit> out;
  std::vector<std::string> all;
  for (const auto& unit : units) all.push_back(unit.name);
  base::Diagnostics wrong;
  for (const auto& name : names) {
    const auto it = std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.name == name; });
    if (it == units.end())
      wrong.error({}, fmt::format("figure '{:.80}'", name),
                  "one that 'lodestone uncertainty' lists, or 'group' and its name", base::nearest_name(name, all));
    else
      out.push_back(*it);
  }
  if (wrong.has_errors()) throw base::InputError(std::move(wrong));
  Unit rest{"all others", {}, false};
  for (const auto& unit : units)
    if (std::find(names.begin(), names.end(), unit.name) == names.end())
      rest.coordinates.insert(rest.coordinates.end(), unit.coordinates.begin(), unit.coordinates.end());
  if (!rest.coordinates.empty()) out.push_back(std::move(rest));
  return out;
}

Report morris_report(const Futures& futures, const std::vector<Unit>& units, std::size_t trajectories,
                     const Labour& labour) {
  const auto steps = explore::morris_points(units.size(), trajectories, kLevels, seed_of(futures));
  std::vector<Point> points;
  for (const auto& step : steps) {
    Point point(futures.design().dimensions(), 0.5);
    for (std::size_t u = 0; u < units.size(); ++u)
      for (const std::size_t c : units[u].coordinates) point[c] = step[u];
    points.push_back(std::move(point));
  }
  const auto made = made_at(futures, points, labour);
  Report out = begun(futures, fmt::format("{} trajectories of Morris", trajectories), points.size());
  if (made.empty()) return out;
  Table table{
      "morris",
      "Elementary effects",
      {{"outcome", "outcome", ""},
       {"figure", "what is moved", ""},
       {"evidence", "evidence", ""},
       {"effect", "mean size of effect", ""},
       {"low", "5 %", ""},
       {"high", "95 %", ""},
       {"mean", "mean effect", ""},
       {"deviation", "spread of effects", ""}},
      {},
      fmt::format("Change of the outcome, in its unit, for a move over the whole range of the figure (from half "
                  "of it); the {} largest. A spread as large as the size: not linear, or with others together. 90 "
                  "% bootstrap intervals of the size.",
                  kShown)};
  for (std::size_t k = 0; k < futures.kept().size(); ++k) {
    const auto effects = explore::elementary_effects(steps, column(made, 0, made.size(), k), seed_of(futures));
    std::vector<std::size_t> order;
    for (std::size_t u = 0; u < units.size(); ++u)
      if (effects[u].mean_absolute > 0) order.push_back(u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return effects[a].mean_absolute > effects[b].mean_absolute; });
    for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i) {
      const auto& e = effects[order[i]];
      table.rows.push_back({outcome_name(futures.kept()[k]), units[order[i]].name,
                            units[order[i]].assumed ? "assumed" : "documented", e.mean_absolute, e.low, e.high, e.mean,
                            e.deviation});
    }
    if (k == 0 && !order.empty())
      out.answer = fmt::format("{} moves most with {}.", outcome_name(futures.kept()[0]), units[order[0]].name);
  }
  out.tables.push_back(std::move(table));
  return out;
}

Report sobol_report(const Futures& futures, const std::vector<Unit>& units, std::size_t rows, const Labour& labour) {
  const std::size_t dimensions = futures.design().dimensions();
  const ensemble::Sampler sampler(ensemble::Sampling::sobol, seed_of(futures), 2 * dimensions, rows);
  std::vector<Point> a, b, points;
  for (std::size_t j = 0; j < rows; ++j) {
    const Point both = sampler.point(j);
    const auto half = both.begin() + static_cast<std::ptrdiff_t>(dimensions);
    a.emplace_back(both.begin(), half);
    b.emplace_back(half, both.end());
  }
  points = a;
  points.insert(points.end(), b.begin(), b.end());
  for (const auto& unit : units)
    for (std::size_t j = 0; j < rows; ++j) {
      Point mixed = a[j];
      for (const std::size_t c : unit.coordinates) mixed[c] = b[j][c];
      points.push_back(std::move(mixed));
    }
  const auto made = made_at(futures, points, labour);
  Report out = begun(futures, fmt::format("pick and freeze, {} rows", rows), points.size());
  if (made.empty()) return out;
  Table table = indices_table();
  for (std::size_t k = 0; k < futures.kept().size(); ++k) {
    explore::PickFreeze values{column(made, 0, rows, k), column(made, rows, rows, k), {}};
    for (std::size_t u = 0; u < units.size(); ++u) values.mixed.push_back(column(made, (u + 2) * rows, rows, k));
    const auto indices = explore::sobol_indices(values, seed_of(futures));
    for (std::size_t u = 0; u < indices.groups.size(); ++u) {
      const auto& index = indices.groups[u];
      std::vector<Cell> row{outcome_name(futures.kept()[k]), units[u].name};
      add(index.first, index.first_interval, row);
      add(index.total, index.total_interval, row);
      table.rows.push_back(std::move(row));
      if (k == 0 && u == 0 && !std::isnan(index.first))
        out.answer = fmt::format(
            "Of the variance of {} {} explain {} by themselves and {} with all that they do together{}.",
            outcome_name(futures.kept()[0]), units[0].name, percent(index.first), percent(index.total),
            index.total_interval.high - index.total_interval.low > kWide ? "; the intervals are wide: more rows" : "");
    }
  }
  if (out.answer.empty()) out.answer = "The outcome did not vary.";
  out.tables.push_back(std::move(table));
  return out;
}

}  // namespace lodestone::insight
