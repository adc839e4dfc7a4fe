// Prices inside and outside, and the measures on their time axis.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/insight/reactions.hpp"
#include "lodestone/insight/run_page_parts.hpp"
#include "lodestone/insight/why.hpp"

namespace lodestone::insight {
namespace {

constexpr double kSmallPart = 0.005;       // of a price: smaller parts are added up
constexpr std::size_t kOpenMeasures = 12;  // more are folded
constexpr double kRise = 1.05;             // a price that rose less is not taken apart

std::vector<double> usd_per_kg_of(const RunView& run, world::ProductId product, world::RegionId region) {
  const auto& price = run.results.variable("price");
  std::vector<double> values;
  for (std::size_t m = 0; m < run.months().size(); ++m)
    values.push_back(price.at(m, run.world.node(product, region)) / 1000);
  return values;
}

/// What holders of licences bound to them pay; nothing where nobody holds one.
Line licensed(const RunView& run, world::ProductId product, world::RegionId region) {
  const auto& price = run.results.variable("price_licensed");
  Line line{"with a licence", Tone::third, {}, false};
  for (std::size_t m = 0; m < run.months().size(); ++m)
    line.values.push_back(price.at(m, run.world.node(product, region)) / 1000);
  return line;
}

/// What goods under contracts cost on arrival, standing duty paid, weighted by what contracts ask for.
std::vector<double> contract_usd_per_kg(const RunView& run, world::ProductId product, world::RegionId region) {
  const auto &price = run.results.variable("contract_price"), &asked = run.results.variable("contract_asked");
  std::vector<double> values(run.months().size(), std::nan(""));
  for (std::size_t m = 0; m < values.size(); ++m) {
    double money = 0, mass = 0;
    for (std::size_t a = 0; a < run.world.arcs.size(); ++a) {
      const auto& arc = run.world.arcs[a];
      if (arc.product != product || arc.to != region || !(arc.contracted > 0)) continue;
      money += asked.at(m, a) * (1 + arc.base_tariff) * (price.at(m, a) + arc.freight);
      mass += asked.at(m, a);
    }
    if (mass > 0) values[m] = money / mass / 1000;
  }
  return values;
}

std::string describe(const RunView& run, const Line& line) {
  double highest = std::nan("");
  std::size_t at = 0;
  for (std::size_t m = 0; m < line.values.size(); ++m)
    if (!std::isnan(line.values[m]) && !(line.values[m] <= highest)) {
      highest = line.values[m];
      at = m;
    }
  if (std::isnan(highest)) return fmt::format("{}: no trade", line.name);
  const auto words = [](double value) { return std::isnan(value) ? std::string("none") : readable(value); };
  return fmt::format("{}: {} in {}, at its highest {} in {}, {} at the end", line.name, words(line.values[run.before]),
                     run.before_text(), readable(highest), run.months()[at].text(), words(line.values.back()));
}

LineChart price_chart(const RunView& run, const Focus& focus, bool wide) {
  LineChart chart;
  chart.id = "price-" + run.world.products[focus.product.index()].id;
  chart.title = name_of(run.world, focus.product);
  chart.unit = "USD/kg";
  chart.months = run.months();
  chart.wide = wide;
  chart.lines = {
      {name_of(run.world, focus.outside), Tone::outside, usd_per_kg_of(run, focus.product, focus.outside), true},
      {name_of(run.world, run.view.inside), Tone::inside, usd_per_kg_of(run, focus.product, run.view.inside), false}};
  chart.acts = acts_on(run, focus.product);
  if (run.results.has("contract_price")) {
    Line line{"under contract", Tone::muted, contract_usd_per_kg(run, focus.product, focus.outside), false};
    if (!std::isnan(line.values.front())) chart.lines.push_back(std::move(line));
  }
  if (run.results.has("price_licensed")) {
    Line line = licensed(run, focus.product, focus.outside);
    if (std::any_of(line.values.begin(), line.values.end(), [](double v) { return v > 0; }))
      chart.lines.push_back(std::move(line));
  }
  chart.says = fmt::format("Price of {} in USD/kg.", chart.title);
  for (const auto& line : chart.lines) chart.says += fmt::format(" {}.", describe(run, line));
  return chart;
}

/// "a,b" -> "a, b": lists may break over lines.
std::string spaced(std::string list) {
  for (auto at = list.find(','); at != std::string::npos; at = list.find(',', at + 1)) list.insert(at + 1, " ");
  return list;
}

/// The peak that the answer names, taken apart.
BarChart parts_chart(const RunView& run, const Peak& peak) {
  BarChart chart;
  const auto month = run.months()[peak.month];
  Explanation e;
  run.replay.at(month, [&](const simulation::MonthRecord& record) {
    e = explain(record, world::ProductId(peak.product), world::RegionId(peak.region), 0);
  });
  chart.id = "parts";
  chart.unit = "USD/kg";
  chart.wide = true;
  double small = 0;
  std::string supplier = e.supplier;
  for (const auto& part : e.parts) {
    if (std::abs(part.value) < kSmallPart * std::abs(e.price)) {
      small += part.value;
      continue;
    }
    const bool origin = part.id == "origin";
    const auto place = origin ? place_of(run.world, run.world.find_region(part.name)) : std::string();
    const auto name = origin ? "price in " + place : part.name;
    if (origin) supplier = "imports from " + place;
    chart.rows.push_back({name, {{"", part.value / 1000, Tone::inside}}});
    chart.says += fmt::format("{}: {}. ", name, usd_per_kg(part.value));
  }
  chart.title = fmt::format("What the {} USD/kg of {} in {} were made of: {}", usd_per_kg(e.price), month.text(),
                            place_of(run.world, e.region), supplier);
  if (small != 0) chart.rows.push_back({"all smaller parts", {{"", small / 1000, Tone::muted}}});
  chart.rows.push_back({"price", {{"", e.price / 1000, Tone::outside}}});
  chart.says += fmt::format("Price: {}.", usd_per_kg(e.price));
  return chart;
}

}  // namespace

Section prices_section(const RunView& run) {
  Section section{"prices", fmt::format("Prices inside and outside {}", name_of(run.world, run.view.inside)), {}};
  section.blocks.emplace_back(fmt::format(
      "What a kilogram more would have cost, in constant dollars of 2024 without VAT: in {}, which makes most, and in "
      "that large user outside where the price rises most; under contract: what goods sold ahead for a term cost "
      "there, "
      "at a price that lags the others; with a licence: what those pay whose licence is bound to them. Shaded: while a "
      "measure on this product is in force. "
      "A scale is logarithmic where prices span more than a factor of ten.",
      name_of(run.world, run.view.inside)));
  std::vector<Chart> others;
  for (std::size_t i = 0; i < run.focus.size(); ++i) {
    if (i == 0)
      section.blocks.emplace_back(std::vector<Chart>{price_chart(run, run.focus[i], true)});
    else
      others.emplace_back(price_chart(run, run.focus[i], false));
  }
  if (const Peak peak = largest_rise(run.results, run.world, run.view);
      peak.exists && peak.price > kRise * peak.before) {
    section.blocks.emplace_back(std::vector<Chart>{parts_chart(run, peak)});
    section.blocks.emplace_back(fmt::format(
        "Parts add up to the price. A rent is what the right to ship one more kilogram was worth; parts that are no "
        "money, "
        "such as the cost of changing partners, are explained by lodestone why {} --product {} --region {} --date {}.",
        run.row.id, run.world.products[peak.product].id, run.world.regions[peak.region].id,
        run.months()[peak.month].text()));
  }
  if (!others.empty()) section.blocks.emplace_back(std::move(others));
  if (const auto* table = table_of(run.answer, "prices")) section.blocks.emplace_back(Folded{*table});
  return section;
}

Section measures_section(const RunView& run) {
  Section section{"measures", "What governments do", {}};
  const auto& levers = run.replay.scenario().levers;
  if (levers.empty()) {
    section.blocks.emplace_back("No measure acts in this scenario.");
    return section;
  }
  Table table{"measures",
              "Measures of the scenario",
              {{"id", "measure", ""},
               {"kind", "kind", ""},
               {"actor", "by", ""},
               {"from", "from", ""},
               {"until", "until", ""},
               {"what", "on", ""},
               {"source", "source", ""}},
              {},
              "Until: the first month no longer in force."};
  const auto& facts = run.results.facts().levers;
  for (std::size_t l = 0; l < levers.size(); ++l) {
    const auto& head = levers[l]->head();
    if (!facts[l].begins()) continue;
    table.rows.push_back({plain(head.id), plain(head.kind), head.actor, facts[l].start.text(), facts[l].end.text(),
                          spaced(facts[l].what), head.source});
  }
  if (table.rows.size() > kOpenMeasures)
    section.blocks.emplace_back(Folded{std::move(table)});
  else
    section.blocks.emplace_back(std::move(table));
  if (!run.results.facts().rules.empty()) {
    if (auto decided = decisions(run.results))
      section.blocks.emplace_back(Folded{std::move(*decided)});
    else
      section.blocks.emplace_back("Governments followed their rules, and none decided anything.");
  }
  return section;
}

}  // namespace lodestone::insight
