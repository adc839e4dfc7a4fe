#include "lodestone/world/licensed_use.hpp"

#include <algorithm>

#include "lodestone/world/demand_curve.hpp"

namespace lodestone::world {
namespace {

// What is there for holders and what may set out for them, with the price that they pay: the landed cost at last
// month's price at the origin, of several origins the mean by usual flow.
void collect_goods(const World& world, const State& state, const Rules& rules, const std::vector<ArcId>& bound,
                   LicensedUse& out) {
  for (const ArcId id : bound) {
    const std::size_t a = id.index();
    const Arc& arc = world.arcs[a];
    const std::size_t node = world.node(arc.product, arc.to);
    LicensedUse::Place& place = out.places[node];
    const double leaves = rules.arc_bound[a] != 0 ? rules.arc_limit[a] : 0.0;
    const double arrives = arc.lag > 0 ? state.licensed_at_sea.arriving(a) : leaves;
    const double weight = arrives + (rules.arc_bound[a] != 0 ? state.usual_flow[a] : 0.0);
    if (!(weight > 0)) continue;
    const double landed = 1 + arc.base_tariff + rules.arc_import_tariff[a];
    const double left =
        (1 + arc.export_vat + rules.arc_export_tax[a]) * state.last_price[world.node(arc.product, arc.from)];
    const double price = std::max(0.0, landed * (left + arc.freight) + arc.wedge);
    place.wanted += weight;  // for now: the weights of the mean
    place.price += (price - place.price) * weight / place.wanted;
    place.goods += arrives;
    place.orders += leaves;
    if (arc.lag == 0) place.prompt += leaves;
  }
  for (std::size_t n = 0; n < world.nodes(); ++n) {
    LicensedUse::Place& place = out.places[n];
    place.wanted = 0;
    if (!(place.price > 0)) continue;
    place.price = std::min(place.price, state.last_price[n]);  // who could buy for less on the spot does so
    place.goods += state.licensed_store[n];
    place.orders = std::max(0.0, place.orders - state.licensed_store[n]);
  }
}

template <class Visit>
void each_input(const World& world, const Visit& visit) {
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    if (world.facilities[f].step_quantity.empty()) continue;
    for (const RecipeItem& item : world.processes[world.facilities[f].process.index()].inputs)
      visit(f, item.amount, world.node(item.product, world.facilities[f].region));
  }
}

// A plant runs on licensed inputs for the share of what it usually does that its scarcest licence covers.
void share_among_plants(const World& world, const State& state, const Rules& rules, LicensedUse& out) {
  each_input(world, [&](std::size_t f, double amount, std::size_t n) {
    const LicensedUse::Place& place = out.places[n];
    if (!out.covers(n)) return;
    LicensedUse::Plant& plant = out.plants[f];
    const double activity = place.share * state.usual_activity[f];
    plant.activity = plant.cost > 0 ? std::min(plant.activity, activity) : activity;
    plant.cost += amount * place.price;
    plant.saving += amount * (state.last_price[n] - place.price);
  });
  for (std::size_t f = 0; f < out.plants.size(); ++f)
    out.plants[f].activity = std::min({out.plants[f].activity, state.capacity[f], rules.activity_limit[f]});
}

}  // namespace

LicensedUse::Slice LicensedUse::of(const World& world, const State& state, std::size_t segment) const {
  const Segment& s = world.segments[segment];
  const Place& place = places[world.node(s.product, s.region)];
  return {place.share > 0 ? place.share * demand_at(s, state.wanted(segment), place.price) : 0.0, place.share};
}

void work_out_licensed_use(const World& world, const State& state, const Rules& rules, const std::vector<ArcId>& bound,
                           LicensedUse& out) {
  out.places.assign(world.nodes(), {});
  out.plants.assign(world.facilities.size(), {});
  if (bound.empty()) return;
  collect_goods(world, state, rules, bound, out);
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const Segment& segment = world.segments[s];
    LicensedUse::Place& place = out.places[world.node(segment.product, segment.region)];
    if (place.price > 0) place.wanted += demand_at(segment, state.wanted(s), place.price);
  }
  each_input(world, [&](std::size_t f, double amount, std::size_t n) {
    if (out.places[n].price > 0) out.places[n].wanted += amount * state.usual_activity[f];
  });
  for (LicensedUse::Place& place : out.places) {
    place.share = place.wanted > 0 ? std::min(1.0, place.goods / place.wanted) : 0.0;
    place.left = place.goods;
  }
  share_among_plants(world, state, rules, out);
  for (std::size_t s = 0; s < world.segments.size(); ++s)
    out.places[world.node(world.segments[s].product, world.segments[s].region)].left -=
        out.of(world, state, s).quantity;
  each_input(world, [&](std::size_t f, double amount, std::size_t n) {
    if (out.covers(n)) out.places[n].left -= amount * out.plants[f].activity;
  });
  for (LicensedUse::Place& place : out.places) place.left = std::max(0.0, place.left - place.prompt);
}

}  // namespace lodestone::world
