// What shortages cost: value added lost, month by month and by industry, and how long defence could go on.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "lodestone/base/units.hpp"
#include "lodestone/insight/damage.hpp"
#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

using base::kMillion;
constexpr std::size_t kRows = 12;

std::vector<std::size_t> industries(const RunView& run, bool inside) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < run.world.industries.size(); ++i)
    if ((run.world.industries[i].region == run.view.inside) == inside) out.push_back(i);
  return out;
}

Line line_of(const RunView& run, const std::string& name, Tone tone, const char* series, bool inside) {
  Line line{name, tone, lost_by_month(run.results, series, industries(run, inside)), false};
  for (double& value : line.values) value /= kMillion;
  return line;
}

LineChart damage_chart(const RunView& run) {
  LineChart chart;
  chart.id = "damage";
  chart.title = "Value added lost";
  chart.unit = "million USD of 2024 a month";
  chart.months = run.months();
  chart.acts = acts_on(run, {});
  chart.wide = true;
  chart.from_zero = true;
  chart.lines = {line_of(run, "outside", Tone::outside, "value_added_lost", false),
                 line_of(run, "outside, at most", Tone::muted, "value_added_lost_most", false),
                 line_of(run, name_of(run.world, run.view.inside), Tone::inside, "value_added_lost", true)};
  for (const auto& line : chart.lines)
    chart.says += fmt::format("{}{}: {} over the run", chart.says.empty() ? "" : "; ", line.name,
                              readable(std::accumulate(line.values.begin(), line.values.end(), 0.0)));
  return chart;
}

}  // namespace

Section damage_section(const RunView& run) {
  Section section{"damage", "What shortages cost", {}};
  if (!tells_damage(run.results, run.world)) {
    section.blocks.emplace_back("Nobody says which industries stand behind the end uses of this run.");
    return section;
  }
  const auto all = losses_of_industries(run.results, run.world);
  double lost = 0, most = 0;
  for (const auto& one : all) {
    lost += one.lost;
    most += one.most;
  }
  section.blocks.emplace_back(fmt::format(
      "An industry makes as much as its scarcest input lets it. Over the run {} million USD of value added are lost, "
      "and "
      "at most {} million if uses that can do without are hit like the others. Which part of a sector hangs on an end "
      "use is assumed; what suppliers and customers lose with it: lodestone damage.",
      readable(lost / kMillion), readable(most / kMillion)));
  section.blocks.emplace_back(std::vector<Chart>{damage_chart(run)});
  if (auto table = damage_table(run.results, run.world, {}, kRows); !table.rows.empty())
    section.blocks.emplace_back(std::move(table));
  if (auto table = defence_table(run.results, run.world, {}); !table.rows.empty())
    section.blocks.emplace_back(Folded{std::move(table)});
  return section;
}

}  // namespace lodestone::insight
