// What the base year makes and processes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kRounding = 1e-6;    // relative, as in check_supply
constexpr double kReconciled = 0.02;  // largest imbalance of a good without final demand that is put down to rounding

double amount_of(const std::vector<world::RecipeItem>& items, world::ProductId product) {
  double amount = 0;
  for (const auto& item : items)
    if (item.product == product) amount += item.amount;
  return amount;
}

struct Total {
  double made = 0, used = 0;
};

Total total_of(const world::World& world, world::ProductId product) {
  Total total;
  for (const auto& facility : world.facilities) {
    const auto& process = world.processes[facility.process.index()];
    total.made += facility.base_activity * amount_of(process.outputs, product);
    total.used += facility.base_activity * amount_of(process.inputs, product);
  }
  return total;
}

// Runs the users of a product at a factor of their activity, so that use equals production to the last digit.
void scale_users(world::World& world, world::ProductId product, double factor) {
  for (auto& facility : world.facilities) {
    if (amount_of(world.processes[facility.process.index()].inputs, product) == 0) continue;
    facility.base_activity *= factor;
    facility.capacity = std::max(facility.capacity, facility.base_activity);
  }
}

// A good that only the chain uses has to be used up: its users' activity is moved by what the figures leave open.
void reconcile(BaseYear& base, world::ProductId product) {
  const auto total = total_of(base.world, product);
  if (total.used == 0 || total.made == 0) return;
  const std::string& id = base.world.products[product.index()].id;
  const bool wanted = std::any_of(base.raw.demand_totals.begin(), base.raw.demand_totals.end(),
                                  [&](const auto& row) { return row.product == id; });
  const double off = total.made / total.used - 1;
  const bool short_of_supply = off < 0 && off > -kRounding;
  if (!short_of_supply && (wanted || off < 0 || off > kReconciled)) return;
  if (off > kRounding)
    base.diagnostics.warning(
        base.raw.products[product.index()].place("id"),
        fmt::format("the base year makes {:.6g} t/month of '{}' and uses {:.6g}", total.made, id, total.used),
        fmt::format("use of all that is made; its users' activity was raised by {:.2g} %", 100 * off));
  scale_users(base.world, product, 1 + off);
}

std::vector<world::ProductId> from_mine_to_magnet(const world::World& world) {
  std::vector<world::ProductId> order;
  for (std::size_t p = 0; p < world.products.size(); ++p) order.emplace_back(p);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return world.products[a.index()].stage < world.products[b.index()].stage; });
  return order;
}

}  // namespace

void count_quantities(BaseYear& base) {
  world::World& world = base.world;
  for (auto& facility : world.facilities)  // the checks let rounding pass
    facility.capacity = std::max(facility.capacity, facility.base_activity);
  for (const auto product : from_mine_to_magnet(world)) reconcile(base, product);
  for (auto* quantity : {&base.made, &base.processed, &base.consumed, &base.surplus, &base.imported, &base.exported})
    quantity->assign(world.nodes(), 0.0);
  base.may_make.assign(world.nodes(), false);
  base.may_use.assign(world.nodes(), false);
  for (const auto& facility : world.facilities) {
    const auto& process = world.processes[facility.process.index()];
    for (const auto& item : process.outputs) {
      const auto node = world.node(item.product, facility.region);
      base.made[node] += facility.base_activity * item.amount;
      base.may_make[node] = base.may_make[node] || facility.capacity > 0;
    }
    for (const auto& item : process.inputs) {
      const auto node = world.node(item.product, facility.region);
      base.processed[node] += facility.base_activity * item.amount;
      base.may_use[node] = base.may_use[node] || facility.capacity > 0;
    }
  }
}

}  // namespace lodestone::dataset
