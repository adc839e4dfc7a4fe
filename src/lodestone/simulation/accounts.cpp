#include "lodestone/simulation/accounts.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::simulation {
namespace {

using world::Equilibrium;
using world::State;
using world::World;

constexpr double kFree = 1e-7;  // of a node's typical price: so cheap that goods may be left over

// What contracts pay above the price of the day, and damages for what was not delivered (the price of the day is above
// theirs) or not taken (below it), from traders to producers.
double settlement(const State& state, const world::MonthMarket& market, const Equilibrium& eq, std::size_t arc) {
  if (state.contract_volume.empty()) return 0;
  const double above = state.contract_price[arc] - eq.arc_fob[arc];
  const double broken = market.promised(world::ArcId(arc)) - eq.arc_promised[arc];
  const double damages = broken * state.contract_damages[arc];
  return above * eq.arc_promised[arc] + (above > 0 ? damages : -damages);
}

// Books what routes bring to governments, carriers, rent owners and, for goods that arrive, to traders; returns what
// traders pay for the goods that they ship.
double book_routes(const World& world, const State& state, const world::MonthMarket& market, const world::Rules& rules,
                   const Equilibrium& eq, Accounts& accounts) {
  double paid = 0;
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    const auto& arc = world.arcs[a];
    const double flow = eq.arc_flow[a];
    const auto cost = market.landed_cost(world::ArcId(a), eq, state, rules);
    const double taxes = cost.export_vat + cost.export_tax + cost.import_tariff;
    const double rents = cost.limit_rent + cost.group_rent;
    accounts.governments += flow * taxes;
    accounts.carriers += flow * cost.freight;
    accounts.rent_owners += flow * rents;
    const double settled = settlement(state, market, eq, a);
    accounts.producers += settled;
    accounts.traders -= settled;
    paid += flow * (cost.origin_price + taxes + cost.freight + rents);
    const double arrived = arc.lag > 0 ? state.at_sea.arriving(a) : flow + eq.evaded_flow[a];
    accounts.traders += arrived * eq.price[world.node(arc.product, arc.to)];
  }
  return paid;
}

// The same of what goes past restrictions; what traders pay for it.
double book_evasion(const State& state, const world::MonthMarket& market, const Equilibrium& eq, Accounts& accounts) {
  double paid = 0;
  for (const world::ArcId arc : market.evadable()) {
    const double flow = eq.evaded_flow[arc.index()];
    const auto cost = market.evasion_cost(arc, eq, state);
    accounts.governments += flow * cost.import_tariff;
    accounts.carriers += flow * cost.freight;
    accounts.middlemen += flow * cost.middlemen();
    paid += flow * (cost.origin_price + cost.import_tariff + cost.freight + cost.middlemen());
  }
  return paid;
}

// Who uses licensed goods pays the licensed price; what they are worth beyond it comes out of the rent of the licence,
// which is booked when goods set out.
void book_licences(const World& world, const world::MonthMarket& market, const Equilibrium& eq, Accounts& accounts) {
  if (market.bound().empty()) return;
  double plants = 0, all = 0;
  for (std::size_t f = 0; f < world.facilities.size(); ++f)
    for (const auto& item : world.processes[world.facilities[f].process.index()].inputs) {
      const std::size_t node = world.node(item.product, world.facilities[f].region);
      if (market.licensed().covers(node))
        plants += item.amount * market.licensed_activity(f, eq) * (eq.price[node] - eq.licensed_price[node]);
    }
  for (std::size_t n = 0; n < world.nodes(); ++n) all += eq.licensed_use[n] * (eq.price[n] - eq.licensed_price[n]);
  accounts.producers += plants;
  accounts.consumers += all - plants;
  accounts.rent_owners -= all;
}

}  // namespace

Accounts keep_accounts(const World& world, const world::MonthMarket& market, const State& state,
                       const world::Rules& rules, const Equilibrium& eq) {
  Accounts accounts;
  accounts.traders -= book_routes(world, state, market, rules, eq, accounts);
  accounts.traders -= book_evasion(state, market, eq, accounts);
  for (std::size_t s = 0; s < world.segments.size(); ++s)
    accounts.consumers -= eq.consumption[s] * eq.price[world.node(world.segments[s].product, world.segments[s].region)];
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& facility = world.facilities[f];
    const auto& process = world.processes[facility.process.index()];
    const double finished = process.lag > 0 ? state.in_process.arriving(f) : eq.activity[f];
    for (const auto& item : process.outputs)
      accounts.producers += finished * item.amount * eq.price[world.node(item.product, facility.region)];
    for (const auto& item : process.inputs)
      accounts.producers -= eq.activity[f] * item.amount * eq.price[world.node(item.product, facility.region)];
    const double royalty = state.royalty_due.empty() ? 0 : state.royalty_due[f];
    accounts.producers += eq.activity[f] * (rules.activity_support[f] + rules.activity_premium[f] - royalty);
    accounts.governments += eq.activity[f] * (royalty - rules.activity_support[f]);
    accounts.consumers -= eq.activity[f] * rules.activity_premium[f];
  }
  for (std::size_t h = 0; h < world.stocks.size(); ++h)
    accounts.stockholders +=
        eq.stock_release[h] * eq.price[world.node(world.stocks[h].product, world.stocks[h].region)];
  for (std::size_t r = 0; r < market.releases().size(); ++r)
    accounts.governments +=
        eq.government_release[r] * eq.price[world.node(market.releases()[r].product, market.releases()[r].region)];
  book_licences(world, market, eq, accounts);
  accounts.imbalance = accounts.consumers + accounts.producers + accounts.traders + accounts.stockholders +
                       accounts.governments + accounts.carriers + accounts.rent_owners + accounts.middlemen;
  return accounts;
}

MassBalance MassBook::balance(const World& world, const world::MonthMarket& market, const State& state,
                              const Equilibrium& eq, const std::vector<double>& after) {
  std::fill(in_.begin(), in_.end(), 0.0);
  std::fill(out_.begin(), out_.end(), 0.0);
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& facility = world.facilities[f];
    const auto& process = world.processes[facility.process.index()];
    const double finished = process.lag > 0 ? state.in_process.arriving(f) : eq.activity[f];
    for (const auto& item : process.outputs) in_[world.node(item.product, facility.region)] += finished * item.amount;
    for (const auto& item : process.inputs)
      out_[world.node(item.product, facility.region)] += eq.activity[f] * item.amount;
  }
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    const auto& arc = world.arcs[a];
    const double shipped = eq.arc_flow[a] + eq.evaded_flow[a];
    out_[world.node(arc.product, arc.from)] += shipped;
    in_[world.node(arc.product, arc.to)] += arc.lag > 0 ? state.at_sea.arriving(a) : shipped;
  }
  for (std::size_t s = 0; s < world.segments.size(); ++s)
    out_[world.node(world.segments[s].product, world.segments[s].region)] += eq.consumption[s];
  for (std::size_t r = 0; r < market.releases().size(); ++r)
    in_[world.node(market.releases()[r].product, market.releases()[r].region)] += eq.government_release[r];

  MassBalance balance;
  for (std::size_t h = 0; h < world.stocks.size(); ++h) {
    const auto& stock = world.stocks[h];
    const std::size_t node = world.node(stock.product, stock.region);
    (eq.stock_release[h] > 0 ? in_ : out_)[node] += std::abs(eq.stock_release[h]);
    double released = eq.stock_release[h];
    if (stock.holder == world::Holder::government)
      for (std::size_t r = 0; r < market.releases().size(); ++r)
        if (market.releases()[r].product == stock.product && market.releases()[r].region == stock.region)
          released += eq.government_release[r];
    balance.worst_stock = std::max(balance.worst_stock, std::abs(after[h] - (state.stock[h] - released)));
  }
  for (std::size_t n = 0; n < world.nodes(); ++n) {
    // Relative to the node's turnover, or to the market's typical quantity where it is next to nothing.
    const double turnover = std::max({in_[n], out_[n], 1e-6 * market.typical_quantity(n)});
    const bool may_be_left = eq.price[n] <= kFree * market.typical_price(n);
    const double off = may_be_left ? std::max(out_[n] - in_[n], 0.0) : std::abs(in_[n] - out_[n]);
    balance.worst_node = std::max(balance.worst_node, off / turnover);
  }
  return balance;
}

}  // namespace lodestone::simulation
