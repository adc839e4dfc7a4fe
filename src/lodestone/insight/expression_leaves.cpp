#include "lodestone/insight/expression_leaves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "lodestone/insight/expression_plants.hpp"
#include "lodestone/insight/expression_terms.hpp"
#include "lodestone/world/damage.hpp"

namespace lodestone::insight {
namespace {

using simulation::MonthRecord;
using world::World;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

Terms segments(const World& world, const LeafArguments& arguments) {
  Terms terms;
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto& segment = world.segments[s];
    if (contains(arguments.here, segment.region) && (arguments.end_use.empty() || segment.end_use == arguments.end_use))
      terms.add(s, counted(world, arguments, segment.product));
  }
  return terms;
}

Terms routes(const World& world, const LeafArguments& arguments) {
  Terms terms;
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    const auto& arc = world.arcs[a];
    if (contains(arguments.here, arc.from) && contains(arguments.there, arc.to))
      terms.add(a, counted(world, arguments, arc.product));
  }
  return terms;
}

/// A sum over plants that follows who controls them, where it asks for that.
template <class List>
Reading over_plants(const World& world, const LeafArguments& arguments,
                    std::vector<world::RecipeItem> world::Process::*side, const List& list) {
  if (!arguments.by_control)
    return [terms = plants(world, arguments, side), list](const MonthRecord& record) { return terms.of(list(record)); };
  auto anywhere = arguments;
  anywhere.by_control = false;
  anywhere.here.clear();
  for (std::size_t r = 0; r < world.regions.size(); ++r) anywhere.here.emplace_back(r);
  return [terms = plants(world, anywhere, side), here = arguments.here, list](const MonthRecord& record) {
    double sum = 0;
    for (const auto& [f, weight] : terms.items)
      if (contains(here, record.before.control[f])) sum += weight * list(record)[f];
    return sum;
  };
}

const std::vector<double>& activity(const MonthRecord& record) {
  return record.equilibrium.activity;
}

Reading production(const World& world, const LeafArguments& arguments) {
  return over_plants(world, arguments, &world::Process::outputs, activity);
}

Reading capacity(const World& world, const LeafArguments& arguments) {
  return over_plants(world, arguments, &world::Process::outputs,
                     [](const MonthRecord& record) -> const std::vector<double>& { return record.before.capacity; });
}

Reading processing(const World& world, const LeafArguments& arguments) {
  return over_plants(world, arguments, &world::Process::inputs, activity);
}

Reading consumption(const World& world, const LeafArguments& arguments) {
  return [terms = segments(world, arguments)](const MonthRecord& record) {
    return terms.of(record.equilibrium.consumption);
  };
}

Reading use(const World& world, const LeafArguments& arguments) {
  return [final = segments(world, arguments),
          taken = plants(world, arguments, &world::Process::inputs)](const MonthRecord& record) {
    return final.of(record.equilibrium.consumption) + taken.of(record.equilibrium.activity);
  };
}

Reading wanted(const World& world, const LeafArguments& arguments) {
  Terms terms = segments(world, arguments);
  for (auto& [s, weight] : terms.items) weight *= world.segments[s].base_quantity;
  return [terms = std::move(terms)](const MonthRecord& record) {
    double sum = 0;
    for (const auto& [s, weight] : terms.items) sum += weight * record.before.wanted(s);
    return sum;
  };
}

// Nothing where nothing is wanted. What users take beyond it at lower prices is not counted against others.
Reading unmet(const World& world, const LeafArguments& arguments) {
  const Terms terms = segments(world, arguments);
  return [terms, &world](const MonthRecord& record) {
    double all = 0, lacking = 0;
    for (const auto& [s, weight] : terms.items) {
      const double wants = weight * world.segments[s].base_quantity * record.before.demand_level[s];
      all += wants;
      lacking += std::max(0.0, wants - weight * record.equilibrium.consumption[s]);
    }
    return all > 0 ? lacking / all : kMissing;
  };
}

Reading flow(const World& world, const LeafArguments& arguments) {
  return
      [terms = routes(world, arguments)](const MonthRecord& record) { return terms.of(record.equilibrium.arc_flow); };
}

/// Industries behind an end use (all of them when none is named).
template <class Value>
Reading over_industries(const World& world, const LeafArguments& arguments, const Value& value) {
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < world.industries.size(); ++i)
    if (contains(arguments.here, world.industries[i].region) &&
        (arguments.end_use.empty() || world.industries[i].end_use == arguments.end_use))
      which.push_back(i);
  return [which = std::move(which), value](const MonthRecord& record) {
    double sum = 0;
    for (const std::size_t i : which)
      sum += value(
          world::damage_of(record.world, record.world.industries[i], record.before, record.equilibrium.consumption));
    return sum;
  };
}

Reading value_added_lost(const World& world, const LeafArguments& arguments) {
  return over_industries(world, arguments, [](const world::Damage& damage) { return damage.lost; });
}

Reading evaded(const World& world, const LeafArguments& arguments) {
  return [terms = routes(world, arguments)](const MonthRecord& record) {
    return terms.of(record.equilibrium.evaded_flow);
  };
}

Reading stock_where(const World& world, const LeafArguments& arguments,
                    const std::function<bool(world::Holder)>& counts) {
  Terms terms;
  for (std::size_t s = 0; s < world.stocks.size(); ++s)
    if (contains(arguments.here, world.stocks[s].region) && counts(world.stocks[s].holder))
      terms.add(s, counted(world, arguments, world.stocks[s].product));
  return [terms = std::move(terms)](const MonthRecord& record) { return terms.of(record.stock_after); };
}

Reading stock(const World& world, const LeafArguments& arguments) {
  return stock_where(world, arguments, [](world::Holder) { return true; });
}

template <world::Holder kHolder>
Reading stock_of(const World& world, const LeafArguments& arguments) {
  return stock_where(world, arguments, [](world::Holder holder) { return holder == kHolder; });
}

Reading activity(const World&, const LeafArguments& arguments) {
  return [f = arguments.facility.index()](const MonthRecord& record) { return record.equilibrium.activity[f]; };
}

// A mean over places.
template <class Value, class Weight>
Reading paid(const World& world, const LeafArguments& arguments, Value value, Weight weight) {
  std::vector<std::pair<std::size_t, std::pair<Terms, Terms>>> places;
  for (const auto product : arguments.products)
    for (const auto region : arguments.here) {
      LeafArguments one;
      one.products = {product};
      one.here = {region};
      places.push_back(
          {world.node(product, region), {segments(world, one), plants(world, one, &world::Process::inputs)}});
    }
  return [places = std::move(places), value, weight](const MonthRecord& record) {
    Mean mean;
    for (const auto& [node, used] : places) {
      const double use = used.first.of(record.equilibrium.consumption) + used.second.of(record.equilibrium.activity);
      mean.add(value(record, node), places.size() == 1 ? 1 : weight(record, node, use));
    }
    return mean.value();
  };
}

// Where it is traded, by what is used there.
Reading price(const World& world, const LeafArguments& arguments) {
  return paid(
      world, arguments,
      [](const MonthRecord& record, std::size_t node) {
        return record.equilibrium.quote[node].traded ? record.equilibrium.price[node] : kMissing;
      },
      [](const MonthRecord&, std::size_t, double use) { return use; });
}

Reading price_licensed(const World& world, const LeafArguments& arguments) {
  return paid(
      world, arguments,
      [](const MonthRecord& record, std::size_t node) {
        return record.equilibrium.licensed_price[node] > 0 ? record.equilibrium.licensed_price[node] : kMissing;
      },
      [](const MonthRecord& record, std::size_t node, double) { return record.equilibrium.licensed_use[node]; });
}

Reading price_weighted(const World& world, const LeafArguments& arguments) {
  return paid(
      world, arguments,
      [](const MonthRecord& record, std::size_t node) {
        return record.equilibrium.quote[node].traded ? record.equilibrium.weighted_price[node] : kMissing;
      },
      [](const MonthRecord&, std::size_t, double use) { return use; });
}

// Weighted by what is shipped, and where nothing is by what was shipped in the base year.
template <class Of>
Reading route_price(const World& world, const LeafArguments& arguments, Of of) {
  return [terms = routes(world, arguments), &world, of](const MonthRecord& record) {
    Mean now, usual;
    for (const auto& [a, weight] : terms.items) {
      const double value = of(record, world::ArcId(a));
      now.add(value, record.equilibrium.arc_flow[a]);
      usual.add(value, world.arcs[a].base_flow);
    }
    const double found = now.value();
    return std::isnan(found) ? usual.value() : found;
  };
}

world::MonthMarket::LandedCost landed(const MonthRecord& record, world::ArcId arc) {
  return record.market.landed_cost(arc, record.equilibrium, record.before, record.rules);
}

double tariff(const MonthRecord& record, world::ArcId arc) {
  return record.world.arcs[arc.index()].base_tariff + record.rules.arc_import_tariff[arc.index()];
}

// Rents are owed on top of the landed cost; before import duty they are as much less. The rent of a licence that is
// bound to an end user is the user's and in no price.
double rents_before_duty(const MonthRecord& record, world::ArcId arc, const world::MonthMarket::LandedCost& cost) {
  const double of_licence = record.rules.arc_bound[arc.index()] != 0 ? 0 : cost.limit_rent;
  return (of_licence + cost.group_rent) / (1 + tariff(record, arc));
}

Reading fob(const World& world, const LeafArguments& arguments) {
  return route_price(world, arguments, [](const MonthRecord& record, world::ArcId arc) {
    const auto cost = landed(record, arc);
    return cost.origin_price + cost.export_vat + cost.export_tax + rents_before_duty(record, arc, cost);
  });
}

Reading cif(const World& world, const LeafArguments& arguments) {
  return route_price(world, arguments, [](const MonthRecord& record, world::ArcId arc) {
    const auto& route = record.world.arcs[arc.index()];
    const std::size_t node = record.world.node(route.product, route.to);
    return record.equilibrium.quote[node].traded ? record.equilibrium.price[node] / (1 + tariff(record, arc))
                                                 : kMissing;
  });
}

Reading rent(const World& world, const LeafArguments& arguments) {
  return route_price(world, arguments, [](const MonthRecord& record, world::ArcId arc) {
    const auto cost = landed(record, arc);
    return cost.limit_rent + cost.group_rent;
  });
}

// On arrival, duty paid, weighted by what contracts bring; where they bring nothing by what they ask for.
Reading price_contract(const World& world, const LeafArguments& arguments) {
  LeafArguments to = arguments;
  to.there = arguments.here;
  to.here.clear();
  for (std::size_t r = 0; r < world.regions.size(); ++r) to.here.emplace_back(r);
  return [terms = routes(world, to)](const MonthRecord& record) {
    Mean now, asked;
    for (const auto& [a, weight] : terms.items) {
      const auto& arc = record.world.arcs[a];
      if (!(arc.contracted > 0)) continue;
      const double value = (1 + tariff(record, world::ArcId(a))) * (record.before.contract_price[a] + arc.freight);
      now.add(value, record.equilibrium.arc_promised[a]);
      asked.add(value, record.before.contract_volume[a]);
    }
    const double found = now.value();
    return std::isnan(found) ? asked.value() : found;
  };
}

// What customs would write down: goods under contract at their price, the others at that of the day. Who has a licence
// pays what goods cost inside.
Reading unit_value(const World& world, const LeafArguments& arguments) {
  return [terms = routes(world, arguments)](const MonthRecord& record) {
    Mean mean;
    for (const auto& [a, weight] : terms.items) {
      const auto& month = record.equilibrium;
      mean.add(month.arc_fob[a], month.arc_flow[a] - month.arc_promised[a]);
      if (month.arc_promised[a] > 0) mean.add(record.before.contract_price[a], month.arc_promised[a]);
    }
    return mean.value();
  };
}

const char* slots_text(Slots slots) {
  switch (slots) {
    case Slots::product_region:
      return "product, region";
    case Slots::product_region_end_use:
      return "product, region, end use";
    case Slots::product_region_control:
      return "product, region by control";
    case Slots::product_from_to:
      return "product, from, to";
    case Slots::product_to_from:
      return "product, to, from";
    case Slots::facility:
      return "facility";
    case Slots::product_region_status:
      return "product, region by control, status";
    case Slots::facility_status:
      return "facility, status";
    case Slots::facility_stall:
      return "facility, stall";
    case Slots::region_end_use:
      return "region, end use";
    case Slots::region:
    case Slots::actor:
      return "region";
  }
  return "";
}

}  // namespace

std::span<const Leaf> leaves() {
  static const std::array list{
      Leaf{"price", Slots::product_region, kPrice,
           "price at the place of use: without VAT, import duty paid; of several places the mean by use; nothing where "
           "nothing is traded",
           "exw", price},
      Leaf{"price_licensed", Slots::product_region, kPrice,
           "price of those who hold a licence bound to them, import duty paid; nothing where nobody does", "exw",
           price_licensed},
      Leaf{"price_weighted", Slots::product_region, kPrice,
           "mean of what users pay, holders of licences and others; of several places the mean by use", "exw",
           price_weighted},
      Leaf{"fob", Slots::product_from_to, kPrice,
           "price on leaving a country: with VAT not refunded, export tax and what a licence or quota costs", "fob",
           fob},
      Leaf{"cif", Slots::product_to_from, kPrice, "price on arrival, import duty not paid", "cif", cif},
      Leaf{"price_contract", Slots::product_region, kPrice,
           "price on arrival of goods under contracts of a term, import duty paid; nothing where there are none", "exw",
           price_contract},
      Leaf{
          "unit_value", Slots::product_from_to, kPrice,
          "mean price on leaving a country of what is shipped, under contracts and at the price of the day, as customs "
          "see it: with taxes and quota rents, without what a licence is worth, which is not for sale",
          "fob", unit_value},
      Leaf{"rent", Slots::product_from_to, kPrice, "what a licence or quota is worth per t shipped", "", rent},
      Leaf{"exports", Slots::product_from_to, kFlow, "shipped to other regions", "", flow},
      Leaf{"imports", Slots::product_to_from, kFlow, "shipped from other regions (arrives after the months at sea)", "",
           flow},
      Leaf{"evaded", Slots::product_from_to, kFlow,
           "shipped past a restriction, through third countries; no part of exports and imports", "", evaded},
      Leaf{"production", Slots::product_region_control, kFlow, "made (begun this month; ready after the process's lag)",
           "", production},
      Leaf{"capacity", Slots::product_region_control, kFlow, "what plants could make this month", "", capacity},
      Leaf{"processing", Slots::product_region_control, kFlow, "taken by plants", "", processing},
      Leaf{"consumption", Slots::product_region_end_use, kFlow, "final use", "", consumption},
      Leaf{"wanted", Slots::product_region_end_use, kFlow,
           "final use that there would be at base-year prices; wanted - consumption is what is not met", "", wanted},
      Leaf{"value_added_lost", Slots::region_end_use, kMoneyFlow,
           "value added that industries lose to their scarcest input (docs/damage.md)", "", value_added_lost},
      Leaf{"unmet", Slots::product_region_end_use, kPlain,
           "share of what is wanted that users do not get, end use by end use", "", unmet},
      Leaf{"use", Slots::product_region, kFlow, "final use and what plants take", "", use},
      Leaf{"stock", Slots::product_region, kMass, "in store at the end of the month, all holders", "", stock},
      Leaf{"stock_working", Slots::product_region, kMass, "of it: with users and makers", "",
           stock_of<world::Holder::working>},
      Leaf{"stock_commercial", Slots::product_region, kMass, "of it: with traders", "",
           stock_of<world::Holder::commercial>},
      Leaf{"stock_speculative", Slots::product_region, kMass, "of it: with those who bet on a rise", "",
           stock_of<world::Holder::speculative>},
      Leaf{"stock_government", Slots::product_region, kMass, "of it: with governments", "",
           stock_of<world::Holder::government>},
      Leaf{"activity", Slots::facility, kFlow, "activity of one plant", "", activity},
      Leaf{"cash_cost", Slots::product_region_control, kPrice,
           "cash cost per t of activity of the plants that make it, inputs of the chain left out; mean by activity", "",
           cash_cost},
      Leaf{"margin", Slots::product_region_control, kMoneyFlow,
           "what the plants that make it sell at the month's prices less what they take and their cash cost", "",
           margin},
      Leaf{"projects", Slots::product_region_status, kPlain,
           "number of projects (planned or being built when the run starts) that would make it and are so far", "",
           projects},
      Leaf{"project", Slots::facility_status, kPlain, "1 while one project is so far, else 0", "", project},
      Leaf{"stalled", Slots::facility_stall, kPlain, "1 while this holds a project back, else 0", "", stalled},
      Leaf{"npv", Slots::facility, kMoney,
           "net present value of a project as lenders see it this month: at normal prices, at the rate that they ask, "
           "without public money",
           "", net_present_value},
      Leaf{"public_cost", Slots::actor, kMoneyFlow,
           "paid by the levers of a government to plants; negative: it comes back", "", public_cost},
      Leaf{"public_investment", Slots::region, kMoneyFlow,
           "grants, loans and equity of all governments committed to new plants there", "", public_investment},
      Leaf{"private_investment", Slots::region, kMoneyFlow, "private money committed to new plants there", "",
           private_investment},
  };
  return list;
}

const Leaf* find_leaf(std::string_view name) {
  const auto all = leaves();
  const auto it = std::find_if(all.begin(), all.end(), [&](const Leaf& leaf) { return leaf.name == name; });
  return it == all.end() ? nullptr : &*it;
}

std::string signature(const Leaf& leaf) {
  return fmt::format("{}({})", leaf.name, slots_text(leaf.slots));
}

}  // namespace lodestone::insight
