#include "lodestone/insight/thesis_effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lodestone/explore/subsets.hpp"

namespace lodestone::insight {
namespace {

constexpr std::uint64_t kSeed = 1;  // of the resamples

}  // namespace

double mean_of(const std::vector<double>& x) {
  double sum = 0, count = 0;
  for (const double value : x)
    if (!std::isnan(value)) {
      sum += value;
      ++count;
    }
  return count > 0 ? sum / count : std::nan("");
}

explore::Interval mean_interval(const std::vector<double>& x) {
  return explore::bootstrap(x.size(), kSeed, [&](const std::vector<std::size_t>& again) {
    std::vector<double> drawn;
    for (const std::size_t i : again) drawn.push_back(x[i]);
    return mean_of(drawn);
  });
}

double headline(const BudgetOutcome& budget, std::size_t subset) {
  return mean_of(budget.subsets[subset].values.front());
}

std::vector<std::size_t> by_headline(const BudgetOutcome& budget) {
  std::vector<std::size_t> order(budget.subsets.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return headline(budget, a) < headline(budget, b); });
  return order;
}

std::size_t best_smaller(const BudgetOutcome& budget) {
  const auto order = by_headline(budget);
  return order.front() + 1 == budget.subsets.size() && order.size() > 1 ? order[1] : order.front();
}

std::string name_of_set(std::size_t subset, const ThesisFile& thesis) {
  if (subset == 0) return "none";
  std::vector<std::string> ids;
  for (const std::size_t i : explore::parts_of(subset)) ids.push_back(thesis.pillars.all()[i].id);
  return fmt::format("{}", fmt::join(ids, " + "));
}

Effects effects_of(const BudgetOutcome& budget, const ThesisFile& thesis) {
  Effects out;
  const auto& none = budget.subsets.front().values.front();
  for (const auto& subset : budget.subsets) {
    const auto parts = explore::parts_of(subset.subset);
    std::vector<double> joint(none.size()), rest(none.size());
    double escaped = 0, counted = 0;
    for (std::size_t f = 0; f < none.size(); ++f) {
      joint[f] = none[f] - subset.values.front()[f];
      rest[f] = joint[f];
      for (const std::size_t i : parts) rest[f] -= none[f] - budget.shares[parts.size() - 1][i][f];
      if (std::isnan(subset.values.front()[f])) continue;
      ++counted;
      bool all = true;
      for (std::size_t c = 0; c < thesis.criteria.size(); ++c)
        all = all && subset.values[c][f] <= thesis.criteria[c].at_most;
      if (all) ++escaped;
    }
    out.joint.push_back(std::move(joint));
    out.interaction.push_back(std::move(rest));
    out.escapes.push_back(counted > 0 ? escaped / counted : 0);
  }
  return out;
}

bool came_out(Refutation refutation, const BudgetOutcome& budget, const ThesisFile& thesis) {
  const auto effects = effects_of(budget, thesis);
  const std::size_t full = budget.subsets.size() - 1;
  switch (refutation) {
    case Refutation::smaller_set_escapes:
      return std::any_of(effects.escapes.begin(), effects.escapes.end() - 1,
                         [&](double share) { return share > 0 && share >= effects.escapes[full]; });
    case Refutation::full_set_fails:
      return effects.escapes[full] < 0.5;
    case Refutation::smaller_set_better:
      return headline(budget, best_smaller(budget)) < headline(budget, full);
    case Refutation::no_interaction:
      return !(mean_interval(effects.interaction[full]).low > 0);
  }
  return false;
}

}  // namespace lodestone::insight
