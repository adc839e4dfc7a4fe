// The conditions of a market at a point as it is handed out: what a solver asks itself before it says that it solved a
// month. The proof for the outside is certificate.hpp, which shares nothing with this.
#pragma once

#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

class SolutionCheck {
 public:
  /// `topology` must outlive the check.
  explicit SolutionCheck(const Topology& topology);

  /// The largest of the natural-map residuals of columns and rows and the gap (sum of complementarity products over the
  /// money turned over), in the units of the certificate; NaN when anything is not a number. Allocates nothing.
  [[nodiscard]] double worst(const Numbers& numbers, const Solution& solution);

 private:
  const Topology& topology_;
  std::vector<double> price_unit_;     // cols; 1 over the money per unit of activity
  std::vector<double> activity_unit_;  // cols; the money per unit of activity over money_scale
  std::vector<double> surplus_;        // rows
};

}  // namespace lodestone::market
