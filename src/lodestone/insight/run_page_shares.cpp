// Who holds a stage: by where the plants stand, and by the home of those who run them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "lodestone/insight/run_page_parts.hpp"
#include "lodestone/insight/stage_share.hpp"

namespace lodestone::insight {
namespace {

constexpr std::size_t kNamed = 3;    // regions beside the largest maker
constexpr double kSmallest = 0.02;   // smaller shares join the others
constexpr double kNothing = 0.0005;  // a share that would read 0.0 %
constexpr int kShort = 5;            // years of a run that needs no year between its first and last shown

struct Period {
  std::string name;
  std::vector<double> activity;  // per facility
};

/// Mean activity over the run's months of a year.
std::vector<double> activity_in(const RunView& run, int year) {
  const auto& activity = run.results.variable("activity");
  std::vector<double> sum(run.world.facilities.size(), 0.0);
  for (std::size_t m = 0; m < run.months().size(); ++m)
    if (run.months()[m].year() == year)
      for (std::size_t f = 0; f < sum.size(); ++f) sum[f] += activity.at(m, f);
  return sum;
}

/// The base year, the run's last year, and in a long run one between.
std::vector<Period> periods_of(const RunView& run) {
  std::vector<Period> periods{{fmt::format("{} (base)", run.world.base_year), base_activity(run.world)}};
  const int first = run.months().front().year(), last = run.months().back().year();
  std::vector<int> years;
  if (last - first >= kShort) years.push_back((first + last) / 2);
  years.push_back(last);
  for (const int year : years) {
    const auto count = std::count_if(run.months().begin(), run.months().end(),
                                     [&](base::Month month) { return month.year() == year; });
    periods.push_back(
        {count == 12 ? std::to_string(year) : fmt::format("{} ({} months)", year, count), activity_in(run, year)});
  }
  return periods;
}

using Shares = std::vector<double>;  // per region

Shares shares_of(const world::World& world, world::Stage stage, bool by_control, const std::vector<double>& activity) {
  world::PublishedShare asked;
  asked.stage = to_string(stage);
  asked.measure = by_control ? "REO_control" : "REO";
  Shares shares;
  for (std::size_t r = 0; r < world.regions.size(); ++r) {
    asked.region = world::RegionId(r);
    shares.push_back(stage_share(world, asked, activity));
  }
  return shares;
}

/// The regions named in a chart: the largest maker, then those with the largest share in any of its rows.
std::vector<std::size_t> named_in(const RunView& run, const std::vector<Shares>& rows) {
  std::vector<double> most(run.world.regions.size(), 0.0);
  for (const auto& row : rows)
    for (std::size_t r = 0; r < row.size(); ++r) most[r] = std::max(most[r], row[r]);
  std::vector<std::size_t> order(most.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return most[a] > most[b]; });
  std::vector<std::size_t> named{run.view.inside.index()};
  for (const std::size_t r : order)
    if (r != named.front() && named.size() <= kNamed && most[r] >= kSmallest) named.push_back(r);
  return named;
}

BarRow row_of(const RunView& run, const std::string& label, const Shares& shares,
              const std::vector<std::size_t>& named) {
  constexpr std::array kTones{Tone::inside, Tone::outside, Tone::third, Tone::fourth};
  BarRow row{label, {}};
  double rest = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (shares[named[i]] < kNothing) continue;
    rest -= shares[named[i]];
    row.parts.push_back(
        {name_of(run.world, world::RegionId(named[i])), shares[named[i]], kTones[i], run.world.regions[named[i]].id});
  }
  if (rest > 1e-9) row.parts.push_back({"others", rest, Tone::muted});
  return row;
}

BarChart stage_chart(const RunView& run, world::Stage stage, const std::vector<Period>& periods) {
  BarChart chart;
  chart.id = "share-" + to_string(stage);
  chart.title = to_string(stage);
  chart.title[0] = static_cast<char>(chart.title[0] - 'a' + 'A');
  chart.unit = stage == world::Stage::magnet ? "share of output, by mass" : "share of output, by contained metal";
  chart.shares = true;
  std::vector<Shares> rows;
  for (const bool by_control : {false, true})
    for (const auto& period : periods) rows.push_back(shares_of(run.world, stage, by_control, period.activity));
  const auto named = named_in(run, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0) chart.rows.push_back({"by location of the plant", {}});
    if (i == periods.size()) chart.rows.push_back({"by home of who runs it", {}});
    chart.rows.push_back(row_of(run, periods[i % periods.size()].name, rows[i], named));
  }
  const std::size_t home = named.front();
  chart.says = fmt::format("{} of {} stands in {} in the base year, {} at the end; {} and {} is run from there.",
                           percent(rows[0][home]), to_string(stage), name_of(run.world, run.view.inside),
                           percent(rows[periods.size() - 1][home]), percent(rows[periods.size()][home]),
                           percent(rows.back()[home]));
  return chart;
}

bool has_parts(const BarChart& chart) {
  return std::any_of(chart.rows.begin(), chart.rows.end(), [](const BarRow& row) { return !row.parts.empty(); });
}

}  // namespace

Section shares_section(const RunView& run) {
  Section section{"shares", "Who holds each stage", {}};
  if (!run.results.has("activity")) {
    section.blocks.emplace_back("No plant works in this run.");
    return section;
  }
  section.blocks.emplace_back(
      "Where the output of a stage is made, and from where the plants are run: a mine abroad that a company at home "
      "operates counts abroad by location and at home by control.");
  const auto periods = periods_of(run);
  std::set<world::Stage> stages;  // at which something is made
  for (const auto& f : run.world.facilities)
    if (f.base_activity > 0) stages.insert(run.world.processes[f.process.index()].stage);
  std::vector<Chart> charts;
  charts.reserve(stages.size());
  // Recycling makes products of another stage, whose shares do not count it either: such a stage has no chart.
  for (const auto stage : stages)
    if (auto chart = stage_chart(run, stage, periods); has_parts(chart)) charts.emplace_back(std::move(chart));
  section.blocks.emplace_back(std::move(charts));
  return section;
}

}  // namespace lodestone::insight
