#include "lodestone/insight/fates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "lodestone/base/units.hpp"
#include "lodestone/world/state.hpp"

namespace lodestone::insight {
namespace {

using store::Results;
using world::PlantStage;
using world::Stall;

constexpr std::array kStalls{Stall::permit, Stall::money, Stall::skill, Stall::price, Stall::sale};
using base::kMonths;

struct Fate {
  std::size_t facility = 0;
  std::size_t opened = 0;  // month; the number of months when it never did
  PlantStage stage = PlantStage::prospect;
  double capacity = 0;                        // t of activity per month, at the end
  std::array<int, kStalls.size()> stalled{};  // months
};

Fate fate_of(const Results& results, std::size_t f) {
  const auto &stage = results.variable("plant_stage"), &stall = results.variable("plant_stall");
  const std::size_t months = results.months().size();
  Fate fate;
  fate.facility = f;
  fate.opened = months;
  fate.stage = static_cast<PlantStage>(static_cast<int>(stage.at(months - 1, f)));
  fate.capacity = results.variable("capacity").at(months - 1, f);
  for (std::size_t m = 0; m < months; ++m) {
    const auto held = static_cast<Stall>(static_cast<int>(stall.at(m, f)));
    for (std::size_t s = 0; s < kStalls.size(); ++s) fate.stalled[s] += kStalls[s] == held ? 1 : 0;
    const auto now = static_cast<PlantStage>(static_cast<int>(stage.at(m, f)));
    if (now >= PlantStage::ramp_up && m < fate.opened) fate.opened = m;
  }
  return fate;
}

/// "permit 14, price 30": months that each held it back, longest first.
Cell stalls_of(const Fate& fate) {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < kStalls.size(); ++s)
    if (fate.stalled[s] > 0) order.push_back(s);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return fate.stalled[a] > fate.stalled[b]; });
  std::string words;
  for (const std::size_t s : order)
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", to_string(kStalls[s]), fate.stalled[s]);
  return words.empty() ? Cell{} : Cell{words};
}

}  // namespace

std::optional<Table> fates_table(const Results& results, const world::World& world) {
  if (results.months().empty() || !results.has("plant_stage")) return {};
  std::vector<Fate> fates;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const Fate fate = fate_of(results, f);
    const bool project = world.facilities[f].planned_capacity > 0;
    const bool lost = fate.stage >= PlantStage::suspended && world.facilities[f].base_activity > 0;
    if (project || lost) fates.push_back(fate);
  }
  if (fates.empty()) return {};
  std::stable_sort(fates.begin(), fates.end(), [&](const Fate& a, const Fate& b) {
    if (a.opened != b.opened) return a.opened < b.opened;
    return world.facilities[a.facility].planned_capacity > world.facilities[b.facility].planned_capacity;
  });
  Table table{"projects",
              "Who opens, when, and what stalls the rest",
              {{"project", "project", ""},
               {"region", "where", ""},
               {"opens", "opens", ""},
               {"stage", "at the end", ""},
               {"capacity", "runs", "t/yr"},
               {"planned", "of", "t/yr"},
               {"stalled", "stalled by (months)", ""}},
              {},
              "Capacity in t of activity (of feed for separation). Ordered by opening; a dash: not within the run."};
  const std::size_t months = results.months().size();
  for (const Fate& fate : fates) {
    const auto& facility = world.facilities[fate.facility];
    table.rows.push_back({facility.id, world.regions[facility.region.index()].id,
                          fate.opened < months ? Cell{results.months()[fate.opened].text()} : Cell{},
                          to_string(fate.stage), kMonths * fate.capacity, kMonths * facility.full_capacity(),
                          stalls_of(fate)});
  }
  return table;
}

}  // namespace lodestone::insight
