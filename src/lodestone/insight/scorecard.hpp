// The scorecard: how likely each proposition is, how sure of it the futures are, what it hangs on, and how forecasts
// did once the outcome was known. docs/scorecard.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lodestone/dataset/money.hpp"
#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/insight/propositions.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// Ensembles that answer the same propositions, with what was known at different times.
struct Forecasts {
  const ensemble::EnsembleFile* main = nullptr;
  const ensemble::EnsembleFile* earlier = nullptr;  // with less known; null: none
  const ensemble::EnsembleFile* base = nullptr;     // what happens anyway, the base rate; null: none
};

/// Probability of each proposition with its 90 % interval (Wilson), its spread over structural switches, its drivers
/// and base rate; Brier and log scores of those that are settled, for ensembles that could not know the outcome.
Report scorecard(const Forecasts& forecasts, const Propositions& propositions);

/// The same of one run: which propositions hold in it.
Report scorecard(const Replay& replay, const dataset::Money& money, const Propositions& propositions);

/// Those without an expression, and why.
Table not_expressible_table(const Propositions& propositions);

/// Statements beside the expressions that stand for them.
Table readings_table(const Propositions& propositions);

/// (p - o)^2, and -ln of the probability given to what came out. A probability of 0 or 1 counts as half a future of n
/// away from it.
struct ForecastScore {
  double brier = 0, log = 0;
};
ForecastScore score(double probability, std::size_t futures, bool outcome);

}  // namespace lodestone::insight
