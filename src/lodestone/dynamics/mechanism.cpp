#include "lodestone/dynamics/mechanism.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::dynamics {

std::vector<std::unique_ptr<Mechanism>> mechanisms(const world::World& world, const std::string& growth) {
  std::vector<std::unique_ptr<Mechanism>> all;
  all.push_back(plants());
  if (!world.lifetimes.empty()) all.push_back(recycling(world));
  if (has_ore(world)) all.push_back(ore(world));
  all.push_back(public_finance());
  all.push_back(ownership(world));
  all.push_back(learning(world));
  all.push_back(environment(world));
  if (has_projects(world)) all.push_back(ramp_up(world));
  all.push_back(restraint(world));
  all.push_back(host_bargaining(world));
  if (has_projects(world)) {
    all.push_back(workforce(world));
    all.push_back(project_risk(world));
    all.push_back(projects(world));
  }
  all.push_back(mothballing(world));
  if (!world.camps.empty()) all.push_back(alignment(world));
  all.push_back(capacity_orders(world));
  all.push_back(transit());
  all.push_back(demand_response(world));
  all.push_back(demand_growth(world, growth));
  all.push_back(switching(world));
  if (has_contracts(world)) all.push_back(contracts(world));
  all.push_back(evasion(world));
  all.push_back(licensed_goods(world));
  all.push_back(plans(world));
  all.push_back(supply_risk(world));
  all.push_back(working_stocks(world));
  if (has_holder(world, world::Holder::commercial)) all.push_back(traders(world));
  if (has_holder(world, world::Holder::speculative)) all.push_back(speculation(world));
  all.push_back(worth());
  all.push_back(orders(world));
  // Ages last: the others read the prices that stood before this month.
  all.push_back(expectations(world));
  return all;
}

CoverRule::CoverRule(const world::World& world)
    : elasticity(world.parameter("stock-price-elasticity")), ceiling(world.parameter("stock-ceiling")) {}

double CoverRule::desired(double target, double multiple, double normal_price, double price) const {
  return target * std::min(ceiling, multiple * std::pow(normal_price / price, elasticity));
}

Earnings earnings(const world::World& world, const world::Facility& facility, const std::vector<double>& price) {
  const auto& process = world.processes[facility.process.index()];
  Earnings out;
  for (const auto& item : process.outputs)
    out.revenue += item.amount * price[world.node(item.product, facility.region)];
  for (const auto& item : process.inputs) out.inputs += item.amount * price[world.node(item.product, facility.region)];
  return out;
}

std::size_t stage_and_region(const world::World& world, const world::Facility& facility) {
  const auto stage = static_cast<std::size_t>(world.processes[facility.process.index()].stage);
  return stage * world.regions.size() + facility.region.index();
}

bool has_projects(const world::World& world) {
  return std::any_of(world.facilities.begin(), world.facilities.end(),
                     [](const world::Facility& facility) { return facility.planned_capacity > 0; });
}

bool has_holder(const world::World& world, world::Holder holder) {
  return std::any_of(world.stocks.begin(), world.stocks.end(),
                     [&](const world::Stock& stock) { return stock.holder == holder; });
}

double shown_price(const world::Equilibrium& equilibrium, std::size_t node, double last_price) {
  const market::Quote& quote = equilibrium.quote[node];
  if (quote.traded) return equilibrium.price[node];
  return std::max(quote.bid, std::min(last_price, quote.ask));
}

}  // namespace lodestone::dynamics
