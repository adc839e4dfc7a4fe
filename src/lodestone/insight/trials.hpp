// A scenario tried with packages added to it, in the same futures each time: what comes out and what it costs.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/dataset/money.hpp"
#include "lodestone/dataset/tables.hpp"
#include "lodestone/insight/expression.hpp"
#include "lodestone/insight/expression_leaves.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/insight/packages.hpp"

namespace lodestone::insight {

struct Measure {
  std::string text;  // docs/expressions.md
  base::Place place;
};

struct TrialRules {
  std::vector<Measure> measures;
  double discount_rate = 0;                // a year, real
  std::optional<base::Month> books_close;  // first month whose costs no longer count; nothing: all of the run counts
};

struct Trial {
  std::string failure;         // why there is no result; empty: there is one
  std::vector<Values> values;  // per measure
  std::vector<double> cost;    // per package of the file, USD of 2024 in present value at the start of the run
  /// Months that each friction (in the order of kStalls) held projects back, each project weighted by its cost.
  std::array<double, kStalls.size()> held_back{};
  double waiting = 0;  // the same of all months in which they were not yet being built or were held back
  [[nodiscard]] double total() const;
};

struct TrialJob {
  std::size_t future = 0;
  std::vector<Chosen> chosen;
  std::optional<int> months;  // shorter than the scenario; measures are not read then
};

class Trials {
 public:
  /// `members` futures drawn as an ensemble of the scenario draws them; 0: one, with every figure as it stands. Throws
  /// base::InputError with what is wrong in the scenario, the packages and the measures.
  Trials(dataset::RawDataset raw, const std::string& text, const std::string& file, int members, TrialRules rules,
         const Packages& packages);

  [[nodiscard]] std::size_t futures() const { return futures_.size(); }
  [[nodiscard]] const policy::Scenario& scenario() const { return futures_.front().scenario; }
  [[nodiscard]] const world::World& world() const { return *futures_.front().world; }
  /// Types of the measures.
  [[nodiscard]] const std::vector<Type>& types() const { return types_; }
  /// May be called by several threads at once.
  [[nodiscard]] Trial run(const TrialJob& job) const;
  /// All of them, in their order; nothing when `done` says stop.
  [[nodiscard]] std::vector<Trial> run(const std::vector<TrialJob>& jobs, int threads,
                                       const std::function<bool(int done, int all)>& done) const;

 private:
  dataset::RawDataset raw_;
  TrialRules rules_;
  const Packages& packages_;
  std::vector<OneFuture> futures_;
  std::vector<Type> types_;
};

}  // namespace lodestone::insight
