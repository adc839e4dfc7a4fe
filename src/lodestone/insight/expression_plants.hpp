// What expressions read of plants and projects beyond their output: how far they are, what they earn, what they cost.
#pragma once

#include "lodestone/insight/expression_leaves.hpp"

namespace lodestone::insight {

Reading cash_cost(const world::World& world, const LeafArguments& arguments);
Reading margin(const world::World& world, const LeafArguments& arguments);
Reading projects(const world::World& world, const LeafArguments& arguments);
Reading project(const world::World& world, const LeafArguments& arguments);
Reading stalled(const world::World& world, const LeafArguments& arguments);
/// docs/model.md section 3.13; nothing for what is no project.
Reading net_present_value(const world::World& world, const LeafArguments& arguments);
Reading public_cost(const world::World& world, const LeafArguments& arguments);
Reading public_investment(const world::World& world, const LeafArguments& arguments);
Reading private_investment(const world::World& world, const LeafArguments& arguments);

}  // namespace lodestone::insight
