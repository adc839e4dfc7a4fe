// From a point whose active set is right to the exact optimum of the problem without proximal terms.
#pragma once

#include "lodestone/market/proximal_system.hpp"

namespace lodestone::market {

/// Natural-map residual of the scaled problem: as the certificate measures it, and each column and row relative to its
/// own size (never smaller). The gap is the sum of the complementarity products over the money turned over. NaN when
/// anything is not a number.
struct NaturalResidual {
  double absolute = 0;
  double relative = 0;
  double gap = 0;
};
NaturalResidual natural_residual(const ScaledProblem& problem, const ScaledPoint& point, std::vector<double>& surplus);

class ExactFinish {
 public:
  ExactFinish(const ScaledProblem& problem, ProximalSystem& system);

  /// Keeps every column and slack in the state it has in `system` (as last evaluated at `point.price`) and solves the
  /// remaining linear equations by proximal refinement: corrections are computed from residuals, so x and prices end
  /// at rounding level however small eps is. An anchor is first solved for as exactly, then let go: prices that the
  /// market leaves open stay where it put them. Clips the result into its bounds. False when not finite.
  bool polish(ScaledPoint& point, Work& work);

 private:
  bool refine(ScaledPoint& point, Work& work);
  void start_from_states(ScaledPoint& point);
  double residuals(const ScaledPoint& point);
  void correct(ScaledPoint& point);
  void clip(ScaledPoint& point);

  const ScaledProblem& problem_;
  ProximalSystem& system_;
  std::vector<double> shift_, row_, turnover_, rhs_, move_, dual_;
};

}  // namespace lodestone::market
