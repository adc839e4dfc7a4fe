// What is to be kept: comparisons of numbers, joined by "and", each with how far it is from failing.
#pragma once

#include <string>
#include <vector>

#include "lodestone/insight/trials.hpp"

namespace lodestone::insight {

/// One comparison: value below (or above) its bound, in every month where it has months.
struct KeepTerm {
  std::string value, bound;  // docs/expressions.md
  bool below = true;
};

/// Throws base::InputError when the text is not such comparisons.
std::vector<KeepTerm> comparisons(const std::string& text);

/// Two for each, value and bound, in their order.
std::vector<Measure> measures_of(const std::vector<KeepTerm>& keep, const std::string& text);

/// Throws base::InputError when a value cannot be held against its bound.
void check_keep(const std::vector<KeepTerm>& keep, const std::vector<Type>& types);

/// How far the worst of them is from failing, relative to its bound; negative: it fails. A month without a value is
/// passed over; what never has one fails.
double slack_of(const std::vector<KeepTerm>& keep, const Trial& trial);
/// The worst value of the first of them, in the unit of the expression.
double worst_of(const std::vector<KeepTerm>& keep, const Trial& trial);

}  // namespace lodestone::insight
