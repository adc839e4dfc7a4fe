#include "lodestone/insight/calibration.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>

#include "lodestone/simulation/future.hpp"

namespace lodestone::insight {
namespace {

using Point = std::vector<double>;  // per free parameter, 0 at low and 1 at high

constexpr int kGrid = 5;         // values of a profile
constexpr double kStep = 0.1;    // of a sensitivity, share of the range
constexpr double kAlike = 0.95;  // cosine from which two parameters cannot be told apart
constexpr double kNoEffect = 1e-3;

struct Stopped {};

// Errors of every case at a point, each point once.
class Errors {
 public:
  struct At {
    std::vector<double> by_case;
    std::vector<double> logs;  // ln(modelled) of the headline figures of all cases; NaN where there is none
    std::vector<Score> scores;
    std::vector<double> no_change;
  };

  Errors(const std::vector<CaseFile>& cases, const std::vector<FreeParameter>& free, const Progress& progress)
      : cases_(cases), free_(free), progress_(progress) {}

  void expect(std::string what, int total) {
    what_ = std::move(what);
    total_ = total;
    done_ = 0;
  }

  const At& at(const Point& point) {
    ++done_;
    if (const auto known = known_.find(point); known != known_.end()) return known->second;
    if (!progress_(what_, done_, total_)) throw Stopped{};
    At at;
    for (const auto& file : cases_) add(file, parameters(point), at);
    ++evaluations;
    return known_.emplace(point, std::move(at)).first->second;
  }

  [[nodiscard]] Point values(const Point& point) const {
    Point out(point.size());
    for (std::size_t p = 0; p < point.size(); ++p)
      out[p] = free_[p].low + std::clamp(point[p], 0.0, 1.0) * (free_[p].high - free_[p].low);
    return out;
  }

  int evaluations = 0;

 private:
  const std::vector<CaseFile>& cases_;
  const std::vector<FreeParameter>& free_;
  const Progress& progress_;
  std::map<Point, At> known_;
  std::string what_;
  int done_ = 0, total_ = 0;

  [[nodiscard]] ParameterValues parameters(const Point& point) const {
    ParameterValues out;
    const Point value = values(point);
    for (std::size_t p = 0; p < value.size(); ++p) out[free_[p].id] = value[p];
    return out;
  }

  // A run that does not clear is as wrong as can be.
  static void add(const CaseFile& file, const ParameterValues& parameters, At& at) {
    base::Diagnostics diagnostics;
    const Case kase = assemble(file, parameters, diagnostics);
    if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
    try {
      const Backtest outcome = backtest(kase);
      at.by_case.push_back(case_error(kase, outcome));
      at.scores.push_back(headline_score(kase, outcome));
      at.no_change.push_back(at.scores.back().no_change_rms);
      for (std::size_t f = 0; f < kase.figures.size(); ++f)
        if (counts(kase, outcome, f)) at.logs.push_back(log_of(kase, outcome, f));
    } catch (const simulation::MonthNotCleared&) {
      at.by_case.push_back(kLargestError);
      at.scores.emplace_back();
      at.no_change.push_back(std::nan(""));
      for (std::size_t f = 0; f < kase.figures.size(); ++f) at.logs.push_back(std::nan(""));
    }
  }

 public:
  static bool counts(const Case& kase, const Backtest& outcome, std::size_t f) {
    const bool any = std::any_of(kase.series.begin(), kase.series.end(), [](const auto& s) { return s.headline; });
    const auto& series = kase.series[kase.figures[f].series];
    return outcome.figures[f].state == FigureState::scored && (!any || series.headline);
  }

 private:
  static double log_of(const Case& kase, const Backtest& outcome, std::size_t f) {
    const double modelled = outcome.figures[f].modelled;
    if (kase.series[kase.figures[f].series].kind == FigureKind::month) return modelled * kMonthAsError;
    return modelled > 0 ? std::log(modelled) : std::nan("");
  }
};

double mean_of(const std::vector<double>& by_case, const std::vector<std::size_t>& fitted) {
  double sum = 0;
  for (const std::size_t c : fitted) sum += by_case[c];
  return sum / static_cast<double>(fitted.size());
}

// One search over some of the cases.
class Search {
 public:
  Search(Errors& errors, std::vector<std::size_t> fitted, const Point& start)
      : errors_(errors), fitted_(std::move(fitted)), best_(start), best_error_(value(start)) {}

  void run(int budget) {
    minimise(NLOPT_GN_DIRECT_L, budget / 2);
    minimise(NLOPT_LN_SBPLX, budget - budget / 2);
    if (stopped_) throw Stopped{};
  }

  [[nodiscard]] const Point& best() const { return best_; }

 private:
  Errors& errors_;
  std::vector<std::size_t> fitted_;
  Point best_;
  double best_error_;
  bool stopped_ = false;
  nlopt_opt method_ = nullptr;
  std::exception_ptr failure_;

  double value(const Point& point) { return mean_of(errors_.at(point).by_case, fitted_); }

  double judge(const Point& point) {
    const double error = value(point);
    if (error < best_error_) {
      best_error_ = error;
      best_ = point;
    }
    return error;
  }

  // NLopt is C: nothing may be thrown through it.
  static double called(unsigned n, const double* x, double*, void* data) {
    auto& search = *static_cast<Search*>(data);
    try {
      return search.judge(Point(x, x + n));
    } catch (const Stopped&) {
      search.stopped_ = true;
    } catch (...) {
      search.failure_ = std::current_exception();
    }
    nlopt_force_stop(search.method_);
    return kLargestError;
  }

  void minimise(nlopt_algorithm algorithm, int evaluations) {
    if (stopped_ || evaluations < 1) return;
    const auto n = static_cast<unsigned>(best_.size());
    const std::unique_ptr<std::remove_pointer_t<nlopt_opt>, decltype(&nlopt_destroy)> method(nlopt_create(algorithm, n),
                                                                                             nlopt_destroy);
    method_ = method.get();
    nlopt_set_min_objective(method_, called, this);
    nlopt_set_lower_bounds1(method_, 0);
    nlopt_set_upper_bounds1(method_, 1);
    nlopt_set_maxeval(method_, evaluations);
    nlopt_set_initial_step1(method_, 0.2);
    nlopt_set_xtol_abs1(method_, 1e-3);
    Point x = best_;
    double ignored = 0;
    nlopt_optimize(method_, x.data(), &ignored);
    if (failure_) std::rethrow_exception(failure_);
  }
};

Fit fit_at(Errors& errors, const Point& point, const std::vector<std::size_t>& fitted) {
  const auto& at = errors.at(point);
  return {errors.values(point), mean_of(at.by_case, fitted), at.by_case};
}

double along(Point point, std::size_t p, double x, Errors& errors, const std::vector<std::size_t>& all) {
  point[p] = x;
  return mean_of(errors.at(point).by_case, all);
}

// Moves one parameter over its range and sees where the error stays near the best.
void profile(Errors& errors, const Point& best, const std::vector<std::size_t>& all, Calibration& out) {
  const double bound = (1 + kKept) * mean_of(errors.at(best).by_case, all);
  for (std::size_t p = 0; p < best.size(); ++p) {
    double low = best[p], high = best[p];
    for (int k = 0; k < kGrid; ++k) {
      const double x = static_cast<double>(k) / (kGrid - 1);
      if (along(best, p, x, errors, all) > bound) continue;
      low = std::min(low, x);
      high = std::max(high, x);
    }
    Point at_low = best, at_high = best;
    at_low[p] = low;
    at_high[p] = high;
    out.identified.push_back({errors.values(at_low)[p], errors.values(at_high)[p], 0});
  }
}

double norm(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) sum += x * x;
  return std::sqrt(sum);
}

// How all figures answer to each parameter, and which answers are alike.
void compare_effects(Errors& errors, const Point& best, Calibration& out) {
  const std::vector<double> here = errors.at(best).logs;
  std::vector<std::vector<double>> effects;
  for (std::size_t p = 0; p < best.size(); ++p) {
    Point moved = best;
    const double step = best[p] + kStep <= 1 ? kStep : -kStep;
    moved[p] += step;
    const auto& there = errors.at(moved).logs;
    std::vector<double> effect(here.size(), 0.0);
    for (std::size_t f = 0; f < here.size() && f < there.size(); ++f)
      if (!std::isnan(here[f]) && !std::isnan(there[f])) effect[f] = (there[f] - here[f]) / step;
    out.identified[p].effect = here.empty() ? 0 : norm(effect) / std::sqrt(static_cast<double>(here.size()));
    effects.push_back(std::move(effect));
  }
  for (std::size_t a = 0; a < effects.size(); ++a)
    for (std::size_t b = a + 1; b < effects.size(); ++b) {
      if (out.identified[a].effect < kNoEffect || out.identified[b].effect < kNoEffect) continue;
      double dot = 0;
      for (std::size_t f = 0; f < here.size(); ++f) dot += effects[a][f] * effects[b][f];
      const double cosine = dot / (norm(effects[a]) * norm(effects[b]));
      if (std::abs(cosine) >= kAlike) out.alike.push_back({a, b, cosine});
    }
}

void search_all(Errors& errors, const Point& start, int budget, Calibration& out) {
  std::vector<std::size_t> all(out.cases.size());
  for (std::size_t c = 0; c < all.size(); ++c) all[c] = c;
  errors.expect("start", 1);
  out.start = out.best = fit_at(errors, start, all);
  out.scores = errors.at(start).scores;
  out.no_change = errors.at(start).no_change;
  errors.expect("fit", budget);
  Search search(errors, all, start);
  const auto keep_best = [&] {  // a point that was run: nothing is run again
    out.best = fit_at(errors, search.best(), all);
    out.scores = errors.at(search.best()).scores;
  };
  try {
    search.run(budget);
  } catch (const Stopped&) {
    keep_best();
    throw;
  }
  keep_best();
  for (std::size_t left = 0; left < all.size() && all.size() > 1; ++left) {
    std::vector<std::size_t> others = all;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left));
    errors.expect("without " + out.cases[left], budget);
    Search without(errors, others, start);
    without.run(budget);
    out.left_out.push_back(fit_at(errors, without.best(), others));
  }
  errors.expect("profiles", static_cast<int>(start.size()) * (kGrid + 1));
  profile(errors, search.best(), all, out);
  compare_effects(errors, search.best(), out);
}

}  // namespace

double case_error(const Case& kase, const Backtest& outcome) {
  double sum = 0;
  int count = 0;
  for (std::size_t f = 0; f < kase.figures.size(); ++f) {
    if (!Errors::counts(kase, outcome, f)) continue;
    const double found = outcome.figures[f].error;
    const bool month = kase.series[kase.figures[f].series].kind == FigureKind::month;
    const double error = std::isnan(found) ? kLargestError : month ? found * kMonthAsError : found;
    sum += std::pow(std::clamp(error, -kLargestError, kLargestError), 2);
    ++count;
  }
  return count > 0 ? std::sqrt(sum / count) : 0;
}

Calibration calibrate(const std::vector<CaseFile>& cases, std::vector<FreeParameter> free, int budget,
                      const Progress& progress) {
  Calibration out;
  out.free = std::move(free);
  Point start;
  for (const auto& parameter : out.free)
    start.push_back(std::clamp((parameter.start - parameter.low) / (parameter.high - parameter.low), 0.0, 1.0));
  for (const auto& file : cases) out.cases.push_back(file.head.values.text("id"));
  Errors errors(cases, out.free, progress);
  try {
    search_all(errors, start, budget, out);
  } catch (const Stopped&) {
    out.interrupted = true;
  }
  out.evaluations = errors.evaluations;
  return out;
}

}  // namespace lodestone::insight
