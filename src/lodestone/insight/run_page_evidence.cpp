// Why the numbers may be believed as answers of the model, and how far the model may be believed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "lodestone/insight/out_of_sample.hpp"
#include "lodestone/insight/run_page_parts.hpp"
#include "lodestone/insight/svg_axis.hpp"
#include "lodestone/insight/validation.hpp"
#include "lodestone/market/certificate.hpp"

namespace lodestone::insight {
namespace {

struct Part {
  const char* series;
  const char* proves;
};
constexpr Part kParts[] = {
    {"certificate_stationarity", "no seller or buyer could do better at these prices"},
    {"certificate_feasibility", "every market balances and every limit holds"},
    {"certificate_complementarity", "a limit costs something only where it binds"},
    {"certificate_bounds", "no quantity is negative or above its capacity"},
    {"certificate_ad_valorem", "taxes are paid on the prices that come out"},
    {"certificate_gap", "and so over all markets together, in money"},
};

std::size_t worst_month(const store::Variable& series) {
  const auto worst = std::max_element(series.values.begin(), series.values.end());
  return static_cast<std::size_t>(worst - series.values.begin());
}

Table parts_table(const RunView& run) {
  Table table{"certificate",
              "Largest violation over the run",
              {{"part", "what is proved", ""}, {"worst", "worst", ""}, {"month", "in", ""}},
              {},
              "Each relative to the size of its own market."};
  for (const auto& part : kParts) {
    if (!run.results.has(part.series)) continue;
    const auto& series = run.results.variable(part.series);
    const auto worst = worst_month(series);
    table.rows.push_back({std::string(part.proves), series.values[worst], run.months()[worst].text()});
  }
  const auto& mass = run.results.variable("mass_balance_node");
  table.rows.push_back({std::string("what enters a market leaves it (mass)"), mass.values[worst_month(mass)],
                        run.months()[worst_month(mass)].text()});
  return table;
}

LineChart certificate_chart(const RunView& run) {
  LineChart chart;
  chart.id = "certificate";
  chart.title = "Certificate of every month";
  chart.unit = "largest relative violation";
  chart.months = run.months();
  chart.wide = true;
  chart.bound = Bound{"a month above this line would have stopped the run", market::kTolerance};
  // An exact zero has no place on a logarithmic axis.
  Line line{"worst", Tone::third, run.results.variable("certificate_worst").values};
  for (double& value : line.values) value = value > 0 ? value : std::nan("");
  chart.lines.push_back(std::move(line));
  const auto& worst = run.results.variable("certificate_worst");
  chart.says = fmt::format("The largest violation of any month is {}; {} are allowed.",
                           readable(worst.values[worst_month(worst)]), tick_text(market::kTolerance));
  return chart;
}

/// Prices of later figures for products of the headline's stage.
struct ClassErrors {
  std::map<std::string, std::vector<const Forecast*>> by_product;
  double model = 0, no_change = 0;  // mean |ln| over all
  int count = 0;
};

ClassErrors class_errors(const RunView& run, const OutOfSample& later, world::Stage stage) {
  ClassErrors errors;
  for (const auto& f : later.prices) {
    const auto product = run.world.find_product(f.what.substr(0, f.what.find(' ')));
    if (!product.valid() || run.world.products[product.index()].stage != stage) continue;
    if (!(f.observed > 0) || !(f.model > 0) || !(f.no_change > 0)) continue;
    errors.by_product[name_of(run.world, product)].push_back(&f);
    errors.model += f.model_error();
    errors.no_change += f.no_change_error();
    ++errors.count;
  }
  if (errors.count > 0) {
    errors.model /= errors.count;
    errors.no_change /= errors.count;
  }
  return errors;
}

BarChart errors_chart(const ClassErrors& errors) {
  BarChart chart{"errors", "Off by a factor of", "mean over the figures of a product; 1 is exact", "", {}, false, true};
  const auto factor = [](double log_error) { return std::exp(log_error); };
  for (const auto& [product, forecasts] : errors.by_product) {
    double model = 0, no_change = 0;
    for (const auto* f : forecasts) {
      model += f->model_error() / static_cast<double>(forecasts.size());
      no_change += f->no_change_error() / static_cast<double>(forecasts.size());
    }
    chart.rows.push_back({fmt::format("{}, {} figures", product, forecasts.size()), {}});
    chart.rows.push_back({"the model", {{"", factor(model), Tone::third}}});
    chart.rows.push_back({"if nothing had changed", {{"", factor(no_change), Tone::muted}}});
    chart.says += fmt::format("{}: {}, no change {}. ", product, readable(factor(model)), readable(factor(no_change)));
  }
  return chart;
}

Table shares_beside(const RunView& run) {
  Table table{"base_shares",
              "Stage shares of the base year beside published ones",
              {{"stage", "stage", ""},
               {"measure", "measure", ""},
               {"region", "where", ""},
               {"computed", "model", "%"},
               {"published", "published", "%"},
               {"year", "year", ""},
               {"source", "source", ""}},
              {},
              "These figures helped to set the base year, so agreement is arithmetic, not evidence."};
  for (const auto& s : stage_shares(run.world))
    if (s.year == run.world.base_year && s.published >= 0.05)
      table.rows.push_back(
          {s.stage, s.measure, s.region, 100 * s.computed, 100 * s.published, std::to_string(s.year), s.source});
  return table;
}

/// The table of later prices, of one class of product.
Table prices_beside(const OutOfSample& later, const world::World& world, world::Stage stage) {
  OutOfSample of_class;
  for (const auto& f : later.prices)
    if (const auto product = world.find_product(f.what.substr(0, f.what.find(' ')));
        product.valid() && world.products[product.index()].stage == stage)
      of_class.prices.push_back(f);
  for (auto& table : tables(of_class))
    if (table.id == "later_prices") return table;
  return {};
}

std::string verdict(const ClassErrors& errors, const std::string& stage, int base_year) {
  if (errors.count == 0)
    return fmt::format(
        "The dataset has no price after its base year for this class of product ({}): nothing here shows how good its "
        "prices are.",
        stage);
  const double gain = errors.no_change - errors.model;
  return fmt::format(
      "The model with this scenario's measures, run on from the base year {}, was held against {} later prices of this "
      "class of product ({}). It is off by a factor of {} on average; saying that nothing changes is off by {}: {}. "
      "Measures that were not taken, or taken at another time, need not agree with what happened.",
      base_year, errors.count, stage, readable(std::exp(errors.model)), readable(std::exp(errors.no_change)),
      gain > 0.005    ? "the model does better"
      : gain < -0.005 ? "the model does worse"
                      : "no difference");
}

}  // namespace

Section certificates_section(const RunView& run) {
  Section section{"certificates", "Certificates", {}};
  section.blocks.emplace_back(fmt::format(
      "{} of {} months were cleared, and each was checked by code that shares nothing with the solver. The check "
      "proves "
      "that its prices and quantities solve the model's equations to within {} of each market's size; by the way the "
      "model is "
      "built there is no other solution. It proves nothing about whether equations and figures describe the world: for "
      "that see the two sections below.",
      run.months().size(), run.results.facts().months, tick_text(market::kTolerance)));
  section.blocks.emplace_back(std::vector<Chart>{certificate_chart(run)});
  section.blocks.emplace_back(parts_table(run));
  return section;
}

Section validation_section(const RunView& run) {
  Section section{"validation", "How wrong it has been", {}};
  const auto stage =
      run.focus.empty() ? world::Stage::separation : run.world.products[run.focus.front().product.index()].stage;
  const auto later = out_of_sample(run.world, run.replay.scenario());
  const auto errors = class_errors(run, later, stage);
  section.blocks.emplace_back(verdict(errors, "stage: " + to_string(stage), run.world.base_year));
  if (errors.count > 0) section.blocks.emplace_back(std::vector<Chart>{errors_chart(errors)});
  if (errors.count > 0) section.blocks.emplace_back(Folded{prices_beside(later, run.world, stage)});
  for (auto& block : backtest_blocks(run, stage)) section.blocks.push_back(std::move(block));
  section.blocks.emplace_back(Folded{shares_beside(run)});
  return section;
}

}  // namespace lodestone::insight
