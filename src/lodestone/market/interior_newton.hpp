// Interior point, then Newton from where it ends: there every column is on its bound or clearly inside, and the finish
// is exact. Where that fails, prices usually lie far from the typical ones that everything is measured in: then once
// more in shares of the prices found. Source: docs/market.md.
#pragma once

#include "lodestone/market/interior_point.hpp"
#include "lodestone/market/newton_solver.hpp"

namespace lodestone::market {

class InteriorNewton {
 public:
  /// `newton` holds the month that is solved, and must outlive this.
  explicit InteriorNewton(NewtonSolver& newton)
      : newton_(newton), interior_(newton.problem()), point_(ScaledPoint::zeros(newton.problem())) {}

  /// What it finds is a function of the numbers alone.
  Report solve(const Numbers& numbers, Solution& solution);

 private:
  NewtonSolver& newton_;
  InteriorPoint interior_;
  ScaledPoint point_;
};

}  // namespace lodestone::market
