// Routes at the prices of the base year: wedges, and the cost of switching partners.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kLeastShare = 0.01;  // of the importer's use: least flow that the cost of switching is measured by
constexpr double kLargeWedge = 0.5;   // of the price at the destination

// What the importer takes in a month; for a node that is idle in the base year, the use its plants and plans could
// have.
double use_of(const BaseYear& base, std::size_t node) {
  const double use = std::max(base.processed[node] + base.consumed[node], base.exported[node]);
  if (use > 0) return use;
  double possible = 0;
  for (const auto& facility : base.world.facilities)
    for (const auto& item : base.world.processes[facility.process.index()].inputs)
      if (base.world.node(item.product, facility.region) == node) possible += facility.full_capacity() * item.amount;
  return possible;
}

void report_large(const BaseYear& base, std::size_t a, double price) {
  const auto& world = base.world;
  const auto& arc = world.arcs[a];
  const auto place = base.known[a] != nullptr ? base.known[a]->place("flow")
                                              : world.price_provenance[world.node(arc.product, arc.to)].place;
  base.diagnostics.warning(
      place,
      fmt::format("'{}' costs {:.4g} USD/t in {} and {:.4g} landed from {}", world.products[arc.product.index()].id,
                  price, world.regions[arc.to.index()].id, price - arc.wedge, world.regions[arc.from.index()].id),
      fmt::format("prices closer than a wedge of {:.0f} %, which was added", 100 * arc.wedge / price));
}

}  // namespace

void calibrate_routes(BaseYear& base) {
  world::World& world = base.world;
  const double elasticity = world.parameter("trade-elasticity"), cost_share = world.parameter("qualification-cost");
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    auto& arc = world.arcs[a];
    const auto from = world.node(arc.product, arc.from), to = world.node(arc.product, arc.to);
    const double price = world.base_price[to];
    const double gap = price - landed_cost(arc, world.base_price[from]);
    arc.entry = arc.base_flow > 0 ? 0.0 : cost_share * price;
    arc.wedge = arc.base_flow > 0 ? gap : std::max(arc.entry, gap);
    if (arc.base_flow > 0 && price > 0 && std::abs(gap) > kLargeWedge * price) report_large(base, a, price);
    const double worth = price > 0 ? price : base.quote[arc.product.index()];
    double flow = std::max(arc.base_flow, kLeastShare * use_of(base, to));
    // A route that arcs.csv opens to where nobody uses the product is measured by what its origin makes.
    if (!(flow > 0)) flow = kLeastShare * std::max(base.made[from], 1.0);
    arc.switching = worth / (elasticity * flow);
  }
}

}  // namespace lodestone::dataset
