#include "lodestone/insight/run_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/insight/provenance.hpp"
#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

constexpr std::size_t kFocus = 6;       // products with charts
constexpr double kMoves = 0.0488;       // ln 1.05: what moves less is shown only when nothing moves more
constexpr std::size_t kQuietFocus = 3;  // products with charts when nothing moves

double largest_move(const store::Results& results, std::size_t node, std::size_t before) {
  const auto& price = results.variable("price");
  double move = 0;
  for (std::size_t m = before; m < results.months().size(); ++m)
    if (const double size = std::abs(std::log(price.at(m, node) / price.at(before, node))); std::isfinite(size))
      move = std::max(move, size);
  return move;
}

/// From the answer's own table of prices, so that pictures and numbers are of the same places.
std::vector<Focus> focus_of(const RunView& run) {
  std::vector<Focus> all;
  const auto* prices = table_of(run.answer, "prices");
  if (prices == nullptr) return all;
  for (const auto& row : prices->rows) {
    const auto product = run.world.find_product(std::get<std::string>(row[0]));
    const auto region = run.world.find_region(std::get<std::string>(row[1]));
    if (region == run.view.inside) continue;
    const double move = std::max(largest_move(run.results, run.world.node(product, region), run.before),
                                 largest_move(run.results, run.world.node(product, run.view.inside), run.before));
    all.push_back({product, region, move});
  }
  const Peak peak = largest_rise(run.results, run.world, run.view);
  const auto leads = [&](const Focus& f) { return peak.exists && f.product.index() == peak.product; };
  std::stable_sort(all.begin(), all.end(),
                   [&](const Focus& a, const Focus& b) { return leads(a) != leads(b) ? leads(a) : a.move > b.move; });
  const auto moving =
      static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Focus& f) { return f.move >= kMoves; }));
  all.resize(std::min({all.size(), kFocus, std::max(moving, kQuietFocus)}));
  return all;
}

/// Tables of the answer that no section shows.
Section more_section(const RunView& run) {
  Section section{"more", "More of the answer", {}};
  for (const auto& table : run.answer.tables)
    if (table.id != "prices" && table.id != "losses" && table.id != "money" && !is_of_projects(table))
      section.blocks.emplace_back(table);
  return section;
}

}  // namespace

RunView run_view(const Replay& replay, const store::RunRow& row, std::vector<ClassScore> backtests) {
  const auto& results = *replay.results();
  const auto& world = replay.world();
  RunView run{replay,
              row,
              results,
              world,
              answer(results, world),
              viewpoint(world),
              month_before(results),
              {},
              std::move(backtests)};
  run.focus = focus_of(run);
  return run;
}

std::vector<Act> acts_on(const RunView& run, world::ProductId product) {
  std::vector<Act> acts;
  const auto& levers = run.replay.scenario().levers;
  for (std::size_t l = 0; l < levers.size(); ++l) {
    const auto& head = levers[l]->head();
    const auto& fact = run.results.facts().levers[l];
    if (!fact.begins()) continue;
    if (product.valid() && std::find(head.products.begin(), head.products.end(), product) == head.products.end())
      continue;
    acts.push_back({fmt::format("{}: {}", head.actor, plain(head.id)), fact.start, fact.end});
  }
  return acts;
}

const Table* table_of(const Report& report, const std::string& id) {
  const auto found =
      std::find_if(report.tables.begin(), report.tables.end(), [&](const Table& t) { return t.id == id; });
  return found == report.tables.end() ? nullptr : &*found;
}

Page run_page(const Replay& replay, const store::RunRow& row, std::vector<ClassScore> backtests) {
  const RunView run = run_view(replay, row, std::move(backtests));
  Page page;
  page.kicker =
      fmt::format("Lodestone, run {} · {} · {} to {} · dataset {} {}", row.id, run.results.facts().title,
                  run.months().front().text(), run.months().back().text(), run.world.id, run.world.hash.substr(0, 8));
  page.head = run.answer;
  if (run.results.status() != "complete")
    page.warning = fmt::format("This run is {}: {} of {} months were cleared. {}", run.results.status(),
                               run.months().size(), run.results.facts().months, run.results.message());
  const auto assumed = assumed_shares(run.world);
  page.assumed = {{"supply", assumed.supply},
                  {"demand behaviour", assumed.demand},
                  {"base prices", assumed.prices},
                  {"trade", assumed.trade}};
  page.sections = {prices_section(run),   measures_section(run),     shares_section(run),     embodied_section(run),
                   stocks_section(run),   unmet_section(run),        damage_section(run),     money_section(run),
                   projects_section(run), certificates_section(run), validation_section(run), sources_section(run),
                   reproduce_section(run)};
  if (auto more = more_section(run); !more.blocks.empty()) page.sections.push_back(std::move(more));
  page.colophon =
      fmt::format("Made by lodestone {} from run {} of {}. One file, no scripts, nothing loaded from anywhere.",
                  LODESTONE_VERSION, row.id, row.created);
  return page;
}

}  // namespace lodestone::insight
