#include "lodestone/explore/cheapest.hpp"

#include <nlopt.h>

#include <algorithm>
#include <bit>
#include <exception>
#include <map>
#include <memory>

namespace lodestone::explore {
namespace {

using Point = std::vector<double>;

class Search {
 public:
  Search(std::size_t n, const Judge& judge, const CheapestOptions& options) : n_(n), judge_(judge), options_(options) {}

  Cheapest run() {
    const Point full(n_, 1.0);
    const auto most = at(full);
    if (most.slack < 0) return {false, full, most, tries()};
    keep(full, most);
    shrink([&](double t) { return Point(n_, t); });
    if (n_ > 1) {
      minimise();
      for (std::size_t i = 0; i < n_; ++i) {
        const Point from = best_.magnitudes;
        shrink([&](double t) {
          Point point = from;
          point[i] = t * from[i];
          return point;
        });
      }
    }
    best_.tries = tries();
    return best_;
  }

 private:
  std::size_t n_;
  const Judge& judge_;
  const CheapestOptions& options_;
  std::map<Point, Judged> known_;
  Cheapest best_;
  nlopt_opt method_ = nullptr;
  std::exception_ptr failure_;
  double scale_ = 1;  // of cost

  [[nodiscard]] int tries() const { return static_cast<int>(known_.size()); }
  [[nodiscard]] bool used_up() const { return tries() >= options_.most_tries; }

  Judged at(const Point& point) {
    const auto it = known_.find(point);
    if (it != known_.end()) return it->second;
    const Judged judged = judge_(point);
    known_.emplace(point, judged);
    if (judged.slack >= 0 && best_.suffices && judged.cost < best_.at.cost) keep(point, judged);
    return judged;
  }

  void keep(const Point& point, const Judged& judged) { best_ = {true, point, judged, 0}; }

  /// The smallest t in 0..1 at which it still suffices, by halving; at 1 it does.
  template <class At>
  void shrink(At point) {
    double enough = 1, too_little = 0;
    while (enough - too_little > options_.precision && !used_up()) {
      const double t = 0.5 * (enough + too_little);
      (at(point(t)).slack >= 0 ? enough : too_little) = t;
    }
  }

  // NLopt is C: nothing may be thrown through it.
  template <class Value>
  double guarded(const double* x, Value value) {
    try {
      const Point point(x, x + n_);
      if (!known_.contains(point) && used_up())
        nlopt_force_stop(method_);
      else
        return value(at(point));
    } catch (...) {
      failure_ = std::current_exception();
      nlopt_force_stop(method_);
    }
    return 0;
  }
  static double cost_of(unsigned, const double* x, double*, void* data) {
    auto& search = *static_cast<Search*>(data);
    return search.guarded(x, [&](const Judged& judged) { return judged.cost / search.scale_; });
  }
  static double shortfall_of(unsigned, const double* x, double*, void* data) {
    return static_cast<Search*>(data)->guarded(x, [](const Judged& judged) { return -judged.slack; });
  }

  void minimise() {
    scale_ = std::max(1e-9, best_.at.cost);
    const std::unique_ptr<std::remove_pointer_t<nlopt_opt>, decltype(&nlopt_destroy)> method(
        nlopt_create(NLOPT_LN_COBYLA, static_cast<unsigned>(n_)), nlopt_destroy);
    method_ = method.get();
    nlopt_set_min_objective(method_, cost_of, this);
    nlopt_add_inequality_constraint(method_, shortfall_of, this, 0);
    nlopt_set_lower_bounds1(method_, 0);
    nlopt_set_upper_bounds1(method_, 1);
    nlopt_set_maxeval(method_, std::max(1, options_.most_tries - tries()));
    nlopt_set_initial_step1(method_, 0.2);
    nlopt_set_xtol_abs1(method_, options_.precision);
    Point x = best_.magnitudes;
    double ignored = 0;
    nlopt_optimize(method_, x.data(), &ignored);
    if (failure_) std::rethrow_exception(failure_);
  }
};

}  // namespace

Cheapest cheapest(std::size_t measures, const Judge& judge, const CheapestOptions& options) {
  return Search(measures, judge, options).run();
}

int last_that_holds(int most, const std::function<bool(int)>& holds) {
  if (!holds(0)) return -1;
  if (holds(most)) return most;
  int last = 0, not_any_more = most;
  while (not_any_more - last > 1) {
    const int middle = last + (not_any_more - last) / 2;
    (holds(middle) ? last : not_any_more) = middle;
  }
  return last;
}

std::vector<std::size_t> small_subsets(std::size_t n, std::size_t largest) {
  std::vector<std::size_t> out;
  for (std::size_t s = 1; s < std::size_t{1} << n; ++s)
    if (static_cast<std::size_t>(std::popcount(s)) <= largest) out.push_back(s);
  std::stable_sort(out.begin(), out.end(),
                   [](std::size_t a, std::size_t b) { return std::popcount(a) < std::popcount(b); });
  return out;
}

}  // namespace lodestone::explore
