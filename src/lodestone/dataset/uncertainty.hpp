// What is uncertain in a dataset: every behavioural parameter that has a range, and what uncertainty.csv adds.
#pragma once

#include <string>
#include <vector>

#include "lodestone/base/distribution.hpp"
#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// One uncertain figure. A parameter is drawn as it is, everything else as a factor on all rows that it speaks of.
struct UncertainFigure {
  std::string id;  // "parameter risk-cover", "short-elasticity of polishing"
  UncertainKind kind = UncertainKind::parameter;
  std::string of;  // parameter, end use, stage, product or place; or "all"
  base::Distribution distribution;
  std::string group;
  double correlation = 0;
  std::string meaning;
  world::Provenance provenance;
};

/// Parameters whose low and high differ (triangular with its value as the most likely one, unless uncertainty.csv says
/// otherwise), in the order of parameters.csv; then the other rows of uncertainty.csv in theirs.
std::vector<UncertainFigure> uncertain_figures(const RawDataset& raw);

/// Puts a drawn value into the dataset.
void apply(const UncertainFigure& figure, double value, RawDataset& raw);

/// Unknown names, impossible distributions, groups that contradict themselves.
void check_uncertainty(const RawDataset& raw, base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
