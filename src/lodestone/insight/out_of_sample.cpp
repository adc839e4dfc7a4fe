#include "lodestone/insight/out_of_sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <tuple>

#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/stage_share.hpp"

namespace lodestone::insight {
namespace {

using world::World;

constexpr int kMonths = 36;       // of the run
constexpr double kWithin = 0.03;  // goal for shares of the largest
constexpr std::size_t kLargest = 5;
constexpr double kOneGood = 1.5;    // times: what grades of one good are apart at most
constexpr double kSame = 0.005;     // difference of log errors that is none
constexpr std::size_t kRows = 120;  // of a table

// What a run was month by month, as far as figures can be held against it.
struct Track {
  base::Month start;
  std::vector<std::vector<double>> activity, price, flow;  // per month: facilities, nodes (0: not traded), arcs
};

Track track_of(const World& world, const policy::Scenario& happened) {
  Track track;
  track.start = std::max(world.start, base::Month::of(world.base_year + 1, 1));
  auto scenario = happened.copy();
  scenario.start = track.start;
  scenario.months = kMonths;
  const Replay replay(std::make_unique<World>(world), std::move(scenario));
  replay.all([&](const simulation::MonthRecord& record) {
    const auto& equilibrium = record.equilibrium;
    track.activity.push_back(equilibrium.activity);
    track.flow.push_back(equilibrium.arc_flow);
    auto& price = track.price.emplace_back(world.nodes(), 0.0);
    for (std::size_t n = 0; n < world.nodes(); ++n)
      if (equilibrium.quote[n].traded) price[n] = equilibrium.price[n];
  });
  return track;
}

// Months of a period in the run; empty when the run does not hold all of them.
struct Span {
  std::size_t first = 0, end = 0;
  [[nodiscard]] bool empty() const { return first == end; }
};

Span span_of(const Track& track, const base::Period& period) {
  const int first = period.from.in_month() - track.start, last = period.to.in_month() - track.start;
  if (first < 0 || last < first || last >= static_cast<int>(track.price.size())) return {};
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(last) + 1};
}

// Mean over the months of a span in which the entry is above 0; 0 when it never is.
double mean_of(const std::vector<std::vector<double>>& months, Span span, std::size_t entry) {
  double sum = 0;
  int count = 0;
  for (std::size_t m = span.first; m < span.end; ++m)
    if (months[m][entry] > 0) {
      sum += months[m][entry];
      ++count;
    }
  return count > 0 ? sum / count : 0;
}

std::vector<double> totals(const std::vector<std::vector<double>>& months, Span span) {
  std::vector<double> sum(months.front().size(), 0.0);
  for (std::size_t m = span.first; m < span.end; ++m)
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += months[m][i];
  return sum;
}

void add_shares(const World& world, const Track& track, OutOfSample& out) {
  std::map<std::tuple<std::string, std::string, std::size_t>, double> before;
  for (const auto& p : world.published)
    if (p.year == world.base_year) before[{p.stage, p.measure, p.region.index()}] = p.share;
  for (const auto& p : world.published) {
    const auto span = span_of(track, base::whole_year(p.year));
    if (span.empty() || p.provenance.assumed()) continue;
    const auto known = before.find({p.stage, p.measure, p.region.index()});
    out.shares.push_back({fmt::format("{} {}", p.stage, p.measure), world.regions[p.region.index()].id,
                          base::whole_year(p.year), p.share, stage_share(world, p, totals(track.activity, span)),
                          known != before.end() ? known->second : stage_share(world, p, base_activity(world)),
                          p.provenance.source});
  }
}

bool same_terms(const world::QuotedPrice& a, const world::QuotedPrice& b) {
  return a.product == b.product && a.region == b.region && a.incoterm == b.incoterm &&
         a.vat_included == b.vat_included && a.duty_included == b.duty_included;
}

// Grades of a product that is one element are purities of the same thing, unless quotes of one day on the same terms
// are far apart: then one name stands for several elements. Grades of other products are different goods.
bool is_one_good(const World& world, world::ProductId product) {
  const auto& content = world.products[product.index()].content;
  if (std::count_if(content.begin(), content.end(), [](double share) { return share > 0; }) != 1) return false;
  for (const auto& a : world.past_prices)
    for (const auto& b : world.past_prices)
      if (a.product == product && same_terms(a, b) && a.period == b.period && a.price > kOneGood * b.price)
        return false;
  return true;
}

// Mean of a rate over the routes of a node by their flows; nothing when there are none.
template <class Touches>
std::optional<double> mean_rate(const World& world, const Touches& touches, double world::Arc::*rate) {
  double flow = 0, weighted = 0;
  for (const auto& arc : world.arcs)
    if (touches(arc)) {
      flow += arc.base_flow;
      weighted += arc.base_flow * (arc.*rate);
    }
  return flow > 0 ? std::optional(weighted / flow) : std::nullopt;
}

// The base-year price of the quote's node on the quote's terms, as far as the world knows the taxes.
std::optional<double> node_price_on_terms(const World& world, const world::QuotedPrice& quote) {
  const double price = world.base_price[world.node(quote.product, quote.region)];
  if (!(price > 0) || quote.vat_included) return std::nullopt;
  std::optional<double> rate = 0.0;
  if (quote.incoterm == "fob")
    rate = mean_rate(
        world, [&](const auto& a) { return a.product == quote.product && a.from == quote.region; },
        &world::Arc::export_vat);
  else if (quote.incoterm == "cif" && !quote.duty_included)
    rate = mean_rate(
        world, [&](const auto& a) { return a.product == quote.product && a.to == quote.region; },
        &world::Arc::base_tariff);
  if (!rate) return std::nullopt;
  return quote.incoterm == "fob" ? price * (1 + *rate) : price / (1 + *rate);
}

// What a later quote was in the base year: the mean of the quotes on the same terms and of the same grade; for a
// product that is one element, of any grade, or else what the base year's price of the node comes to on these terms.
std::optional<double> in_base_year(const World& world, const world::QuotedPrice& quote) {
  const bool any_grade = is_one_good(world, quote.product);
  for (const bool same_grade : {true, false}) {
    double sum = 0;
    int count = 0;
    for (const auto& base : world.base_quotes)
      if (same_terms(base, quote) && (!same_grade || base.grade == quote.grade)) {
        sum += base.price;
        ++count;
      }
    if (count > 0) return sum / count;
    if (!any_grade) return std::nullopt;
  }
  return node_price_on_terms(world, quote);
}

void add_prices(const World& world, const Track& track, OutOfSample& out) {
  for (const auto& quote : world.past_prices) {
    const auto span = span_of(track, quote.period);
    if (span.empty() || quote.provenance.assumed()) continue;  // what nobody published is no observation
    const std::size_t node = world.node(quote.product, quote.region);
    const double price = mean_of(track.price, span, node);
    const auto base = in_base_year(world, quote);
    if (!base || !(price > 0) || !(world.base_price[node] > 0)) {
      ++out.unlike_quotes;
      continue;
    }
    out.prices.push_back(
        {fmt::format("{} {} {}", world.products[quote.product.index()].id, quote.incoterm, quote.grade),
         world.regions[quote.region.index()].id, quote.period, quote.price, *base * price / world.base_price[node],
         *base, quote.provenance.source});
  }
}

void add_flows(const World& world, const Track& track, OutOfSample& out) {
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, std::size_t> arcs;
  for (std::size_t a = 0; a < world.arcs.size(); ++a)
    arcs[{world.arcs[a].product.index(), world.arcs[a].from.index(), world.arcs[a].to.index()}] = a;
  for (const auto& flow : world.past_flows) {
    const auto span = span_of(track, flow.period);
    const auto arc = arcs.find({flow.product.index(), flow.from.index(), flow.to.index()});
    if (span.empty() || arc == arcs.end() || flow.provenance.assumed()) continue;
    const double months = static_cast<double>(span.end - span.first);
    out.flows.push_back(
        {world.products[flow.product.index()].id,
         fmt::format("{} to {}", world.regions[flow.from.index()].id, world.regions[flow.to.index()].id), flow.period,
         flow.flow, totals(track.flow, span)[arc->second] / months, world.arcs[arc->second].base_flow,
         flow.provenance.source});
  }
}

double log_error(double forecast, double observed) {
  return std::abs(std::log(forecast / observed));
}

std::string error_text(double forecast, double observed) {
  return forecast > 0 && observed > 0 ? fmt::format("{:.3f}", log_error(forecast, observed)) : "-";
}

struct Errors {
  int count = 0;
  double model = 0, no_change = 0;  // means of |ln|
};

Errors errors_of(const std::vector<Forecast>& forecasts) {
  Errors errors;
  for (const auto& f : forecasts) {
    if (!(f.observed > 0) || !(f.model > 0) || !(f.no_change > 0)) continue;
    ++errors.count;
    errors.model += f.model_error();
    errors.no_change += f.no_change_error();
  }
  if (errors.count > 0) {
    errors.model /= errors.count;
    errors.no_change /= errors.count;
  }
  return errors;
}

std::string verdict(const std::string& what, const std::vector<Forecast>& forecasts, int base_year) {
  const auto errors = errors_of(forecasts);
  if (errors.count == 0)
    return fmt::format("{} after {}: the dataset has no figure that can be compared; nothing is shown", what,
                       base_year);
  const double gain = errors.no_change - errors.model;
  const char* than = gain > kSame ? "better than" : gain < -kSame ? "worse than" : "no different from";
  return fmt::format(
      "{} after {}: mean absolute log error of the model {:.3f}, of no change {:.3f}, over {} figures: {} no change",
      what, base_year, errors.model, errors.no_change, errors.count, than);
}

// Shares of the five largest countries of each stage, measure and year.
std::vector<const Forecast*> largest_shares(const OutOfSample& outcome) {
  std::map<std::pair<std::string, base::Period>, std::vector<const Forecast*>> groups;
  for (const auto& f : outcome.shares) groups[{f.what, f.period}].push_back(&f);
  std::vector<const Forecast*> out;
  for (auto& [key, group] : groups) {
    std::stable_sort(group.begin(), group.end(),
                     [](const auto* a, const auto* b) { return a->observed > b->observed; });
    group.resize(std::min(kLargest, group.size()));
    out.insert(out.end(), group.begin(), group.end());
  }
  return out;
}

// Where the model did better, and where not: means per product and place.
std::vector<std::string> by_product(const std::vector<Forecast>& prices) {
  std::map<std::string, std::vector<Forecast>> groups;
  for (const auto& f : prices)
    groups[fmt::format("{} in {}", f.what.substr(0, f.what.find(' ')), f.where)].push_back(f);
  std::vector<std::string> better, same, worse;
  for (const auto& [name, group] : groups) {
    const auto errors = errors_of(group);
    if (errors.count == 0) continue;
    const double gain = errors.no_change - errors.model;
    auto& side = gain > kSame ? better : gain < -kSame ? worse : same;
    side.push_back(fmt::format("{} ({:.2f}, no change {:.2f})", name, errors.model, errors.no_change));
  }
  std::vector<std::string> out;
  if (!better.empty()) out.push_back(fmt::format("better than no change: {}", fmt::join(better, "; ")));
  if (!same.empty()) out.push_back(fmt::format("no different from it: {}", fmt::join(same, "; ")));
  if (!worse.empty()) out.push_back(fmt::format("worse than no change: {}", fmt::join(worse, "; ")));
  return out;
}

std::string period_text(const base::Period& period) {
  if (period == base::whole_year(period.from.year)) return std::to_string(period.from.year);
  if (period == base::whole_month(period.from.in_month())) return period.from.in_month().text();
  return period.from == period.to ? period.from.text() : period.from.text() + " to " + period.to.text();
}

Table table_of(const std::string& id, const std::string& title, const std::string& unit, double scale,
               std::vector<Forecast> forecasts) {
  Table table{id,
              title,
              {{"what", "what", ""},
               {"where", "where", ""},
               {"period", "when", ""},
               {"observed", "observed", unit},
               {"model", "model", unit},
               {"no_change", "no change", unit},
               {"model_error", "log error, model", ""},
               {"no_change_error", "log error, no change", ""},
               {"source", "source", ""}},
              {},
              ""};
  const std::size_t all = forecasts.size();
  if (all > kRows) {  // the largest, in the order of the files
    std::vector<double> sizes;
    sizes.reserve(all);
    for (const auto& f : forecasts) sizes.push_back(f.observed);
    std::nth_element(sizes.begin(), sizes.begin() + kRows, sizes.end(), std::greater<>());
    const double least = sizes[kRows];
    std::erase_if(forecasts, [&](const Forecast& f) { return f.observed <= least; });
    table.note = fmt::format("The largest {} of {}.", forecasts.size(), all);
  }
  for (const auto& f : forecasts)
    table.rows.push_back({f.what, f.where, period_text(f.period), f.observed * scale, f.model * scale,
                          f.no_change * scale, error_text(f.model, f.observed), error_text(f.no_change, f.observed),
                          f.source});
  return table;
}

}  // namespace

double Forecast::model_error() const {
  return log_error(model, observed);
}

double Forecast::no_change_error() const {
  return log_error(no_change, observed);
}

OutOfSample out_of_sample(const World& world, const policy::Scenario& happened) {
  OutOfSample out;
  const auto track = track_of(world, happened);
  add_shares(world, track, out);
  add_prices(world, track, out);
  add_flows(world, track, out);
  return out;
}

std::vector<std::string> verdicts(const World& world, const OutOfSample& outcome) {
  std::vector<std::string> out;
  const auto largest = largest_shares(outcome);
  const auto within = std::count_if(largest.begin(), largest.end(),
                                    [](const auto* f) { return std::abs(f->model - f->observed) <= kWithin; });
  const auto unmoved = std::count_if(largest.begin(), largest.end(),
                                     [](const auto* f) { return std::abs(f->no_change - f->observed) <= kWithin; });
  if (largest.empty())
    out.push_back(
        fmt::format("stage shares after {}: the dataset has no published one; nothing is shown", world.base_year));
  else
    out.push_back(fmt::format(
        "stage shares after {}, five largest countries: the model is within 3 points in {} of {}, no change in {}",
        world.base_year, within, largest.size(), unmoved));
  std::vector<std::string> missed;
  for (const auto* f : largest)
    if (std::abs(f->model - f->observed) > kWithin)
      missed.push_back(fmt::format("{} in {} in {} by {:+.1f} points (no change {:+.1f})", f->what, f->where,
                                   f->period.from.year, 100 * (f->model - f->observed),
                                   100 * (f->no_change - f->observed)));
  if (!missed.empty()) out.push_back(fmt::format("shares missed: {}", fmt::join(missed, "; ")));
  out.push_back(verdict("prices", outcome.prices, world.base_year));
  if (outcome.unlike_quotes > 0)
    out.back() += fmt::format("; {} later quotes have nothing like them in the base year and were left out",
                              outcome.unlike_quotes);
  for (auto& sentence : by_product(outcome.prices)) out.push_back(std::move(sentence));
  out.push_back(verdict("trade", outcome.flows, world.base_year));
  return out;
}

std::vector<Table> tables(const OutOfSample& outcome) {
  return {table_of("later_shares", "Stage shares after the base year", "%", 100, outcome.shares),
          table_of("later_prices", "Prices after the base year", "USD/kg of 2024", 1e-3, outcome.prices),
          table_of("later_flows", "Trade by partner after the base year", "t/yr", 12, outcome.flows)};
}

}  // namespace lodestone::insight
