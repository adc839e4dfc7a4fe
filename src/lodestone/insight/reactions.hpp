// What the rules of governments did in a run, from its results.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"

namespace lodestone::insight {

/// Every decision of the run: when, whose, on what value, with what odds, what it brought. Nothing when there was none.
std::optional<Table> decisions(const store::Results& results);

/// The same in a sentence: how often, from when on, by whom. Empty when there was none.
std::string decisions_in_short(const store::Results& results);

/// Rules whose levers were in force in some month up to this one.
std::vector<std::string> rules_that_acted(const store::Results& results, base::Month month);

/// Why an actor did what it did in a month, or did nothing: every rule of its, what it saw, what it drew. Throws
/// base::InputError with the nearest name when the run has no rules of this actor.
Report why_actor(const store::Results& results, const std::string& actor, base::Month month);

}  // namespace lodestone::insight
