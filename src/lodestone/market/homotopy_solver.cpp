#include "lodestone/market/homotopy_solver.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::market {
namespace {

constexpr double kWeight = 1e-5;      // proximal weight of a column of size 1
constexpr double kLighter = 0.01;     // ... and of every round after one in which it was too heavy
constexpr double kMispriced = 3e-11;  // of a typical price: on the wrong side
constexpr int kMostRounds = 12;
constexpr int kAnchoredRounds = 5;
// The first as in newton_solver.cpp. The others for markets with flows so small, or prices so far from the typical
// ones, that it changes who trades.
constexpr double kAnchors[] = {1e-6, 1e-9, 3e-11};

}  // namespace

HomotopySolver::HomotopySolver(const Topology& topology)
    : columns_(topology),
      factor_(columns_, best_kernels()),
      path_(columns_, factor_, best_kernels()),
      finish_(columns_, path_, factor_) {
  const auto n = static_cast<std::size_t>(columns_.all);
  const auto m = static_cast<std::size_t>(columns_.rows);
  point_.x.assign(n, 0.0);
  point_.state.assign(n, ColumnState::empty);
  point_.price.assign(m, 0.0);
  point_.active.reserve(n);
  canonical_ = {kAnchors[0], std::vector<double>(m, 0.0)};
  std::fill_n(canonical_.reference.begin(), columns_.nodes, 1.0);
  hold_ = canonical_;
  last_price_.assign(m, 0.0);
  balance_.assign(m, 0.0);
  found_.reserve(n + Kernels::kSpareRoom);
}

void HomotopySolver::measure() {
  columns_.measure();
  fresh_sizes_ = true;
}

void HomotopySolver::start_anew(const Numbers& numbers) {
  columns_.load(numbers);
  measure();
  factor_.forget();
  std::fill(point_.x.begin(), point_.x.end(), 0.0);
  std::fill(point_.state.begin(), point_.state.end(), ColumnState::empty);
  point_.active.clear();
  for (Index i = 0; i < columns_.rows; ++i) {
    point_.price[i] = canonical_.reference[i];
    const double spare = -columns_.rhs(i);
    if (point_.price[i] > 0 || !(spare > 0)) continue;
    point_.x[columns_.cols + i] = spare;
    point_.state[columns_.cols + i] = ColumnState::inside;
    point_.active.push_back(columns_.cols + i);
  }
  ready_ = true;
}

void HomotopySolver::adopt(const Numbers& numbers, const Solution& solution) {
  if (columns_.rows == 0) return;  // no path without prices
  columns_.load(numbers);
  measure();
  factor_.forget();
  columns_.to_scaled(solution, point_.x, point_.price);
  for (Index i = 0; i < columns_.rows; ++i) balance_[i] = -columns_.rhs(i);
  const auto place = [this](Index j, double x, double upper) {
    point_.state[j] = !(x > 0) ? ColumnState::empty : x < upper ? ColumnState::inside : ColumnState::full;
    point_.x[j] = std::min(std::max(0.0, x), upper);
  };
  for (Index j = 0; j < columns_.cols; ++j) {
    place(j, point_.x[j], columns_.upper(j));
    columns_.add(j, point_.x[j], balance_.data());
  }
  for (Index i = 0; i < columns_.rows; ++i) {
    place(columns_.cols + i, point_.price[i] > 0 ? 0.0 : balance_[i], kUnlimited);
  }
  point_.list_active();
  last_price_ = solution.price;
  ready_ = true;
}

Report HomotopySolver::settle(const Numbers& numbers, Solution& solution, std::int64_t breakpoint_limit) {
  adopt(numbers, solution);
  return follow(numbers, solution, breakpoint_limit);
}

Report HomotopySolver::follow(const Numbers& numbers, Solution& solution, std::int64_t breakpoint_limit) {
  Report report{Outcome::iteration_limit, {}};
  if (!ready_ || columns_.rows == 0) return report;
  const bool old_sizes = !fresh_sizes_;
  columns_.load(numbers);
  report.outcome = search(breakpoint_limit, report.work);
  if (report.outcome != Outcome::solved && report.work.breakpoints < breakpoint_limit && old_sizes) {
    adopt(numbers, solution);  // the month may have outgrown the sizes of an earlier one
    report.outcome = search(breakpoint_limit, report.work);
  }
  ready_ = report.outcome == Outcome::solved;
  fresh_sizes_ = false;
  if (!ready_) return report;
  columns_.from_scaled(point_.active, point_.x, point_.price, solution);
  last_price_ = solution.price;
  return report;
}

Outcome HomotopySolver::search(std::int64_t breakpoint_limit, Work& work) {
  double weight = kWeight;
  columns_.weigh_rows();
  columns_.set_weight(weight);
  hold_.strength = kAnchors[0];
  std::size_t lighter = 0;
  bool anchored = true;
  for (int round = 0; round < kMostRounds; ++round) {
    ++work.outer_rounds;
    // Open prices must not keep what a wrong state made of them: the next round begins with the anchor again.
    if (round < kAnchoredRounds) anchored = true;
    canonical_.strength = kAnchors[std::min(lighter, std::size(kAnchors) - 1)];
    if (!anchored) hold_.reference = point_.price;
    const auto end = path_.follow(point_, anchored ? canonical_ : hold_, breakpoint_limit - work.breakpoints, work);
    if (end == HomotopyPath::End::lost) return Outcome::numerical_failure;
    if (end == HomotopyPath::End::limit) return Outcome::iteration_limit;
    const PathFinish::End finish = finish_.polish(point_, canonical_, anchored);
    if (finish == PathFinish::End::lost) return Outcome::numerical_failure;
    if (finish == PathFinish::End::slow) {
      weight *= kLighter;
      columns_.set_weight(weight);
      hold_.strength *= kLighter;
    }
    if (finish == PathFinish::End::exact && holds()) return Outcome::solved;
    // Let go, and somebody leaves: the states are those of the anchor, not of the market.
    if (round > 0 || (!anchored && finish == PathFinish::End::outside)) ++lighter;
  }
  return Outcome::iteration_limit;
}

// Is every column that stands at a bound on the right side of it? A column that holds an open price stays inside even
// at a bound: it will be needed there again next month.
bool HomotopySolver::holds() {
  if (std::any_of(point_.price.begin(), point_.price.end(), [](double price) { return !(price >= -kMispriced); })) {
    return false;
  }
  residual_ = finish_.settle(point_);
  if (!(residual_ <= kMispriced)) return false;
  columns_.scan(best_kernels(), point_.price, kMispriced, found_);
  return std::all_of(found_.begin(), found_.end(),
                     [this](Index j) { return point_.state[j] != ColumnState::empty || columns_.upper(j) == 0; });
}

}  // namespace lodestone::market
