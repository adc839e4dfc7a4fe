// The cheapest magnitudes of a few measures that together suffice, each try a costly run: first along the diagonal,
// then NLopt's COBYLA (Powell 1994: linear approximations of cost and constraint, no derivatives), then one by one.
// More of a measure is taken never to make a sufficient set insufficient.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace lodestone::explore {

struct Judged {
  double cost = 0;
  double slack = 0;  // 0 and above: it suffices; below: by how much it falls short
};
/// `magnitudes` in 0..1, one per measure.
using Judge = std::function<Judged(const std::vector<double>& magnitudes)>;

struct CheapestOptions {
  int most_tries = 30;
  double precision = 0.01;  // of a magnitude
};

struct Cheapest {
  bool suffices = false;
  std::vector<double> magnitudes;  // all 1 when even they do not suffice
  Judged at;
  int tries = 0;
};

/// Throws what `judge` throws.
Cheapest cheapest(std::size_t measures, const Judge& judge, const CheapestOptions& options);

/// The last of 0..most at which `holds`, which holds up to somewhere and not after; -1 when not even at 0.
int last_that_holds(int most, const std::function<bool(int)>& holds);

/// Subsets of n things with 1 to `largest` in them, small ones first; bit i: thing i is in.
std::vector<std::size_t> small_subsets(std::size_t n, std::size_t largest);

}  // namespace lodestone::explore
