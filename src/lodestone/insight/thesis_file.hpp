// The file of a thesis: pillars, what counts as escape, how money is counted, what would refute it. docs/thesis.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lodestone/insight/packages.hpp"
#include "lodestone/insight/trials.hpp"

namespace lodestone::insight {

/// A number of a run, the smaller the better, and how small it must be for whoever escapes.
struct Criterion {
  std::string id, says, source;
  Measure measure;
  double at_most = 0;
};

/// What would refute it, stated beforehand. `full` is the set of all pillars.
enum class Refutation {
  smaller_set_escapes,  // some smaller set escapes in at least as many futures, and in some
  full_set_fails,       // the full set escapes in less than half of the futures
  smaller_set_better,   // some smaller set leaves less of the headline, in the mean
  no_interaction        // the interval of the full set's interaction does not lie above 0
};
inline constexpr std::size_t kRefutations = 4;
std::string name_of(Refutation refutation);
std::string words_of(Refutation refutation);

struct ThesisFile {
  std::string title, claim, source;
  std::string scenario;         // that it is held against when no other is named
  std::vector<double> budgets;  // million USD of 2024 in present value
  double discount_rate = 0;     // a year, real
  std::string discount_source;
  base::Month books_close;          // first month whose costs no longer count: money is to be spent before
  double tolerance = 0;             // relative: what is spent may differ so much from the budget
  std::vector<Criterion> criteria;  // the first is the headline
  std::vector<Refutation> refuted_if;
  Packages pillars;
};

inline constexpr std::size_t kMostPillars = 6;

/// Reads a file's text; what is wrong goes to `diagnostics`, all at once.
ThesisFile read_thesis(const std::string& text, const std::string& file, base::Diagnostics& diagnostics);

/// Keys of the tables [thesis] and [[criteria]].
std::span<const base::OptionSpec> thesis_options();
std::span<const base::OptionSpec> criterion_options();

}  // namespace lodestone::insight
