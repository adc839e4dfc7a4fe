// The industries that stand behind end uses: value added of a sector in a place, the part of it that hangs on the end
// use, shared among the regions that the figure covers by what they use. docs/damage.md.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

/// What a region uses of everything that an end use takes.
struct Use {
  std::vector<world::SegmentId> segments;
  double value = 0;  // USD a month
};

using Uses = std::map<std::string, std::map<std::size_t, Use>>;  // by end use, then region

Uses uses_of(const world::World& world) {
  Uses uses;
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto& segment = world.segments[s];
    auto& use = uses[segment.end_use][segment.region.index()];
    use.segments.emplace_back(s);
    use.value += segment.base_price * segment.base_quantity;
  }
  return uses;
}

// The rows of an end use by sector: of each sector the row that speaks most closely for the region.
std::map<std::string, const IndustryRow*> speaking(const BaseYear& base, const std::string& end_use,
                                                   const std::string& region) {
  std::map<std::string, const IndustryRow*> rows;
  std::map<std::string, int> best;
  for (const auto& row : base.raw.industries) {
    const int rank = row.end_use == end_use ? base.places.closeness(row.region, region) : -1;
    if (rank < 0 || (best.contains(row.sector) && rank <= best[row.sector])) continue;
    best[row.sector] = rank;
    rows[row.sector] = &row;
  }
  return rows;
}

const ValueAddedRow* value_added_of(const BaseYear& base, const std::string& sector, const std::string& region) {
  const ValueAddedRow* found = nullptr;
  int best = -1;
  for (const auto& row : base.raw.value_added) {
    const int rank = row.sector == sector ? base.places.closeness(row.region, region) : -1;
    if (rank <= best) continue;
    best = rank;
    found = &row;
  }
  return found;
}

}  // namespace

void add_industries(BaseYear& base) {
  auto& world = base.world;
  if (base.raw.industries.empty() || base.raw.value_added.empty()) return;
  for (const auto& [end_use, by_region] : uses_of(world)) {
    std::map<const ValueAddedRow*, double> shared;  // what the regions of a figure use together
    for (const auto& [region, use] : by_region)
      for (const auto& [sector, row] : speaking(base, end_use, world.regions[region].id))
        if (const auto* figure = value_added_of(base, sector, world.regions[region].id)) shared[figure] += use.value;
    for (const auto& [region, use] : by_region)
      for (const auto& [sector, row] : speaking(base, end_use, world.regions[region].id)) {
        const auto* figure = value_added_of(base, sector, world.regions[region].id);
        if (figure == nullptr || !(use.value > 0) || !(figure->value_added > 0)) continue;
        world.industries.push_back({end_use, sector, world::RegionId(region),
                                    row->share * figure->value_added * use.value / shared[figure], row->substitutable,
                                    use.segments,
                                    derived_from("value added of the sector times the part that hangs on the end use",
                                                 {&row->provenance, &figure->provenance})});
      }
  }
}

}  // namespace lodestone::dataset
