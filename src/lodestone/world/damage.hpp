// Value added that is lost where what an end use needs is missing: the bottleneck rule. docs/model.md section 3.30.
#pragma once

#include <vector>

#include "lodestone/world/state.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::world {

/// How far an industry gets what it needs: consumption over what is wanted at base prices, of its scarcest input. Goods
/// of an access class and open ones are one input.
struct Coverage {
  double share = 1;   // 0..1
  ProductId product;  // the scarcest input; invalid when the industry needs nothing
};

/// `consumption` and `wanted` are per segment, t per month.
Coverage coverage_of(const World& world, const Industry& industry, const std::vector<double>& consumption,
                     const std::vector<double>& wanted);

/// What an industry loses, USD a month.
struct Damage {
  Coverage coverage;
  double lost = 0;  // where what can be done without goes first, as it does when a price decides who goes without
  double most = 0;  // where what is missing hits uses that can do without it and others alike
};

/// Damage of a month that cleared with `consumption` (t per month, per segment). The industry has grown as the use of
/// what it needs has. Allocates nothing.
Damage damage_of(const World& world, const Industry& industry, const State& before,
                 const std::vector<double>& consumption);

}  // namespace lodestone::world
