#include "lodestone/insight/provenance.hpp"

#include <fmt/format.h>

#include "lodestone/insight/report.hpp"

namespace lodestone::insight {
namespace {

struct Weighed {
  double all = 0, guess = 0;
  void add(double weight, bool assumed) {
    all += weight;
    if (assumed) guess += weight;
  }
  [[nodiscard]] double share() const { return all > 0 ? guess / all : 0; }
};

}  // namespace

double assumed_demand(const world::World& world, world::ProductId product) {
  Weighed own, every;
  for (const auto& segment : world.segments) {
    const double value = segment.base_quantity * segment.base_price;
    every.add(value, segment.provenance.assumed());
    if (segment.product == product) own.add(value, segment.provenance.assumed());
  }
  return own.all > 0 ? own.share() : every.share();
}

AssumedShares assumed_shares(const world::World& world) {
  Weighed supply, demand, prices, trade;
  for (const auto& facility : world.facilities) {
    if (!facility.makes_something()) continue;
    for (const auto& item : world.processes[facility.process.index()].outputs)
      supply.add(facility.base_activity * item.amount * world.base_price[world.node(item.product, facility.region)],
                 facility.provenance.assumed());
  }
  for (const auto& segment : world.segments) {
    const double value = segment.base_quantity * segment.base_price;
    demand.add(value, segment.provenance.assumed());
    prices.add(value, world.price_provenance[world.node(segment.product, segment.region)].assumed());
  }
  for (const auto& arc : world.arcs)
    trade.add(arc.base_flow * world.base_price[world.node(arc.product, arc.from)], arc.provenance.assumed());
  AssumedShares shares{supply.share(), demand.share(), prices.share(), trade.share(), 0, 0};
  for (const auto& parameter : world.parameters) {
    ++shares.parameters_all;
    if (parameter.provenance.assumed()) ++shares.parameters;
  }
  return shares;
}

std::string say(const AssumedShares& s) {
  return fmt::format(
      "{} on average: {} of supply, {} of demand behaviour, {} of base prices, {} of trade (by value); {} of {} "
      "behavioural parameters",
      percent(s.overall()), percent(s.supply), percent(s.demand), percent(s.prices), percent(s.trade), s.parameters,
      s.parameters_all);
}

}  // namespace lodestone::insight
