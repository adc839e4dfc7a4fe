// Magnitudes of several measures that together spend a budget, in as few tries as possible: a root search in which each
// try is a costly run. The parts share the budget equally; what a part cannot spend goes to the others.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace lodestone::explore {

/// What a measure costs at magnitudes from 0 (nothing) to 1, straight lines between what was tried.
class CostCurve {
 public:
  /// `at` ascending, in (0, 1]; a cost below an earlier one counts as that one. Both of one length, at least 1.
  CostCurve(const std::vector<double>& at, const std::vector<double>& cost);
  [[nodiscard]] double cost(double magnitude) const;
  /// The least magnitude that costs this much; nothing when even the largest costs less.
  [[nodiscard]] std::optional<double> magnitude(double cost) const;

 private:
  std::vector<double> at_{0}, cost_{0};
};

enum class SpendState {
  searching,
  met,        // within the tolerance
  saturated,  // everything at its largest magnitude costs less than the budget
  jumps       // cost leaps over the budget, or the tries are used up: the nearest try stands
};

class Spending {
 public:
  /// `curves` per part: what it costs alone, for the first guess and for how cost moves with magnitude. `tolerance`
  /// relative to the budget.
  Spending(double budget, std::vector<CostCurve> curves, double tolerance, int most_tries);

  /// Magnitudes, one per part: what to try next, or where the search ended.
  [[nodiscard]] const std::vector<double>& point() const { return point_; }
  /// What the parts cost there.
  void learn(const std::vector<double>& costs);
  [[nodiscard]] SpendState state() const { return state_; }
  [[nodiscard]] int tries() const { return tries_; }
  /// Costs per part at point(), once the search has ended.
  [[nodiscard]] const std::vector<double>& costs() const { return costs_; }

 private:
  struct Part {
    CostCurve curve;
    double low = 0, high = 0, low_cost = 0, high_cost = 0;  // own tries on both sides of the share
    bool has_high = false, fixed = false;                   // fixed: it can do no more, or leaps over its share
  };
  double budget_, tolerance_;
  int most_tries_, tries_ = 0;
  std::vector<Part> parts_;
  std::vector<double> point_, costs_, best_point_, best_costs_;
  SpendState state_ = SpendState::searching;

  void narrow(double share);
  bool fix_who_cannot(double share);
  [[nodiscard]] double share_of_the_rest() const;
  [[nodiscard]] double next(std::size_t part, double share) const;
  void end(SpendState state);
};

}  // namespace lodestone::explore
