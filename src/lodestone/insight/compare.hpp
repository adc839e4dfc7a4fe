// Two runs side by side: what differs in what went in, and in what came out, largest first.
#pragma once

#include <cstddef>

#include "lodestone/insight/report.hpp"
#include "lodestone/store/results.hpp"

namespace lodestone::insight {

/// Months both runs cleared are compared; throws base::InputError when there are none. Products and regions that only
/// one of them knows are listed and left out. `rows` bounds every table of outcomes.
Report compare(const store::Results& a, const store::Results& b, std::size_t rows = 12);

/// The keys of a scenario's text with their values as written: "levers.licence.approval_rate" -> "0.35". Comments and
/// layout do not count. Lever tables are named by their id.
std::vector<std::pair<std::string, std::string>> scenario_keys(const std::string& text);

}  // namespace lodestone::insight
