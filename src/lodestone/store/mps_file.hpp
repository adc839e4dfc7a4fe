// One month as a convex quadratic program in free-format MPS, as Clp, HiGHS and others read it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::store {

/// The month with ad-valorem money fixed at `price` (rows): cost_j += sum_i -M_ij w_ij price_i, no wedges. A convex
/// program cannot hold wedges; this one has the same solution when `price` is the month's own.
market::Numbers linearised(const market::Topology& topology, const market::Numbers& numbers,
                           std::span<const double> price);

/// min c'x + x'diag(q)x/2, Mx >= b, 0 <= x <= u: sections ROWS, COLUMNS, RHS, BOUNDS, QUADOBJ, numbers in full.
/// Names are the caller's, with '_' for what MPS cannot hold; R0, C0, ... when a list is empty or would hold
/// one name twice. `comments` come first, a line each. Throws std::invalid_argument when a wedge is not 0.
std::string mps_text(const market::Topology& topology, const market::Numbers& numbers, const std::string& name,
                     const std::vector<std::string>& row_names, const std::vector<std::string>& column_names,
                     const std::vector<std::string>& comments);

}  // namespace lodestone::store
