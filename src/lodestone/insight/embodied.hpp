// How far a region depends on a country through everything that stands before what it buys: import reliance beside
// embodied reliance. docs/embodied.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lodestone/insight/embodied_trace.hpp"
#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"

namespace lodestone::insight {

struct EmbodiedQuestion {
  world::ProductId product;
  std::vector<world::RegionId> regions;  // who uses it; empty: every region that does
  std::string name;                      // of the regions together, as a sentence says it; empty: no detail
  world::RegionId origin;                // on whom they depend
  world::ElementId element;              // traced; see main_element
  std::optional<base::Month> month;      // nothing: the last
  bool by_control = false;
};

/// The element of which a product has most.
world::ElementId main_element(const world::World& world, world::ProductId product);

/// What a group of regions uses of a product in a month, and where it comes from. Access classes are counted in.
struct Embodied {
  double use = 0;       // t, final use
  double imported = 0;  // share of what came in: from abroad
  double directly = 0;  // share of what came in: from the origin itself
  /// Per traced stage: share of the final use done by the origin; NaN where the product does not go through it.
  std::vector<double> share;
};

/// Answers one month from a trace that stands there.
Embodied embodied_in(const Trace& trace, const world::World& world, const EmbodiedQuestion& question,
                     const std::vector<world::RegionId>& regions, std::span<const double> consumption);

/// The answer for a run: all regions and, if the question names some, every origin by stage, and every month. Throws
/// base::InputError when nobody uses the product or the month is not in the run.
Report embodied(const store::Results& results, const world::World& world, const EmbodiedQuestion& question);

/// Month by month: use, import reliance, embodied reliance by stage, of the regions named (or all).
Table embodied_months_table(const store::Results& results, const world::World& world, const EmbodiedQuestion& question);

}  // namespace lodestone::insight
