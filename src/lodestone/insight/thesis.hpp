// A thesis put to the test: every subset of its pillars spends the same public money, and what comes out is held
// against what was said beforehand. docs/thesis.md.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "lodestone/explore/bootstrap.hpp"
#include "lodestone/explore/spending.hpp"
#include "lodestone/insight/thesis_file.hpp"

namespace lodestone::insight {

/// What a subset of pillars does with a budget.
struct SubsetOutcome {
  std::size_t subset = 0;          // bit i: pillar i is in
  std::vector<double> magnitudes;  // per part, in the order of the pillars
  std::vector<double> spent;       // the same, million USD in present value, mean over futures
  explore::SpendState state = explore::SpendState::searching;
  int tries = 0;
  std::vector<std::vector<double>> values;  // [criterion][future]; NaN: the future failed
  [[nodiscard]] double total() const;
};

struct BudgetOutcome {
  double budget = 0;                                     // million USD
  std::vector<SubsetOutcome> subsets;                    // by subset, 0 first: nothing is done
  std::vector<std::vector<std::vector<double>>> shares;  // headline [parts - 1][pillar][future]: alone with its share
};

struct ThesisOutcome {
  std::vector<BudgetOutcome> budgets;
  std::size_t futures = 0, runs = 0;
  std::vector<std::string> failures;
};

struct ThesisLabour {
  int threads = 1;
  int most_tries = 8;  // of a root search
  std::function<bool(int done, int all)> done;
};

/// Throws base::InputError when a criterion is no single number without a unit, or the books close outside the run.
void check_thesis(const Trials& trials, const ThesisFile& thesis);

/// `budgets` in million USD. Nothing when `done` says stop.
std::optional<ThesisOutcome> put_to_the_test(const Trials& trials, const ThesisFile& thesis,
                                             const std::vector<double>& budgets, const ThesisLabour& labour);

}  // namespace lodestone::insight
