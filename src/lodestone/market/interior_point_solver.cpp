// The interior point as a method of its own. Source: docs/market.md.
#include "lodestone/market/canonical_solver.hpp"
#include "lodestone/market/interior_newton.hpp"

namespace lodestone::market {
namespace {

class InteriorPointSolver final : public Solver {
 public:
  explicit InteriorPointSolver(const Topology& topology) : newton_(topology), interior_(newton_) {}

  // Start::warm is allowed and changes nothing.
  Report solve(const Numbers& numbers, Solution& solution, Start) override {
    return interior_.solve(numbers, solution);
  }

  [[nodiscard]] const char* name() const override { return "interior point"; }

 private:
  NewtonSolver newton_;
  InteriorNewton interior_;
};

}  // namespace

std::unique_ptr<Solver> make_interior_point_solver(const Topology& topology) {
  return with_canonical_prices(topology, std::make_unique<InteriorPointSolver>(topology));
}

}  // namespace lodestone::market
