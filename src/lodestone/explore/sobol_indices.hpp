// Shares of an outcome's variance by pick and freeze: first order by Saltelli and others (2010), total by Jansen
// (1999).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lodestone/explore/bootstrap.hpp"

namespace lodestone::explore {

/// What the model gave: at points A, at independent points B, and per group at points that have the group's inputs from
/// B and all others from A. NaN: none; a row with one anywhere is left out.
struct PickFreeze {
  std::vector<double> a, b;
  std::vector<std::vector<double>> mixed;  // per group
};

struct SobolIndex {
  double first = 0, total = 0;  // of the variance; first: by itself, total: with everything that it does together
  Interval first_interval, total_interval;  // 90 %, bootstrap
};

struct SobolIndices {
  std::size_t rows = 0;  // that had every value
  double mean = 0, variance = 0;
  std::vector<SobolIndex> groups;  // NaN without variance
};

SobolIndices sobol_indices(const PickFreeze& values, std::uint64_t seed);

}  // namespace lodestone::explore
