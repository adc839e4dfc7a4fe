// An MPS file as CoinUtils reads it (what Clp does), and what Ipopt makes of it. For tests only.
#pragma once

#include <filesystem>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market::test {

/// A quadratic program in our form; the file knows no scales, so all are 1, and no nodes, so all rows are.
struct CoinProgram {
  Topology topology;
  Numbers numbers;
};

/// Throws std::runtime_error when Coin cannot read the file, or when it is not of the form min c'x + x'diag(q)x/2,
/// Mx >= b, 0 <= x <= u.
CoinProgram read_with_coin(const std::filesystem::path& file);

/// How far another solver's answer is from ours.
struct Difference {
  double objective = 0;  // relative
  double price = 0;      // largest over the rows, in typical prices
};

/// Solves the program with Ipopt (with the scales of `topology`). Rows in `not_unique` (ascending) are not compared.
/// Throws std::runtime_error when Ipopt fails.
Difference difference_to_ipopt(const Topology& topology, const Solution& ours, const CoinProgram& program,
                               const std::vector<Index>& not_unique);

}  // namespace lodestone::market::test
