// Solutions of a sequence of problems as JSON.
#pragma once

#include <string>
#include <vector>

#include "lodestone/store/problem_file.hpp"

namespace lodestone::store {

/// Prices and activities of the first periods of `sequence`, one each in `outcomes` and `solutions`, with the names of
/// rows and columns; the format is in docs/problem_format.md. A number that is none is written as null.
std::string solutions_json(const ProblemSequence& sequence, const std::vector<std::string>& outcomes,
                           const std::vector<market::Solution>& solutions);

}  // namespace lodestone::store
