// What parts do together and alone: a number for every subset of n parts, bit i of its index saying that part i is in.
#pragma once

#include <cstddef>
#include <vector>

namespace lodestone::explore {

/// Parts in a subset, ascending.
std::vector<std::size_t> parts_of(std::size_t subset);

/// Shapley's value (1953): the mean of what a part adds, over all orders in which parts can come. `value` has 2^n
/// entries; the sum over parts is value(all) - value(none).
std::vector<double> shapley(const std::vector<double>& value);

}  // namespace lodestone::explore
