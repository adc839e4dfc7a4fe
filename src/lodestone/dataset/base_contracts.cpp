// What routes carry between plants of one operator (captive goods), and under contracts of a term. docs/base_year.md.
//
//   captive = sum over operators of min(what it makes at the origin, what it takes at the destination) / flow
//   contracted = captive + (1 - captive) x `contracted-trade`, at most `contract-ceiling`: the rest sets the price
//
// on routes that bring at least `contract-least-route` of what the importer uses: small lots are bought on the spot.
#include <algorithm>
#include <map>
#include <string>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

/// What one operator makes and takes at a node, t per month, that no captive flow accounts for yet.
struct Own {
  double made = 0, taken = 0;
};

/// "various" is nobody.
bool one_operator(const world::Facility& facility) {
  return !facility.owner_operator.empty() && facility.owner_operator.rfind("various", 0) != 0;
}

using Owners = std::map<std::string, Own>;

std::vector<Owners> owners_of_nodes(const world::World& world) {
  std::vector<Owners> nodes(world.nodes());
  for (const auto& facility : world.facilities) {
    if (!one_operator(facility) || !(facility.base_activity > 0)) continue;
    const auto& process = world.processes[facility.process.index()];
    for (const auto& item : process.outputs)
      nodes[world.node(item.product, facility.region)][facility.owner_operator].made +=
          item.amount * facility.base_activity;
    for (const auto& item : process.inputs)
      nodes[world.node(item.product, facility.region)][facility.owner_operator].taken +=
          item.amount * facility.base_activity;
  }
  return nodes;
}

/// Takes what operators ship to themselves out of both ends' accounts, up to `flow`.
double captive_flow(Owners& origin, Owners& destination, double flow) {
  double captive = 0;
  for (auto& [name, own] : origin) {
    const auto other = destination.find(name);
    if (other == destination.end()) continue;
    const double moved = std::min({own.made, other->second.taken, flow - captive});
    own.made -= moved;
    other->second.taken -= moved;
    captive += moved;
  }
  return captive;
}

}  // namespace

void add_contracts(BaseYear& base) {
  world::World& world = base.world;
  const double share = world.parameter("contracted-trade"), most = world.parameter("contract-ceiling");
  const double least_route = world.parameter("contract-least-route");
  auto owners = owners_of_nodes(world);
  for (auto& arc : world.arcs) {
    const std::size_t from = world.node(arc.product, arc.from), to = world.node(arc.product, arc.to);
    const double use = base.processed[to] + base.consumed[to];
    if (!(arc.base_flow > 0) || arc.base_flow < least_route * use) continue;
    arc.captive = captive_flow(owners[from], owners[to], arc.base_flow) / arc.base_flow;
    arc.contracted = std::min(most, arc.captive + (1 - arc.captive) * share);
  }
}

}  // namespace lodestone::dataset
