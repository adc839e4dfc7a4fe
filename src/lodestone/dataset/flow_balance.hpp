// A table of flows with given sums of rows and columns, as like a seed as the sums allow.
#pragma once

#include <vector>

namespace lodestone::dataset {

struct FlowTable {
  std::vector<double> row_sum, column_sum;  // >= 0; the two totals agree to rounding
  std::vector<double> seed;                 // row-major, >= 0; 0 = no flow may run there
  double turnover = 0;  // what the sums are remainders of: rounding is relative to it; 0 = themselves
};

struct FlowBalance {
  std::vector<double> flow;                         // row-major
  std::vector<double> row_missing, column_missing;  // what cannot run anywhere; rounding when the sums can be met
  bool complete = false;                            // the sums are met
};

/// Iterative proportional fitting (RAS; Deming and Stephan 1940): the flows a_i b_j seed_ij that meet the sums. What it
/// leaves after kPasses, where the sums can only be met with some flows at 0, is closed exactly by augmenting paths.
FlowBalance balance_flows(const FlowTable& table);

}  // namespace lodestone::dataset
