#include "lodestone/insight/discovery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/ensemble/statistics.hpp"
#include "lodestone/explore/prim.hpp"

namespace lodestone::insight {
namespace {

using ensemble::EnsembleFile;
using Values = std::vector<double>;

constexpr std::size_t kFewest = 40;  // futures below which halves say nothing
constexpr double kBillion = 1e9;

bool is_condition(const ensemble::Kept& kept) {
  return kept.unit == "1 = yes";
}

std::string words_of(const EnsembleFile& file, const Target& target, std::size_t k) {
  const auto& kept = file.kept()[k];
  const std::string name = kept.role == "proposition"
                               ? fmt::format("proposition {}", kept.subject)
                               : fmt::format("{}{}", kept.monthly ? "highest " : "", kept.expression);
  if (target.above) return fmt::format("{} above {} {}", name, readable(*target.above), kept.unit);
  if (target.below) return fmt::format("{} below {} {}", name, readable(*target.below), kept.unit);
  return name;
}

void check(const EnsembleFile& file, const Target& target, std::size_t k) {
  const auto& kept = file.kept()[k];
  const int bounds = (target.above ? 1 : 0) + (target.below ? 1 : 0);
  if (is_condition(kept) && bounds > 0)
    throw base::InputError(fmt::format("'{}' is a condition; expected no --above and no --below", target.name));
  if (!is_condition(kept) && bounds != 1)
    throw base::InputError(
        fmt::format("'{}' is a number ({}); expected either --above or --below with a bound", target.name, kept.unit));
}

Table quality_table(const explore::PrimResult& found) {
  Table table{
      "boxes",
      "Boxes",
      {{"box", "box", ""},
       {"coverage", "coverage", ""},
       {"density", "density", ""},
       {"support", "support", ""},
       {"found_coverage", "coverage where found", ""},
       {"found_density", "density where found", ""}},
      {},
      "Coverage: share of all cases that it holds; density: share of the futures in it that are cases; support: "
      "share of all futures in it. Judged on the half of the futures on which it was not found."};
  for (std::size_t b = 0; b < found.boxes.size(); ++b) {
    const auto& box = found.boxes[b];
    table.rows.push_back({static_cast<double>(b + 1), box.held_out.coverage, box.held_out.density, box.held_out.support,
                          box.found.coverage, box.found.density});
  }
  return table;
}

Table restrictions_table(const EnsembleFile& file, const explore::PrimResult& found) {
  Table table{
      "restrictions",
      "What the boxes are made of",
      {{"box", "box", ""},
       {"figure", "uncertain figure", ""},
       {"low", "from", ""},
       {"high", "to", ""},
       {"quasi_p", "quasi-p", ""}},
      {},
      "A dash: no bound. Quasi-p: chance of as many cases in the box if this bound told nothing (binomial, on the "
      "half on which it was not found); above 0.05 it may be chance."};
  for (std::size_t b = 0; b < found.boxes.size(); ++b)
    for (const auto& r : found.boxes[b].restrictions) {
      std::vector<Cell> row{static_cast<double>(b + 1), file.figures()[r.dimension]};
      for (const double bound : {r.low, r.high}) {
        row.emplace_back();
        if (std::isfinite(bound)) row.back() = bound;
      }
      row.emplace_back(r.quasi_p);
      table.rows.push_back(std::move(row));
    }
  return table;
}

Table trajectory_table(const explore::PrimResult& found) {
  Table table{
      "trajectory",
      "How the first box was peeled",
      {{"step", "step", ""}, {"coverage", "coverage", ""}, {"density", "density", ""}, {"support", "support", ""}},
      {},
      "On the half on which it was found."};
  for (std::size_t s = 0; s < found.trajectory.size(); s += 5)
    table.rows.push_back({static_cast<double>(s), found.trajectory[s].coverage, found.trajectory[s].density,
                          found.trajectory[s].support});
  return table;
}

// Every figure that two ensembles share must have been drawn alike.
void check_draws(const EnsembleFile& first, const EnsembleFile& other) {
  if (first.facts().members != other.facts().members)
    throw base::InputError(fmt::format("{} has {} futures, {} has {}; expected as many", first.facts().run.id,
                                       first.facts().members, other.facts().run.id, other.facts().members));
  const std::size_t here = first.figures().size(), there = other.figures().size();
  for (std::size_t f = 0; f < here; ++f) {
    const auto it = std::find(other.figures().begin(), other.figures().end(), first.figures()[f]);
    if (it == other.figures().end()) continue;
    const auto g = static_cast<std::size_t>(it - other.figures().begin());
    for (std::size_t m = 0; m < first.facts().members; ++m)
      if (first.draws()[m * here + f] != other.draws()[m * there + g])
        throw base::InputError(fmt::format(
            "future {} of {} and of {} drew '{}' differently; expected ensembles of one seed, sampling and dataset", m,
            first.facts().run.id, other.facts().run.id, first.figures()[f]));
  }
}

double mean_of(const Values& values) {
  Values copy = values;
  return ensemble::spread_of(copy).mean;
}

}  // namespace

Values one_number(const EnsembleFile& file, std::size_t kept) {
  const Values all = file.values(kept);
  const std::size_t months = file.kept()[kept].monthly ? static_cast<std::size_t>(file.facts().run.months) : 1;
  Values out(all.size() / months, std::nan(""));
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!std::isnan(all[i]) && !(out[i / months] >= all[i])) out[i / months] = all[i];
  return out;
}

Report discovery(const EnsembleFile& file, const Target& target) {
  const std::size_t k = file.find(target.name);
  check(file, target, k);
  const Values values = one_number(file, k);
  std::vector<Values> points;
  std::vector<bool> cases;
  const std::size_t figures = file.figures().size();
  for (std::size_t m = 0; m < values.size(); ++m) {
    if (std::isnan(values[m])) continue;
    const auto begin = file.draws().begin() + static_cast<std::ptrdiff_t>(m * figures);
    points.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(figures));
    cases.push_back(target.above   ? values[m] > *target.above
                    : target.below ? values[m] < *target.below
                                   : values[m] == 1);
  }
  if (points.size() < kFewest)
    throw base::InputError(fmt::format("{} futures have '{}'; expected at least {}: halves of fewer say nothing",
                                       points.size(), target.name, kFewest));
  const auto found = explore::prim(points, cases, {});
  Report out;
  out.question = fmt::format("What leads to: {}?", words_of(file, target, k));
  out.assumed = fmt::format("{} uncertain figures of {}; found on one half of the futures, judged on the other",
                            figures, file.facts().run.scenario);
  if (found.boxes.empty()) {
    out.answer =
        fmt::format("It holds in {} of {} futures, and no draw tells them apart.", percent(found.share), points.size());
    return out;
  }
  const auto& best = found.boxes.front();
  for (const auto& r : best.restrictions) {
    std::string bounds = std::isfinite(r.low) ? fmt::format("above {}", readable(r.low)) : "";
    if (std::isfinite(r.high)) bounds += fmt::format("{}below {}", bounds.empty() ? "" : " and ", readable(r.high));
    out.drivers.push_back(fmt::format("{} {}", file.figures()[r.dimension], bounds));
  }
  out.answer =
      fmt::format("It holds in {} of {} futures, and in {} of those in a box of {} figures that holds {} of all cases.",
                  percent(found.share), points.size(), percent(best.held_out.density), best.restrictions.size(),
                  percent(best.held_out.coverage));
  out.tables = {quality_table(found), restrictions_table(file, found), trajectory_table(found)};
  return out;
}

Report regret_report(const std::vector<const EnsembleFile*>& files, const Comparison& comparison) {
  std::vector<Values> values, costs;
  for (const auto* file : files) {
    check_draws(*files.front(), *file);
    values.push_back(one_number(*file, file->find(comparison.outcome)));
    if (!comparison.cost.empty()) costs.push_back(one_number(*file, file->find(comparison.cost)));
  }
  const auto scored = explore::regret(values, comparison.options);
  if (scored.policies.empty())
    throw base::InputError(fmt::format("no future has '{}' under every policy", comparison.outcome));
  const auto& kept = files.front()->kept()[files.front()->find(comparison.outcome)];
  Report out;
  out.question = fmt::format("Which policy does best on {} over the same futures?", kept.expression);
  Table table{
      "regret",
      "Policies by futures",
      {{"policy", "policy", ""},
       {"mean", "mean", kept.unit},
       {"worst", "worst future", kept.unit},
       {"tail_mean", fmt::format("mean of the worst {}", percent(comparison.options.tail)), kept.unit},
       {"mean_regret", "mean regret", kept.unit},
       {"regret_90", "90 % regret", kept.unit},
       {"largest_regret", "largest regret", kept.unit},
       {"satisfied", "meets the threshold", ""},
       {"cost", "public cost", "M USD"},
       {"gain", "share of futures gained", "per billion USD"}},
      {},
      "Regret: how much worse than the best policy in the same future. Gain: what a policy adds to the share of "
      "futures that meet the threshold, over what it costs more than the first one."};
  std::size_t best = 0;
  for (std::size_t p = 0; p < files.size(); ++p) {
    const auto& s = scored.policies[p];
    if (s.largest_regret < scored.policies[best].largest_regret) best = p;
    std::vector<Cell> row{files[p]->facts().run.id, s.mean, s.worst, s.tail_mean, s.mean_regret, s.regret_90,
                          s.largest_regret};
    row.resize(table.columns.size());
    if (s.satisfied) row[7] = *s.satisfied;
    if (!costs.empty()) {
      const double cost = mean_of(costs[p]), more = cost - mean_of(costs[0]);
      row[8] = cost / 1e6;
      if (p > 0 && s.satisfied && more > 0) row[9] = (*s.satisfied - *scored.policies[0].satisfied) / (more / kBillion);
    }
    table.rows.push_back(std::move(row));
  }
  out.answer = fmt::format("Over {} futures {} has the smallest largest regret: {} {}.", scored.futures,
                           files[best]->facts().run.id, readable(scored.policies[best].largest_regret), kept.unit);
  out.assumed =
      fmt::format("the same draws of {} uncertain figures under every policy", files.front()->figures().size());
  out.tables.push_back(std::move(table));
  return out;
}

}  // namespace lodestone::insight
