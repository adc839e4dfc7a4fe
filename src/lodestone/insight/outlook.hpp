// One kept series of an ensemble, summed up over all futures: what answers and pages of ensembles are made of. Only one
// series of all futures is in memory at a time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/ensemble/statistics.hpp"

namespace lodestone::insight {

struct Outlook {
  std::size_t index = 0;  // in the file
  ensemble::Kept kept;
  std::string unit;                      // prices per kg
  std::vector<ensemble::Spread> months;  // one per month; a single one of what each future has once
  ensemble::Spread highest;              // of each future's own highest month
  double rise = 0;                       // median future's highest month over its first; NaN where that says nothing
  std::size_t yes = 0;                   // futures in which a condition holds
  [[nodiscard]] bool condition() const { return unit == "1 = yes"; }
  /// In a sentence: "price of yttrium oxide in Japan".
  [[nodiscard]] const std::string& says() const { return kept.says.empty() ? kept.expression : kept.says; }
};

Outlook look_at(const ensemble::EnsembleFile& file, std::size_t kept);

/// All that somebody asked to keep, what moves most first: prices by how far the median future's rises, then other
/// series, then single numbers, each in the order in which they were asked for.
std::vector<Outlook> looks_at(const ensemble::EnsembleFile& file);

/// Per future: its highest month, or its one number, in the unit of the look.
std::vector<double> outcome_of(const ensemble::EnsembleFile& file, const Outlook& look);

/// Share of the figures that an outcome hangs on that rest on assumptions, each weighted by its squared rank
/// correlation; NaN when it hangs on none that can be told from chance.
double assumed_share(const ensemble::EnsembleFile& file, const std::vector<double>& outcome);

}  // namespace lodestone::insight
