// The homotopy as a method of its own: from month to month along the path, and where there is none, by Newton.
#include "lodestone/market/homotopy_solver.hpp"
#include "lodestone/market/newton_solver.hpp"

namespace lodestone::market {
namespace {

class FollowingSolver final : public Solver {
 public:
  explicit FollowingSolver(const Topology& topology)
      : path_(topology),
        newton_(topology),
        limit_(HomotopySolver::patience(topology)),
        settling_(HomotopySolver::settling(topology)) {}
  Report solve(const Numbers& numbers, Solution& solution, Start start) override;
  [[nodiscard]] const char* name() const override { return "homotopy"; }

 private:
  HomotopySolver path_;
  NewtonSolver newton_;
  std::int64_t limit_, settling_;
};

Report FollowingSolver::solve(const Numbers& numbers, Solution& solution, Start start) {
  if (start == Start::cold || !path_.continues(solution)) path_.start_anew(numbers);
  const Report report = path_.follow(numbers, solution, limit_);
  if (report.outcome == Outcome::solved) return report;
  Report other = newton_.solve(numbers, solution, Start::cold);
  other.work += report.work;
  if (other.outcome == Outcome::solved) other.work += path_.settle(numbers, solution, settling_).work;
  return other;
}

}  // namespace

std::unique_ptr<Solver> make_homotopy_solver(const Topology& topology) {
  return std::make_unique<FollowingSolver>(topology);
}

}  // namespace lodestone::market
