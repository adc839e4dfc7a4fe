#include "tests/market/soak/soak.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>

#include "lodestone/market/certificate.hpp"
#include "lodestone/store/mps_file.hpp"
#include "tests/support/agreement.hpp"
#include "tests/support/clp_solver.hpp"
#include "tests/support/ipopt_solver.hpp"

namespace lodestone::market::test {
namespace {

constexpr Index kLemkeSize = 260;  // unknowns above which its tableau takes too long
constexpr double kObjective = 1e-8;
constexpr double kFaintPrice = 1e-6;
constexpr double kIpoptObjective = 1e-7;

// The same program with typical prices, activities and money of 1: tolerances of other solvers know no units.
RandomMarket in_typical_units(const Topology& t, const Numbers& n) {
  RandomMarket out{t, n};
  out.topology.money_scale = 1;
  std::fill(out.topology.price_scale.begin(), out.topology.price_scale.end(), 1.0);
  for (Index j = 0; j < t.cols; ++j) {
    const double value = t.activity_value(j);
    out.numbers.cost[j] /= value;
    out.numbers.curvature[j] *= t.money_scale / (value * value);
    out.numbers.upper[j] *= value / t.money_scale;
    for (Index k = t.col_start[j]; k < t.col_start[j + 1]; ++k) {
      out.topology.coef[k] *= t.price_scale[t.row_of[k]] / value;
    }
  }
  for (Index i = 0; i < t.rows; ++i) out.numbers.rhs[i] /= t.quantity_scale(i);
  return out;
}

// One market with its months and who can say whether they are right.
class Soak {
 public:
  Soak(std::uint64_t seed, std::unique_ptr<Solver> (*make)(const Topology&))
      : seed_(seed), shape_(soak_shape(seed)), market_(random_market(shape_)), solver_(make(market_.topology)) {}

  SoakCount run() {
    Solution solution = Solution::zeros(market_.topology);
    for (int month = 0; month < kSoakMonths; ++month) {
      months_.push_back(numbers_of(month));
      ++count_.months;
      const Report report = solver_->solve(months_.back(), solution, month == 0 ? Start::cold : Start::warm);
      if (report.outcome != Outcome::solved) {
        fail(to_string(report.outcome), true);
        continue;
      }
      const Certificate certificate = certify(market_.topology, months_.back(), solution);
      count_.worst_certificate = std::max(count_.worst_certificate, certificate.worst());
      const std::string what =
          certificate.holds(kTolerance) ? compare(solution) : explain(certificate, kTolerance, {}, {});
      if (what.empty()) {
        ++count_.solved;
      } else {
        fail(what, false);
      }
    }
    return std::move(count_);
  }

 private:
  Numbers numbers_of(int month) const {
    const std::uint64_t seed = seed_ * kSoakMonths + static_cast<std::uint64_t>(month);
    if (month == 0) return market_.numbers;
    if (month % 2 == 1) return next_month(market_.topology, market_.numbers, months_.back(), seed);
    return stressed_month(market_.topology, market_.numbers, shape_.regions, seed);
  }

  // Empty when an independent solver agrees, or when none could be found.
  std::string compare(const Solution& solution) {
    const Topology& t = market_.topology;
    const Numbers program = store::linearised(t, months_.back(), solution.price);
    const auto curved = [](double q) { return q > 0; };
    if (std::none_of(program.curvature.begin(), program.curvature.end(), curved)) return ask_clp(program, solution);
    if (unknowns(program) <= kLemkeSize) return ask_lemke(solution);
    return ask_ipopt(program, solution);
  }

  Index unknowns(const Numbers& program) const {
    Index out = market_.topology.rows;
    for (const double u : program.upper) out += u > 0 ? (std::isinf(u) ? 1 : 2) : 0;
    return out;
  }

  // At the prices found, the activities found must be optimal for the program with ad-valorem money fixed.
  std::string ask_clp(const Numbers& program, const Solution& solution) {
    const RandomMarket typical = in_typical_units(market_.topology, program);
    ClpSolver clp(typical.topology, std::vector<bool>(solution.activity.size(), false), 1);
    ClpResult r;
    clp.solve(typical.numbers, false, r);
    if (!r.optimal) return no_witness();
    const std::string off =
        same_objective("Clp", program, solution, r.objective * market_.topology.money_scale, kObjective);
    // A row may be short by Clp's tolerance, which far prices make worth much: where they differ a third one is asked.
    if (!off.empty() && unknowns(program) <= reference_size_limit / 4) return ask_lemke_for_program(program, solution);
    ++count_.by_clp;
    return off;
  }

  std::string ask_ipopt(const Numbers& program, const Solution& solution) {
    static std::mutex one_at_a_time;  // its linear solver keeps state outside the problem
    const std::scoped_lock lock(one_at_a_time);
    IpoptSolver ipopt(market_.topology);
    IpoptResult r;
    ipopt.solve(program, r);
    if (!r.optimal) return no_witness();
    ++count_.by_ipopt;
    return same_objective("Ipopt", program, solution, r.objective, kIpoptObjective);
  }

  std::string ask_lemke(const Solution& solution) {
    Solution reference = Solution::zeros(market_.topology);
    const auto lemke = make_reference_solver(market_.topology);
    if (lemke->solve(months_.back(), reference, Start::cold).outcome != Outcome::solved) return no_witness();
    if (!certify(market_.topology, months_.back(), reference).holds(kTolerance)) return no_witness();
    ++count_.by_lemke;
    // Several equilibria are possible where ad-valorem wedges meet straight supply and demand.
    if (shape_.wedges && (shape_.straight || shape_.ties)) return "";
    const Difference off = difference(market_.topology, months_.back(), reference, solution);
    // Over nine orders of magnitude some prices hang on quantities that are themselves near rounding.
    const double price = off.price <= (shape_.spread ? kFaintPrice : kObjective) ? 0 : off.price;
    const double worst = std::max(price, std::max(off.objective, off.activity));
    return worst <= kObjective ? "" : fmt::format("differs from Lemke's method by {:.1e}", worst);
  }

  std::string ask_lemke_for_program(const Numbers& program, const Solution& solution) {
    Solution reference = Solution::zeros(market_.topology);
    const auto lemke = make_reference_solver(market_.topology);
    const bool solved = lemke->solve(program, reference, Start::cold).outcome == Outcome::solved;
    if (!solved || !certify(market_.topology, program, reference).holds(kTolerance)) return no_witness();
    ++count_.by_lemke;
    const double other = objective(program, reference.activity);
    return same_objective("Lemke's method", program, solution, other, kObjective);
  }

  std::string same_objective(const char* who, const Numbers& program, const Solution& solution, double other,
                             double tolerance) const {
    const double ours = objective(program, solution.activity);
    double turnover = market_.topology.money_scale;
    for (std::size_t j = 0; j < solution.activity.size(); ++j) {
      turnover += std::abs(program.cost[j] * solution.activity[j]);
    }
    const double off = std::abs(ours - other) / turnover;
    return off <= tolerance ? "" : fmt::format("objective {} but {} by {}, off by {:.1e}", ours, other, who, off);
  }

  std::string no_witness() {
    ++count_.without_witness;
    return "";
  }

  void fail(const std::string& what, bool flagged) {
    ++(flagged ? count_.flagged : count_.silent);
    SoakFailure failure{.seed = seed_, .what = what, .flagged = flagged, .problem = {}};
    failure.problem.name = fmt::format("soak {}: {}", seed_, what);
    failure.problem.topology = market_.topology;
    for (std::size_t k = 0; k < months_.size(); ++k) {
      failure.problem.periods.push_back({.label = std::to_string(k + 1), .numbers = months_[k], .reference = {}});
    }
    count_.failures.push_back(std::move(failure));
  }

  std::uint64_t seed_;
  MarketShape shape_;
  RandomMarket market_;
  std::unique_ptr<Solver> solver_;
  std::vector<Numbers> months_;
  SoakCount count_;
};

}  // namespace

void SoakCount::add(const SoakCount& other) {
  for (const auto member :
       {&SoakCount::months, &SoakCount::solved, &SoakCount::flagged, &SoakCount::silent, &SoakCount::by_clp,
        &SoakCount::by_ipopt, &SoakCount::by_lemke, &SoakCount::without_witness}) {
    this->*member += other.*member;
  }
  worst_certificate = std::max(worst_certificate, other.worst_certificate);
  failures.insert(failures.end(), other.failures.begin(), other.failures.end());
}

MarketShape soak_shape(std::uint64_t seed) {
  MarketShape shape = nth_shape(seed);  // all combinations of kinds
  shape.highest_tariff = 2.0;
  const auto size = static_cast<int>((seed * 0x9e3779b97f4a7c15u) >> 33);
  shape.products = 1 + size % 6;
  shape.regions = 1 + size / 6 % 7;
  if (seed % 10 == 3) shape.regions = 8 + size / 6 % 13;
  if (seed % 100 == 17) shape.regions = 21 + size / 6 % 20;
  if (seed % 1000 == 71) shape.regions = 80;
  return shape;
}

SoakCount soak(std::uint64_t seed, std::unique_ptr<Solver> (*make)(const Topology&)) {
  return Soak(seed, make).run();
}

}  // namespace lodestone::market::test
