// Figures that do not quite agree, moved as little as their errors allow until given sums hold.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace lodestone::dataset {

struct Term {
  std::size_t sum = 0;  // index into LeastSquares::sums
  double amount = 0;    // per unit of the unknown
};

/// One unknown with the figure that is stated for it.
struct Unknown {
  double stated = 0;
  double error = std::numeric_limits<double>::infinity();  // standard error, > 0; infinite = nothing is known
  double lower = 0;                                        // smallest value
  std::vector<Term> terms;
};

struct LeastSquares {
  std::vector<Unknown> unknowns;
  std::vector<double> sums;  // sum_j amount_ij x_j = sums_i, each met to 1e-10 of what it adds up
};

/// min sum_j ((x_j - stated_j) / error_j)^2 / 2 subject to the sums and x_j >= lower_j (Stone, Champernowne and Meade
/// 1942), solved by the production solver of market/. Nothing when no x meets the sums.
std::optional<std::vector<double>> least_squares(const LeastSquares& problem);

}  // namespace lodestone::dataset
