#include "lodestone/insight/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "lodestone/insight/markdown.hpp"
#include "lodestone/insight/out_of_sample.hpp"
#include "lodestone/insight/provenance.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/stage_share.hpp"

namespace lodestone::insight {
namespace {

using world::World;

constexpr double kWithin = 0.03;     // shares are expected within 3 points
constexpr double kWedgeBound = 0.1;  // calibration wedges above this share of the landed price are listed
constexpr int kDriftMonths = 12;
constexpr int kSpeaksFor = 4;  // years from the base year in which a published share still says something about it

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
    if (f.support > 0 && f.makes_something())
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
    "that were not used to set a number: from the tables of later years below, as far as they have rows. A model that "
    "does no better there than the forecast that nothing changes has shown nothing.";

// What moves in the run beside levers, and what does not.
std::string what_moves(const policy::Scenario& happened) {
  const std::string plans = "plants come when their rows in facilities.csv have it or prices call for them";
  if (happened.demand_growth == world::kNoGrowth)
    return fmt::format(
        " Demand does not grow; {}: a price that moved for other reasons than the levers, the plants and the stocks "
        "cannot be met.",
        plans);
  return fmt::format(
      " Demand grows on the path `{}` of demand_growth.csv, which holds sales as they were where they are known: an "
      "input too; {}. Costs and accidents are not foreseen.",
      happened.demand_growth, plans);
}

std::string happened_text(const policy::Scenario& happened) {
  if (happened.levers.empty())
    return std::string(
               "After the base year the model runs without any measure: what governments did is not among its "
               "inputs.") +
           what_moves(happened);
  return fmt::format(
             "After the base year the model runs with the levers of `{}` ({}), which are inputs. Numbers in them that "
             "were taken from the years they are held against (docs/scenarios.md names them), and parameters fitted on "
             "shocks of these years (docs/data_sources.md), make the comparison easier than a forecast would have "
             "been.",
             happened.id, happened.title) +
         what_moves(happened) +
         (happened.description.empty() ? "" : " The scenario says of itself: " + happened.description);
}

}  // namespace

std::vector<StageShare> stage_shares(const World& world) {
  std::vector<StageShare> shares;
  const auto far = [&](const world::PublishedShare& p) { return std::abs(p.year - world.base_year); };
  for (const auto& p : world.published) {
    const bool nearer = std::any_of(world.published.begin(), world.published.end(), [&](const auto& other) {
      return other.stage == p.stage && other.measure == p.measure && other.region == p.region && far(other) < far(p);
    });
    if (far(p) > kSpeaksFor || nearer) continue;  // of several years the one next to the base year speaks
    shares.push_back({p.stage, p.measure, world.regions[p.region.index()].id, p.year,
                      stage_share(world, p, base_activity(world)), p.share, p.provenance.source,
                      p.provenance.assumed()});
  }
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

Table moved_figures(const World& world) {
  std::vector<const world::MovedFigure*> moved;
  for (const auto& figure : world.moved) moved.push_back(&figure);
  const auto errors = [](const world::MovedFigure& m) { return std::abs(m.used - m.stated) / m.error; };
  std::stable_sort(moved.begin(), moved.end(), [&](const auto* a, const auto* b) { return errors(*a) > errors(*b); });
  Table table{"moved_figures",
              "Figures that the reconciliation moved",
              {{"figure", "figure", ""},
               {"stated", "stated", ""},
               {"used", "used", ""},
               {"unit", "unit", ""},
               {"change", "moved by", ""},
               {"errors", "standard errors", ""},
               {"confidence", "confidence", ""},
               {"source", "against", ""}},
              {},
              "Moved by more than 0.1 %, as little as the errors of all figures together allow (docs/base_year.md)."};
  for (const auto* m : moved)
    table.rows.push_back({m->what, m->stated, m->used, m->unit.empty() ? "of all" : m->unit,
                          fmt::format("{:+.1f} %", 100 * (m->used / m->stated - 1)), fmt::format("{:.2f}", errors(*m)),
                          to_string(m->provenance.confidence), m->provenance.source});
  return table;
}

Report validation(const World& world, const policy::Scenario& happened) {
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
  const auto later = out_of_sample(world, happened);
  for (auto& sentence : verdicts(world, later)) out.drivers.push_back(std::move(sentence));
  out.drivers.push_back(
      fmt::format("{} of the dataset's figures were moved so that the base year balances", world.moved.size()));
  const auto assumed = assumed_shares(world);
  out.assumed_share = assumed.overall();
  out.assumed = say(assumed);
  out.tables = tables(later);
  for (auto& table :
       {shares_table(shares), moved_figures(world), derived_table(world), support_table(world), wedge_table(world)})
    out.tables.push_back(table);
  out.notes.push_back(happened_text(happened));
  out.notes.emplace_back(
      "Agreement with the base year is calibration and no evidence for what the model says about other years.");
  return out;
}

std::string validation_page(const World& world, const policy::Scenario& happened, const std::string& command) {
  const Report report = validation(world, happened);
  std::string out = fmt::format("# Validation: the base year {}, and after it\n\n", world.base_year);
  out += fmt::format("Dataset: {} (`{}`, hash `{}`). Made by `{}`; do not edit by hand.\n\n", world.title, world.id,
                     world.hash.substr(0, 12), command);
  out += fmt::format("**{}** {}\n\n", report.question, report.answer);
  for (const auto& driver : report.drivers) out += fmt::format("- {}\n", driver);
  out += fmt::format("- rests on assumed figures: {}\n\n", report.assumed);
  out += fmt::format("{}\n\n{}\n", kProves, happened_text(happened));
  for (const auto& table : report.tables) out += markdown_section(table);
  return out;
}

}  // namespace lodestone::insight
