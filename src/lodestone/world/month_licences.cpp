// Licences bound to end users in a month. The goods of both markets meet in one balance: a licensed slice of use, of
// orders and of plants is served first, at the licensed price, and the rest of each curve shrinks by as much. So no row
// is added. What holders have left stays in the place's working stock, where nobody else can have it. Source:
// docs/model.md sections 2 and 3.27.
#include <algorithm>

#include "lodestone/world/month_market.hpp"

namespace lodestone::world {
namespace {

/// Wedge on the price of a licensed input: its user pays next to nothing of the spot price and the licensed price as a
/// cost instead (a wedge of -1 would be no price at all).
constexpr double kNotTheSpotPrice = -1 + 1e-6;

}  // namespace

void MonthMarket::fill_licences(const State& state, const Rules& rules) {
  work_out_licensed_use(*world_, state, rules, bound_, licensed_);
  for (std::size_t s = 0; s < world_->segments.size(); ++s) {
    const LicensedUse::Slice slice = licensed_.of(*world_, state, s);
    licensed_width_[s] = slice.quantity;
    spot_level_[s] = (1 - slice.share) * state.wanted(s);
  }
  for (const ArcId arc : bound_) bound_now_[arc.index()] = rules.arc_bound[arc.index()];
}

/// The first part of a plant's steps, on licensed inputs. `share`: of the full steps that can run; `shift`: on top of
/// their costs. Returns how much of the steps it takes (t of activity).
double MonthMarket::fill_licensed_plant(std::size_t f, double share, double shift) {
  const market::Index col = licensed_col_[f];
  if (col < 0) return 0;
  const Facility& facility = world_->facilities[f];
  LicensedUse::Plant& plant = licensed_.plants[f];
  plant.activity = std::min(plant.activity, share * facility.full_capacity());
  double last = facility.step_cost.front(), left = plant.activity;
  for (std::size_t s = 0; s < facility.step_quantity.size() && left > 0; ++s) {
    const double width = share * facility.step_quantity[s], part = std::min(1.0, left / width);
    last = facility.step_cost[s] + part * (facility.step_cost[s + 1] - facility.step_cost[s]);
    left -= part * width;
  }
  set_piece(col, facility.step_cost.front() + shift + plant.cost, last + shift + plant.cost, plant.activity,
            std::abs(facility.step_cost.back()) + plant.cost);
  for (market::Index e = topology_.col_start[col]; e < topology_.col_start[col + 1]; ++e) numbers_.wedge[e] = 0;
  for (const RecipeItem& item : world_->processes[facility.process.index()].inputs) {
    const std::size_t node = world_->node(item.product, facility.region);
    if (!licensed_.covers(node)) continue;
    for (market::Index e = topology_.col_start[col]; e < topology_.col_start[col + 1]; ++e)
      if (topology_.row_of[e] == node_row_[node]) numbers_.wedge[e] = kNotTheSpotPrice;
  }
  return plant.activity;
}

/// Of what a node orders at the licensed price, t that holders order.
double MonthMarket::licensed_orders(std::size_t node, const OrderCurve& curve) const {
  const LicensedUse::Place& place = licensed_.places[node];
  return place.price > 0 ? std::min(place.orders, curve.at(place.price)) : 0.0;
}

/// t that holders use at every node.
void MonthMarket::count_licensed_use(Equilibrium& out) const {
  out.licensed_use.assign(world_->nodes(), 0.0);
  for (std::size_t s = 0; s < world_->segments.size(); ++s)
    out.licensed_use[world_->node(world_->segments[s].product, world_->segments[s].region)] +=
        std::min(licensed_width_[s], out.consumption[s]);
  for (std::size_t f = 0; f < world_->facilities.size(); ++f) {
    if (licensed_col_[f] < 0) continue;
    for (const RecipeItem& item : world_->processes[world_->facilities[f].process.index()].inputs) {
      const std::size_t node = world_->node(item.product, world_->facilities[f].region);
      if (licensed_.covers(node)) out.licensed_use[node] += item.amount * licensed_activity(f, out);
    }
  }
}

void MonthMarket::read_licences(Equilibrium& out) const {
  out.licensed_flow.assign(world_->arcs.size(), 0.0);
  out.licensed_left.assign(world_->nodes(), 0.0);
  out.licensed_price.resize(world_->nodes());
  count_licensed_use(out);
  for (std::size_t n = 0; n < world_->nodes(); ++n) {
    const LicensedUse::Place& place = licensed_.places[n];
    out.licensed_price[n] = place.price;
    out.licensed_left[n] = place.goods - place.prompt;
  }
  for (const ArcId arc : bound_) {
    if (bound_now_[arc.index()] == 0) continue;
    const Arc& route = world_->arcs[arc.index()];
    const double flow = out.arc_flow[arc.index()];
    out.licensed_flow[arc.index()] = flow;
    if (route.lag == 0) out.licensed_left[world_->node(route.product, route.to)] += flow;
  }
  for (std::size_t n = 0; n < world_->nodes(); ++n) {  // less may have come at once than there were licences for
    out.licensed_use[n] = std::min(out.licensed_use[n], out.licensed_left[n]);
    out.licensed_left[n] -= out.licensed_use[n];
  }
  weigh_prices(out);
}

void MonthMarket::weigh_prices(Equilibrium& out) const {
  out.weighted_price.assign(world_->nodes(), 0.0);  // first the use of each node
  for (std::size_t s = 0; s < world_->segments.size(); ++s)
    out.weighted_price[world_->node(world_->segments[s].product, world_->segments[s].region)] += out.consumption[s];
  for (std::size_t f = 0; f < world_->facilities.size(); ++f)
    for (const RecipeItem& item : world_->processes[world_->facilities[f].process.index()].inputs)
      out.weighted_price[world_->node(item.product, world_->facilities[f].region)] += item.amount * out.activity[f];
  for (std::size_t n = 0; n < world_->nodes(); ++n) {
    const double share = out.weighted_price[n] > 0 ? out.licensed_use[n] / out.weighted_price[n] : 0.0;
    out.weighted_price[n] = out.price[n] + share * (out.licensed_price[n] - out.price[n]);
  }
}

}  // namespace lodestone::world
