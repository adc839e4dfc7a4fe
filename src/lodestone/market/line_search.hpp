// Exact line search along a Newton direction: without it the method can cycle for ever.
#pragma once

#include "lodestone/market/proximal_system.hpp"

namespace lodestone::market {

/// Step length at which the slope has fallen to a tenth of its size at 0 (or the best found in a bounded number of
/// passes). `system` has been aimed; `slope_at_zero` < 0.
double search_step(const ProximalSystem& system, double slope_at_zero, Work& work);

}  // namespace lodestone::market
