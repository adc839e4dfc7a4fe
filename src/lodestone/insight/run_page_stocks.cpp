// What is in store, in months of usual use, so that small and large markets compare.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

/// Final use and processing of a product in the month before the first measure, t/month; inside or outside.
double usual_use(const RunView& run, world::ProductId product, bool inside) {
  const auto here = [&](world::RegionId region) { return (region == run.view.inside) == inside; };
  double use = 0;
  if (run.results.has("consumption"))
    for (std::size_t s = 0; s < run.world.segments.size(); ++s)
      if (run.world.segments[s].product == product && here(run.world.segments[s].region))
        use += run.results.variable("consumption").at(run.before, s);
  if (run.results.has("activity"))
    for (std::size_t f = 0; f < run.world.facilities.size(); ++f)
      for (const auto& item : run.world.processes[run.world.facilities[f].process.index()].inputs)
        if (item.product == product && here(run.world.facilities[f].region))
          use += item.amount * run.results.variable("activity").at(run.before, f);
  return use;
}

/// t in store at each month's end, inside or outside.
std::vector<double> in_store(const RunView& run, world::ProductId product, bool inside) {
  const auto& level = run.results.variable("stock_level");
  std::vector<double> sum(run.months().size(), 0.0);
  for (std::size_t s = 0; s < run.world.stocks.size(); ++s)
    if (run.world.stocks[s].product == product && (run.world.stocks[s].region == run.view.inside) == inside)
      for (std::size_t m = 0; m < sum.size(); ++m) sum[m] += level.at(m, s);
  return sum;
}

/// Without values where nothing is used or kept in store.
Line cover_of(const RunView& run, world::ProductId product, bool inside) {
  const double use = usual_use(run, product, inside);
  Line line{inside ? name_of(run.world, run.view.inside) : "outside", inside ? Tone::inside : Tone::outside, {}};
  const auto stock = in_store(run, product, inside);
  if (use > 0 && *std::max_element(stock.begin(), stock.end()) > 0)
    for (const double quantity : stock) line.values.push_back(quantity / use);
  return line;
}

LineChart stock_chart(const RunView& run, world::ProductId product) {
  LineChart chart;
  chart.id = "stock-" + run.world.products[product.index()].id;
  chart.title = name_of(run.world, product);
  chart.unit = "months of usual use in store";
  chart.months = run.months();
  chart.from_zero = true;
  chart.acts = acts_on(run, product);
  for (const bool inside : {false, true})
    if (auto line = cover_of(run, product, inside); !line.values.empty()) chart.lines.push_back(std::move(line));
  chart.says = fmt::format("Stocks of {}.", chart.title);
  for (const auto& line : chart.lines)
    chart.says += fmt::format(" {}: {} months of use in {}, {} at the end.", line.name,
                              readable(line.values[run.before]), run.before_text(), readable(line.values.back()));
  return chart;
}

Table stock_table(const RunView& run) {
  Table table{"stocks",
              "What is in store, in tonnes",
              {{"product", "product", ""},
               {"where", "where", ""},
               {"before", fmt::format("end of {}", run.before_text()), "t"},
               {"lowest", "lowest", "t"},
               {"lowest_month", "in", ""},
               {"last", fmt::format("end of {}", run.months().back().text()), "t"}},
              {},
              "Working stocks of traders and users, and stocks of governments; goods at sea are not counted."};
  for (const auto& focus : run.focus)
    for (const bool inside : {true, false}) {
      const auto stock = in_store(run, focus.product, inside);
      std::size_t low = run.before;
      for (std::size_t m = run.before; m < stock.size(); ++m)
        if (stock[m] < stock[low]) low = m;
      table.rows.push_back({run.world.products[focus.product.index()].id,
                            inside ? run.world.regions[run.view.inside.index()].id : std::string("outside"),
                            stock[run.before], stock[low], run.months()[low].text(), stock.back()});
    }
  return table;
}

}  // namespace

Section stocks_section(const RunView& run) {
  Section section{"stocks", "Stocks", {}};
  if (!run.results.has("stock_level")) {
    section.blocks.emplace_back("Nothing is held in store in this run.");
    return section;
  }
  section.blocks.emplace_back(
      fmt::format("How long what is in store would last at the use of {}. Outside: all regions but {} together.",
                  run.before_text(), name_of(run.world, run.view.inside)));
  std::vector<Chart> charts;
  for (const auto& focus : run.focus)
    if (auto chart = stock_chart(run, focus.product); !chart.lines.empty()) charts.emplace_back(std::move(chart));
  if (!charts.empty()) section.blocks.emplace_back(std::move(charts));
  section.blocks.emplace_back(Folded{stock_table(run)});
  return section;
}

}  // namespace lodestone::insight
