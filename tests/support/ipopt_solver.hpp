// Ipopt as an independent solver of the quadratic program. For tests and benchmarks only.
#pragma once

#include <memory>

#include "lodestone/market/problem.hpp"

namespace lodestone::market::test {

struct IpoptResult {
  bool optimal = false;
  double objective = 0;  // money per month, at the point found
  int iterations = 0;
  Solution solution;
};

/// An interior point: always cold, one problem object per topology. Solves in scaled units (typical prices of 1).
class IpoptSolver {
 public:
  explicit IpoptSolver(const Topology& topology, double tolerance = 1e-10);
  ~IpoptSolver();
  IpoptSolver(const IpoptSolver&) = delete;
  IpoptSolver& operator=(const IpoptSolver&) = delete;

  /// Throws std::invalid_argument for wedges: with them there is no program. Prices are 0 where every column is shut.
  void solve(const Numbers& numbers, IpoptResult& result);

 private:
  struct Model;
  const Topology& topology_;
  double tolerance_;
  std::unique_ptr<Model> model_;
};

}  // namespace lodestone::market::test
