// Source: docs/market.md.
#include "lodestone/market/newton_solver.hpp"

#include <algorithm>
#include <cmath>

#include "lodestone/market/canonical_solver.hpp"
#include "lodestone/market/line_search.hpp"

namespace lodestone::market {
namespace {

constexpr double kFinalWeight = 1e-5;      // smaller weights lose the digits of the balances (x = y / eps)
constexpr double kAim = 1e-11;             // natural-map residual, relative to sizes, at which the finish stops
constexpr double kAccepted = 1e-9;         // ... and which it must reach,
constexpr double kAcceptedOverall = 1e-9;  // or this one as the certificate measures it

constexpr double kRoundingFloor = 1e-5;     // |F| below which steps without progress mean rounding, not a hard problem
constexpr double kRoundingOverall = 1e-10;  // the same, not relative to sizes
constexpr double kHeld = 1e-3;              // proximal weight while prices are held back
constexpr double kUniformDamping = 1e-3;    // of every row, relative to its size
constexpr double kClearlyFalling = 0.01;    // cosine between the Newton direction and -F
constexpr double kAnchor = 1e-6;            // as weak as it can be and still stand out of the rounding
constexpr double kStuckStep = 1e-6;         // shares of a Newton step below which the line search got nowhere
constexpr int kIdleSteps = 6;
constexpr int kIdleRounds = 6;

}  // namespace

/// One way of going about it.
struct NewtonSolver::Plan {
  double first_weight;  // proximal weight of the first centre
  double damping;       // kappa: no price moves more than about 1/kappa of itself in a step
  int newton_limit;     // counted over the whole attempt
  int round_limit;      // centres with the final weight
};
constexpr NewtonSolver::Plan NewtonSolver::kWarm{1e-4, 1.0, kWarmSteps, 12};
constexpr NewtonSolver::Plan NewtonSolver::kCold{1e-2, 1.0, 500, 60};
constexpr NewtonSolver::Plan NewtonSolver::kCareful{1.0, 5.0, 3000, 200};

NewtonSolver::NewtonSolver(const Topology& topology)
    : problem_(topology), system_(problem_), finish_(problem_, system_) {
  for (ScaledPoint* point : {&point_, &polished_, &kept_, &base_}) *point = ScaledPoint::zeros(problem_);
  for (auto* v : {&shift_, &direction_, &weight_, &surplus_}) v->assign(static_cast<std::size_t>(problem_.rows), 0.0);
}

Report NewtonSolver::solve(const Numbers& numbers, Solution& solution, Start start) {
  load(numbers);
  const bool solved = (start == Start::warm && warm(solution, kWarmSteps)) || cold() || careful() || follow_market();
  return report(solved, numbers, solution);
}

void NewtonSolver::load(const Numbers& numbers) {
  work_ = {};
  problem_.load(numbers);
}

bool NewtonSolver::warm(const Solution& from, int step_limit) {
  if (from.activity.size() != problem_.cost.size() || from.price.size() != problem_.rhs.size()) return false;
  problem_.to_scaled(from, point_.x, point_.price);
  std::fill(point_.slack.begin(), point_.slack.end(), 0.0);
  system_.set_anchor(kAnchor);
  Plan plan = kWarm;
  plan.newton_limit = std::min(plan.newton_limit, step_limit);
  return attempt(plan);
}

bool NewtonSolver::refine(const ScaledPoint& from) {
  system_.forget();
  problem_.measure_sizes();
  point_ = from;
  system_.set_anchor(kAnchor, point_.price);
  return attempt(kWarm);
}

bool NewtonSolver::cold() {
  start_cold();
  return attempt(kCold);
}

bool NewtonSolver::careful() {
  start_cold();
  return attempt(kCareful);
}

Report NewtonSolver::report(bool solved, const Numbers& numbers, Solution& solution) {
  write(numbers, solution);
  const bool finite = std::isfinite(natural_residual(problem_, point_, surplus_).relative);
  return {solved ? Outcome::solved : finite ? Outcome::iteration_limit : Outcome::numerical_failure, work_};
}

// A cold start remembers nothing, so its result is a function of the numbers alone, bit by bit.
void NewtonSolver::start_cold() {
  system_.forget();
  system_.set_anchor(kAnchor);
  problem_.measure_sizes();
  std::fill(point_.x.begin(), point_.x.end(), 0.0);
  std::fill(point_.slack.begin(), point_.slack.end(), 0.0);
  for (Index i = 0; i < problem_.rows; ++i) point_.price[i] = i < problem_.nodes ? 1.0 : 0.0;
}

bool NewtonSolver::attempt(const Plan& plan) {
  steps_left_ = plan.newton_limit;
  least_step_ = kStuckStep;
  double error = 1;  // of the last centre against the problem itself
  double weight = plan.first_weight;
  while (weight > 1.5 * kFinalWeight) {
    system_.set_centre(point_.x, point_.slack, weight);
    ++work_.outer_rounds;
    if (!descend(std::max(1e-9, error), plan)) return false;
    error = weight * system_.distance_to_centre();
    point_.x = system_.x();
    point_.slack = system_.slack();
    weight *= 0.1;
  }
  return finish(plan);
}

// Centres with the final weight until the exact optimum passes its check. In a round a straight column moves by its
// loss or gain over the weight: where that gets nowhere, the reach of what is on its way is stretched.
bool NewtonSolver::finish(const Plan& plan) {
  NaturalResidual best{HUGE_VAL, HUGE_VAL, HUGE_VAL};
  double last = HUGE_VAL, tolerance = 1e-9;
  int idle = 0;
  for (int round = 0; round < plan.round_limit && idle < kIdleRounds; ++round) {
    const double before = best.relative;
    problem_.widen(point_.x);
    system_.set_centre(point_.x, point_.slack, kFinalWeight);
    ++work_.outer_rounds;
    const bool settled = descend(tolerance, plan);
    base_ = point_;
    point_.x = system_.x();
    point_.slack = system_.slack();
    const double plain = consider(point_, best);
    if (plain > 0.5 * last) {
      problem_.stretch(point_.x, base_.x, point_.slack, base_.slack);
      tolerance = std::max(1e-15, 0.01 * tolerance);  // a market far smaller than its row's size could make it
    }
    last = plain;
    polished_.price = point_.price;
    const double polished = finish_.polish(polished_, work_) ? consider(polished_, best) : HUGE_VAL;
    system_.set_anchor(0);
    if ((best.relative <= kAim && best.gap <= kAim) || !settled) break;
    idle = best.relative > kAccepted || best.relative < 0.5 * before ? 0 : idle + 1;  // exact but for rounding
    if (polished < 0.5 * plain) point_ = polished_;
  }
  if (best.relative < HUGE_VAL) point_ = kept_;
  return (best.relative <= kAccepted || best.absolute <= kAcceptedOverall) && best.gap <= kAccepted;
}

// Keeps the point if it is the best so far; returns its residual.
double NewtonSolver::consider(const ScaledPoint& point, NaturalResidual& best) {
  const NaturalResidual residual = natural_residual(problem_, point, surplus_);
  if (residual.relative < best.relative) {
    best = residual;
    kept_ = point;
  }
  return residual.relative;
}

// Newton until F is small, or until only rounding moves it; false when the steps are used up.
bool NewtonSolver::descend(double tolerance, const Plan& plan) {
  double best = HUGE_VAL;
  int idle = 0;
  while (true) {
    system_.evaluate(point_.price);
    const double residual = system_.residual();
    if (residual <= tolerance) return true;
    idle = residual < 0.9 * best ? 0 : idle + 1;
    best = std::min(best, residual);
    const bool rounding = best <= kRoundingFloor || system_.largest_imbalance() <= kRoundingOverall;
    if (idle >= kIdleSteps && rounding) return true;
    if (!std::isfinite(residual) || steps_left_ <= 0) return false;
    --steps_left_;
    ++work_.newton_steps;
    if (!newton_step(residual, plan)) return rounding;
  }
}

bool NewtonSolver::newton_step(double residual, const Plan& plan) {
  const std::vector<double>& f = system_.imbalance();
  const double uniform = std::max(1e-10, kUniformDamping * std::min(1.0, residual));
  for (Index i = 0; i < problem_.rows; ++i) {
    const double price = point_.price[i];
    const double market = std::abs(f[i] - system_.anchor_pull(i, price));  // the anchor is linear and needs no damping
    const double response = system_.response(i);
    shift_[i] = (response > 0 ? std::min(response, problem_.row_size[i]) : problem_.row_size[i]) * uniform +
                plan.damping * market / std::max(1.0, std::abs(price));
  }
  if (!system_.factorise(shift_, work_) || !system_.solve(f, direction_, work_)) return false;
  const double slope = choose_weight(f);
  system_.aim(direction_, weight_);
  double step = slope < 0 ? search_step(system_, slope, work_) : 1.0;
  if (!problem_.symmetric) step = leave_kink(step);
  for (Index i = 0; i < problem_.rows; ++i) point_.price[i] += step * direction_[i];
  return step > 0;
}

// With wedges the line search may end on a kink from which the next direction leads nowhere either. Each such step in a
// row goes ten times further than the one before, until the kink is behind.
double NewtonSolver::leave_kink(double step) {
  if (step >= kStuckStep) {
    least_step_ = kStuckStep;
    return step;
  }
  step = least_step_;
  least_step_ = std::min(1.0, 10 * least_step_);
  return step;
}

// Weights of the line search and the slope at step 0. The direction itself as long as F falls clearly along it, which
// without wedges it always does: that is the slope of the convex merit function. Otherwise H^-T d, the slope of the
// affine-invariant norm |H^-1 F|.
double NewtonSolver::choose_weight(const std::vector<double>& f) {
  double slope = 0, direction_norm = 0, f_norm = 0;
  for (Index i = 0; i < problem_.rows; ++i) {
    slope += direction_[i] * f[i];
    direction_norm += direction_[i] * direction_[i] * problem_.row_size[i];
    f_norm += f[i] * f[i] / problem_.row_size[i];
  }
  weight_ = direction_;
  if (problem_.symmetric || slope < -kClearlyFalling * std::sqrt(direction_norm * f_norm)) return slope;
  system_.solve_transposed(weight_);
  slope = 0;
  for (Index i = 0; i < problem_.rows; ++i) slope += weight_[i] * f[i];
  return slope;
}

// Prices move as in a market that is let go slowly: each round solves for prices that are held back by `hold` times
// their distance from the last ones (implicit steps of  d lambda / dt = -F). The hold is eased as rounds succeed; when
// nothing moves any more the proximal weight falls, and last comes the finish.
bool NewtonSolver::follow_market() {
  constexpr double kTightest = 1e4, kLoosest = 1e-7, kSettled = 1e-6, kStill = 1e-4, kEasy = 1e-3;
  constexpr int kMostRounds = 400, kStepsInARound = 40;
  start_cold();
  double hold = 1, weight = kHeld, last = HUGE_VAL;
  for (int round = 0; round < kMostRounds && hold < kTightest; ++round) {
    ++work_.outer_rounds;
    base_ = point_;
    system_.set_centre(point_.x, point_.slack, weight);
    system_.set_anchor(hold, base_.price);
    steps_left_ = kStepsInARound;
    if (!descend(1e-8, kCold)) {
      point_ = base_;
      hold *= 10;
      continue;
    }
    point_.x = system_.x();
    point_.slack = system_.slack();
    double jump = 0;  // of a price, relative to itself
    for (Index i = 0; i < problem_.rows; ++i) {
      jump = std::max(jump, std::abs(point_.price[i] - base_.price[i]) / std::max(1.0, std::abs(base_.price[i])));
    }
    const double drift = weight * system_.distance_to_centre();
    if (drift > kSettled && drift > 0.5 * last) problem_.stretch(point_.x, base_.x, point_.slack, base_.slack);
    last = drift;
    hold = std::max(kLoosest, 0.25 * hold);
    if (drift > kSettled || jump > kStill || hold > kEasy) continue;
    if (weight <= 1.5 * kFinalWeight) break;
    weight *= 0.1;
  }
  steps_left_ = kCold.newton_limit;
  system_.set_anchor(kAnchor, point_.price);
  return finish(kCold);
}

void NewtonSolver::write(const Numbers& numbers, Solution& solution) const {
  problem_.from_scaled(point_.x, point_.price, solution);
  for (double& price : solution.price) price = std::max(0.0, price);
  for (Index j = 0; j < problem_.cols; ++j) {
    const bool full = point_.x[j] >= problem_.upper[j];
    solution.activity[j] = full ? numbers.upper[j] : std::min(solution.activity[j], numbers.upper[j]);
  }
}

std::unique_ptr<Solver> make_newton_solver(const Topology& topology) {
  return with_canonical_prices(topology, std::make_unique<NewtonSolver>(topology));
}

}  // namespace lodestone::market
