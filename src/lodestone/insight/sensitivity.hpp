// What drives the outcomes of a scenario: effects of each uncertain figure (Morris), shares of variance (Sobol), and
// how much of it rests on assumed figures. docs/sensitivity.md.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "lodestone/insight/futures.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// Uncertain figures that are moved together: one alone, or all of a group that moves together anyway.
struct Unit {
  std::string name;
  std::vector<std::size_t> coordinates;  // of the design's unit cube
  bool assumed = false;                  // the range of any of its figures is an assumption
};

/// One unit for each figure that stands alone and for each group.
std::vector<Unit> units_of(const ensemble::Design& design);
/// Two units: whatever is assumed, whatever is documented; one that would be empty is left out.
std::vector<Unit> by_evidence(const std::vector<Unit>& units);
/// Those named, each alone, and all others as one. Throws base::InputError with the nearest name.
std::vector<Unit> named_and_rest(const std::vector<Unit>& units, const std::vector<std::string>& names);

/// How futures are made at points of the design's unit cube; several threads, and a word after each that says whether
/// to go on.
struct Labour {
  int threads = 1;
  std::function<bool(int done, int all)> done;
};

/// Elementary effects of each unit on each kept number (of a monthly one its highest month). Empty report tables when
/// it was stopped.
Report morris_report(const Futures& futures, const std::vector<Unit>& units, std::size_t trajectories,
                     const Labour& labour);
/// First-order and total shares of variance of each unit.
Report sobol_report(const Futures& futures, const std::vector<Unit>& units, std::size_t rows, const Labour& labour);

}  // namespace lodestone::insight
