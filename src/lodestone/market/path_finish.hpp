// The end of a path: keeps every column in its state and solves the equations of the month itself, without proximal
// terms, by corrections with the factor of the path's end.
#pragma once

#include <vector>

#include "lodestone/market/homotopy_path.hpp"

namespace lodestone::market {

class PathFinish {
 public:
  PathFinish(const PathColumns& columns, const HomotopyPath& path, PathFactor& factor);

  enum class End {
    exact,    // rounding level
    outside,  // a column wants to leave its bounds: states are not right yet
    slow,     // proximal terms are too heavy for this market
    lost,     // not finite
  };
  /// First with the anchor (if `anchored`), so that prices which the market leaves open do not remember where they
  /// came from, then without; `anchored` says how far it came. Moves the point as far as it could.
  End polish(PathPoint& point, const Anchor& anchor, bool& anchored);
  /// Puts the polished point inside its bounds and measures it as it is then: the largest residual of the columns that
  /// are not empty and of the rows, and the gap (as SolutionCheck does; nothing empty has a part in it).
  double settle(PathPoint& point);

 private:
  /// A column strictly between its bounds.
  struct Inside {
    double p0, p1, m0, m1;
    Index row0, row1, col, wide;
    double x, cost, curvature, gain, upper, slip;
    double error, move;
  };

  void gather(const PathPoint& point);
  double residuals(const PathPoint& point);
  double pull(const PathPoint& point, const Anchor& anchor);
  bool correct(PathPoint& point);
  [[nodiscard]] bool is_inside() const;
  End improve(PathPoint& point, const Anchor& anchor, bool& anchored);

  const PathColumns& columns_;
  const HomotopyPath& path_;
  PathFactor& factor_;
  std::vector<Inside> inside_;
  std::vector<Index> unsure_;
  std::vector<double> fixed_, balance_, folded_, rhs_;  // rows
};

}  // namespace lodestone::market
