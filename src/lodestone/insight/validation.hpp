// The base year held against published figures, and said plainly what that proves.
#pragma once

#include <string>
#include <vector>

#include "lodestone/insight/report.hpp"
#include "lodestone/policy/scenario.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// A region's share of a stage in the base year, computed and published (0..1).
struct StageShare {
  std::string stage, measure, region;
  int year = 0;  // of the published figure
  double computed = 0, published = 0;
  std::string source;
  bool assumed = false;
  [[nodiscard]] double difference() const { return computed - published; }
};

/// One row per published share of a year near the base year, beside the base year's (stage_share.hpp).
std::vector<StageShare> stage_shares(const world::World& world);

/// How the model's first months without levers stand beside the base year.
struct BaseYearDrift {
  int months = 0;
  double worst_price = 0;  // largest |price / base price - 1| over traded nodes with final use or processing
  std::string worst_node;
  double mean_price = 0;  // the same, mean over these nodes
};
BaseYearDrift base_year_drift(const world::World& world, int months);

/// Figures that the reconciliation moved: from, to, by how much, against which source; those moved furthest, in
/// standard errors, first.
Table moved_figures(const world::World& world);

/// `happened`: what governments did after the base year.
Report validation(const world::World& world, const policy::Scenario& happened);
/// The report as a page in Markdown; `command` is named on it as the way it was made.
std::string validation_page(const world::World& world, const policy::Scenario& happened, const std::string& command);

}  // namespace lodestone::insight
