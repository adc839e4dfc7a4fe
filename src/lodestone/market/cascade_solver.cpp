// The production solver: cheap methods first, each capped by counted work, each checked before it is believed.
//
//   warm   the homotopy from last month's point, or Newton from there: whichever took less work lately
//   cold   interior point, or Newton where nearly every column is curved; then the other of the two
//   slow   Newton with more damping, then prices let go slowly
//
// A warm method may spend twice what a cold solve is expected to take, so that a month costs at most about three times
// the better of the two. Work is counted in breakpoints of the homotopy. Nothing looks at a clock, and what is kept
// from month to month changes the work, not the answer; a cold start forgets all of it. Source: docs/market.md.
#include <algorithm>
#include <cmath>

#include "lodestone/market/homotopy_solver.hpp"
#include "lodestone/market/interior_newton.hpp"
#include "lodestone/market/newton_solver.hpp"
#include "lodestone/market/solution_check.hpp"

namespace lodestone::market {
namespace {

constexpr double kGood = 1e-11;     // largest residual of an answer that needs no second opinion
constexpr double kAccepted = 1e-8;  // ... and of one that is taken when nobody finds a better one
// Breakpoints that take as long as one step of the others, measured by bench_market: medium and large markets, and for
// Newton the real chain, where nearly every column is curved and H is dense.
constexpr double kNewtonStep = 12, kDenseNewtonStep = 25;
constexpr double kInteriorStep = 20;
constexpr double kFirstColdGuess = 400;  // twenty interior steps
constexpr double kPatience = 2;        // a warm method may take twice as long as a cold solve: what is done is not lost
constexpr double kMostlyCurved = 0.9;  // share of the columns with curvature above which Newton is the cold method
constexpr double kMemory = 0.125;      // weight of the last month in a running mean
constexpr double kSecondThought = 0.98;  // per month, of the expectation of the method not used

/// What a method is expected to take, from what it took.
class Expectation {
 public:
  explicit Expectation(double guess) : mean_(guess) {}
  [[nodiscard]] double value() const { return mean_; }
  void note(double work) {
    mean_ = known_ ? mean_ + kMemory * (work - mean_) : work;
    known_ = true;
  }
  void fade() { mean_ *= kSecondThought; }

 private:
  double mean_;
  bool known_ = false;
};

class CascadeSolver final : public Solver {
 public:
  explicit CascadeSolver(const Topology& topology)
      : newton_(topology),
        interior_(newton_),
        path_(topology),
        check_(topology),
        kept_(Solution::zeros(topology)),
        settling_(HomotopySolver::settling(topology)) {}

  Report solve(const Numbers& numbers, Solution& solution, Start start) override {
    report_ = {Outcome::numerical_failure, {}};
    const bool is_warm = start == Start::warm;
    if (!is_warm) expected_ = {};
    newton_step_ = kNewtonStep;
    has_kept_ = false;
    const bool done =
        (is_warm && (prefers_path(solution) ? follow(numbers, solution) : newton_warm(numbers, solution))) ||
        cold(numbers, solution);
    if (!done && has_kept_) {
      std::copy(kept_.activity.begin(), kept_.activity.end(), solution.activity.begin());
      std::copy(kept_.price.begin(), kept_.price.end(), solution.price.begin());
      report_.outcome = Outcome::solved;
    } else if (!done && report_.outcome == Outcome::solved) {
      report_.outcome = Outcome::numerical_failure;  // failed its check
    }
    return report_;
  }

  [[nodiscard]] const char* name() const override { return "cascade"; }

 private:
  struct Expected {
    Expectation path{0}, newton{kFirstColdGuess / 2}, cold{kFirstColdGuess};
  };

  [[nodiscard]] bool path_is_cheaper() const { return expected_.path.value() <= expected_.newton.value(); }
  [[nodiscard]] bool prefers_path(const Solution& solution) const {
    return path_is_cheaper() && path_.continues(solution);
  }

  [[nodiscard]] double work_of(const Work& work) const {
    return static_cast<double>(work.breakpoints) + newton_step_ * static_cast<double>(work.newton_steps) +
           kInteriorStep * static_cast<double>(work.interior_steps);
  }

  // Adds what a method did and takes its answer if it passes, with open prices where every method puts them; the next
  // path starts there.
  bool holds(const Report& report, const Numbers& numbers, Solution& solution) {
    note(report);
    if (report.outcome != Outcome::solved) return false;
    const double worst = check_.worst(numbers, solution);
    if (!(worst <= kAccepted)) return false;
    const Report settled = path_.settle(numbers, solution, settling_);
    report_.work += settled.work;
    const bool moved = settled.outcome == Outcome::solved;  // and so a second opinion
    return passes(moved ? std::min(worst, path_.residual()) : worst, solution);
  }

  void note(const Report& report) {
    report_.work += report.work;
    report_.outcome = report.outcome;
  }

  bool passes(double worst, const Solution& solution) {
    if (worst <= kGood) return true;
    keep(worst, solution);
    return false;
  }

  // The best of those that are good enough in the end.
  void keep(double worst, const Solution& solution) {
    if (!(worst <= (has_kept_ ? kept_worst_ : kAccepted))) return;
    kept_ = solution;
    kept_worst_ = worst;
    has_kept_ = true;
  }

  bool follow(const Numbers& numbers, Solution& solution) {
    const Report report = path_.follow(numbers, solution, std::llround(kPatience * expected_.cold.value()));
    note(report);
    const bool solved = report.outcome == Outcome::solved && passes(path_.residual(), solution);
    expected_.path.note(work_of(report.work) + (solved ? 0 : expected_.cold.value()));
    expected_.newton.fade();
    return solved;
  }

  bool newton_warm(const Numbers& numbers, Solution& solution) {
    weigh_newton(numbers);
    newton_.load(numbers);
    const int limit = static_cast<int>(std::ceil(kPatience * expected_.cold.value() / newton_step_));
    const double before = work_of(report_.work);
    const bool solved = holds(newton_.report(newton_.warm(solution, limit), numbers, solution), numbers, solution);
    expected_.path.fade();
    expected_.newton.note(work_of(report_.work) - before + (solved ? 0 : expected_.cold.value()));
    return solved;
  }

  bool cold(const Numbers& numbers, Solution& solution) {
    const bool newton_first = weigh_newton(numbers);
    const double before = work_of(report_.work);
    const bool solved = newton_first ? newton_cold(numbers, solution) || middle(numbers, solution)
                                     : middle(numbers, solution) || newton_cold(numbers, solution);
    expected_.cold.note(work_of(report_.work) - before);
    return solved || slow(numbers, solution);
  }

  bool newton_cold(const Numbers& numbers, Solution& solution) {
    newton_.load(numbers);
    return holds(newton_.report(newton_.cold(), numbers, solution), numbers, solution);
  }

  bool middle(const Numbers& numbers, Solution& solution) {
    return holds(interior_.solve(numbers, solution), numbers, solution);
  }

  bool slow(const Numbers& numbers, Solution& solution) {
    newton_.load(numbers);
    if (holds(newton_.report(newton_.careful(), numbers, solution), numbers, solution)) return true;
    newton_.load(numbers);
    return holds(newton_.report(newton_.follow_market(), numbers, solution), numbers, solution);
  }

  // Says whether nearly every column is curved.
  bool weigh_newton(const Numbers& numbers) {
    const bool curved = mostly_curved(numbers);
    newton_step_ = curved ? kDenseNewtonStep : kNewtonStep;
    return curved;
  }

  static bool mostly_curved(const Numbers& numbers) {
    const auto curved =
        std::count_if(numbers.curvature.begin(), numbers.curvature.end(), [](double q) { return q > 0; });
    return static_cast<double>(curved) > kMostlyCurved * static_cast<double>(numbers.curvature.size());
  }

  NewtonSolver newton_;
  InteriorNewton interior_;
  HomotopySolver path_;
  SolutionCheck check_;
  Solution kept_;
  std::int64_t settling_;
  double kept_worst_ = 0;
  bool has_kept_ = false;
  Expected expected_;
  double newton_step_ = kNewtonStep;
  Report report_;
};

}  // namespace

std::unique_ptr<Solver> make_cascade_solver(const Topology& topology) {
  return std::make_unique<CascadeSolver>(topology);
}

}  // namespace lodestone::market
