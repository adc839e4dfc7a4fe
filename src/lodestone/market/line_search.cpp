#include "lodestone/market/line_search.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr double kFlat = 0.1;        // accepted share of the first slope
constexpr double kStillSteep = 0.5;  // above this share, a longer step pays
constexpr int kMostDoublings = 12;
constexpr int kMostSections = 120;

struct Trial {
  double step, slope;
};

// Halves the exponent as long as the ends are far apart: a kink may sit at a billionth of the Newton step.
double middle(double low, double high) {
  if (high > 100 * low) return std::sqrt(std::max(low, 1e-16 * high) * high);
  return 0.5 * (low + high);
}

// Regula falsi, with a bisection whenever it keeps to one end.
double section(const ProximalSystem& system, Trial low, Trial high, double goal, Work& work) {
  int same_side = 0;
  double step = high.step;
  for (int k = 0; k < kMostSections; ++k) {
    const double width = high.step - low.step;
    step = low.step - low.slope * width / (high.slope - low.slope);
    if (same_side >= 2 || same_side <= -2 || !(step > low.step && step < high.step)) {
      step = middle(low.step, high.step);
      same_side = 0;
    }
    const double slope = system.slope(step);
    ++work.line_search_passes;
    if (std::abs(slope) <= goal || width <= 1e-14 * high.step) return step;
    if (slope > 0) {
      high = {step, slope};
      same_side = std::max(same_side, 0) + 1;
    } else {
      low = {step, slope};
      same_side = std::min(same_side, 0) - 1;
    }
  }
  return low.step > 0 ? low.step : step;
}

}  // namespace

double search_step(const ProximalSystem& system, double slope_at_zero, Work& work) {
  const double goal = kFlat * std::abs(slope_at_zero);
  Trial low{0.0, slope_at_zero};
  Trial trial{1.0, system.slope(1.0)};
  ++work.line_search_passes;
  for (int k = 0; k < kMostDoublings && trial.slope < -kStillSteep * std::abs(slope_at_zero); ++k) {
    low = trial;
    trial.step *= 2;
    trial.slope = system.slope(trial.step);
    ++work.line_search_passes;
  }
  if (trial.slope <= goal) return trial.step;
  return section(system, low, trial, goal, work);
}

}  // namespace lodestone::market
