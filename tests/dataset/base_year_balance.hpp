// What must hold in a base year, computed from the finished world alone.
#pragma once

#include <cmath>
#include <vector>

#include "lodestone/world/demand_curve.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dataset::test {

/// Per node: production, use and trade, t per month.
struct NodeFlows {
  std::vector<double> in, out, made;
};

inline NodeFlows node_flows(const world::World& world) {
  NodeFlows flows{std::vector<double>(world.nodes()), std::vector<double>(world.nodes()),
                  std::vector<double>(world.nodes())};
  for (const auto& facility : world.facilities) {
    const auto& process = world.processes[facility.process.index()];
    for (const auto& item : process.outputs) {
      flows.in[world.node(item.product, facility.region)] += facility.base_activity * item.amount;
      flows.made[world.node(item.product, facility.region)] += facility.base_activity * item.amount;
    }
    for (const auto& item : process.inputs)
      flows.out[world.node(item.product, facility.region)] += facility.base_activity * item.amount;
  }
  for (const auto& segment : world.segments) {
    const auto node = world.node(segment.product, segment.region);
    flows.out[node] += world::demand_at(segment, 1, world.base_price[node]);
  }
  for (const auto& arc : world.arcs) {
    flows.out[world.node(arc.product, arc.from)] += arc.base_flow;
    flows.in[world.node(arc.product, arc.to)] += arc.base_flow;
  }
  return flows;
}

/// Price at the end of a route minus what a tonne costs there, wedge included; 0 where the route breaks even.
inline double profit_of(const world::World& world, const world::Arc& arc) {
  const double from = world.base_price[world.node(arc.product, arc.from)];
  const double landed = (1 + arc.base_tariff) * ((1 + arc.export_vat) * from + arc.freight);
  return world.base_price[world.node(arc.product, arc.to)] - landed - arc.wedge;
}

inline double margin_of(const world::World& world, const world::Facility& facility) {
  const auto& process = world.processes[facility.process.index()];
  double margin = 0;
  for (const auto& item : process.outputs)
    margin += item.amount * world.base_price[world.node(item.product, facility.region)];
  for (const auto& item : process.inputs)
    margin -= item.amount * world.base_price[world.node(item.product, facility.region)];
  return margin;
}

/// Marginal cost on the supply curve at an activity.
inline double cost_at(const world::Facility& facility, double activity) {
  double begin = 0;
  for (std::size_t s = 0; s < facility.step_quantity.size(); ++s) {
    const double share = (activity - begin) / facility.step_quantity[s];
    if (share <= 1 || s + 1 == facility.step_quantity.size())
      return facility.step_cost[s] + share * (facility.step_cost[s + 1] - facility.step_cost[s]);
    begin += facility.step_quantity[s];
  }
  return facility.step_cost.front();
}

}  // namespace lodestone::dataset::test
