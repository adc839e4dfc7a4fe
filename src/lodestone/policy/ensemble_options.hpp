// What a scenario says about an ensemble of its futures: how many, what each keeps, and which of its own figures are
// uncertain beside the dataset's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/distribution.hpp"
#include "lodestone/base/option.hpp"

namespace lodestone::policy {

/// An expression as it stands in the file.
struct KeptText {
  std::string text;
  base::Place place;
};

/// A number of a lever that is not known: [[uncertain]].
struct UncertainOption {
  std::string lever, option;
  base::Distribution distribution;
  std::string group;
  double correlation = 0;
  std::string source;
  base::Place place;
};

struct EnsembleOptions {
  std::optional<int> members;
  std::optional<std::string> sampling;
  std::vector<KeptText> keep;  // empty: the usual ones
  std::vector<UncertainOption> uncertain;
};

/// A lever's number as one future has it.
struct DrawnOption {
  std::string lever, option;
  double value = 0;
};

/// The option of an UncertainOption of [[hazards]]: months from the lever's start in the file until it begins.
inline constexpr const char* kHazardOption = "start";

/// The options of the tables [ensemble], [[uncertain]] and [[hazards]].
std::span<const base::OptionSpec> ensemble_options();
std::span<const base::OptionSpec> hazard_options();
std::span<const base::OptionSpec> uncertain_options();

}  // namespace lodestone::policy
