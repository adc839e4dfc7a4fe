// From a point that solves nothing in particular to the solution of the proximal problem of a month, one change of
// state at a time. The start costs and right-hand sides are chosen so that the point is exactly optimal for them; then
// all data move linearly with tau from 0 to 1, and the solution with them, piece by piece. The proximal centre stays
// at the start. Source: docs/market.md.
#pragma once

#include <cstdint>
#include <vector>

#include "lodestone/market/path_columns.hpp"
#include "lodestone/market/path_factor.hpp"

namespace lodestone::market {

enum class ColumnState : signed char { empty, inside, full };

/// Activities of columns and slacks, prices, and who stands where.
struct PathPoint {
  std::vector<double> x;           // columns and slacks
  std::vector<ColumnState> state;  // columns and slacks
  std::vector<double> price;       // rows
  std::vector<Index> active;       // columns and slacks that are not empty
};

/// Prices are held back around a reference: F_i = (M x - b)_i + strength size_i (lambda_i - reference_i).
struct Anchor {
  double strength;
  std::vector<double> reference;  // rows
  [[nodiscard]] double pull(const PathColumns& columns, Index row, double price) const {
    return strength * columns.row_size(row) * (price - reference[row]);
  }
};

class HomotopyPath {
 public:
  HomotopyPath(const PathColumns& columns, PathFactor& factor, const Kernels& kernels);

  enum class End { reached, limit, lost };
  /// Moves `point` to the solution for the month loaded in the columns; spends at most `limit` breakpoints.
  /// Unless the end is reached, the point stays what it was. Afterwards the factor holds the end's H.
  End follow(PathPoint& point, const Anchor& anchor, std::int64_t limit, Work& work);

  [[nodiscard]] double gain(Index col) const { return 1 / (columns_.curvature(col) + columns_.weight(col)); }

 private:
  /// A column that is not empty, or no longer. Item `lower` watches it at 0, `upper` at its bound; -1 when that is too
  /// far away to matter.
  struct Track {
    Index col, lower, upper;
    ColumnState state;
    double gain, stiffness;                           // of the answer to prices, and the other way round
    double centre, cost_change, bound, bound_change;  // bound at tau = 0
  };

  bool start(const PathPoint& point, const Anchor& anchor, Work& work);
  void track_active(Index col, double x, ColumnState state);
  void track_empty(const PathPoint& point, double step);
  Track& track_entrant(Index col, double cost_change);
  Track& append(Index col, double stiffness);
  void watch_if_near(Track& t, double level, double step);
  void look_further(const PathPoint& point, double step);
  [[nodiscard]] double level(const Track& t, double tau) const;
  [[nodiscard]] double speed(const Track& t) const;
  Index new_item(const Track& t);
  void watch(Index item, double sign, Index col, double margin, double rate, double step);
  void set_coefficients(Index item, double sign, Index col);
  void unwatch(Index item, Index col);
  bool flip(Index item, double step, Work& work);
  bool refactor(Work& work);
  NextStep advance(double step, const std::vector<double>& change, double limit);
  [[nodiscard]] double step_within_reach(double limit) const;
  void finish(PathPoint& point, double step);
  [[nodiscard]] double activity(const Track& t, const PathPoint& point, double step) const;

  const PathColumns& columns_;
  PathFactor& factor_;
  const Kernels& kernels_;
  std::vector<double> offset_;  // per column: how far from switching a bound column starts at least
  bool moving_ = false;
  double tau_ = 0, near_ = 0, hold_ = 0;
  std::vector<Track> tracks_;  // first those that were not empty at the start
  std::size_t started_ = 0;    // how many
  std::vector<Index> light_;   // columns of which only one item watches whether they enter
  static constexpr Index kUnknown = -1, kLight = -2;
  std::vector<Index> track_of_;  // per column, or one of these
  std::vector<Index> found_;
  // Watch list.
  std::vector<double> v_, dv_, p0_, p1_;
  std::vector<Index> row0_, row1_, owner_;
  Index items_ = 0;
  // Rows beyond the second of the columns watched.
  std::vector<double> extra_p_;
  std::vector<Index> extra_row_, extra_item_, extra_start_;
  Index extras_ = 0;
  // Rows.
  std::vector<double> base_, moved_;  // price = base + moved
  std::vector<double> rhs_, direction_, change_, zero_;
};

}  // namespace lodestone::market
