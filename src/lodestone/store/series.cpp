#include "lodestone/store/series.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lodestone/world/damage.hpp"

namespace lodestone::store {
namespace {

using simulation::MonthRecord;
using Out = std::span<double>;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void copy(const std::vector<double>& from, Out out) {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i < from.size() ? from[i] : kNone;
}

/// Limits that do not bind anybody are stored as "none".
void copy_finite(const std::vector<double>& from, Out out) {
  copy(from, out);
  for (double& value : out)
    if (!std::isfinite(value)) value = kNone;
}

template <class Value>
void copy_of_plants(const MonthRecord& record, const Value& value, Out out) {
  const auto& plants = record.before.plants;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i < plants.size() ? value(plants[i]) : kNone;
}

template <class Value>
void copy_of_industries(const MonthRecord& record, const Value& value, Out out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = value(
        world::damage_of(record.world, record.world.industries[i], record.before, record.equilibrium.consumption));
}

constexpr Series kSeries[] = {
    {"price", "marginal (spot) price; missing where nothing was traded", "USD/t", Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = r.equilibrium.quote[i].traded ? r.equilibrium.price[i] : kNone;
     }},
    {"bid", "highest price at which somebody would take a unit", "USD/t", Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.equilibrium.quote[i].bid;
     }},
    {"ask", "lowest price at which somebody would bring a unit; missing where nobody could", "USD/t", Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) {
         const double ask = r.equilibrium.quote[i].ask;
         out[i] = std::isfinite(ask) ? ask : kNone;
       }
     }},
    {"traded", "1 where something was traded, else 0", "1", Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.equilibrium.quote[i].traded ? 1 : 0;
     }},
    {"forward_price", "price of goods bought now that arrive after a lag; missing where none do", "USD/t", Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = r.market.forward_row(i) >= 0 ? r.equilibrium.forward_price[i] : kNone;
     }},
    {"price_licensed", "price of those who hold a licence bound to them, duty paid; missing where nobody does", "USD/t",
     Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = r.equilibrium.licensed_price[i] > 0 ? r.equilibrium.licensed_price[i] : kNone;
     }},
    {"price_weighted", "mean of what users pay, licensed and spot; missing where nothing was traded", "USD/t",
     Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = r.equilibrium.quote[i].traded ? r.equilibrium.weighted_price[i] : kNone;
     }},
    {"licensed_use", "used by those who hold a licence bound to them", "t/month", Axis::node,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.licensed_use, out); }},
    {"supply_risk", "perceived supply risk of those who buy here, this month's news included; 0 = none", "1",
     Axis::node,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.before.risk[i] + r.before.news[i];
     }},
    {"arc_flow", "shipped on a route", "t/month", Axis::arc,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.arc_flow, out); }},
    {"arc_rent", "shadow price of a route's own limit (licence, ban)", "USD/t", Axis::arc,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.arc_rent, out); }},
    {"contract_flow", "of what is shipped on a route: under contracts of a term", "t/month", Axis::arc,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.arc_promised, out); }},
    {"contract_asked", "what contracts on a route ask for; missing where there are none", "t/month", Axis::arc,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = r.world.arcs[i].contracted > 0 ? r.before.contract_volume[i] : kNone;
     }},
    {"contract_price", "what contracts on a route pay on leaving the origin; missing where there are none", "USD/t",
     Axis::arc,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = r.world.arcs[i].contracted > 0 ? r.before.contract_price[i] : kNone;
     }},
    {"arc_evaded", "shipped past a restriction on a route, through third countries", "t/month", Axis::arc,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.evaded_flow, out); }},
    {"evasion_capacity", "what can go past a restriction on a route", "t/month", Axis::arc,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = i < r.before.evasion.size() ? r.before.evasion[i].capacity : kNone;
     }},
    {"arc_limit", "limit on a route; missing where there is none", "t/month", Axis::arc,
     [](const MonthRecord& r, Out out) { copy_finite(r.rules.arc_limit, out); }},
    {"arc_refused", "of the usual trade on a route, what governments do not let pass", "t/month", Axis::arc,
     [](const MonthRecord& r, Out out) { copy(r.rules.arc_refused, out); }},
    {"arc_export_tax", "export tax on the price at the origin, from levers", "1", Axis::arc,
     [](const MonthRecord& r, Out out) { copy(r.rules.arc_export_tax, out); }},
    {"arc_import_tariff", "import tariff on the landed price, from levers", "1", Axis::arc,
     [](const MonthRecord& r, Out out) { copy(r.rules.arc_import_tariff, out); }},
    {"arc_under_way", "at sea on a route before the month clears", "t", Axis::arc,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.before.at_sea.under_way(i);
     }},
    {"activity", "activity of a facility", "t/month", Axis::facility,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.activity, out); }},
    {"capacity", "what a facility can do this month; building, mothballing and ramp-up counted", "t/month",
     Axis::facility, [](const MonthRecord& r, Out out) { copy(r.before.capacity, out); }},
    {"held_by_levers", "share of a plant that governments bought or took by levers", "1", Axis::facility,
     [](const MonthRecord& r, Out out) {
       std::fill(out.begin(), out.end(), 0.0);
       for (const auto& holding : r.before.holdings) out[holding.facility] += holding.share;
     }},
    {"restraint", "share of its usual output that a plant gives up under export controls of its own government", "1",
     Axis::facility, [](const MonthRecord& r, Out out) { copy(r.before.restraint, out); }},
    {"cash_cost", "cash cost of a facility per t of activity, inputs of the chain excluded", "USD/t", Axis::facility,
     [](const MonthRecord& r, Out out) { copy(r.before.cash_cost, out); }},
    {"ore_left", "share of a mine's reserves that is left; missing where nobody says what they are", "1",
     Axis::facility,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) {
         const double reserves = r.world.facilities[i].ore.reserves;
         out[i] = reserves > 0 && i < r.before.ore_used.size() ? 1 - r.before.ore_used[i] / reserves : kNone;
       }
     }},
    {"plant_stage",
     "0 prospect, 1 permitting, 2 financing, 3 construction, 4 ramp-up, 5 operating, 6 suspended, 7 closed", "1",
     Axis::facility,
     [](const MonthRecord& r, Out out) {
       copy_of_plants(
           r, [](const world::Plant& plant) { return static_cast<double>(plant.stage); }, out);
     }},
    {"plant_stall", "what holds it back: 0 nothing, 1 permit, 2 money, 3 skill, 4 price, 5 sale", "1", Axis::facility,
     [](const MonthRecord& r, Out out) {
       copy_of_plants(
           r, [](const world::Plant& plant) { return static_cast<double>(plant.stall); }, out);
     }},
    {"capacity_rent", "margin above the cost of the last step at full capacity", "USD/t", Axis::facility,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.capacity_rent, out); }},
    {"consumption", "final use of a demand segment", "t/month", Axis::segment,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.consumption, out); }},
    {"reference_demand", "what a demand segment would use at its base-year price, after its slow response", "t/month",
     Axis::segment,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.world.segments[i].base_quantity * r.before.wanted(i);
     }},
    {"discarded", "bought in the past and no longer used; missing where nobody says how long it lasts", "t/month",
     Axis::segment, [](const MonthRecord& r, Out out) { copy(r.before.discarded, out); }},
    {"industry_covered", "what an industry has of its scarcest input over what it wants, at most 1", "1",
     Axis::industry,
     [](const MonthRecord& r, Out out) {
       copy_of_industries(
           r, [](const world::Damage& damage) { return damage.coverage.share; }, out);
     }},
    {"value_added_lost",
     "value added that an industry loses to its scarcest input; what can be done without goes first", "USD/month",
     Axis::industry,
     [](const MonthRecord& r, Out out) {
       copy_of_industries(
           r, [](const world::Damage& damage) { return damage.lost; }, out);
     }},
    {"value_added_lost_most", "the same where uses that can do without it and others are hit alike", "USD/month",
     Axis::industry,
     [](const MonthRecord& r, Out out) {
       copy_of_industries(
           r, [](const world::Damage& damage) { return damage.most; }, out);
     }},
    {"stock_level", "in store at the end of the month, by holder", "t", Axis::stock,
     [](const MonthRecord& r, Out out) { copy(r.stock_after, out); }},
    {"stock_release", "put on the market from store; purchases are negative", "t/month", Axis::stock,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.stock_release, out); }},
    {"speculation_money", "money of speculators to buy with; missing for other holders", "USD", Axis::stock,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i)
         out[i] = r.world.stocks[i].holder == world::Holder::speculative ? r.before.speculation[i].money : kNone;
     }},
    {"limit_quantity", "limit over several routes together (quota); missing where it is not in force", "t/month",
     Axis::limit, [](const MonthRecord& r, Out out) { copy_finite(r.rules.group_limit, out); }},
    {"limit_rent", "shadow price of a limit over several routes", "USD/t", Axis::limit,
     [](const MonthRecord& r, Out out) { copy(r.equilibrium.group_rent, out); }},
    {"government_release", "put on the market from a government's stock; purchases are negative", "t/month",
     Axis::release, [](const MonthRecord& r, Out out) { copy(r.equilibrium.government_release, out); }},
    {"money", "money received (paid: negative); the sum over accounts is 0", "USD/month", Axis::account,
     [](const MonthRecord& r, Out out) {
       const auto& a = r.accounts;
       const std::array values{a.consumers, a.producers,   a.traders,   a.stockholders, a.governments,
                               a.carriers,  a.rent_owners, a.middlemen, a.imbalance};
       static_assert(values.size() == kAccounts.size());
       std::copy(values.begin(), values.end(), out.begin());
     }},
    {"backlash", "protest against mines and separation plants; above its tolerance it stops output", "1", Axis::region,
     [](const MonthRecord& r, Out out) { copy(r.before.backlash, out); }},
    {"royalties", "royalties of mines that others control, beyond those of the base year", "USD/month", Axis::region,
     [](const MonthRecord& r, Out out) {
       std::fill(out.begin(), out.end(), 0.0);
       for (std::size_t f = 0; f < r.before.royalty_due.size(); ++f)
         out[r.world.facilities[f].region.index()] += r.before.royalty_due[f] * r.equilibrium.activity[f];
     }},
    {"home_processing_charge", "charge on mined goods that leave a host on whom the world depends", "1", Axis::region,
     [](const MonthRecord& r, Out out) {
       std::fill(out.begin(), out.end(), 0.0);
       for (std::size_t a = 0; a < r.before.host_tax.size(); ++a) {
         double& charge = out[r.world.arcs[a].from.index()];
         charge = std::max(charge, r.before.host_tax[a]);
       }
     }},
    {"expropriation", "share of a region's plants taken without pay, as investors remember it", "1", Axis::region,
     [](const MonthRecord& r, Out out) { copy(r.before.expropriation, out); }},
    {"private_investment", "private money committed to new plants", "USD/month", Axis::region,
     [](const MonthRecord& r, Out out) { copy(r.after.private_invested, out); }},
    {"public_investment", "money of governments committed to new plants: grants, loans, equity", "USD/month",
     Axis::region, [](const MonthRecord& r, Out out) { copy(r.after.public_invested, out); }},
    {"public_support", "paid by governments to the plants of a stage; negative: it comes back", "USD/month",
     Axis::workforce, [](const MonthRecord& r, Out out) { copy(r.after.public_paid, out); }},
    {"alignment", "membership in the camp of a leader", "1", Axis::camp,
     [](const MonthRecord& r, Out out) { copy(r.before.alignment, out); }},
    {"settlement", "share of a region's trade in the chain that it settles in the currency of a camp's leader", "1",
     Axis::camp, [](const MonthRecord& r, Out out) { copy(r.before.settlement, out); }},
    {"courted", "what moved membership in a camp this month", "1/month", Axis::camp,
     [](const MonthRecord& r, Out out) { copy(r.after.courted, out); }},
    {"private_capital", "private money that waits for projects", "USD", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.after.private_capital; }},
    {"public_cost", "paid by a lever to plants; negative: it comes back", "USD/month", Axis::lever,
     [](const MonthRecord& r, Out out) { copy(r.after.public_cost, out); }},
    {"lever_in_force", "1 in a month in which a lever is in force and not suspended, else 0", "1", Axis::lever,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.reactions.in_force[i] ? 1 : 0;
     }},
    {"rule_verdict",
     "what a month made of an actor's rule: 0 left out, 1 not yet, 2 nothing published, 3 quiet, 4 waiting, "
     "5 exhausted, 6 no money, 7 not this time, 8 decided",
     "1", Axis::rule,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<double>(r.reactions.rules[i].verdict);
     }},
    {"rule_probability", "that a rule decides this month; missing where chance is not asked", "1", Axis::rule,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.reactions.rules[i].probability;
     }},
    {"rule_draw", "number drawn, below the probability it decides; missing where chance is not asked", "1", Axis::rule,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.reactions.rules[i].draw;
     }},
    {"rule_acts", "1 in a month in which what a rule decided begins, else 0", "1", Axis::rule,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.reactions.rules[i].acts ? 1 : 0;
     }},
    {"condition_value", "what an actor sees of a condition when the month begins, in the condition's unit", "1",
     Axis::condition,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.reactions.conditions[i].value;
     }},
    {"condition_product", "place in `product` of the product that the value is of; missing of levers", "1",
     Axis::condition,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) {
         const int product = r.reactions.conditions[i].product;
         out[i] = product >= 0 ? product : kNone;
       }
     }},
    {"condition_holds", "1 where the condition holds, else 0", "1", Axis::condition,
     [](const MonthRecord& r, Out out) {
       for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.reactions.conditions[i].holds ? 1 : 0;
     }},
    {"workers", "skilled workers", "1", Axis::workforce,
     [](const MonthRecord& r, Out out) { copy(r.before.skilled, out); }},
    {"workers_short", "workers that plants want and do not have", "1", Axis::workforce,
     [](const MonthRecord& r, Out out) {
       for (std::size_t k = 0; k < out.size(); ++k)
         out[k] = k < r.before.skilled.size() ? std::max(0.0, r.before.workers_wanted[k] - r.before.skilled[k]) : kNone;
     }},
    {"workers_trained", "trained this month", "1/month", Axis::workforce,
     [](const MonthRecord& r, Out out) { copy(r.after.workers_trained, out); }},
    {"workers_poached", "won from elsewhere this month", "1/month", Axis::workforce,
     [](const MonthRecord& r, Out out) { copy(r.after.workers_poached, out); }},
    {"workers_retired", "retired this month", "1/month", Axis::workforce,
     [](const MonthRecord& r, Out out) { copy(r.after.workers_retired, out); }},
    {"certificate_stationarity", "largest relative violation of a supplier's or buyer's optimum", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.equilibrium.certificate.stationarity; }},
    {"certificate_feasibility", "largest relative shortfall of a balance or limit", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.equilibrium.certificate.feasibility; }},
    {"certificate_complementarity", "largest relative violation of 'a price only where nothing is left over'", "1",
     Axis::month, [](const MonthRecord& r, Out out) { out[0] = r.equilibrium.certificate.complementarity; }},
    {"certificate_bounds", "largest relative excess over a bound", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.equilibrium.certificate.bounds; }},
    {"certificate_ad_valorem", "largest relative violation where tax is paid on a price", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.equilibrium.certificate.ad_valorem; }},
    {"certificate_gap", "money that complementarity leaves open, relative to turnover", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.equilibrium.certificate.gap; }},
    {"certificate_worst", "largest of the certificate's parts", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.equilibrium.certificate.worst(); }},
    {"mass_balance_node", "largest relative difference between what entered and left a node", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.mass.worst_node; }},
    {"mass_balance_stock", "largest difference between a stock and its movements", "t", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = r.mass.worst_stock; }},
    {"breakpoints", "work done: changes of the active set followed one by one", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = static_cast<double>(r.equilibrium.work.breakpoints); }},
    {"newton_steps", "work done: Newton steps", "1", Axis::month,
     [](const MonthRecord& r, Out out) { out[0] = static_cast<double>(r.equilibrium.work.newton_steps); }},
};

}  // namespace

std::span<const Series> series() {
  return kSeries;
}

std::size_t size_of(Axis axis, const MonthRecord& record) {
  switch (axis) {
    case Axis::month:
      return 1;
    case Axis::node:
      return record.world.nodes();
    case Axis::arc:
      return record.world.arcs.size();
    case Axis::facility:
      return record.world.facilities.size();
    case Axis::segment:
      return record.world.segments.size();
    case Axis::stock:
      return record.world.stocks.size();
    case Axis::limit:
      return record.market.limits().size();
    case Axis::release:
      return record.market.releases().size();
    case Axis::account:
      return kAccounts.size();
    case Axis::region:
      return record.world.regions.size();
    case Axis::workforce:
      return kWorkStages.size() * record.world.regions.size();
    case Axis::lever:
      return record.after.public_cost.size();
    case Axis::industry:
      return record.world.industries.size();
    case Axis::camp:
      return record.world.camps.size() * record.world.regions.size();
    case Axis::rule:
      return record.reactions.rules.size();
    case Axis::condition:
      return record.reactions.conditions.size();
  }
  return 0;
}

}  // namespace lodestone::store
