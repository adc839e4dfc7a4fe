// What would have prevented it: the cheapest packages of a catalogue that keep a condition in a scenario, how late they
// may begin, how they fare in other scenarios, and what stands in their way. docs/prevent.md.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/insight/keep.hpp"
#include "lodestone/insight/packages.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

struct CatalogueFile {
  std::string title, source, discount_source;
  double discount_rate = 0;  // a year, real
  Packages packages;
};
/// Reads a file's text; what is wrong goes to `diagnostics`, all at once.
CatalogueFile read_catalogue(const std::string& text, const std::string& file, base::Diagnostics& diagnostics);
/// Keys of the table [catalogue].
std::span<const base::OptionSpec> catalogue_options();

struct PreventRules {
  std::vector<KeepTerm> keep;
  std::string text;              // of the condition
  std::optional<double> budget;  // million USD in present value
  std::size_t largest = 2;       // packages that are combined at most
  int most_tries = 30;           // runs for the magnitudes of one combination
  int threads = 1;
  std::function<bool(const std::string& what, int done, int all)> done;
};

/// A combination of packages.
struct Remedy {
  std::vector<Chosen> chosen;  // at the magnitudes found; at their largest when these do not suffice
  bool suffices = false;
  Trial trial;                         // of the scenario
  double slack = 0, worst = 0;         // docs of keep.hpp
  std::vector<base::Month> at_latest;  // per package: begins then, at its largest, and it still suffices; empty: not
  std::vector<double> elsewhere;       // per other scenario: the worst value there
  [[nodiscard]] double cost() const { return trial.total() / 1e6; }  // million USD
};

struct Prevention {
  Remedy nothing, everything;       // no package; all of them at their largest
  std::vector<Remedy> remedies;     // every combination tried: those that suffice first, cheapest first
  std::vector<std::string> others;  // titles of the other scenarios
  int runs = 0;
};

/// `others` hold the same packages and measures. Nothing when `done` says stop.
std::optional<Prevention> prevent(const Trials& trials, const std::vector<const Trials*>& others,
                                  const CatalogueFile& catalogue, const PreventRules& rules);

Report prevention_report(const Prevention& found, const Trials& trials, const CatalogueFile& catalogue,
                         const PreventRules& rules);

}  // namespace lodestone::insight
