// Follows the solution of a sequence of months from one month's data to the next (homotopy_path.hpp), then solves the
// equations of the states found without proximal terms, and prices every column.
#pragma once

#include <cstdint>
#include <vector>

#include "lodestone/market/homotopy_path.hpp"
#include "lodestone/market/path_finish.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::market {

/// `topology` must outlive the solver. Allocates on construction and in the first month, never after.
class HomotopySolver {
 public:
  explicit HomotopySolver(const Topology& topology);
  /// More breakpoints than a path that leads anywhere has.
  static std::int64_t patience(const Topology& topology) { return std::int64_t{20} * (topology.rows + topology.cols); }
  /// More than it takes to settle open prices. Of those that take more none was seen to get there.
  static std::int64_t settling(const Topology& topology) { return 1000 + std::int64_t{2} * topology.rows; }

  /// Follows the path from the point kept (of the last month followed, or adopted) to the solution for `numbers`.
  /// Outcome::iteration_limit when there is no point to start from, the path has more than `breakpoint_limit`
  /// breakpoints or does not lead to an exact solution: then the kept point is gone and `solution` is untouched.
  Report follow(const Numbers& numbers, Solution& solution, std::int64_t breakpoint_limit);
  /// Starts the next path at a point found by another method for `numbers`.
  void adopt(const Numbers& numbers, const Solution& solution);
  /// Starts the next path where nothing is active and typical prices hold; forgets everything.
  void start_anew(const Numbers& numbers);
  /// Moves the prices that the market leaves open, in a solution another method found for `numbers`, to those every
  /// method agrees on (docs/market.md, open prices), and starts the next path there. What it finds takes the place of
  /// `solution` if it is exact; otherwise `solution` is untouched and there is no point to start from.
  Report settle(const Numbers& numbers, Solution& solution, std::int64_t breakpoint_limit);
  /// Largest residual of the last month followed, at the point as handed out: conditions of the columns that are not
  /// empty and of the rows, and the gap, in the certificate's units. No empty column is mispriced by more than that of
  /// rounding (3e-11).
  [[nodiscard]] double residual() const { return residual_; }
  /// Is `solution` what this solver returned last or adopted?
  [[nodiscard]] bool continues(const Solution& solution) const { return ready_ && solution.price == last_price_; }

 private:
  void measure();
  Outcome search(std::int64_t breakpoint_limit, Work& work);
  bool holds();

  PathColumns columns_;
  PathFactor factor_;
  HomotopyPath path_;
  PathFinish finish_;
  PathPoint point_;
  Anchor canonical_, hold_;
  bool ready_ = false, fresh_sizes_ = false;
  double residual_ = 0;
  std::vector<double> last_price_;
  std::vector<double> balance_;  // rows
  std::vector<Index> found_;
};

}  // namespace lodestone::market
