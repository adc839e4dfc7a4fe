// Clp as an independent solver: the quadratic costs replaced by straight pieces, months changed in place, warm dual
// simplex without presolve. For tests and benchmarks only.
#pragma once

#include <memory>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market::test {

struct ClpResult {
  bool optimal = false;
  double objective = 0;         // of the quadratic problem at the point found: never below its optimum
  double pieces_objective = 0;  // of the linear program, as Clp reports it
  int iterations = 0;
  Solution solution;
};

class ClpSolver {
 public:
  /// A column with `curved[j]` is cut into `pieces` columns; the others keep one and must stay without curvature.
  ClpSolver(const Topology& topology, const std::vector<bool>& curved, int pieces);
  ~ClpSolver();
  ClpSolver(const ClpSolver&) = delete;
  ClpSolver& operator=(const ClpSolver&) = delete;

  /// Solves one month. `warm` starts from the basis of the last solve. Throws std::invalid_argument for wedges (not a
  /// linear program) and for curvature in a column that was not announced.
  /// The pieces are chords of the marginal cost between 0 and the upper bound, or, without a bound, up to where the
  /// margin has moved by |cost| + 4 typical prices; the last piece then goes on for ever.
  void solve(const Numbers& numbers, bool warm, ClpResult& result);

  /// The two halves of `solve`, to be timed apart: change the arrays of the model in place; run the simplex.
  void load(const Numbers& numbers);
  bool run(bool warm);
  void read(const Numbers& numbers, ClpResult& result) const;

  [[nodiscard]] int columns() const;  // of the linear program

 private:
  struct Model;
  void load_column(const Numbers& numbers, Index col);

  const Topology& topology_;
  std::vector<int> first_piece_;  // cols + 1
  std::unique_ptr<Model> model_;
};

/// Columns with curvature in any of the months.
std::vector<bool> curved_columns(const Topology& topology, const std::vector<Numbers>& months);

}  // namespace lodestone::market::test
