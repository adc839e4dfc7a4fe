// Which draws of an ensemble lead to an outcome (boxes by PRIM), and how policies compare over the same futures.
// docs/sensitivity.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/explore/regret.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// What is looked for: a condition that is kept, or a number above or below a bound.
struct Target {
  std::string name;  // of what is kept
  std::optional<double> above, below;
};

/// Throws base::InputError when the target is no condition and has no bound, or a condition with one.
Report discovery(const ensemble::EnsembleFile& file, const Target& target);

struct Comparison {
  std::string outcome;  // kept by every ensemble
  std::string cost;     // the same: what a policy costs; empty: not asked for
  explore::RegretOptions options;
};

/// Each file is a policy over the same futures; the first is the one that others are held against where cost counts.
/// Throws base::InputError when their draws differ or when one does not keep what is asked for.
Report regret_report(const std::vector<const ensemble::EnsembleFile*>& files, const Comparison& comparison);

/// One number per future of what is kept: itself, or the highest of its months; NaN for none.
std::vector<double> one_number(const ensemble::EnsembleFile& file, std::size_t kept);

}  // namespace lodestone::insight
