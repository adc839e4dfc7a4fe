// Source: docs/market.md.
#include "lodestone/market/interior_newton.hpp"

namespace lodestone::market {
namespace {

constexpr int kMostUnits = 3;  // ways of measuring prices

}  // namespace

Report InteriorNewton::solve(const Numbers& numbers, Solution& solution) {
  newton_.load(numbers);
  Work work;
  bool solved = false;
  for (int round = 0; round < kMostUnits && !solved; ++round) {
    if (round > 0) newton_.reload(numbers, point_.price);
    const bool arrived = interior_.solve(point_, work);
    solved = (arrived && newton_.refine(point_)) || (round > 0 && newton_.cold());
  }
  Report report = newton_.report(solved, numbers, solution);
  report.work += work;
  return report;
}

}  // namespace lodestone::market
