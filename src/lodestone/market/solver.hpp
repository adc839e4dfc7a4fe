// One interface for every method that clears a month.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

enum class Start { cold, warm };

enum class Outcome { solved, iteration_limit, numerical_failure, too_large };

/// Work is counted, never timed, so that the same bits come out on a busy and on an idle machine.
struct Work {
  std::int64_t newton_steps = 0;
  std::int64_t factorisations = 0;
  std::int64_t line_search_passes = 0;
  std::int64_t pivots = 0;          // reference solver
  std::int64_t outer_rounds = 0;    // proximal centres, wedge continuation steps
  std::int64_t interior_steps = 0;  // interior point
  std::int64_t breakpoints = 0;     // homotopy: changes of state on the way

  Work& operator+=(const Work& other);
};

struct Report {
  Outcome outcome = Outcome::numerical_failure;
  Work work;
};

/// Clears months of one topology. A solver owns its workspace: it allocates on construction and in its first solve,
/// never after. Not safe to share between threads; build one per thread over the shared topology.
class Solver {
 public:
  virtual ~Solver() = default;
  /// Solves for `numbers`. Start::warm begins at the values in `solution`; Start::cold ignores them. The state kept
  /// between calls may change the work a solve takes, never its answer beyond 1e-8 relative.
  /// On any outcome but `solved` the contents of `solution` are the last point and must not be used.
  virtual Report solve(const Numbers& numbers, Solution& solution, Start start) = 0;
  [[nodiscard]] virtual const char* name() const = 0;
};

/// Slow and obvious: Lemke's complementary pivoting with lexicographic ratio test on a dense tableau, then one exact
/// solve with the final basis. For tests: at most `reference_size_limit` rows + columns + finite bounds.
std::unique_ptr<Solver> make_reference_solver(const Topology& topology);
inline constexpr Index reference_size_limit = 3000;

/// Semismooth Newton with exact line search on a proximal problem, and an exact finish.
/// `topology` must outlive the solver, here and below.
std::unique_ptr<Solver> make_newton_solver(const Topology& topology);

/// The fast path from month to month: follows the solution while the data move (homotopy_solver.hpp). What it cannot
/// follow goes to Newton, cold.
std::unique_ptr<Solver> make_homotopy_solver(const Topology& topology);

/// Interior point with a Newton finish. Knows no warm start: every solve begins in the middle.
std::unique_ptr<Solver> make_interior_point_solver(const Topology& topology);

/// The production solver: chooses among the methods above by counted work.
std::unique_ptr<Solver> make_cascade_solver(const Topology& topology);

std::string to_string(Outcome outcome);

}  // namespace lodestone::market
