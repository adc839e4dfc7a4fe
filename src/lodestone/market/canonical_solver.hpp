// A method whose open prices are those every method agrees on.
#pragma once

#include <memory>

#include "lodestone/market/solver.hpp"

namespace lodestone::market {

/// `method` with one more step: prices that the market leaves open move to the canonical ones (docs/market.md, open
/// prices). Where that step gets nowhere, the answer is the method's own.
std::unique_ptr<Solver> with_canonical_prices(const Topology& topology, std::unique_ptr<Solver> method);

}  // namespace lodestone::market
