#include "lodestone/explore/spending.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace lodestone::explore {
namespace {

constexpr double kNarrow = 1e-3;  // of the magnitude: closer tries tell nothing new, cost leaps between them
constexpr double kEdge = 0.1;     // a guess keeps this share of the bracket away from its ends

double sum(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0);
}

}  // namespace

CostCurve::CostCurve(const std::vector<double>& at, const std::vector<double>& cost) {
  for (std::size_t i = 0; i < at.size(); ++i) {
    at_.push_back(at[i]);
    cost_.push_back(std::max(cost_.back(), cost[i]));
  }
}

double CostCurve::cost(double magnitude) const {
  const auto above = std::lower_bound(at_.begin(), at_.end(), magnitude);
  if (above == at_.begin()) return 0;
  if (above == at_.end()) return cost_.back();
  const auto i = static_cast<std::size_t>(above - at_.begin());
  const double share = (magnitude - at_[i - 1]) / (at_[i] - at_[i - 1]);
  return cost_[i - 1] + share * (cost_[i] - cost_[i - 1]);
}

std::optional<double> CostCurve::magnitude(double cost) const {
  if (cost <= 0) return 0;
  const auto above = std::lower_bound(cost_.begin(), cost_.end(), cost);
  if (above == cost_.end()) return std::nullopt;
  const auto i = static_cast<std::size_t>(above - cost_.begin());
  return at_[i - 1] + (cost - cost_[i - 1]) / (cost_[i] - cost_[i - 1]) * (at_[i] - at_[i - 1]);
}

Spending::Spending(double budget, std::vector<CostCurve> curves, double tolerance, int most_tries)
    : budget_(budget), tolerance_(tolerance), most_tries_(most_tries) {
  for (auto& curve : curves) parts_.push_back({std::move(curve)});
  // The first guess lets parts that cannot spend their share give way to the others, as far as their curves tell.
  std::vector<bool> full(parts_.size(), false);
  for (bool again = true; again;) {
    again = false;
    double left = budget_, sharing = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) full[i] ? left -= parts_[i].curve.cost(1) : sharing += 1;
    point_.assign(parts_.size(), 1.0);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (full[i]) continue;
      const auto magnitude = parts_[i].curve.magnitude(left / sharing);
      point_[i] = magnitude.value_or(1);
      if (!magnitude) again = full[i] = true;
    }
  }
  if (parts_.empty() || budget_ <= 0) {
    costs_.assign(parts_.size(), 0.0);
    std::fill(point_.begin(), point_.end(), 0.0);
    state_ = budget_ <= 0 ? SpendState::met : SpendState::saturated;
  }
}

double Spending::share_of_the_rest() const {
  double left = budget_, sharing = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) parts_[i].fixed ? left -= costs_[i] : sharing += 1;
  return sharing > 0 ? left / sharing : 0;
}

void Spending::narrow(double share) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    auto& part = parts_[i];
    const double m = point_[i], cost = costs_[i];
    if (cost <= share && m >= part.low) {
      part.low = m;
      part.low_cost = cost;
      // The share has moved, or the others have: what was too much need not be any more.
      if (part.has_high && part.high <= m) part.has_high = false;
    } else if (cost > share && (!part.has_high || m <= part.high)) {
      part.high = m;
      part.high_cost = cost;
      part.has_high = true;
      if (part.low >= m) part.low = part.low_cost = 0;
    }
  }
}

// At its largest and below its share, or leaping over it: it stays where it is and the others share what is left.
bool Spending::fix_who_cannot(double share) {
  bool any = false;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    auto& part = parts_[i];
    if (part.fixed || std::abs(costs_[i] - share) <= tolerance_ * share) continue;
    const bool at_most = point_[i] >= 1 && costs_[i] < share;
    const bool leaps = part.has_high && part.high - part.low < kNarrow;
    if (!at_most && !leaps) continue;
    part.fixed = any = true;
  }
  // Another share: what was tried on both sides of the old one bounds nothing.
  for (auto& part : parts_)
    if (any && !part.fixed) part = Part{part.curve};
  return any;
}

double Spending::next(std::size_t i, double share) const {
  const auto& part = parts_[i];
  const double here = part.curve.cost(point_[i]);
  // As if the curve were scaled by what this try cost.
  double guess = point_[i];
  if (costs_[i] > 0 && here > 0)
    guess = part.curve.magnitude(share * here / costs_[i]).value_or(1);
  else
    guess = 1;
  const double high = part.has_high ? part.high : 1;
  const double low_end = part.low + (part.low > 0 || !part.has_high ? 0 : kEdge * (high - part.low));
  if (!part.has_high) return guess > part.low ? guess : std::min(1.0, part.low + 0.5 * (1 - part.low));
  const bool inside = guess > low_end && guess < high;
  if (inside && tries_ < 4) return guess;
  // Between the two sides in proportion, every other time in the middle.
  const double width = part.high - part.low;
  if (tries_ % 2 == 1 || !(part.high_cost > part.low_cost)) return part.low + 0.5 * width;
  const double at = (share - part.low_cost) / (part.high_cost - part.low_cost);
  return part.low + std::clamp(at, kEdge, 1 - kEdge) * width;
}

void Spending::end(SpendState state) {
  state_ = state;
  if (state != SpendState::jumps) return;
  point_ = best_point_;
  costs_ = best_costs_;
}

void Spending::learn(const std::vector<double>& costs) {
  costs_ = costs;
  ++tries_;
  const double off = std::abs(sum(costs_) - budget_);
  if (best_point_.empty() || off < std::abs(sum(best_costs_) - budget_)) {
    best_point_ = point_;
    best_costs_ = costs_;
  }
  if (off <= tolerance_ * budget_) return end(SpendState::met);
  double share = share_of_the_rest();
  narrow(share);
  while (fix_who_cannot(share)) share = share_of_the_rest();
  if (std::all_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.fixed; })) {
    const bool at_most = std::all_of(point_.begin(), point_.end(), [](double m) { return m >= 1; });
    return end(at_most && sum(costs_) < budget_ ? SpendState::saturated : SpendState::jumps);
  }
  if (tries_ >= most_tries_) return end(SpendState::jumps);
  for (std::size_t i = 0; i < parts_.size(); ++i)
    if (!parts_[i].fixed) point_[i] = next(i, share);
}

}  // namespace lodestone::explore
