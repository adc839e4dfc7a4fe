#include "lodestone/market/canonical_solver.hpp"

#include "lodestone/market/homotopy_solver.hpp"

namespace lodestone::market {
namespace {

class CanonicalSolver final : public Solver {
 public:
  CanonicalSolver(const Topology& topology, std::unique_ptr<Solver> method)
      : method_(std::move(method)), path_(topology), limit_(HomotopySolver::settling(topology)) {}

  Report solve(const Numbers& numbers, Solution& solution, Start start) override {
    Report report = method_->solve(numbers, solution, start);
    if (report.outcome == Outcome::solved) report.work += path_.settle(numbers, solution, limit_).work;
    return report;
  }

  [[nodiscard]] const char* name() const override { return method_->name(); }

 private:
  std::unique_ptr<Solver> method_;
  HomotopySolver path_;
  std::int64_t limit_;
};

}  // namespace

std::unique_ptr<Solver> with_canonical_prices(const Topology& topology, std::unique_ptr<Solver> method) {
  return std::make_unique<CanonicalSolver>(topology, std::move(method));
}

}  // namespace lodestone::market
