// From a point that solves nothing in particular to the solution of the proximal problem of a month, one change of
// state at a time. The start costs and right-hand sides are chosen so that the point is exactly optimal for them; then
// all data move linearly with tau from 0 to 1, and the solution with them, piece by piece. The proximal centre stays
// at the start. Source: docs/market.md.
#pragma once

#include <cstdint>
#include <vector>

#include "lodestone/market/path_columns.hpp"
#include "lodestone/market/path_factor.hpp"
#include "lodestone/market/path_watch.hpp"

namespace lodestone::market {

enum class ColumnState : signed char { empty, inside, full };

/// Activities of columns and slacks, prices, and who stands where.
struct PathPoint {
  std::vector<double> x;           // columns and slacks
  std::vector<ColumnState> state;  // columns and slacks
  std::vector<double> price;       // rows
  std::vector<Index> active;       // columns and slacks that are not empty, ascending
  /// Fills `active` from the states.
  void list_active();
};

/// Prices are held back around a reference: F_i = (M x - b)_i + strength size_i (lambda_i - reference_i).
struct Anchor {
  double strength;
  std::vector<double> reference;  // rows
  [[nodiscard]] double pull(const PathColumns& columns, Index row, double price) const {
    return strength * columns.anchor_size(row) * (price - reference[row]);
  }
};

/// A column inside its bounds, or one that was or may come there on the way: all that a path and its finish need of it,
/// side by side. Item `lower` watches it at 0, `upper` at its bound; -1 when that is too far away to matter.
struct PathTrack {
  ColumnLine line;
  Index col, lower, upper;
  ColumnState state;
  double cost, curvature, limit;                    // of the month, scaled; limit is the upper bound
  double gain, stiffness;                           // of the answer to prices, and the other way round
  double centre, cost_change, bound, bound_change;  // bound at tau = 0
};

class HomotopyPath {
 public:
  HomotopyPath(const PathColumns& columns, PathFactor& factor, const Kernels& kernels);

  enum class End { reached, limit, lost };
  /// Moves `point` to the solution for the month loaded in the columns; spends at most `limit` breakpoints.
  /// Unless the end is reached, the point stays what it was. Afterwards the factor holds the end's H.
  End follow(PathPoint& point, const Anchor& anchor, std::int64_t limit, Work& work);
  /// Of the last path.
  [[nodiscard]] const std::vector<PathTrack>& tracks() const { return tracks_; }

  /// The columns that stood at their bounds all the way and have no track. What they add to the right-hand sides
  /// (- sum of limit M), and the sum of (|c| + q limit) limit.
  [[nodiscard]] const std::vector<double>& full_rows() const { return full_rows_; }
  [[nodiscard]] double full_turnover() const { return full_turnover_; }
  /// Those of them that may lose at `price`; all others gain.
  void list_unsure(const std::vector<double>& price, std::vector<Index>& unsure) const;

 private:
  bool start(const PathPoint& point, const Anchor& anchor, Work& work);
  void clear();
  void keep_full(Index col, double x, double limit);
  void track_inside(Index col, double x);
  void track_full(const PathPoint& point, double step);
  void track_empty(double step);
  PathTrack& track_entrant(Index col, double cost_change);
  PathTrack& append(Index col);
  void spread_box();
  void watch_if_near(PathTrack& t, double step);
  void look_further(const PathPoint& point, double step);
  [[nodiscard]] double speed(const PathTrack& t) const { return columns_.value(t.line, t.col, direction_.data()); }
  bool flip(Index item, double step, Work& work);
  void change_state(PathTrack& t, Index item, double step);
  bool refactor(Work& work);
  [[nodiscard]] double step_within_box(double limit) const;
  void finish(PathPoint& point);

  const PathColumns& columns_;
  PathFactor& factor_;
  const Kernels& kernels_;
  PathWatch watch_;
  std::vector<double> offset_;  // per column: how far from switching a bound column starts at least
  double tau_ = 0, hold_ = 0;
  std::vector<PathTrack> tracks_;  // first those that were inside at the start
  std::size_t started_ = 0;        // how many
  std::vector<Index> light_;       // columns of which only one item watches whether they enter
  std::vector<Index> full_;        // columns that were full at the start
  std::vector<double> far_;        // per column: what P'lambda - c is above while it stays full; -inf when not in full_
  static constexpr Index kUnknown = -1, kLight = -2, kFull = -3;
  std::vector<Index> track_of_;  // per column, or one of these
  std::vector<Index> found_;
  // Rows. Prices are base + moved. Within the box around `centre` everything that can switch is watched.
  double spread_ = 0, full_turnover_ = 0;
  std::vector<double> base_, moved_, centre_, radius_;
  std::vector<double> rhs_, direction_, change_, full_rows_, zero_;
};

}  // namespace lodestone::market
