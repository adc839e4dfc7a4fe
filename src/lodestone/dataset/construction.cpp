#include "lodestone/dataset/construction.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lodestone/dataset/specificity.hpp"

namespace lodestone::dataset {
namespace {

// Of the rows that a test lets through, the one that speaks most closely for a region; the first of equals.
template <class R, class Test>
const R* closest(const std::vector<R>& rows, const std::string& region, const Places& places, const Test& test) {
  const R* best = nullptr;
  int best_rank = -1;
  for (const R& row : rows) {
    const int rank = test(row) ? places.closeness(row.region, region) : -1;
    if (rank <= best_rank) continue;
    best = &row;
    best_rank = rank;
  }
  return best;
}

}  // namespace

ConstructionRows construction_rows(const RawDataset& raw, const Places& places, world::Stage stage,
                                   const std::string& region) {
  const bool plant = stage != world::Stage::mining;
  return {closest(raw.construction, region, places, [&](const auto& row) { return row.stage == stage; }),
          closest(raw.permits, region, places, [&](const auto& row) { return row.plant == plant; }),
          closest(raw.country_risk, region, places, [](const auto&) { return true; })};
}

world::Construction construction_of(const ConstructionRows& rows) {
  world::Construction out;
  const auto weakest = [&](const world::Provenance& figure) {
    if (out.provenance.source.empty() || figure.confidence > out.provenance.confidence) out.provenance = figure;
  };
  if (rows.construction != nullptr) {
    out.capex = rows.construction->capex;
    out.build_months = rows.construction->build_months;
    out.ramp_months = rows.construction->ramp_months;
    out.labour = rows.construction->labour * 12 / 1000;
    weakest(rows.construction->provenance);
  }
  if (rows.permit != nullptr) {
    out.permit_months = rows.permit->months;
    weakest(rows.permit->provenance);
  }
  if (rows.risk != nullptr) {
    out.country_premium = rows.risk->premium;
    weakest(rows.risk->provenance);
  }
  return out;
}

void check_construction(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const Places places(raw);
  for (const auto& row : raw.facilities) {
    if (row.in_place() || !(row.capacity > 0)) continue;
    const auto process = std::find_if(raw.processes.begin(), raw.processes.end(),
                                      [&](const auto& candidate) { return candidate.id == row.process; });
    if (process == raw.processes.end()) continue;
    const auto rows = construction_rows(raw, places, process->stage, row.region);
    const auto lacks = [&](const char* file, const std::string& what) {
      diagnostics.error(row.place("region"),
                        fmt::format("'{}' is {}, and {} has no row for it", row.id, world::to_string(row.status), file),
                        fmt::format("a row of {} for {}, a group of it, or all", what, row.region));
    };
    const std::string stage = world::to_string(process->stage);
    if (rows.construction == nullptr) lacks("construction.csv", fmt::format("stage {}", stage));
    if (rows.permit == nullptr) lacks("permits.csv", process->stage == world::Stage::mining ? "a mine" : "a plant");
    if (rows.risk == nullptr) lacks("country_risk.csv", "the premium");
  }
}

}  // namespace lodestone::dataset
