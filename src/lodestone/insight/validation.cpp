#include "lodestone/insight/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "lodestone/insight/provenance.hpp"
#include "lodestone/insight/replay.hpp"

namespace lodestone::insight {
namespace {

using world::World;

constexpr double kWithin = 0.03;     // shares are expected within 3 points
constexpr double kWedgeBound = 0.1;  // calibration wedges above this share of the landed price are listed
constexpr int kDriftMonths = 12;

/// Elements that a measure counts.
std::vector<bool> counted(const World& world, const std::string& measure) {
  std::vector<bool> in(world.elements.size(), measure == "REO");
  for (std::size_t e = 0; e < world.elements.size(); ++e) {
    if (world.elements[e].id == measure) in[e] = true;
    if (measure == "magnet_REE")
      for (const auto& product : world.products)
        if (product.stage == world::Stage::magnet && e < product.content.size() && product.content[e] > 0) in[e] = true;
  }
  return in;
}

/// Whether the stage takes the product again, as separators take mixed carbonate: then what they make of it counts.
bool passed_on(const World& world, world::ProductId product, world::Stage stage) {
  for (const auto& process : world.processes)
    for (const auto& item : process.inputs)
      if (process.stage == stage && item.product == product) return true;
  return false;
}

double computed_share(const World& world, const world::PublishedShare& published) {
  std::string measure = published.measure;
  const bool by_control = measure.ends_with("_control");
  if (by_control) measure.resize(measure.size() - std::string("_control").size());
  const auto elements = counted(world, measure);
  const bool by_content =
      std::find(elements.begin(), elements.end(), true) != elements.end() && published.stage != "magnet";
  double all = 0, here = 0;
  for (const auto& facility : world.facilities) {
    const auto& process = world.processes[facility.process.index()];
    if (to_string(process.stage) != published.stage) continue;
    for (const auto& item : process.outputs) {
      if (passed_on(world, item.product, process.stage)) continue;
      const auto& product = world.products[item.product.index()];
      double content = by_content ? 0 : 1;
      for (std::size_t e = 0; by_content && e < product.content.size(); ++e)
        if (elements[e]) content += product.content[e];
      const double made = facility.base_activity * item.amount * content;
      all += made;
      if ((by_control ? facility.control : facility.region) == published.region) here += made;
    }
  }
  return all > 0 ? here / all : 0;
}

Table shares_table(const std::vector<StageShare>& shares) {
  Table table{"stage_shares",
              "Base-year shares beside published ones",
              {{"stage", "stage", ""},
               {"measure", "measure", ""},
               {"region", "where", ""},
               {"computed", "model", ""},
               {"published", "published", ""},
               {"year", "year", ""},
               {"points", "difference", "points"},
               {"source", "source", ""}},
              {},
              ""};
  for (const auto& s : shares)
    table.rows.push_back({s.stage, s.measure, s.region, fmt::format("{:.1f} %", 100 * s.computed),
                          fmt::format("{:.1f} %", 100 * s.published), std::to_string(s.year),
                          fmt::format("{:+.1f}", 100 * s.difference()), s.source});
  return table;
}

Table support_table(const World& world) {
  Table table{
      "support",
      "Facilities whose base-year margin does not cover their cash cost",
      {{"facility", "facility", ""},
       {"region", "where", ""},
       {"support", "support", "USD/t of activity"},
       {"cost", "cash cost", "USD/t of activity"}},
      {},
      "Support is a calibration wedge: it keeps the plant running at its base-year price and is nobody's money."};
  for (const auto& f : world.facilities)
    if (f.support > 0)
      table.rows.push_back(
          {f.name.empty() ? f.id : f.name, world.regions[f.region.index()].id, f.support, f.cash_cost});
  return table;
}

Table wedge_table(const World& world) {
  struct Row {
    const world::Arc* arc;
    double share;
  };
  std::vector<Row> rows;
  for (const auto& arc : world.arcs) {
    const double price = world.base_price[world.node(arc.product, arc.to)];
    if (arc.base_flow > 0 && price > 0 && std::abs(arc.wedge) > kWedgeBound * price)
      rows.push_back({&arc, arc.wedge / price});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return std::abs(a.share) > std::abs(b.share); });
  Table table{"wedges",
              "Routes whose calibration wedge exceeds 10 % of the price at the destination",
              {{"product", "product", ""},
               {"from", "from", ""},
               {"to", "to", ""},
               {"wedge", "wedge", "USD/kg"},
               {"share", "of the price", ""},
               {"flow", "base flow", "t/yr"}},
              {},
              ""};
  constexpr std::size_t kRows = 25;
  for (std::size_t i = 0; i < std::min(kRows, rows.size()); ++i)
    table.rows.push_back({world.products[rows[i].arc->product.index()].id, world.regions[rows[i].arc->from.index()].id,
                          world.regions[rows[i].arc->to.index()].id, rows[i].arc->wedge / 1000, percent(rows[i].share),
                          rows[i].arc->base_flow * 12});
  table.note = rows.size() > kRows ? fmt::format("The largest {} of {}.", kRows, rows.size())
                                   : fmt::format("{} of {} routes.", rows.size(), world.arcs.size());
  return table;
}

Table derived_table(const World& world) {
  Table table{"derived",
              "Figures that were derived or balanced, not quoted",
              {{"what", "figures", ""},
               {"all", "all", ""},
               {"derived", "derived", ""},
               {"assumed", "assumed", ""},
               {"value", "derived or assumed", "of base-year value"}},
              {},
              "Derived: arithmetic on quoted figures, gravity, balancing. Assumed: no publication gives the number."};
  const auto add = [&](const std::string& what, const auto& items, const auto& provenance, const auto& value) {
    int derived = 0, assumed = 0;
    double all = 0, weak = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const world::Provenance& p = provenance(i);
      const double v = value(i);
      all += v;
      if (p.derived || p.assumed()) weak += v;
      if (p.assumed())
        ++assumed;
      else if (p.derived)
        ++derived;
    }
    table.rows.push_back({what, static_cast<double>(items.size()), static_cast<double>(derived),
                          static_cast<double>(assumed), percent(all > 0 ? weak / all : 0)});
  };
  add(
      "plants and mines", world.facilities,
      [&](std::size_t i) -> const world::Provenance& { return world.facilities[i].provenance; },
      [&](std::size_t i) {
        const auto& f = world.facilities[i];
        double value = 0;
        for (const auto& item : world.processes[f.process.index()].outputs)
          value += f.base_activity * item.amount * world.base_price[world.node(item.product, f.region)];
        return value;
      });
  add(
      "demand segments", world.segments,
      [&](std::size_t i) -> const world::Provenance& { return world.segments[i].provenance; },
      [&](std::size_t i) { return world.segments[i].base_quantity * world.segments[i].base_price; });
  add(
      "trade routes", world.arcs, [&](std::size_t i) -> const world::Provenance& { return world.arcs[i].provenance; },
      [&](std::size_t i) {
        return world.arcs[i].base_flow * world.base_price[world.node(world.arcs[i].product, world.arcs[i].from)];
      });
  add(
      "node prices", world.price_provenance,
      [&](std::size_t i) -> const world::Provenance& { return world.price_provenance[i]; },
      [&](std::size_t i) { return world.base_price[i] > 0 ? 1.0 : 0.0; });
  add(
      "behavioural parameters", world.parameters,
      [&](std::size_t i) -> const world::Provenance& { return world.parameters[i].provenance; },
      [](std::size_t) { return 1.0; });
  return table;
}

std::string escaped(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string markdown(const Table& table) {
  std::string out;
  std::string rule;
  for (const auto& column : table.columns) {
    out += fmt::format("| {} ", column.unit.empty() ? column.name : fmt::format("{} ({})", column.name, column.unit));
    rule += "|---";
  }
  out += "|\n" + rule + "|\n";
  for (const auto& row : table.rows) {
    for (const auto& cell : row) {
      std::string text = "-";
      if (const auto* words = std::get_if<std::string>(&cell))
        text = escaped(*words);
      else if (const auto* number = std::get_if<double>(&cell))
        text = readable(*number);
      out += fmt::format("| {} ", text);
    }
    out += "|\n";
  }
  if (!table.note.empty()) out += "\n" + table.note + "\n";
  return out;
}

constexpr const char* kProves =
    "What the base year proves: that the dataset is one consistent picture. Mines feed separators, separators feed "
    "magnet "
    "makers, what is made is used or stored, and at the prices entered every plant, trader and user that acts in the "
    "base year "
    "acts in the model.\n\n"
    "What it does not prove: anything about the future. Stocks, trade and demand were balanced, and calibration wedges "
    "on "
    "routes and plants were chosen, so that the base year comes out. Reproducing it is arithmetic and no evidence for "
    "elasticities, "
    "choke prices, stock behaviour or the response to a licence or ban. Evidence can only come from years and shocks "
    "that were not used "
    "to set a number; this page has none.";

}  // namespace

std::vector<StageShare> stage_shares(const World& world) {
  std::vector<StageShare> shares;
  for (const auto& p : world.published)
    shares.push_back({p.stage, p.measure, world.regions[p.region.index()].id, p.year, computed_share(world, p), p.share,
                      p.provenance.source, p.provenance.assumed()});
  return shares;
}

BaseYearDrift base_year_drift(const World& world, int months) {
  BaseYearDrift drift;
  drift.months = months;
  std::vector<bool> used(world.nodes(), false);
  for (const auto& s : world.segments) used[world.node(s.product, s.region)] = s.base_quantity > 0;
  for (const auto& f : world.facilities)
    for (const auto& item : world.processes[f.process.index()].inputs)
      if (f.base_activity > 0) used[world.node(item.product, f.region)] = true;
  const Replay replay(std::make_unique<World>(world), policy::reference_scenario(world, world.start, months));
  double sum = 0;
  int count = 0;
  replay.all([&](const simulation::MonthRecord& record) {
    for (std::size_t n = 0; n < world.nodes(); ++n) {
      if (!used[n] || !record.equilibrium.quote[n].traded || !(world.base_price[n] > 0)) continue;
      const double off = std::abs(record.equilibrium.price[n] / world.base_price[n] - 1);
      sum += off;
      ++count;
      if (off > drift.worst_price) {
        drift.worst_price = off;
        drift.worst_node = fmt::format("{}, {}", world.node_name(n), record.month.text());
      }
    }
  });
  drift.mean_price = count > 0 ? sum / count : 0;
  return drift;
}

Report validation(const World& world) {
  Report out;
  out.question =
      fmt::format("Does the base year {} of '{}' agree with what is published?", world.base_year, world.title);
  const auto shares = stage_shares(world);
  const auto far = std::count_if(shares.begin(), shares.end(),
                                 [](const StageShare& s) { return std::abs(s.difference()) > kWithin; });
  const auto widest = std::max_element(shares.begin(), shares.end(), [](const StageShare& a, const StageShare& b) {
    return std::abs(a.difference()) < std::abs(b.difference());
  });
  if (shares.empty()) {
    out.answer = "The dataset names no published share to compare with.";
  } else {
    out.answer = fmt::format(
        "{} of {} published stage shares are met within 3 points; the widest difference is {:+.1f} points ({} {} in "
        "{}).",
        static_cast<long>(shares.size()) - far, shares.size(), 100 * widest->difference(), widest->stage,
        widest->measure, widest->region);
  }
  const auto drift = base_year_drift(world, kDriftMonths);
  out.drivers.push_back(fmt::format(
      "without levers, prices over the first {} months stay within {} of the base year (mean {}; widest: {})",
      drift.months, percent(drift.worst_price), percent(drift.mean_price),
      drift.worst_node.empty() ? "none" : drift.worst_node));
  const auto assumed = assumed_shares(world);
  out.assumed_share = assumed.overall();
  out.assumed = say(assumed);
  out.tables = {shares_table(shares), derived_table(world), support_table(world), wedge_table(world)};
  out.notes.emplace_back(
      "Agreement with the base year is calibration and no evidence for what the model says about other years.");
  return out;
}

std::string validation_page(const World& world, const std::string& command) {
  const Report report = validation(world);
  std::string out = fmt::format("# Validation: the base year {}\n\n", world.base_year);
  out += fmt::format("Dataset: {} (`{}`, hash `{}`). Made by `{}`; do not edit by hand.\n\n", world.title, world.id,
                     world.hash.substr(0, 12), command);
  out += fmt::format("**{}** {}\n\n", report.question, report.answer);
  for (const auto& driver : report.drivers) out += fmt::format("- {}\n", driver);
  out += fmt::format("- rests on assumed figures: {}\n\n", report.assumed);
  out += fmt::format("{}\n", kProves);
  for (const auto& table : report.tables)
    out += fmt::format("\n## {}\n\n{}", table.title, table.rows.empty() ? std::string("None.\n") : markdown(table));
  return out;
}

}  // namespace lodestone::insight
