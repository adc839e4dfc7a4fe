// Semismooth Newton with exact line search on proximal problems, and an exact finish. Source: docs/market.md.
//
//   warm     Newton from the given prices with the proximal centre at the given activities
//   cold     centres with a falling proximal weight
//   careful  the same with heavier damping and many more steps
//   last     prices let go slowly (follow_market)
//
// Each way ends in the same exact finish and the same check, and each is bounded by counted steps.
#pragma once

#include <cstdint>
#include <vector>

#include "lodestone/market/exact_finish.hpp"
#include "lodestone/market/proximal_system.hpp"
#include "lodestone/market/scaled_problem.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::market {

class NewtonSolver final : public Solver {
 public:
  static constexpr int kWarmSteps = 80;  // more than a cold start takes is no use

  explicit NewtonSolver(const Topology& topology);
  /// All ways in the order above, until one gets there.
  Report solve(const Numbers& numbers, Solution& solution, Start start) override;
  [[nodiscard]] const char* name() const override { return "newton"; }

  /// The ways one by one, for methods built on this one: `load` a month, try, and `report`. A way returns whether its
  /// point passed the check. What `cold`, `careful` and `follow_market` find is a function of the numbers alone.
  void load(const Numbers& numbers);
  /// The same in shares of prices that were found (scaled): ScaledProblem::reload. Work goes on counting.
  void reload(const Numbers& numbers, const std::vector<double>& price) { problem_.reload(numbers, price); }
  bool warm(const Solution& from, int step_limit);  // false also when the sizes do not fit
  bool cold();
  bool careful();
  bool follow_market();
  /// From a point that another method found, as a warm start that forgets everything else. Prices that the market
  /// leaves open stay close to those of the point.
  bool refine(const ScaledPoint& from);
  /// Writes the last point and says what it is worth, with the work since `load`.
  Report report(bool solved, const Numbers& numbers, Solution& solution);

  [[nodiscard]] const ScaledProblem& problem() const { return problem_; }

 private:
  struct Plan;
  static const Plan kWarm, kCold, kCareful;

  bool attempt(const Plan& plan);
  bool descend(double tolerance, const Plan& plan);
  bool newton_step(double residual, const Plan& plan);
  double leave_kink(double step);
  double choose_weight(const std::vector<double>& f);
  bool finish(const Plan& plan);
  double consider(const ScaledPoint& point, NaturalResidual& best);
  void start_cold();
  void write(const Numbers& numbers, Solution& solution) const;

  ScaledProblem problem_;
  ProximalSystem system_;
  ExactFinish finish_;
  ScaledPoint point_, polished_, kept_, base_;
  std::vector<double> shift_, direction_, weight_, surplus_;
  Work work_;
  std::int64_t steps_left_ = 0;
  double least_step_ = 0;
};

}  // namespace lodestone::market
