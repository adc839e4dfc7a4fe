// LU without pivoting of a matrix with symmetric structure, on a minimum-degree ordering.
//
// Structure: adjacency as bitsets, exact minimum degree. Numbers: left-looking, L by columns and U by rows on the same
// index lists; a symmetric matrix costs half. Memory for the densest possible factor is taken at construction, so
// nothing is allocated afterwards.
#pragma once

#include <cstdint>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::market {

class SparseLu {
 public:
  explicit SparseLu(Index size);

  /// Structure. Call start_pattern, link every pair of rows that share an entry, then analyse. Links of earlier
  /// patterns, and the order found for them, are kept as long as the factor stays within 1.5 times that of the last
  /// fresh pattern.
  void start_pattern();
  void link(Index a, Index b);
  void analyse();
  /// Drops everything learned from earlier patterns, so that results depend on what follows alone.
  void forget();
  /// Gives back what only other structures would need: from now on the present one stays.
  void freeze();
  [[nodiscard]] Index fill() const { return row_start_.back(); }  // entries below the diagonal

  /// Where the pair (a, b), a != b, is stored; negative when the structure has no such entry. Valid until analyse.
  [[nodiscard]] Index slot(Index a, Index b) const;

  /// Numbers.
  void set_zero();
  void add_diagonal(Index a, double value) { diagonal_[position_[a]] += value; }
  /// Adds ab to entry (a, b) and ba to entry (b, a), where slot = slot(a, b).
  void add_pair(Index slot, double ab, double ba) {
    const Index entry = slot >> 1;
    lower_[entry] += (slot & 1) != 0 ? ab : ba;
    upper_[entry] += (slot & 1) != 0 ? ba : ab;
  }
  /// With `symmetric` only half is worked out. False when a pivot is not a number or 0.
  [[nodiscard]] bool factor(bool symmetric);

  /// In place: v becomes the solution of A y = v, or of A' y = v.
  void solve(std::vector<double>& v);
  void solve_transposed(std::vector<double>& v);

 private:
  void order(const std::vector<std::uint64_t>& adjacency);
  void eliminate(Index node, Index at);
  void list_structure(const std::vector<std::uint64_t>& adjacency);
  void update_column(Index j, bool symmetric);
  bool store_column(Index j, bool symmetric, double original);

  Index size_, words_;
  std::vector<std::uint64_t> fresh_, union_, work_bits_, struct_bits_;  // size x words each
  Index fresh_fill_ = 0;
  std::vector<Index> degree_, low_degree_;
  std::vector<Index> position_, node_at_;  // node -> elimination position and back
  std::vector<Index> tree_;                // position -> the last position that elimination from there reaches
  std::vector<std::uint8_t> touched_;      // trees of the right-hand side
  // Entry lists, by column of L (= row of U) and by row of L.
  std::vector<Index> col_start_, col_row_, row_start_, row_col_, row_entry_, cursor_;
  std::vector<double> lower_, upper_, diagonal_, inverse_;
  std::vector<double> work_lower_, work_upper_;
};

}  // namespace lodestone::market
