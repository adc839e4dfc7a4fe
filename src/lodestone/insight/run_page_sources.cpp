// Where the figures come from that matter most for this answer, and how to make the run again.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lodestone/base/units.hpp"
#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

using base::kMonths;
constexpr std::size_t kEach = 3;  // plants, demands and routes named per product

struct Figure {
  std::string what;
  std::string value;
  double weight = 0;
  const world::Provenance* provenance = nullptr;
};

void keep_largest(std::vector<Figure> figures, std::size_t most, std::vector<Figure>& out) {
  std::stable_sort(figures.begin(), figures.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
  for (std::size_t i = 0; i < std::min(most, figures.size()); ++i)
    if (figures[i].weight > 0) out.push_back(std::move(figures[i]));
}

std::vector<Figure> plants(const RunView& run, world::ProductId product) {
  std::vector<Figure> out;
  for (const auto& f : run.world.facilities)
    for (const auto& item : run.world.processes[f.process.index()].outputs)
      if (item.product == product)
        out.push_back({fmt::format("output, {}", f.name.empty() ? f.id : f.name),
                       fmt::format("{} t/yr", readable(f.base_activity * item.amount * kMonths)),
                       f.base_activity * item.amount, &f.provenance});
  return out;
}

std::vector<Figure> demands(const RunView& run, world::ProductId product) {
  std::vector<Figure> out;
  for (const auto& s : run.world.segments)
    if (s.product == product)
      out.push_back({fmt::format("use for {} in {}, with elasticities and choke price", plain(s.end_use),
                                 name_of(run.world, s.region)),
                     fmt::format("{} t/yr; {} short, {} long", readable(s.base_quantity * kMonths),
                                 readable(s.short_elasticity), readable(s.long_elasticity)),
                     s.base_quantity, &s.provenance});
  return out;
}

std::vector<Figure> routes(const RunView& run, world::ProductId product) {
  std::vector<Figure> out;
  for (const auto& a : run.world.arcs)
    if (a.product == product && a.from == run.view.inside)
      out.push_back({fmt::format("trade, {} to {}", name_of(run.world, a.from), name_of(run.world, a.to)),
                     fmt::format("{} t/yr", readable(a.base_flow * kMonths)), a.base_flow, &a.provenance});
  return out;
}

std::vector<Figure> prices(const RunView& run, const Focus& focus) {
  std::vector<Figure> out;
  for (const auto region : {run.view.inside, focus.outside}) {
    const auto node = run.world.node(focus.product, region);
    out.push_back({fmt::format("base price in {}", name_of(run.world, region)),
                   fmt::format("{} USD/kg", usd_per_kg(run.world.base_price[node])), 1,
                   &run.world.price_provenance[node]});
  }
  return out;
}

/// The largest figures behind a product.
std::vector<Figure> figures_of(const RunView& run, const Focus& focus) {
  std::vector<Figure> figures = prices(run, focus);
  keep_largest(plants(run, focus.product), kEach, figures);
  keep_largest(demands(run, focus.product), kEach, figures);
  keep_largest(routes(run, focus.product), kEach, figures);
  return figures;
}

/// Of the products in `focus` from `first` to before `end`; several are named in front of their figures.
Table figures_table(const RunView& run, std::size_t first, std::size_t end, const std::string& id,
                    const std::string& title) {
  Table table{
      id,
      title,
      {{"figure", "figure", ""}, {"value", "value", ""}, {"confidence", "confidence", ""}, {"source", "source", ""}},
      {},
      fmt::format("Per product its prices, and the {} largest plants, demands and routes. Assumed: no "
                  "document gives the number.",
                  kEach)};
  for (std::size_t i = first; i < end; ++i) {
    const auto about = end - first > 1 ? name_of(run.world, run.focus[i].product) + ": " : std::string();
    for (const auto& figure : figures_of(run, run.focus[i]))
      table.rows.push_back(
          {about + figure.what, figure.value, confidence_of(*figure.provenance), figure.provenance->source});
  }
  return table;
}

Table parameters_table(const RunView& run) {
  Table table{"parameters",
              "Behavioural parameters",
              {{"parameter", "parameter", ""},
               {"value", "value", ""},
               {"range", "range", ""},
               {"unit", "unit", ""},
               {"confidence", "confidence", ""},
               {"source", "source", ""}},
              {},
              ""};
  for (const auto& p : run.world.parameters)
    table.rows.push_back({plain(p.id), p.value, fmt::format("{} to {}", readable(p.low), readable(p.high)),
                          p.unit == "1" ? std::string() : p.unit, confidence_of(p.provenance), p.provenance.source});
  return table;
}

/// Shares of value by what the figures rest on.
class Tally {
 public:
  explicit Tally(std::string label) : label_(std::move(label)) {}
  void add(double value, const world::Provenance& provenance) {
    const std::size_t at = provenance.assumed() ? 3 : static_cast<std::size_t>(provenance.confidence);
    values_[at] += value;
    all_ += value;
  }
  [[nodiscard]] BarRow row() const {
    constexpr std::array kNames{"high", "medium", "low", "assumed"};
    constexpr std::array kTones{Tone::inside, Tone::third, Tone::muted, Tone::outside};
    BarRow row{label_, {}};
    for (std::size_t i = 0; i < values_.size(); ++i)
      if (all_ > 0 && values_[i] > 0) row.parts.push_back({kNames[i], values_[i] / all_, kTones[i]});
    return row;
  }

 private:
  std::string label_;
  std::array<double, 4> values_{};
  double all_ = 0;
};

BarChart confidence_chart(const RunView& run) {
  Tally supply("supply: plants and mines"), demand("demand: quantities and behaviour"), trade("trade"),
      paid("base prices paid by users");
  for (const auto& f : run.world.facilities)
    for (const auto& item : run.world.processes[f.process.index()].outputs)
      supply.add(f.base_activity * item.amount * run.world.base_price[run.world.node(item.product, f.region)],
                 f.provenance);
  for (const auto& s : run.world.segments) {
    demand.add(s.base_quantity * s.base_price, s.provenance);
    paid.add(s.base_quantity * s.base_price, run.world.price_provenance[run.world.node(s.product, s.region)]);
  }
  for (const auto& a : run.world.arcs)
    trade.add(a.base_flow * run.world.base_price[run.world.node(a.product, a.from)], a.provenance);
  BarChart chart{
      "confidence", "How well the base year is known", "share of value by confidence of the figure", "", {}, true,
      true};
  for (const auto& tally : {supply, demand, paid, trade})
    if (auto row = tally.row(); !row.parts.empty()) {
      chart.says += row.label + ":";
      for (const auto& part : row.parts) chart.says += fmt::format(" {} {}", part.name, percent(part.value));
      chart.says += ". ";
      chart.rows.push_back(std::move(row));
    }
  return chart;
}

Table identity_table(const RunView& run) {
  const auto& facts = run.results.facts();
  Table table{"identity", "What went in", {{"what", "what", ""}, {"value", "value", ""}}, {}, ""};
  const auto row = [&](const char* what, const std::string& value) {
    if (!value.empty()) table.rows.push_back({std::string(what), value});
  };
  row("run", run.row.id);
  row("made", run.row.created);
  row("status",
      run.results.message().empty() ? run.results.status() : run.results.status() + ": " + run.results.message());
  row("scenario", fmt::format("{} ({})", facts.scenario, facts.title));
  row("dataset", fmt::format("{} ({})", facts.dataset, facts.dataset_title));
  row("dataset hash (SHA-256)", facts.dataset_hash);
  row("overlays", facts.overlays);
  row("known as of", facts.as_of);
  row("program", "lodestone " + facts.version);
  row("solver", facts.method);
  row("seed", std::to_string(facts.seed));
  row("demand growth", facts.demand_growth);
  row("months", fmt::format("{} from {}", facts.months, facts.start.text()));
  return table;
}

/// What makes the run again in its own folder (store/run_folder.hpp).
std::string commands(const store::RunFacts& facts) {
  std::string options =
      fmt::format(" --months {} --seed {} --demand-growth {}", facts.months, facts.seed, facts.demand_growth);
  if (!facts.overlays.empty()) {
    const auto count = 1 + std::count(facts.overlays.begin(), facts.overlays.end(), ',');
    for (std::ptrdiff_t i = 0; i < count; ++i)
      options += fmt::format("{}overlays/{:03}", i == 0 ? " --overlay " : ",", i);
  }
  if (!facts.as_of.empty()) options += " --as-of " + facts.as_of;
  if (facts.method == "reference") options += " --reference-solver";
  return fmt::format("lodestone run scenario.toml --data data{}\nlodestone report latest --output report.html",
                     options);
}

}  // namespace

std::string confidence_of(const world::Provenance& provenance) {
  if (provenance.recalled) return "recalled, unverified";
  if (provenance.confidence == world::Confidence::assumed) return "assumed";
  return provenance.derived ? to_string(provenance.confidence) + ", derived" : to_string(provenance.confidence);
}

Section sources_section(const RunView& run) {
  Section section{"sources", "Sources", {}};
  section.blocks.emplace_back(
      "Every figure of the dataset has a source and a confidence. Marked: figures that no document gives. The "
      "run's folder holds the whole dataset; lodestone check counts it.");
  section.blocks.emplace_back(std::vector<Chart>{confidence_chart(run)});
  const std::size_t products = run.focus.size();
  if (products > 0)
    section.blocks.emplace_back(
        figures_table(run, 0, 1, "sources",
                      fmt::format("The figures behind the headline: {}", name_of(run.world, run.focus[0].product))));
  if (products > 1)
    section.blocks.emplace_back(
        Folded{figures_table(run, 1, products, "sources_more", "The figures behind the other products shown")});
  section.blocks.emplace_back(Folded{parameters_table(run)});
  return section;
}

Section reproduce_section(const RunView& run) {
  Section section{"reproduce", "Make it again", {}};
  section.blocks.emplace_back(
      fmt::format("The same program, dataset and scenario give the same numbers, bit for bit. The run's folder, "
                  "runs/{}, has its own "
                  "copy of dataset and scenario; in it, type the commands below. Without the folder: save the scenario "
                  "below as scenario.toml "
                  "and take a dataset with this hash.",
                  run.row.id));
  section.blocks.emplace_back(Listing{"Commands", commands(run.results.facts()), true});
  section.blocks.emplace_back(identity_table(run));
  section.blocks.emplace_back(Listing{"The scenario", run.results.facts().scenario_text, false});
  return section;
}

}  // namespace lodestone::insight
