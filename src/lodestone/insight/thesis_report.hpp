// What the test of a thesis says: the answer in a sentence, then every subset, what each pillar buys, what refutes it.
#pragma once

#include "lodestone/insight/page.hpp"
#include "lodestone/insight/thesis_effects.hpp"

namespace lodestone::insight {

/// What a budget buys, in a sentence without its end.
std::string budget_sentence(const BudgetOutcome& budget, const ThesisFile& thesis);

/// `scenario` is its title.
Report thesis_report(const ThesisOutcome& outcome, const ThesisFile& thesis, const std::string& scenario);
/// One row per budget, subset and future: magnitudes, costs, criteria.
Table thesis_futures(const ThesisOutcome& outcome, const ThesisFile& thesis);
/// The report as a page of its own, with what each subset leaves as bars.
Page thesis_page(const ThesisOutcome& outcome, const ThesisFile& thesis, const std::string& scenario);

}  // namespace lodestone::insight
