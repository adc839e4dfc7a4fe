#include "lodestone/insight/why.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/provenance.hpp"
#include "lodestone/insight/reactions.hpp"

namespace lodestone::insight {
namespace {

using simulation::MonthRecord;
using world::Arc;
using world::ArcId;
using world::Facility;
using world::World;

constexpr double kSmall = 1e-9;  // of a node's turnover: below it a flow is none

/// Marginal cost of a facility's next unit this month (USD/t of activity).
double cost_now(const MonthRecord& record, std::size_t f) {
  return record.world.facilities[f].marginal_cost(record.equilibrium.activity[f], record.before.capacity[f],
                                                  record.before.cash_cost[f]);
}

const world::RecipeItem* output_of(const World& world, const Facility& facility, world::ProductId product) {
  for (const auto& item : world.processes[facility.process.index()].outputs)
    if (item.product == product) return &item;
  return nullptr;
}

/// What reached a node this month, by where it came from.
struct Supply {
  double local = 0, imports = 0, stocks = 0;
  std::size_t best_facility = SIZE_MAX, best_arc = SIZE_MAX;
};

Supply supply_of(const MonthRecord& record, world::ProductId product, world::RegionId region) {
  const World& world = record.world;
  const auto& eq = record.equilibrium;
  Supply supply;
  double best = 0;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const Facility& facility = world.facilities[f];
    if (facility.region != region) continue;
    const auto* item = output_of(world, facility, product);
    if (item == nullptr) continue;
    const bool lagged = world.processes[facility.process.index()].lag > 0;
    const double out = item->amount * (lagged ? record.before.in_process.arriving(f) : eq.activity[f]);
    supply.local += out;
    // The facility explained must run this month: an idle one sets no price.
    if (const double running = item->amount * eq.activity[f]; running > best) {
      best = running;
      supply.best_facility = f;
    }
  }
  double turnover = supply.local;
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    const Arc& arc = world.arcs[a];
    if (arc.product != product || arc.to != region) continue;
    const double shipped = eq.arc_flow[a] + eq.evaded_flow[a];
    const double in = arc.lag > 0 ? record.before.at_sea.arriving(a) : shipped;
    supply.imports += in;
    turnover += in + shipped;
  }
  double carried = 0;
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    const Arc& arc = world.arcs[a];
    if (arc.product != product || arc.to != region) continue;
    double rent = eq.arc_rent[a];
    const double flow = eq.arc_flow[a] + eq.evaded_flow[a];
    const bool in_use = flow > kSmall * turnover && flow > 0;
    const bool held_back = rent > 1e-6 * std::max(eq.price[world.node(product, region)], 1e-6);
    if (!in_use && !held_back) continue;
    const double carries = std::max(flow, record.before.usual_flow[a]);
    if (carries > carried) {
      carried = carries;
      supply.best_arc = a;
    }
  }
  for (std::size_t s = 0; s < world.stocks.size(); ++s)
    if (world.stocks[s].product == product && world.stocks[s].region == region) supply.stocks += eq.stock_release[s];
  for (std::size_t r = 0; r < record.market.releases().size(); ++r)
    if (record.market.releases()[r].product == product && record.market.releases()[r].region == region)
      supply.stocks += eq.government_release[r];
  return supply;
}

/// Where more goes past a restriction on a route than under it, what that costs makes the price.
void explain_evasion(const MonthRecord& record, std::size_t arc_index, double origin_assumed, Explanation& out) {
  const World& world = record.world;
  const Arc& arc = world.arcs[arc_index];
  const auto cost = record.market.evasion_cost(ArcId(arc_index), record.equilibrium, record.before);
  const std::string& from = world.regions[arc.from.index()].id;
  out.parts = {
      {"origin", from, cost.origin_price, origin_assumed, fmt::format("price in {}", from)},
      {"freight", "freight", cost.freight, arc.provenance.assumed() ? 1.0 : 0.0,
       arc.lag > 0 ? fmt::format("{} months at sea", arc.lag) : ""},
      {"import-tariff", "import tariff", cost.import_tariff, 0, ""},
      {"wedge", "calibration wedge", cost.wedge, 1, "what the base-year prices need; not money"},
      {"middlemen", "middlemen", cost.margin + cost.passage, 1,
       fmt::format("{:.3g} t went through third countries, {:.3g} t could", record.equilibrium.evaded_flow[arc_index],
                   record.before.evasion[arc_index].capacity)},
      {"evasion-rent", "rent of middlemen", cost.rent, 1, "no more can go past the restriction"},
      {"scarcity", "scarcity", out.price - cost.destination_value, assumed_demand(world, arc.product),
       arc.lag > 0 ? "price now less what importers expect on arrival" : ""},
  };
}

void explain_import(const MonthRecord& record, std::size_t arc_index, int levels, Explanation& out) {
  const World& world = record.world;
  const Arc& arc = world.arcs[arc_index];
  const auto cost = record.market.landed_cost(ArcId(arc_index), record.equilibrium, record.before, record.rules);
  const std::string& from = world.regions[arc.from.index()].id;
  out.carrier = Carrier::import;
  const double legal = record.equilibrium.arc_flow[arc_index], evaded = record.equilibrium.evaded_flow[arc_index];
  const bool past = evaded > legal;
  out.supplier = fmt::format("imports from {}{}", from, past ? " past its restrictions" : "");
  Explanation origin = explain(record, arc.product, arc.from, std::max(levels - 1, 0));
  const double behind_route = arc.provenance.assumed() ? 1 : 0;
  const double behind_demand = assumed_demand(world, arc.product);
  if (past) {
    explain_evasion(record, arc_index, origin.assumed_share(), out);
    if (levels > 0) out.origin.push_back(std::move(origin));
    return;
  }
  const std::string beside =
      evaded > 0 ? fmt::format("; {:.3g} t went past it through third countries", evaded) : std::string();
  out.parts = {
      {"origin", from, cost.origin_price, origin.assumed_share(), fmt::format("price in {}", from)},
      {"export-vat", "VAT lost on export, standing export duty", cost.export_vat, 0, ""},
      {"export-tax", "export tax", cost.export_tax, 0, ""},
      {"freight", "freight", cost.freight, behind_route, arc.lag > 0 ? fmt::format("{} months at sea", arc.lag) : ""},
      {"import-tariff", "import tariff", cost.import_tariff, 0, ""},
      {"wedge", "calibration wedge", cost.wedge, 1, "what the base-year prices need; not money"},
      {"switching", "switching", cost.switching, 1, "cost of changing partners; not money"},
      {"claim", "contract", -cost.claim, 1, "delivered at a loss to avoid damages; not money"},
      {"licence-rent", "licence rent", cost.limit_rent, behind_demand,
       "what a licence to ship one more tonne is worth" + beside},
      {"quota-rent", "quota rent", cost.group_rent, behind_demand, beside.empty() ? "" : beside.substr(2)},
      {"scarcity", "scarcity", out.price - cost.destination_value, behind_demand,
       arc.lag > 0 ? "price now less what importers expect on arrival" : ""},
  };
  if (levels > 0) out.origin.push_back(std::move(origin));
}

bool explain_facility(const MonthRecord& record, std::size_t index, Explanation& out) {
  const World& world = record.world;
  const auto& eq = record.equilibrium;
  const Facility& facility = world.facilities[index];
  const auto& process = world.processes[facility.process.index()];
  // What a unit of activity brings in: at prices now, or as expected when the goods come out.
  const auto value_of = [&](world::ProductId product) {
    const std::size_t node = world.node(product, facility.region);
    return process.lag > 0 ? eq.forward_price[node] : eq.price[node];
  };
  double revenue = 0;
  for (const auto& item : process.outputs) revenue += item.amount * value_of(item.product);
  const double value = value_of(out.product);
  if (!(revenue > 0) || !(value > 0)) return false;
  const double share = value / revenue;  // of every cost, per tonne of this product
  out.carrier = Carrier::facility;
  out.supplier = facility.name.empty() ? facility.id : facility.name;
  const double behind_facility = facility.provenance.assumed() ? 1 : 0;
  double costs = 0;
  for (const auto& item : process.inputs) {
    const std::size_t node = world.node(item.product, facility.region);
    const double part = item.amount * eq.price[node];
    costs += part;
    const auto& input = world.products[item.product.index()];
    out.parts.push_back({"input:" + input.id, input.name.empty() ? input.id : input.name, part * share,
                         world.price_provenance[node].assumed() ? 1.0 : 0.0,
                         fmt::format("at {} USD/kg", usd_per_kg(eq.price[node]))});
  }
  const double cash = cost_now(record, index);
  out.parts.push_back({"cash-cost", "cash cost", cash * share, behind_facility,
                       process.outputs.size() > 1 ? "shared among joint products by value" : ""});
  if (facility.support != 0) {
    costs -= facility.support;
    out.parts.push_back(
        {"support", "calibration support", -facility.support * share, 1, "what the base-year margin needs; not money"});
  }
  costs += cash;
  const double margin = revenue - costs;
  out.parts.push_back({"margin", "margin at full capacity", margin * share, behind_facility, ""});
  const double scarcity = out.price - value;
  out.parts.push_back({"scarcity", "scarcity", scarcity, assumed_demand(world, out.product),
                       process.lag > 0 ? "price now less the price expected when the goods come out" : ""});
  return true;
}

void explain_without_supplier(const MonthRecord& record, const Supply& supply, Explanation& out) {
  const World& world = record.world;
  const std::size_t node = world.node(out.product, out.region);
  const bool from_store = supply.stocks > 0;
  out.carrier = from_store ? Carrier::stock : Carrier::buyers;
  out.supplier = from_store ? "stocks" : "what buyers would pay";
  const double normal = record.before.normal_price[node];
  out.parts = {{"normal", "price held to be normal", normal, world.price_provenance[node].assumed() ? 1.0 : 0.0, ""},
               {"scarcity", "scarcity", out.price - normal, assumed_demand(world, out.product),
                from_store ? "what holders ask above it" : "what buyers bid above it"}};
}

/// Full chain cost of every node at cash cost, averaged over what supplied it in the base year; NaN where nothing did.
struct Chain {
  std::vector<double> cost, assumed;  // assumed: money of the cost that rests on assumed figures
};

Chain chain_costs(const World& world, const std::vector<double>& facility_cost) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  Chain chain{std::vector<double>(world.nodes(), kNone), std::vector<double>(world.nodes(), 0.0)};
  for (int round = 0; round < 200; ++round) {
    std::vector<double> weight(world.nodes(), 0.0), cost(world.nodes(), 0.0), assumed(world.nodes(), 0.0);
    const auto add = [&](std::size_t node, double quantity, double unit_cost, double unit_assumed) {
      if (!(quantity > 0) || std::isnan(unit_cost)) return;
      weight[node] += quantity;
      cost[node] += quantity * unit_cost;
      assumed[node] += quantity * unit_assumed;
    };
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const Facility& facility = world.facilities[f];
      const auto& process = world.processes[facility.process.index()];
      double full = facility_cost[f], guess = facility.provenance.assumed() ? facility_cost[f] : 0, value = 0;
      for (const auto& item : process.inputs) {
        full += item.amount * chain.cost[world.node(item.product, facility.region)];
        guess += item.amount * chain.assumed[world.node(item.product, facility.region)];
      }
      for (const auto& item : process.outputs)
        value += item.amount * world.base_price[world.node(item.product, facility.region)];
      if (!(value > 0)) continue;
      for (const auto& item : process.outputs) {
        const std::size_t node = world.node(item.product, facility.region);
        const double share = world.base_price[node] / value;
        add(node, facility.base_activity * item.amount, full * share, guess * share);
      }
    }
    for (const Arc& arc : world.arcs) {
      const std::size_t from = world.node(arc.product, arc.from);
      const double tariff = 1 + arc.base_tariff;
      add(world.node(arc.product, arc.to), arc.base_flow,
          tariff * ((1 + arc.export_vat) * chain.cost[from] + arc.freight),
          tariff * ((1 + arc.export_vat) * chain.assumed[from] + (arc.provenance.assumed() ? arc.freight : 0)));
    }
    double change = 0;
    for (std::size_t n = 0; n < world.nodes(); ++n) {
      const double now = weight[n] > 0 ? cost[n] / weight[n] : kNone;
      if (!std::isnan(now))
        change = std::max(
            change, std::isnan(chain.cost[n]) ? 1.0 : std::abs(now - chain.cost[n]) / std::max(std::abs(now), 1e-9));
      chain.cost[n] = now;
      chain.assumed[n] = weight[n] > 0 ? assumed[n] / weight[n] : 0;
    }
    if (change < 1e-12) break;
  }
  return chain;
}

}  // namespace

double Explanation::assumed_share() const {
  double all = 0, guess = 0;
  for (const Part& part : parts) {
    all += std::abs(part.value);
    guess += std::abs(part.value) * part.assumed;
  }
  return all > 0 ? guess / all : 0;
}

Explanation explain(const MonthRecord& record, world::ProductId product, world::RegionId region, int levels) {
  const World& world = record.world;
  const std::size_t node = world.node(product, region);
  const auto& quote = record.equilibrium.quote[node];
  Explanation out;
  out.product = product;
  out.region = region;
  out.month = record.month;
  out.traded = quote.traded;
  out.price = record.equilibrium.price[node];
  out.bid = quote.bid;
  out.ask = quote.ask;
  out.licensed_price = record.equilibrium.licensed_price[node];
  out.weighted_price = record.equilibrium.weighted_price[node];
  const Supply supply = supply_of(record, product, region);
  const bool local_first = supply.local >= supply.imports && supply.best_facility != SIZE_MAX;
  bool done = false;
  if (local_first) done = explain_facility(record, supply.best_facility, out);
  if (!done && supply.best_arc != SIZE_MAX) {
    out.parts.clear();
    explain_import(record, supply.best_arc, levels, out);
    done = true;
  }
  if (!done && supply.best_facility != SIZE_MAX) done = explain_facility(record, supply.best_facility, out);
  if (!done) explain_without_supplier(record, supply, out);
  // What is left is the solver's tolerance; it is shown, never spread over the parts.
  double sum = 0;
  for (const Part& part : out.parts) sum += part.value;
  const double left = out.price - sum;
  if (left != 0) out.parts.push_back({"rounding", "rounding", left, 0, "the solver's tolerance"});
  std::erase_if(out.parts, [](const Part& part) { return part.value == 0; });
  return out;
}

world::RegionId largest_maker(const World& world, world::ProductId product) {
  std::vector<double> output(world.regions.size(), 0.0);
  for (const Facility& facility : world.facilities)
    if (const auto* item = output_of(world, facility, product))
      output[facility.region.index()] += facility.base_activity * item->amount;
  const auto best = std::max_element(output.begin(), output.end());
  if (best == output.end() || *best <= 0) return {};
  return world::RegionId(static_cast<std::size_t>(best - output.begin()));
}

Structural structural_price(const MonthRecord& record, world::ProductId product, world::RegionId home, bool inside) {
  const World& world = record.world;
  std::vector<double> cash(world.facilities.size());
  for (std::size_t f = 0; f < cash.size(); ++f)
    cash[f] = world.facilities[f].marginal_cost(world.facilities[f].base_activity, world.facilities[f].capacity,
                                                world.facilities[f].cash_cost);
  const Chain chain = chain_costs(world, cash);
  Structural out;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const Facility& facility = world.facilities[f];
    if ((facility.region == home) != inside || !facility.makes_something()) continue;
    if (record.equilibrium.activity[f] <= 0.01 * facility.capacity || facility.capacity <= 0) continue;
    if (output_of(world, facility, product) == nullptr) continue;
    const auto& process = world.processes[facility.process.index()];
    double full = cost_now(record, f);
    double guess = facility.provenance.assumed() ? full : 0, value = 0;
    for (const auto& item : process.inputs) {
      full += item.amount * chain.cost[world.node(item.product, facility.region)];
      guess += item.amount * chain.assumed[world.node(item.product, facility.region)];
    }
    for (const auto& item : process.outputs)
      value += item.amount * world.base_price[world.node(item.product, facility.region)];
    const double price = world.base_price[world.node(product, facility.region)];
    const double cost = full * price / value;
    if (!(value > 0) || std::isnan(cost) || (out.exists && cost <= out.cost)) continue;
    out = {true, facility.name.empty() ? facility.id : facility.name, cost, full > 0 ? guess / full : 0};
  }
  return out;
}

Why why(const Replay& replay, world::ProductId product, world::RegionId region, base::Month month) {
  const World& world = replay.world();
  const std::size_t node = world.node(product, region);
  Why out;
  out.home = largest_maker(world, product);
  replay.at(month, [&](const MonthRecord& record) {
    out.explanation = explain(record, product, region);
    if (out.home.valid()) {
      out.inside = structural_price(record, product, out.home, true);
      out.outside = structural_price(record, product, out.home, false);
    }
  });
  if (const auto* results = replay.results()) {
    const auto& stored = results->variable("price");
    out.stored_price = stored.at(results->month_index(month), node);
    out.same_as_stored = !out.explanation.traded || out.stored_price == out.explanation.price;
  }
  const auto note = [&](const std::string& id, const std::string& kind) {
    return [&out, node, id, kind](const MonthRecord& record) {
      out.without.push_back({id, kind, record.equilibrium.quote[node].traded, record.equilibrium.price[node]});
    };
  };
  const auto without = [&](int lever, const std::string& id, const std::string& kind) {
    replay.at_without(lever, month, note(id, kind));
  };
  const auto& levers = replay.scenario().levers;
  int acting = 0;
  for (std::size_t l = 0; l < levers.size(); ++l) {
    if (levers[l]->head().start > month) continue;
    ++acting;
    without(static_cast<int>(l), levers[l]->head().id, levers[l]->head().kind);
  }
  if (replay.results() != nullptr)
    for (const auto& rule : rules_that_acted(*replay.results(), month)) {
      ++acting;
      replay.at_without_rule(rule, month, note(rule, "rule"));
    }
  if (acting > 1) without(-1, "all levers", "");
  return out;
}

std::string sentence(const Explanation& e, const World& world) {
  const std::string& region = world.regions[e.region.index()].id;
  const auto& product = world.products[e.product.index()];
  const std::string& name = product.name.empty() ? product.id : product.name;
  if (!e.traded)
    return fmt::format(
        "{} was not traded in {} in {}: buyers would pay {}, {}", name, region, e.month.text(),
        e.bid > 0 ? usd_per_kg(e.bid) + " USD/kg" : "nothing",
        std::isfinite(e.ask) ? fmt::format("sellers ask {} USD/kg", usd_per_kg(e.ask)) : "nobody could sell");
  std::string text = fmt::format("{} USD/kg", usd_per_kg(e.price));
  bool first = true;
  for (const Part& part : e.parts) {
    if (std::abs(part.value) < 0.003 * std::abs(e.price)) continue;
    text += first ? " = " : part.value < 0 ? " - " : " + ";
    text += fmt::format("{} {}", part.name, usd_per_kg(first ? part.value : std::abs(part.value)));
    first = false;
  }
  return text;
}

namespace {

/// What is within the solver's tolerance is no difference.
bool differs(double less, double price) {
  return std::abs(less) > market::kTolerance * std::abs(price);
}

/// How far a counterfactual price lies below, in words.
std::string difference(double less, double price) {
  if (!differs(less, price)) return "no difference";
  return fmt::format("{} USD/kg {}", usd_per_kg(std::abs(less)), less > 0 ? "less" : "more");
}

}  // namespace

Report report(const Why& w, const Replay& replay) {
  const World& world = replay.world();
  const Explanation& e = w.explanation;
  const auto& product = world.products[e.product.index()];
  const std::string name = product.name.empty() ? product.id : product.name;
  const std::string& region = world.regions[e.region.index()].id;
  Report out;
  out.question = fmt::format("Why did {} cost what it did in {} in {}?", name, region, e.month.text());
  out.answer = sentence(e, world);
  for (const auto& without : w.without)
    if (!without.kind.empty() && (!without.traded || differs(e.price - without.price, e.price)))
      out.answer +=
          fmt::format("; without {} {}", without.lever, without.traded ? usd_per_kg(without.price) : "no trade");
  out.answer += ".";

  if (e.traded) {
    auto parts = e.parts;
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Part& a, const Part& b) { return std::abs(a.value) > std::abs(b.value); });
    for (std::size_t i = 0; i < std::min<std::size_t>(3, parts.size()); ++i)
      out.drivers.push_back(fmt::format("{} {} USD/kg ({} of the price){}",
                                        parts[i].id == "origin" ? "price in " + parts[i].name : parts[i].name,
                                        usd_per_kg(parts[i].value), percent(parts[i].value / e.price),
                                        parts[i].says.empty() || parts[i].id == "origin" ? "" : ": " + parts[i].says));
    out.assumed_share = e.assumed_share();
    out.assumed = fmt::format("{} of this price rests on assumed or calibrated figures", percent(out.assumed_share));
  } else {
    out.drivers.push_back("nothing was traded, so there is an interval and no price");
    out.assumed_share = assumed_demand(world, e.product);
    out.assumed =
        fmt::format("{} of the demand behind this interval rests on assumed figures", percent(out.assumed_share));
  }

  const auto table = [&](const Explanation& what, const char* id, const std::string& title) {
    Table parts{id,
                title,
                {{"part", "part", ""},
                 {"usd_per_kg", "price", "USD/kg"},
                 {"share", "of the price", ""},
                 {"assumed", "assumed", ""},
                 {"remark", "", ""}},
                {},
                ""};
    for (const Part& part : what.parts)
      parts.rows.push_back(
          {part.name, part.value / 1000, percent(part.value / what.price), percent(part.assumed), part.says});
    parts.rows.push_back(
        {std::string("sum"), what.price / 1000, percent(1), percent(what.assumed_share()), std::string()});
    out.tables.push_back(std::move(parts));
  };
  if (e.traded) {
    table(e, "parts", fmt::format("{} in {}, {}: {}", name, region, e.month.text(), e.supplier));
    for (const auto& origin : e.origin)
      if (origin.traded)
        table(origin, "origin",
              fmt::format("Price at the origin: {} in {}, {}", name, world.regions[origin.region.index()].id,
                          origin.supplier));
  }
  Table beside{
      "beside", "Beside it", {{"what", "what", ""}, {"usd_per_kg", "price", "USD/kg"}, {"remark", "", ""}}, {}, ""};
  for (const auto& without : w.without) {
    beside.rows.push_back({fmt::format("without {}", without.lever),
                           without.traded ? Cell(without.price / 1000) : Cell(std::monostate{}),
                           without.traded ? difference(e.price - without.price, e.price) : std::string("no trade")});
  }
  if (e.licensed_price > 0) {
    beside.rows.push_back({std::string("holders of licences"), e.licensed_price / 1000,
                           std::string("bound to the end user, not for sale")});
    beside.rows.push_back({std::string("mean of what users pay"), e.weighted_price / 1000, std::string()});
  }
  const auto structural = [&](const Structural& s, const std::string& where) {
    beside.rows.push_back(
        {fmt::format("structural price, {}", where), s.exists ? Cell(s.cost / 1000) : Cell(std::monostate{}),
         s.exists ? fmt::format("full cost of {}, the costliest that runs; {} assumed", s.facility, percent(s.assumed))
                  : std::string("nobody makes it there")});
  };
  if (w.home.valid()) {
    structural(w.inside, world.regions[w.home.index()].id);
    structural(w.outside, fmt::format("outside {}", world.regions[w.home.index()].id));
  }
  beside.rows.push_back(
      {std::string("base-year price"), world.base_price[world.node(e.product, e.region)] / 1000, std::string()});
  beside.note =
      "Structural price: cash cost of the supplier and of the chain behind it, with freight and standing taxes, "
      "without rents, margins, levers or calibration.";
  out.tables.push_back(std::move(beside));
  if (!w.same_as_stored)
    out.notes.push_back(
        fmt::format("The replay gives {} USD/kg, the stored results {}: they were made by another build.",
                    usd_per_kg(e.price), usd_per_kg(w.stored_price)));
  return out;
}

}  // namespace lodestone::insight
