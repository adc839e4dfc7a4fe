// Dated, measurable claims about the race, as they stand in a file: docs/scorecard.md.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/option.hpp"

namespace lodestone::insight {

struct Prediction {
  std::string id, horizon, claim;  // "S03", "short", the claim in the words of whoever made it
  std::string statement;           // what would have to be measured, with thresholds and dates
  std::string settles;             // which publications settle it
  base::Date settle_by;
  std::string expression;  // docs/expressions.md; empty when the model cannot say it
  base::Place place;       // of the expression
  std::string stands_for;  // how the expression differs from the statement; empty: it does not
  std::string why_not;     // why there is no expression
  // What came out, where it is known.
  std::optional<bool> outcome;
  base::Date settled;  // when it was known
  std::string evidence;
};

struct Propositions {
  std::string title, source;
  base::Date made;  // what was known then is what a forecast may rest on
  std::vector<Prediction> all;
  [[nodiscard]] const Prediction* find(const std::string& id) const;
};

/// Keys of the table [about] and of the tables [[propositions]].
std::span<const base::OptionSpec> about_options();
std::span<const base::OptionSpec> proposition_options();

/// Reads a file's text; what is wrong goes to `diagnostics`, all at once. Expressions are compiled later, against a
/// world.
Propositions read_propositions(const std::string& text, const std::string& file, base::Diagnostics& diagnostics);

}  // namespace lodestone::insight
