// Use that was given up, by end use and region; and who paid.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

constexpr std::size_t kColumns = 6, kRows = 10;  // the others are summed

/// Use in a month and usual use, both valued at prices before the first measure (USD/month).
struct Use {
  std::vector<double> now;  // per month
  double usual = 0;
  void add(const Use& other) {
    now.resize(other.now.size(), 0.0);
    for (std::size_t m = 0; m < other.now.size(); ++m) now[m] += other.now[m];
    usual += other.usual;
  }
  /// Share given up in a month; NaN where nothing is usually used.
  [[nodiscard]] double lost(std::size_t month) const { return usual > 0 ? 1 - now[month] / usual : std::nan(""); }
  /// The largest such share after the month `before`.
  [[nodiscard]] double worst(std::size_t before) const {
    double worst = usual > 0 ? 0 : std::nan("");
    for (std::size_t m = before + 1; m < now.size(); ++m) worst = std::max(worst, lost(m));
    return worst;
  }
};

Use use_of(const RunView& run, std::size_t segment) {
  const auto& s = run.world.segments[segment];
  const auto& consumption = run.results.variable("consumption");
  const double known = run.results.variable("price").at(run.before, run.world.node(s.product, s.region));
  const double price = std::isnan(known) ? s.base_price : known;
  Use use;
  use.usual = price * consumption.at(run.before, segment);
  for (std::size_t m = 0; m < run.months().size(); ++m) use.now.push_back(price * consumption.at(m, segment));
  return use;
}

/// Keys by their usual use, largest first.
std::vector<std::string> largest(const std::map<std::string, Use>& by_key) {
  std::vector<std::string> keys;
  keys.reserve(by_key.size());
  for (const auto& [key, use] : by_key) keys.push_back(key);
  std::stable_sort(keys.begin(), keys.end(),
                   [&](const auto& a, const auto& b) { return by_key.at(a).usual > by_key.at(b).usual; });
  return keys;
}

struct Uses {
  std::map<std::string, Use> by_region, by_end_use;
  std::map<std::pair<std::string, std::string>, Use> by_both;  // end use, region; "all others" for what is not named
  Use inside, outside, all;
};

constexpr const char* kOthers = "all others";

Uses uses_of(const RunView& run) {
  Uses uses;
  std::vector<Use> each;
  for (std::size_t s = 0; s < run.world.segments.size(); ++s) {
    each.push_back(use_of(run, s));
    const auto& segment = run.world.segments[s];
    uses.by_region[run.world.regions[segment.region.index()].id].add(each.back());
    uses.by_end_use[segment.end_use].add(each.back());
    (segment.region == run.view.inside ? uses.inside : uses.outside).add(each.back());
    uses.all.add(each.back());
  }
  const auto named = [](std::vector<std::string> keys, std::size_t most) {
    keys.resize(std::min(keys.size(), most));
    return keys;
  };
  const auto regions = named(largest(uses.by_region), kColumns), end_uses = named(largest(uses.by_end_use), kRows);
  const auto group = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) == names.end() ? kOthers : name;
  };
  for (std::size_t s = 0; s < run.world.segments.size(); ++s) {
    const auto& segment = run.world.segments[s];
    uses.by_both[{group(end_uses, segment.end_use), group(regions, run.world.regions[segment.region.index()].id)}].add(
        each[s]);
  }
  return uses;
}

HeatTable heat_of(const RunView& run, const Uses& uses) {
  HeatTable heat{"unmet", "Use given up in the worst month, % of usual use", "", "end use", {}, {}, {}, {}};
  auto regions = largest(uses.by_region), end_uses = largest(uses.by_end_use);
  const auto cut = [](std::vector<std::string>& keys, std::size_t most) {
    if (keys.size() <= most) return;
    keys.resize(most);
    keys.emplace_back(kOthers);
  };
  cut(regions, kColumns);
  cut(end_uses, kRows);
  for (const auto& region : regions) {
    heat.columns.push_back(region == kOthers ? "other" : region);
    heat.column_names.push_back(region == kOthers ? "all other regions"
                                                  : name_of(run.world, run.world.find_region(region)));
  }
  for (const auto& end_use : end_uses) {
    heat.rows.push_back(plain(end_use));
    auto& values = heat.values.emplace_back();
    for (const auto& region : regions) {
      const auto found = uses.by_both.find({end_use, region});
      values.push_back(found == uses.by_both.end() ? std::nan("") : found->second.worst(run.before));
    }
  }
  heat.says = fmt::format(
      "Each cell has its own worst month after {}. Products are added up at their prices of that month. Regions and "
      "end "
      "uses by value, largest first; a dot: no use.",
      run.before_text());
  return heat;
}

LineChart loss_chart(const RunView& run, const Uses& uses) {
  LineChart chart;
  chart.id = "unmet";
  chart.title = fmt::format("Use given up, inside and outside {}", name_of(run.world, run.view.inside));
  chart.unit = fmt::format("% of use in {}, by value", run.before_text());
  chart.months = run.months();
  chart.acts = acts_on(run, {});
  chart.wide = true;
  chart.from_zero = true;
  const auto line = [&](const std::string& name, Tone tone, const Use& use) {
    if (!(use.usual > 0)) return;
    Line out{name, tone, {}, tone == Tone::outside};
    for (std::size_t m = 0; m < use.now.size(); ++m) out.values.push_back(100 * use.lost(m));
    chart.lines.push_back(std::move(out));
  };
  line("outside", Tone::outside, uses.outside);
  line(name_of(run.world, run.view.inside), Tone::inside, uses.inside);
  chart.says = fmt::format("Final use given up; worst month: {} outside, {} inside.",
                           percent(uses.outside.worst(run.before)), percent(uses.inside.worst(run.before)));
  return chart;
}

}  // namespace

Section unmet_section(const RunView& run) {
  Section section{"unmet", "Unmet demand", {}};
  if (!run.results.has("consumption")) {
    section.blocks.emplace_back("Nobody uses anything in this run.");
    return section;
  }
  const auto uses = uses_of(run);
  section.blocks.emplace_back(fmt::format(
      "Final use that was given up, because it was too dear or could not be had, against the use of {}. Negative: more "
      "was used than then. In the worst month {} of use outside {} was given up, and {} inside.",
      run.before_text(), percent(uses.outside.worst(run.before)), name_of(run.world, run.view.inside),
      percent(uses.inside.worst(run.before))));
  section.blocks.emplace_back(std::vector<Chart>{loss_chart(run, uses)});
  section.blocks.emplace_back(heat_of(run, uses));
  if (const auto* table = table_of(run.answer, "losses")) section.blocks.emplace_back(*table);
  return section;
}

Section money_section(const RunView& run) {
  Section section{"money", "Who pays, who earns", {}};
  const auto* table = table_of(run.answer, "money");
  if (table == nullptr) return section;
  BarChart chart{"money", "Received over the run (paid: negative)", "million USD of 2024", "", {}, false, true};
  for (const auto& row : table->rows) {
    const double value = std::get<double>(row[1]);
    chart.rows.push_back({std::get<std::string>(row[0]), {{"", value, value < 0 ? Tone::outside : Tone::inside}}});
    chart.says +=
        fmt::format("{}{}: {}", chart.says.empty() ? "" : "; ", std::get<std::string>(row[0]), readable(value));
  }
  section.blocks.emplace_back("Every payment has a receiver: what the accounts receive adds up to nothing.");
  section.blocks.emplace_back(std::vector<Chart>{std::move(chart)});
  section.blocks.emplace_back(table->note);
  return section;
}

}  // namespace lodestone::insight
