// What an outcome of many futures hangs on: rank correlations with what they drew.
#pragma once

#include <string>
#include <vector>

#include "lodestone/ensemble/ensemble_file.hpp"

namespace lodestone::insight {

/// Spearman's rank correlation over the pairs that have both numbers; NaN below three pairs or without spread.
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b);

struct Driver {
  std::string figure;
  double correlation = 0;
};

/// Figures whose rank correlation with an outcome (one number a future, NaN: none) is more than chance gives in one of
/// a hundred, largest first. None below 30 futures.
std::vector<Driver> drivers_of(const ensemble::EnsembleFile& file, const std::vector<double>& outcome);

}  // namespace lodestone::insight
