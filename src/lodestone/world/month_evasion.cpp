// Goods that go past a restriction, through third countries: a column beside every route that a lever may restrict,
// open while one does. Source: docs/model.md sections 2 and 3.24.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/world/month_market.hpp"

namespace lodestone::world {
namespace {

constexpr double kNarrow = 1e-9;   // of the trade that it refers to: a capacity that is none
constexpr double kAtBound = 1e-9;  // relative: so near to its limit a column stands at it

}  // namespace

void MonthMarket::add_evasion() {
  for (const ArcId id : evadable_) {
    const Arc& arc = world_->arcs[id.index()];
    evasion_col_.push_back(topology_.cols);
    add_column(fmt::format("{} {} to {}, past restrictions", world_->products[arc.product.index()].id,
                           world_->regions[arc.from.index()].id, world_->regions[arc.to.index()].id),
               ends_of(arc));
    evasion_origin_.push_back(origin_entry(arc));
  }
}

bool MonthMarket::restricted(std::size_t arc, const Rules& rules) const {
  if (rules.arc_limit[arc] < market::kUnlimited || rules.arc_export_tax[arc] > 0 || rules.arc_import_tariff[arc] > 0)
    return true;
  const std::vector<std::size_t>& limits = arc_limits_[arc];
  return std::any_of(limits.begin(), limits.end(),
                     [&](std::size_t l) { return rules.group_limit[l] < market::kUnlimited; });
}

// The price on arrival is (1 + standing tariff)((1 + v) price_from + freight) + wedge + s E / K: the declared origin is
// a third country, so no lever's tax or tariff is paid, and no VAT or duty of the origin.
void MonthMarket::fill_evasion(const State& state, const Rules& rules) {
  for (std::size_t e = 0; e < evadable_.size(); ++e) {
    const std::size_t a = evadable_[e].index();
    const Arc& arc = world_->arcs[a];
    const EvasionRoute& route = state.evasion[a];
    const bool open = route.capacity > kNarrow * typical_quantity(world_->node(arc.product, arc.to));
    const double landed = 1 + arc.base_tariff;
    numbers_.wedge[evasion_origin_[e]] = landed * (1 + state.evasion_margin) - 1;
    numbers_.cost[evasion_col_[e]] = landed * arc.freight + arc.wedge;
    numbers_.curvature[evasion_col_[e]] = state.evasion_full_cost / (open ? route.capacity : 1.0);
    numbers_.upper[evasion_col_[e]] = open && restricted(a, rules) ? route.capacity : 0.0;
  }
}

void MonthMarket::read_evasion(const market::Solution& solution, Equilibrium& out) const {
  out.evaded_flow.assign(world_->arcs.size(), 0.0);
  out.evasion_rent.assign(world_->arcs.size(), 0.0);
  for (std::size_t e = 0; e < evadable_.size(); ++e) {
    const market::Index col = evasion_col_[e];
    const double flow = solution.activity[col], limit = numbers_.upper[col];
    out.evaded_flow[evadable_[e].index()] = flow;
    if (limit > 0 && flow >= limit * (1 - kAtBound))
      out.evasion_rent[evadable_[e].index()] = std::max(0.0, -reduced_cost(col, solution));
  }
}

bool MonthMarket::evasion_open(ArcId arc) const {
  const auto it = std::lower_bound(evadable_.begin(), evadable_.end(), arc);
  return it != evadable_.end() && *it == arc &&
         numbers_.upper[evasion_col_[static_cast<std::size_t>(it - evadable_.begin())]] > 0;
}

MonthMarket::EvasionCost MonthMarket::evasion_cost(ArcId id, const Equilibrium& equilibrium, const State& state) const {
  const std::size_t a = id.index();
  const Arc& arc = world_->arcs[a];
  EvasionCost cost{};
  cost.origin_price = equilibrium.price[world_->node(arc.product, arc.from)];
  cost.margin = state.evasion_margin * cost.origin_price;
  cost.freight = arc.freight;
  cost.import_tariff = arc.base_tariff * (cost.origin_price + cost.margin + cost.freight);
  cost.wedge = arc.wedge;
  const double capacity = state.evasion[a].capacity;
  cost.passage = capacity > 0 ? state.evasion_full_cost * equilibrium.evaded_flow[a] / capacity : 0;
  cost.rent = equilibrium.evasion_rent[a];
  const std::size_t to = world_->node(arc.product, arc.to);
  cost.destination_value = arc.lag > 0 ? equilibrium.forward_price[to] : equilibrium.price[to];
  return cost;
}

}  // namespace lodestone::world
