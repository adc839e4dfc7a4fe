// What the base year makes and processes.
#include <algorithm>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

double amount_of(const std::vector<world::RecipeItem>& items, world::ProductId product) {
  double amount = 0;
  for (const auto& item : items)
    if (item.product == product) amount += item.amount;
  return amount;
}

}  // namespace

double made_of(const world::World& world, world::ProductId product) {
  double made = 0;
  for (const auto& facility : world.facilities)
    made += facility.base_activity * amount_of(world.processes[facility.process.index()].outputs, product);
  return made;
}

double left_over(const world::World& world, world::ProductId product) {
  double left = made_of(world, product);
  for (const auto& facility : world.facilities)
    left -= facility.base_activity * amount_of(world.processes[facility.process.index()].inputs, product);
  return left;
}

void find_places(BaseYear& base) {
  const world::World& world = base.world;
  base.consumed.assign(world.nodes(), 0.0);
  base.may_make.assign(world.nodes(), false);
  base.may_use.assign(world.nodes(), false);
  for (const auto& facility : world.facilities) {
    base.stated_activity.push_back(facility.base_activity);
    if (!(std::max(facility.full_capacity(), facility.base_activity) > 0)) continue;
    const auto& process = world.processes[facility.process.index()];
    for (const auto& item : process.outputs) base.may_make[world.node(item.product, facility.region)] = true;
    for (const auto& item : process.inputs) base.may_use[world.node(item.product, facility.region)] = true;
  }
}

void count_quantities(BaseYear& base) {
  const world::World& world = base.world;
  base.made.assign(world.nodes(), 0.0);
  base.processed.assign(world.nodes(), 0.0);
  for (const auto& facility : world.facilities) {
    const auto& process = world.processes[facility.process.index()];
    for (const auto& item : process.outputs)
      base.made[world.node(item.product, facility.region)] += facility.base_activity * item.amount;
    for (const auto& item : process.inputs)
      base.processed[world.node(item.product, facility.region)] += facility.base_activity * item.amount;
  }
}

}  // namespace lodestone::dataset
