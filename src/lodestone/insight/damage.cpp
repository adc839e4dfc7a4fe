#include "lodestone/insight/damage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/units.hpp"
#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/words.hpp"
#include "lodestone/world/damage.hpp"

namespace lodestone::insight {
namespace {

using store::Results;
using world::World;

using base::kMillion;
constexpr std::size_t kShown = 15;

bool chosen(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::size_t> industries_of(const World& world, const DamageQuestion& question) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < world.industries.size(); ++i)
    if (chosen(question.regions, world.regions[world.industries[i].region.index()].id) &&
        chosen(question.end_uses, world.industries[i].end_use))
      out.push_back(i);
  return out;
}

/// The input that was scarcest in a month.
world::ProductId scarce_in(const Results& results, const World& world, std::size_t industry, std::size_t month) {
  const auto &use = results.variable("consumption"), &wanted = results.variable("reference_demand");
  const auto of = [&](const store::Variable& series) {
    const auto begin = series.values.begin() + static_cast<std::ptrdiff_t>(month * series.stride());
    return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(series.stride()));
  };
  return world::coverage_of(world, world.industries[industry], of(use), of(wanted)).product;
}

void check_names(const World& world, const DamageQuestion& question) {
  base::Diagnostics wrong;
  std::vector<std::string> regions, end_uses;
  for (const auto& industry : world.industries) {
    regions.push_back(world.regions[industry.region.index()].id);
    end_uses.push_back(industry.end_use);
  }
  const auto check = [&](const char* what, const std::vector<std::string>& asked,
                         const std::vector<std::string>& known) {
    for (const auto& name : asked)
      if (std::find(known.begin(), known.end(), name) == known.end())
        wrong.error({}, fmt::format("{} '{}'", what, name), fmt::format("a {} with an industry", what),
                    base::nearest_name(name, known));
  };
  check("region", question.regions, regions);
  check("end use", question.end_uses, end_uses);
  if (wrong.has_errors()) throw base::InputError(std::move(wrong));
}

struct Total {
  double lost = 0, most = 0;
};

/// By region or by end use, largest first.
std::vector<std::pair<std::string, Total>> totals(const World& world, const std::vector<Lost>& all,
                                                  const std::vector<std::size_t>& which, bool by_region) {
  std::map<std::string, Total> sums;
  for (const std::size_t i : which) {
    const auto& industry = world.industries[i];
    auto& sum = sums[by_region ? place_of(world, industry.region) : plain(industry.end_use)];
    sum.lost += all[i].lost;
    sum.most += all[i].most;
  }
  std::vector<std::pair<std::string, Total>> out(sums.begin(), sums.end());
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.second.lost != b.second.lost ? a.second.lost > b.second.lost : a.second.most > b.second.most;
  });
  return out;
}

std::string billions(double usd) {
  return readable(usd / 1e9);
}

}  // namespace

bool tells_damage(const Results& results, const World& world) {
  return !world.industries.empty() && results.has("value_added_lost") && !results.months().empty();
}

std::vector<Lost> losses_of_industries(const Results& results, const World& world) {
  const auto &lost = results.variable("value_added_lost"), &most = results.variable("value_added_lost_most"),
             &covered = results.variable("industry_covered");
  std::vector<Lost> all(world.industries.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    Lost& one = all[i];
    for (std::size_t m = 0; m < results.months().size(); ++m) {
      one.lost += lost.at(m, i);
      one.most += most.at(m, i);
      const bool worse = lost.at(m, i) > one.worst || (one.worst == 0 && covered.at(m, i) < one.covered);
      if (worse) one.worst_month = m;
      one.worst = std::max(one.worst, lost.at(m, i));
      one.covered = std::min(one.covered, covered.at(m, i));
    }
  }
  return all;
}

std::vector<double> lost_by_month(const Results& results, const char* series,
                                  const std::vector<std::size_t>& industries) {
  const auto& values = results.variable(series);
  std::vector<double> out(results.months().size(), 0.0);
  for (std::size_t m = 0; m < out.size(); ++m)
    for (const std::size_t i : industries) out[m] += values.at(m, i);
  return out;
}

Table damage_table(const Results& results, const World& world, const DamageQuestion& question, std::size_t most) {
  Table table{"damage",
              "Value added lost by end use and region",
              {{"end_use", "end use", ""},
               {"region", "where", ""},
               {"sector", "sector", ""},
               {"input", "scarcest input", ""},
               {"covered", "least of it", "%"},
               {"month", "worst in", ""},
               {"lost", "lost", "million USD"},
               {"most", "at most", "million USD"}},
              {},
              "Over the run, money of 2024. Lost: uses that can do without go first; at most: they and others are hit "
              "alike. Largest first."};
  const auto all = losses_of_industries(results, world);
  auto which = industries_of(world, question);
  std::stable_sort(which.begin(), which.end(), [&](std::size_t a, std::size_t b) {
    return all[a].lost != all[b].lost ? all[a].lost > all[b].lost : all[a].most > all[b].most;
  });
  if (most > 0 && which.size() > most) which.resize(most);
  for (const std::size_t i : which) {
    if (!(all[i].most > 0)) continue;
    const auto& industry = world.industries[i];
    const auto scarce = scarce_in(results, world, i, all[i].worst_month);
    table.rows.push_back({industry.end_use, world.regions[industry.region.index()].id, industry.sector,
                          scarce.valid() ? Cell(world.products[scarce.index()].id) : Cell{}, 100 * all[i].covered,
                          results.months()[all[i].worst_month].text(), all[i].lost / kMillion, all[i].most / kMillion});
  }
  return table;
}

Table damage_months_table(const Results& results, const World& world, const DamageQuestion& question) {
  Table table{"months",
              "Value added lost month by month",
              {{"month", "month", ""}, {"lost", "lost", "million USD"}, {"most", "at most", "million USD"}},
              {},
              ""};
  const auto which = industries_of(world, question);
  const auto lost = lost_by_month(results, "value_added_lost", which);
  const auto most = lost_by_month(results, "value_added_lost_most", which);
  for (std::size_t m = 0; m < lost.size(); ++m)
    table.rows.push_back({results.months()[m].text(), lost[m] / kMillion, most[m] / kMillion});
  return table;
}

Table damage_spread_table(const Results& results, const World& world, const Economy& economy,
                          const DamageQuestion& question) {
  Table table{"spread",
              "Who else loses",
              {{"region", "where", ""},
               {"direct", "lost", "million USD"},
               {"suppliers", "suppliers lose", "million USD"},
               {"customers", "customers at most", "million USD"}},
              {},
              "Over the run. Suppliers sell less (Leontief); customers get less, and nothing replaces it (Ghosh): a "
              "bound, not to be added to the others. Regions and structure of the input-output table of 2014."};
  const auto all = losses_of_industries(results, world);
  std::vector<double> lost(economy.size(), 0.0);
  for (const std::size_t i : industries_of(world, question)) {
    const auto& industry = world.industries[i];
    const std::size_t entry = economy.entry(economy_region(economy, world, industry.region), industry.sector);
    if (entry < economy.size()) lost[entry] += all[i].lost;
  }
  const auto effects = spread(economy, lost);
  struct Sums {
    double direct = 0, suppliers = 0, customers = 0;
  };
  std::map<std::string, Sums> sums;
  for (std::size_t i = 0; i < economy.size(); ++i)
    for (auto* sum : {&sums[economy.region[i]], &sums["all"]}) {
      sum->direct += effects.direct[i];
      sum->suppliers += effects.suppliers[i];
      sum->customers += effects.customers[i];
    }
  std::vector<std::string> names = economy.regions();
  std::stable_sort(names.begin(), names.end(), [&](const auto& a, const auto& b) {
    return sums[a].direct + sums[a].suppliers > sums[b].direct + sums[b].suppliers;
  });
  names.emplace_back("all");
  for (const auto& name : names)
    table.rows.push_back(
        {name, sums[name].direct / kMillion, sums[name].suppliers / kMillion, sums[name].customers / kMillion});
  return table;
}

Report damage(const Results& results, const World& world, const Economy& economy, const DamageQuestion& question) {
  if (world.industries.empty())
    throw base::InputError("the run's dataset says no industries; expected industries.csv and value_added.csv");
  if (!tells_damage(results, world))
    throw base::InputError("the run has no series value_added_lost; expected a run made by this version: run it again");
  check_names(world, question);
  const auto which = industries_of(world, question);
  const auto all = losses_of_industries(results, world);
  const auto add = [&](double Lost::*part) {
    return std::accumulate(which.begin(), which.end(), 0.0,
                           [&](double sum, std::size_t i) { return sum + all[i].*part; });
  };
  Report out;
  out.question = fmt::format("{}: what do shortages cost, and whom?", results.facts().title);
  out.answer = fmt::format(
      "Over {} months shortages cost {} billion USD of value added, and at most {} billion if uses that can do without "
      "are hit like the others.",
      results.months().size(), billions(add(&Lost::lost)), billions(add(&Lost::most)));
  for (const bool by_region : {true, false}) {
    const auto list = totals(world, all, which, by_region);
    std::string words;
    for (std::size_t k = 0; k < std::min<std::size_t>(3, list.size()); ++k)
      words += fmt::format("{}{} {}{} billion", words.empty() ? "" : ", ", list[k].first,
                           list[k].second.lost > 0 ? "" : "at most ",
                           billions(list[k].second.lost > 0 ? list[k].second.lost : list[k].second.most));
    if (!words.empty()) out.drivers.push_back(words);
  }
  double assumed = 0, value = 0;
  for (const std::size_t i : which) {
    value += world.industries[i].value_added;
    assumed += world.industries[i].provenance.assumed() ? world.industries[i].value_added : 0;
  }
  out.assumed_share = value > 0 ? assumed / value : 0;
  out.assumed = fmt::format("{} of the value added behind end uses hangs on assumed shares of a sector",
                            percent(out.assumed_share));
  out.tables = {damage_table(results, world, question, kShown), damage_spread_table(results, world, economy, question),
                defence_table(results, world, question)};
  out.notes = {
      "Value added is that of sectors in 2014 in money of 2024, grown with the use of what they need: China's is "
      "understated. Use 'other' has no industry behind it.",
      "lodestone damage RUN --table months --format csv gives each month; docs/damage.md says how it is worked out."};
  return out;
}

}  // namespace lodestone::insight
