// Interior point, then Newton from where it ends: there every column is on its bound or clearly inside, and the finish
// is exact. Source: docs/market.md.
#include "lodestone/market/interior_point.hpp"
#include "lodestone/market/newton_solver.hpp"

namespace lodestone::market {
namespace {

class InteriorPointSolver final : public Solver {
 public:
  explicit InteriorPointSolver(const Topology& topology)
      : newton_(topology), interior_(newton_.problem()), point_(ScaledPoint::zeros(newton_.problem())) {}

  // Start::warm is allowed and changes nothing.
  Report solve(const Numbers& numbers, Solution& solution, Start) override {
    newton_.load(numbers);
    Work work;
    const bool solved = interior_.solve(point_, work) && newton_.refine(point_);
    Report report = newton_.report(solved, numbers, solution);
    report.work += work;
    return report;
  }

  [[nodiscard]] const char* name() const override { return "interior point"; }

 private:
  NewtonSolver newton_;
  InteriorPoint interior_;
  ScaledPoint point_;
};

}  // namespace

std::unique_ptr<Solver> make_interior_point_solver(const Topology& topology) {
  return std::make_unique<InteriorPointSolver>(topology);
}

}  // namespace lodestone::market
