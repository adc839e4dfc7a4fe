// The production solver: cheap methods first, each capped by counted work, each checked before it is believed.
//
//   warm    Newton from last month's point
//   cold    Newton from nowhere
//   middle  interior point with a Newton finish
//   slow    Newton with more damping, then prices let go slowly
//
// Nothing looks at a clock, and what is kept from month to month changes the work, not the answer. Source:
// docs/market.md.
#include "lodestone/market/interior_point.hpp"
#include "lodestone/market/newton_solver.hpp"

namespace lodestone::market {
namespace {

constexpr double kAccepted = 1e-8;  // of the certificate's measures

class CascadeSolver final : public Solver {
 public:
  explicit CascadeSolver(const Topology& topology)
      : newton_(topology),
        interior_(newton_.problem()),
        point_(ScaledPoint::zeros(newton_.problem())),
        surplus_(static_cast<std::size_t>(topology.rows)) {}

  Report solve(const Numbers& numbers, Solution& solution, Start start) override {
    newton_.load(numbers);
    interior_work_ = {};
    const auto holds = [&](bool found) { return found && passes(numbers, solution); };
    const bool solved = (start == Start::warm && holds(newton_.warm(solution))) || holds(newton_.cold()) ||
                        holds(interior_.solve(point_, interior_work_) && newton_.refine(point_)) ||
                        holds(newton_.careful()) || holds(newton_.follow_market());
    Report report = newton_.report(solved, numbers, solution);
    report.work.interior_steps = interior_work_.interior_steps;
    report.work.factorisations += interior_work_.factorisations;
    return report;
  }

  [[nodiscard]] const char* name() const override { return "cascade"; }

 private:
  // The conditions again at the point as it is handed out, in the caller's units.
  bool passes(const Numbers& numbers, Solution& solution) {
    newton_.report(true, numbers, solution);
    newton_.problem().to_scaled(solution, point_.x, point_.price);
    const NaturalResidual residual = natural_residual(newton_.problem(), point_, surplus_);
    return residual.absolute <= kAccepted && residual.gap <= kAccepted;
  }

  NewtonSolver newton_;
  InteriorPoint interior_;
  ScaledPoint point_;  // of the interior point; of what is checked
  std::vector<double> surplus_;
  Work interior_work_;
};

}  // namespace

std::unique_ptr<Solver> make_cascade_solver(const Topology& topology) {
  return std::make_unique<CascadeSolver>(topology);
}

}  // namespace lodestone::market
