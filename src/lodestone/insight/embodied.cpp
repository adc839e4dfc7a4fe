#include "lodestone/insight/embodied.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/words.hpp"

namespace lodestone::insight {
namespace {

using store::Results;
using world::RegionId;
using world::Stage;
using world::World;

constexpr std::array kStages{Stage::mining, Stage::separation, Stage::finishing, Stage::metal, Stage::magnet};
constexpr std::array kDone{"mined", "separated", "finished", "made into metal", "made into magnets"};
constexpr double kShown = 0.005;  // smallest share that has a row
constexpr std::size_t kRows = 12;

/// The open product and those of its access classes.
std::vector<world::ProductId> kinds_of(const World& world, world::ProductId product) {
  std::vector<world::ProductId> out;
  for (std::size_t p = 0; p < world.products.size(); ++p)
    if (world::ProductId(p) == product || world.products[p].open == product) out.emplace_back(p);
  return out;
}

std::span<const double> of_month(const store::Variable& series, std::size_t month) {
  return std::span(series.values).subspan(month * series.stride(), series.stride());
}

std::span<const double> series_of(const Results& results, const char* name, std::size_t month) {
  return results.has(name) ? of_month(results.variable(name), month) : std::span<const double>();
}

/// Final use of the product in regions, t.
double use_of(const World& world, world::ProductId product, RegionId region, std::span<const double> consumption) {
  double use = 0;
  for (std::size_t s = 0; s < world.segments.size(); ++s)
    if (world.segments[s].product == product && world.segments[s].region == region) use += consumption[s];
  return use;
}

using Look = std::function<void(const Trace&, std::size_t)>;

/// Traces a run up to a month and shows every month.
void trace(const Results& results, const World& world, const EmbodiedQuestion& question, std::size_t last,
           const Look& look) {
  Trace trace(world, question.element, question.by_control);
  std::vector<double> shipped;  // with what went past restrictions
  for (std::size_t m = 0; m <= last; ++m) {
    const auto flow = series_of(results, "arc_flow", m), evaded = series_of(results, "arc_evaded", m);
    shipped.assign(flow.begin(), flow.end());
    for (std::size_t a = 0; a < evaded.size(); ++a)
      if (evaded[a] > 0) shipped[a] += evaded[a];
    trace.month({shipped, series_of(results, "activity", m), series_of(results, "stock_level", m)});
    look(trace, m);
  }
}

std::size_t month_of(const Results& results, const EmbodiedQuestion& question) {
  if (results.months().empty()) throw base::InputError("the run has no months");
  return question.month ? results.month_index(*question.month) : results.months().size() - 1;
}

std::vector<RegionId> users(const World& world, world::ProductId product) {
  std::vector<RegionId> out;
  for (std::size_t r = 0; r < world.regions.size(); ++r)
    if (std::any_of(world.segments.begin(), world.segments.end(), [&](const auto& s) {
          const auto open = world.products[s.product.index()].open;
          return s.region == RegionId(r) && (s.product == product || open == product);
        }))
      out.emplace_back(r);
  return out;
}

Cell share_cell(double share) {
  return std::isnan(share) ? Cell{} : Cell(100 * share);
}

/// Whose use is asked about: those named, otherwise all users but the origin, who buys nothing from itself.
std::vector<RegionId> asked(const World& world, const EmbodiedQuestion& question) {
  if (!question.regions.empty()) return question.regions;
  auto out = users(world, question.product);
  if (out.size() > 1) std::erase(out, question.origin);
  return out;
}

std::string name_of_asked(const World& world, const EmbodiedQuestion& question) {
  return question.name.empty() ? "the world outside " + place_of(world, question.origin) : question.name;
}

std::vector<Column> columns(const World& world, const EmbodiedQuestion& question) {
  const std::string origin = world.regions[question.origin.index()].id;
  std::vector<Column> out{
      {"use", "use", "t/month"}, {"imported", "imported", "%"}, {"direct", fmt::format("bought from {}", origin), "%"}};
  for (std::size_t k = 0; k < kTraced; ++k)
    if (kStages[k] != Stage::finishing)
      out.push_back(
          {to_string(kStages[k]), fmt::format("{} {} {}", kDone[k], question.by_control ? "by" : "in", origin), "%"});
  return out;
}

void append(std::vector<Cell>& row, const Embodied& found) {
  row.insert(row.end(), {found.use, share_cell(found.imported), share_cell(found.directly)});
  for (std::size_t k = 0; k < kTraced; ++k)
    if (kStages[k] != Stage::finishing) row.push_back(share_cell(found.share[k]));
}

/// Every origin of every stage of what some regions use.
Table origins_table(const Trace& trace, const World& world, const EmbodiedQuestion& question,
                    std::span<const double> consumption) {
  Table table{"origins",
              fmt::format("Where what {} uses comes from", question.name),
              {{"stage", "stage", ""}, {"origin", "origin", ""}, {"share", "share", "%"}},
              {},
              "Shares of each stage add up to 100; recycled: collected from discarded goods; unknown: in store or sold "
              "in places that nothing reached in the base year."};
  for (std::size_t k = 0; k < kTraced; ++k) {
    if (!trace.goes_through(question.product, kStages[k])) continue;
    std::vector<double> sum(world.regions.size() + 2, 0.0);
    double use = 0;
    for (const auto product : kinds_of(world, question.product))
      for (const auto region : question.regions) {
        const double here = use_of(world, product, region, consumption);
        const auto shares = trace.origins(product, region, kStages[k]);
        for (std::size_t o = 0; o < sum.size(); ++o) sum[o] += here * shares[o];
        use += here;
      }
    std::vector<std::size_t> order(sum.size());
    for (std::size_t o = 0; o < order.size(); ++o) order[o] = o;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sum[a] > sum[b]; });
    for (const std::size_t o : order) {
      if (!(use > 0) || sum[o] / use < kShown) continue;
      const std::string origin = o == trace.recycled()  ? "recycled"
                                 : o == trace.unknown() ? "unknown"
                                                        : world.regions[o].id;
      table.rows.push_back({to_string(kStages[k]), origin, 100 * sum[o] / use});
    }
  }
  return table;
}

Table regions_table(const Trace& trace, const World& world, const EmbodiedQuestion& question,
                    std::span<const double> consumption) {
  Table table{"embodied",
              fmt::format("Who depends on {}", place_of(world, question.origin)),
              {},
              {},
              "Import reliance sees the last seller only; embodied reliance counts who did each stage of what is used, "
              "in proportion. Largest users first."};
  table.columns = columns(world, question);
  table.columns.insert(table.columns.begin(), {"region", "where", ""});
  std::vector<std::pair<RegionId, Embodied>> rows;
  for (const auto region : users(world, question.product))
    rows.emplace_back(region, embodied_in(trace, world, question, {region}, consumption));
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second.use > b.second.use; });
  rows.resize(std::min(rows.size(), kRows));
  for (const auto& [region, found] : rows) {
    std::vector<Cell> row{world.regions[region.index()].id};
    append(row, found);
    table.rows.push_back(std::move(row));
  }
  std::vector<Cell> all{"all but " + world.regions[question.origin.index()].id};
  EmbodiedQuestion of_all = question;
  of_all.regions.clear();
  append(all, embodied_in(trace, world, question, asked(world, of_all), consumption));
  table.rows.push_back(std::move(all));
  return table;
}

std::string sentence(const Embodied& found, const World& world, const EmbodiedQuestion& question, base::Month month) {
  std::string stages;
  for (std::size_t k = 0; k < kTraced; ++k)
    if (!std::isnan(found.share[k]))
      stages += fmt::format("{}{} {}{}", stages.empty() ? "" : ", ", percent(found.share[k]),
                            stages.empty() ? "was " : "", kDone[k]);
  return fmt::format("In {} {} bought {} of its {} from {} directly; of what it used {} there{}.", month.text(),
                     name_of_asked(world, question), std::isnan(found.directly) ? "none" : percent(found.directly),
                     thing_of(world, question.product), place_of(world, question.origin), stages,
                     question.by_control ? " or by plants that it controls abroad" : "");
}

}  // namespace

world::ElementId main_element(const World& world, world::ProductId product) {
  const auto& content = world.products[product.index()].content;
  return world::ElementId(static_cast<std::size_t>(std::max_element(content.begin(), content.end()) - content.begin()));
}

Embodied embodied_in(const Trace& trace, const World& world, const EmbodiedQuestion& question,
                     const std::vector<RegionId>& regions, std::span<const double> consumption) {
  Embodied out;
  out.share.assign(kTraced, 0.0);
  double imported = 0, made = 0, directly = 0;
  const auto within = [&](RegionId region) {
    return std::find(regions.begin(), regions.end(), region) != regions.end();
  };
  for (const auto product : kinds_of(world, question.product))
    for (const auto region : regions) {
      const double use = use_of(world, product, region, consumption);
      out.use += use;
      for (std::size_t k = 0; k < kTraced; ++k)
        out.share[k] += use * trace.origins(product, region, kStages[k])[question.origin.index()];
      made += trace.made(product, region);
      for (std::size_t r = 0; r < world.regions.size(); ++r)
        if (!within(RegionId(r))) imported += trace.imported(product, region, RegionId(r));
      if (!within(question.origin)) directly += trace.imported(product, region, question.origin);
    }
  for (std::size_t k = 0; k < kTraced; ++k)
    out.share[k] =
        out.use > 0 && trace.goes_through(question.product, kStages[k]) ? out.share[k] / out.use : std::nan("");
  const double came = imported + made;
  out.imported = came > 0 ? imported / came : std::nan("");
  out.directly = came > 0 ? directly / came : std::nan("");
  return out;
}

Report embodied(const Results& results, const World& world, const EmbodiedQuestion& question) {
  if (users(world, question.product).empty() || !results.has("consumption"))
    throw base::InputError(fmt::format("nobody uses '{}' outside the chain; expected a product with an end use",
                                       world.products[question.product.index()].id));
  const std::size_t last = month_of(results, question);
  Report out;
  out.question = fmt::format("How far does {} depend on {} for {}?", name_of_asked(world, question),
                             place_of(world, question.origin), thing_of(world, question.product));
  trace(results, world, question, last, [&](const Trace& trace, std::size_t month) {
    if (month != last) return;
    const auto consumption = series_of(results, "consumption", month);
    const auto found = embodied_in(trace, world, question, asked(world, question), consumption);
    out.answer = sentence(found, world, question, results.months()[month]);
    if (!question.regions.empty()) out.tables.push_back(origins_table(trace, world, question, consumption));
    out.tables.push_back(regions_table(trace, world, question, consumption));
  });
  out.assumed = "flows and what is made are the run's; how goods mix is assumed: in proportion, at every place";
  out.notes = {fmt::format("Traced for the element {}: other elements of the same product have other origins "
                           "(--element).",
                           world.elements[question.element.index()].name),
               "Recycling counts as separation where it is done. docs/embodied.md says how goods are traced."};
  return out;
}

Table embodied_months_table(const Results& results, const World& world, const EmbodiedQuestion& question) {
  Table table{"months",
              fmt::format("Reliance on {}, month by month", place_of(world, question.origin)),
              columns(world, question),
              {},
              ""};
  table.columns.insert(table.columns.begin(), {"month", "month", ""});
  const auto regions = asked(world, question);
  trace(results, world, question, month_of(results, question), [&](const Trace& trace, std::size_t month) {
    std::vector<Cell> row{results.months()[month].text()};
    append(row, embodied_in(trace, world, question, regions, series_of(results, "consumption", month)));
    table.rows.push_back(std::move(row));
  });
  return table;
}

}  // namespace lodestone::insight
