#include "lodestone/insight/chain_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "lodestone/base/units.hpp"
#include "lodestone/insight/markdown.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {
namespace {

using world::World;

using base::kMonths;
constexpr std::size_t kMakers = 5;  // named per product
constexpr std::size_t kGaps = 15;   // rows of the table of weak figures
constexpr std::array kStages{world::Stage::mining, world::Stage::separation, world::Stage::finishing,
                             world::Stage::metal,  world::Stage::magnet,     world::Stage::recycling};

std::string items(const World& world, const std::vector<world::RecipeItem>& list) {
  std::vector<std::string> parts;
  parts.reserve(list.size());
  for (const auto& item : list)
    parts.push_back(fmt::format("{} {}", readable(item.amount), world.products[item.product.index()].id));
  return parts.empty() ? "-" : fmt::format("{}", fmt::join(parts, " + "));
}

Table structure(const World& world) {
  Table table{"structure",
              "Structure",
              {{"stage", "stage", ""},
               {"process", "process", ""},
               {"inputs", "takes", "t per t of activity"},
               {"outputs", "gives", "t per t of activity"},
               {"lag", "takes time", "months"}},
              {},
              ""};
  for (const auto stage : kStages)
    for (const auto& p : world.processes)
      if (p.stage == stage)
        table.rows.push_back(
            {to_string(p.stage), p.name, items(world, p.inputs), items(world, p.outputs), static_cast<double>(p.lag)});
  return table;
}

/// What a product is made of in the base year: t/yr per maker's place and per home of the operator.
struct Makers {
  double made = 0, processed = 0, used = 0;
  std::map<std::string, double> by_location, by_control, by_facility;
};

Makers makers_of(const World& world, world::ProductId product) {
  Makers out;
  for (const auto& f : world.facilities) {
    if (!f.makes_something()) continue;
    const auto& process = world.processes[f.process.index()];
    for (const auto& item : process.outputs) {
      const double made = item.product == product ? f.base_activity * item.amount * kMonths : 0;
      if (!(made > 0)) continue;
      out.made += made;
      out.by_location[world.regions[f.region.index()].id] += made;
      out.by_control[world.regions[f.control.index()].id] += made;
      out.by_facility[f.name.empty() ? f.id : f.name] += made;
    }
    for (const auto& item : process.inputs)
      if (item.product == product) out.processed += f.base_activity * item.amount * kMonths;
  }
  for (const auto& s : world.segments)
    if (s.product == product) out.used += s.base_quantity * kMonths;
  return out;
}

std::string largest(const std::map<std::string, double>& parts, double all, std::size_t most) {
  std::vector<std::pair<std::string, double>> sorted(parts.begin(), parts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(most, sorted.size()); ++i)
    out.push_back(fmt::format("{} {}", sorted[i].first, percent(sorted[i].second / all)));
  return out.empty() ? "nobody" : fmt::format("{}", fmt::join(out, ", "));
}

Table who_makes_what(const World& world) {
  Table table{"makers",
              fmt::format("Who makes what, {}", world.base_year),
              {{"product", "product", ""},
               {"made", "made", "t/yr"},
               {"processed", "used in the chain", "t/yr"},
               {"used", "final use", "t/yr"},
               {"location", "by location", ""},
               {"control", "by home of the operator", ""},
               {"facility", "largest plant or aggregate", ""}},
              {},
              ""};
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    const auto makers = makers_of(world, world::ProductId(p));
    table.rows.push_back({world.products[p].id, makers.made, makers.processed, makers.used,
                          largest(makers.by_location, makers.made, kMakers),
                          largest(makers.by_control, makers.made, kMakers),
                          largest(makers.by_facility, makers.made, 1)});
  }
  return table;
}

Table plants(const World& world) {
  Table table{"plants",
              "Plants and aggregates",
              {{"stage", "stage", ""},
               {"operating", "operating", ""},
               {"suspended", "suspended", ""},
               {"building", "building", ""},
               {"planned", "planned", ""},
               {"capacity", "capacity in place", "t/yr of activity"},
               {"activity", "activity", "t/yr"},
               {"coming", "capacity to come", "t/yr of activity"}},
              {},
              "Aggregates stand for what the plants named beside them leave of a country's total."};
  for (const auto stage : kStages) {
    std::array<double, 4> count{};
    double capacity = 0, activity = 0, coming = 0;
    for (const auto& f : world.facilities) {
      if (world.processes[f.process.index()].stage != stage) continue;
      ++count[static_cast<std::size_t>(f.status)];
      capacity += f.capacity * kMonths;
      activity += f.base_activity * kMonths;
      coming += f.planned_capacity * kMonths;
    }
    table.rows.push_back({to_string(stage), count[0], count[1], count[2], count[3], capacity, activity, coming});
  }
  return table;
}

Table price_history(const World& world) {
  using Series = std::tuple<std::size_t, std::size_t, std::string, bool, bool, std::string>;
  std::map<Series, std::map<int, std::pair<double, int>>> series;
  std::set<int> years;
  const auto add = [&](const world::QuotedPrice& quote) {
    const int year = quote.period.from.year;
    auto& [sum, count] = series[{quote.product.index(), quote.region.index(), quote.incoterm, quote.vat_included,
                                 quote.duty_included, quote.grade}][year];
    sum += quote.price;
    ++count;
    years.insert(year);
  };
  for (const auto& quote : world.base_quotes) add(quote);
  for (const auto& quote : world.past_prices) add(quote);
  Table table{"prices",
              "Prices over the years, USD of 2024 per kg",
              {{"product", "product", ""}, {"region", "where", ""}, {"terms", "terms", ""}, {"grade", "grade", ""}},
              {},
              "Means of the quotes of a year that the dataset holds. Prices on unlike terms (with and without VAT, "
              "duty, freight) and of unlike grades are kept apart and must not be compared."};
  for (const int year : years) table.columns.push_back({std::to_string(year), std::to_string(year), ""});
  for (const auto& [key, by_year] : series) {
    const auto& [product, region, incoterm, vat, duty, grade] = key;
    std::vector<Cell> row{world.products[product].id, world.regions[region].id,
                          fmt::format("{}{}{}", incoterm, vat ? ", VAT in" : "", duty ? ", duty in" : ""), grade};
    for (const int year : years) {
      const auto found = by_year.find(year);
      if (found == by_year.end())
        row.emplace_back(std::monostate{});
      else
        row.emplace_back(found->second.first / found->second.second / 1000);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table quality(const dataset::CheckReport& check) {
  Table table{"quality",
              "How well it is known",
              {{"product", "product, with all it is made from", ""},
               {"rows", "rows", ""},
               {"quoted", "quoted from a document", ""},
               {"derived", "derived", ""},
               {"assumed", "rest on no document", ""},
               {"grade", "grade", ""}},
              {},
              "Grade: rows resting on no document are at most 10 % (A), 25 % (B), 50 % (C), more (D)."};
  for (const auto& chain : check.chains) {
    const auto& e = chain.evidence;
    const double quoted = e.rows == 0 ? 0 : static_cast<double>(e.rows - e.assumed - e.derived) / e.rows;
    table.rows.push_back({chain.product, static_cast<double>(e.rows), percent(std::max(0.0, quoted)),
                          percent(e.rows == 0 ? 0 : static_cast<double>(e.derived) / e.rows),
                          percent(e.assumed_share()), std::string(1, chain.grade)});
  }
  return table;
}

/// Plants whose figures rest on no document, largest by value first.
Table weak_plants(const World& world) {
  std::vector<std::pair<double, const world::Facility*>> weak;
  for (const auto& f : world.facilities) {
    double value = 0;
    for (const auto& item : world.processes[f.process.index()].outputs)
      value += f.base_activity * item.amount * kMonths * world.base_price[world.node(item.product, f.region)];
    if (f.provenance.assumed() && value > 0) weak.emplace_back(value, &f);
  }
  std::stable_sort(weak.begin(), weak.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  Table table{"weak_plants",
              "Gaps: output that rests on no document",
              {{"facility", "plant or aggregate", ""},
               {"region", "where", ""},
               {"value", "value of output", "million USD/yr"},
               {"source", "source", ""}},
              {},
              weak.size() > kGaps ? fmt::format("The largest {} of {}.", kGaps, weak.size()) : ""};
  for (std::size_t i = 0; i < std::min(kGaps, weak.size()); ++i)
    table.rows.push_back({weak[i].second->name, world.regions[weak[i].second->region.index()].id, weak[i].first / 1e6,
                          weak[i].second->provenance.source});
  return table;
}

/// Per product what of its demand, trade and prices rests on no document.
Table weak_products(const World& world) {
  Table table{"weak_products",
              "Gaps by product",
              {{"product", "product", ""},
               {"demand", "final use by region and end use, assumed", ""},
               {"trade", "trade filled in, not known", ""},
               {"quotes", "regions with a quote", ""},
               {"priced", "regions with a price that follows from trade or is assumed", ""}},
              {},
              "Trade that no source gives is filled in by gravity and balancing."};
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    double use = 0, assumed = 0, trade = 0, filled = 0;
    for (const auto& s : world.segments)
      if (s.product.index() == p) {
        use += s.base_quantity;
        assumed += s.provenance.assumed() ? s.base_quantity : 0;
      }
    for (const auto& a : world.arcs)
      if (a.product.index() == p) {
        trade += a.base_flow;
        filled += a.provenance.derived && a.provenance.source.find("gravity") != std::string::npos ? a.base_flow : 0;
      }
    std::set<std::size_t> quoted;
    for (const auto& quote : world.base_quotes)
      if (quote.product.index() == p) quoted.insert(quote.region.index());
    double priced = 0;
    for (std::size_t r = 0; r < world.regions.size(); ++r)
      priced += world.base_price[p * world.regions.size() + r] > 0 && !quoted.contains(r) ? 1 : 0;
    table.rows.push_back({world.products[p].id, use > 0 ? percent(assumed / use) : "no final use",
                          trade > 0 ? percent(filled / trade) : "no trade", static_cast<double>(quoted.size()),
                          priced});
  }
  return table;
}

/// Products and the processes between them, as GitHub and GitLab draw it.
std::string diagram(const World& world) {
  std::string out = "\n```mermaid\nflowchart LR\n";
  std::set<std::pair<std::size_t, std::size_t>> drawn;
  for (const auto& p : world.processes)
    for (const auto& output : p.outputs)
      for (const auto& input : p.inputs)
        if (drawn.emplace(input.product.index(), output.product.index()).second)
          out += fmt::format("  {} --> {}\n", world.products[input.product.index()].id,
                             world.products[output.product.index()].id);
  return out + "```\n";
}

}  // namespace

std::string chain_page(const World& world, const dataset::CheckReport& check, const std::string& command) {
  std::string out = fmt::format("# {}\n\n", world.title);
  out += fmt::format("Dataset `{}`, base year {}, hash `{}`. Made by `{}`; do not edit by hand.\n\n", world.id,
                     world.base_year, world.hash.substr(0, 12), command);
  out += fmt::format(
      "{} products in {} processes, {} plants and aggregates, {} regions, {} routes, {} demands. {} of {} rows rest on "
      "no document. Quantities are the base year's after reconciliation; [base_year.md](../base_year.md) says how, "
      "[validation.md](../validation.md) what moved, [data_sources.md](../data_sources.md) what was judged.\n",
      world.products.size(), world.processes.size(), world.facilities.size(), world.regions.size(), world.arcs.size(),
      world.segments.size(), percent(check.total.assumed_share()), check.total.rows);
  const auto first = structure(world);
  out += markdown_section(first) + diagram(world);
  for (const auto& table : {who_makes_what(world), plants(world), price_history(world), quality(check),
                            weak_products(world), weak_plants(world)})
    out += markdown_section(table);
  return out;
}

}  // namespace lodestone::insight
