// H^-1 along a path: a sparse factor of  H = sum of interior M_j gain_j P_j' + diag(hold)  as it was at some point, and
// one rank-1 correction per column that has changed its state since (Sherman and Morrison, in product form):
//
//   (H + c M P')^-1 v = t - beta w (P't),  t = H^-1 v,  w = H^-1 M,  beta = c / (1 + c P'w)
//
// Symmetry is not needed, so ad-valorem wedges make no difference, and a flip never changes the sparse structure.
#pragma once

#include <vector>

#include "lodestone/market/path_columns.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/market/sparse_lu.hpp"

namespace lodestone::market {

class PathFactor {
 public:
  PathFactor(const PathColumns& columns, const Kernels& kernels);

  static constexpr int kMostCorrections = 64;

  /// Starts anew: call begin, then add every interior column, then finish. False when a pivot is lost.
  void begin(double hold);
  void add(Index col, double gain);
  bool finish(Work& work);
  [[nodiscard]] bool is_full() const { return corrections_ == kMostCorrections; }

  /// v becomes H^-1 v.
  void solve(std::vector<double>& v);
  /// w becomes H^-1 M_j. Valid until the next call of response or finish.
  const std::vector<double>& response(Index col);
  /// H becomes H + change M_j P_j' for the column of the last response; returns beta.
  double correct(Index col, double change, double pivot);

  void forget();

 private:
  bool place(Index col);

  const PathColumns& columns_;
  const Kernels& kernels_;
  SparseLu lu_;
  double hold_ = 0;
  std::vector<Index> interior_;
  std::vector<double> gain_;
  std::vector<Index> pair_start_, slot_;
  std::vector<std::int64_t> placed_;
  std::int64_t structure_ = 0;
  struct Correction {
    Index col;
    double beta;
  };
  int corrections_ = 0;
  std::vector<Correction> correction_;
  std::vector<std::vector<double>> response_;  // one per correction, and the last one asked for
};

}  // namespace lodestone::market
