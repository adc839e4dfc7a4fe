// What sets of pillars do to the headline of a thesis, and what that says of it.
#pragma once

#include <string>
#include <vector>

#include "lodestone/explore/bootstrap.hpp"
#include "lodestone/insight/thesis.hpp"

namespace lodestone::insight {

/// What a set of pillars does to the headline, per future.
struct Effects {
  std::vector<std::vector<double>> joint;        // [subset][future]: headline without any pillar less that with these
  std::vector<std::vector<double>> interaction;  // the same, less the sum of its parts alone with their shares
  std::vector<double> escapes;                   // per subset: share of futures that meet every criterion
};
Effects effects_of(const BudgetOutcome& budget, const ThesisFile& thesis);

/// True: what was stated beforehand has come out, and the thesis is refuted at this budget.
bool came_out(Refutation refutation, const BudgetOutcome& budget, const ThesisFile& thesis);

/// Of the numbers that are there; NaN: none is.
double mean_of(const std::vector<double>& x);
/// 5 to 95 % of their mean over resampled futures.
explore::Interval mean_interval(const std::vector<double>& x);
/// Mean of the first criterion.
double headline(const BudgetOutcome& budget, std::size_t subset);
/// All subsets, least of the headline first.
std::vector<std::size_t> by_headline(const BudgetOutcome& budget);
/// The smaller set that leaves least of the headline.
std::size_t best_smaller(const BudgetOutcome& budget);
/// "mining + finance"
std::string name_of_set(std::size_t subset, const ThesisFile& thesis);

}  // namespace lodestone::insight
