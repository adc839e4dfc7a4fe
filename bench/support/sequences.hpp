// Sequences of months to clear: the shared ones, and the real chain's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lodestone/policy/scenario.hpp"
#include "lodestone/store/problem_file.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::bench {

/// A sequence by its name: "small", "smalltie", "medium", "large" (tests/market/instances/sequences).
store::ProblemSequence shared_sequence(const std::string& name);

/// Months of the real chain kept as an instance beside them (make_real_chain.cpp): about 500 rows, columns that trade
/// or nearly do.
store::ProblemSequence kept_real_chain();

/// data/ and scenarios/licence-2025.toml of this checkout.
std::string data_folder();
std::string licence_scenario();

/// Every month of a future as the problem it clears.
store::ProblemSequence months_of(const world::World& world, const policy::Scenario& scenario);

}  // namespace lodestone::bench
