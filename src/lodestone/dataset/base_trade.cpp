// Trade of the base year: known flows as they are, the rest from surplus to deficit regions by gravity and balancing.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "lodestone/dataset/base_parts.hpp"
#include "lodestone/dataset/flow_balance.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kDust = 1e-3;      // flows below this share of a partner's balance are left out
constexpr double kRounding = 1e-9;  // relative
constexpr double kMoved = 1e-3;     // relative change of a known flow that is worth a warning
constexpr int kPasses = 1000;

// How far the known flows bind. Each step gives way only where the one before cannot be balanced.
enum class Known { fixed, at_least, hint };

class ProductTrade {
 public:
  ProductTrade(BaseYear& base, world::ProductId product)
      : base_(base), product_(product), regions_(base.world.regions.size()) {
    for (std::size_t a = 0; a < base.world.arcs.size(); ++a)
      if (base.world.arcs[a].product == product) arcs_.push_back(a);
    known_flow_.assign(arcs_.size(), 0.0);
    for (std::size_t k = 0; k < arcs_.size(); ++k)
      if (known(k) != nullptr) known_flow_[k] = known(k)->flow;
  }

  void balance() {
    limit_known_flows();
    for (const Known rule : {Known::fixed, Known::at_least, Known::hint}) {
      const auto attempt = fill(rule);
      if (!attempt.table.complete) {
        last_ = attempt;
        continue;
      }
      accept(attempt, rule);
      return;
    }
    report_what_cannot_move();
  }

 private:
  struct Attempt {
    std::vector<std::size_t> exporters, importers;
    std::vector<double> fixed;  // per arc of the product
    FlowBalance table;          // exporters x (importers, then surplus)
  };

  BaseYear& base_;
  world::ProductId product_;
  std::size_t regions_;
  std::vector<std::size_t> arcs_;
  std::vector<double> known_flow_;  // per arc of the product, after the limits of its margins
  Attempt last_;

  [[nodiscard]] const world::Arc& arc(std::size_t k) const { return base_.world.arcs[arcs_[k]]; }
  [[nodiscard]] const TradeRow* known(std::size_t k) const { return base_.known[arcs_[k]]; }
  [[nodiscard]] std::size_t node(std::size_t region) const {
    return base_.world.node(product_, world::RegionId(region));
  }
  [[nodiscard]] double use(std::size_t region) const {
    return base_.processed[node(region)] + base_.consumed[node(region)];
  }

  // Nobody imports more than it uses and is known to pass on; nobody with a source of its own passes on more than it
  // has. A region that makes nothing and of which no imports are known is a re-exporter: its imports are filled in.
  void limit_known_flows() {
    for (int pass = 0; pass < kPasses; ++pass) {
      const auto [in, out] = known_totals();
      double worst = 1;
      for (std::size_t k = 0; k < arcs_.size(); ++k) {
        const std::size_t from = arc(k).from.index(), to = arc(k).to.index();
        const double room = use(to) + out[to];
        const double stock = base_.made[node(from)] + in[from];
        double factor = in[to] > room ? room / in[to] : 1;
        if (stock > 0 && out[from] > stock) factor = std::min(factor, stock / out[from]);
        known_flow_[k] *= factor;
        if (known_flow_[k] > 0) worst = std::min(worst, factor);
      }
      if (worst > 1 - 1e-12) return;
    }
  }

  [[nodiscard]] std::pair<std::vector<double>, std::vector<double>> known_totals() const {
    std::vector<double> in(regions_, 0.0), out(regions_, 0.0);
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      out[arc(k).from.index()] += known_flow_[k];
      in[arc(k).to.index()] += known_flow_[k];
    }
    return {in, out};
  }

  // What a region has over after its own use and the fixed flows; rounding is nothing.
  [[nodiscard]] std::vector<double> excess(const std::vector<double>& fixed) const {
    std::vector<double> left(regions_, 0.0), turnover(regions_, 0.0);
    for (std::size_t r = 0; r < regions_; ++r) {
      left[r] = base_.made[node(r)] - use(r);
      turnover[r] = base_.made[node(r)] + use(r);
    }
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      left[arc(k).from.index()] -= fixed[k];
      left[arc(k).to.index()] += fixed[k];
      turnover[arc(k).from.index()] += fixed[k];
      turnover[arc(k).to.index()] += fixed[k];
    }
    for (std::size_t r = 0; r < regions_; ++r)
      if (std::abs(left[r]) <= 1e-13 * turnover[r]) left[r] = 0;
    return left;
  }

  // Gravity: sizes of both balances, and the cost of the route relative to the product's price to the power of minus
  // the trade elasticity (Anderson and van Wincoop 2004). Flows that are only a hint replace it.
  [[nodiscard]] double gravity(std::size_t k, Known rule, double from, double to) const {
    if (known(k) != nullptr && rule == Known::hint) return known(k)->flow;
    if (known(k) != nullptr && (rule == Known::fixed || known(k)->flow == 0)) return 0;
    const double price = base_.quote[product_.index()];
    return from * to * std::pow(landed_cost(arc(k), price) / price, -base_.world.parameter("trade-elasticity"));
  }

  Attempt fill(Known rule) const {
    Attempt attempt;
    attempt.fixed = rule == Known::hint ? std::vector<double>(arcs_.size(), 0.0) : known_flow_;
    const auto left = excess(attempt.fixed);
    FlowTable table;
    std::vector<std::size_t> row(regions_, regions_), column(regions_, regions_);
    double given = 0, taken = 0;
    for (std::size_t r = 0; r < regions_; ++r) {
      if (left[r] > 0) {
        row[r] = attempt.exporters.size();
        attempt.exporters.push_back(r);
        table.row_sum.push_back(left[r]);
        given += left[r];
      } else if (left[r] < 0) {
        column[r] = attempt.importers.size();
        attempt.importers.push_back(r);
        table.column_sum.push_back(-left[r]);
        taken -= left[r];
      }
    }
    const bool surplus = given - taken > kRounding * total_made();
    table.column_sum.push_back(surplus ? given - taken : 0);
    const std::size_t width = table.column_sum.size();
    table.seed.assign(table.row_sum.size() * width, 0.0);
    for (std::size_t i = 0; surplus && i < table.row_sum.size(); ++i)
      if (base_.made[node(attempt.exporters[i])] > 0)
        table.seed[i * width + width - 1] = table.row_sum[i] * table.column_sum.back();
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      const std::size_t i = row[arc(k).from.index()], j = column[arc(k).to.index()];
      if (i != regions_ && j != regions_)
        table.seed[i * width + j] = gravity(k, rule, table.row_sum[i], table.column_sum[j]);
    }
    attempt.table = without_dust(table);
    return attempt;
  }

  [[nodiscard]] double total_made() const {
    double sum = 0;
    for (std::size_t r = 0; r < regions_; ++r) sum += base_.made[node(r)];
    return sum;
  }

  // Balances, drops what is dust to either partner but its largest route, and balances again if that can be done.
  static FlowBalance without_dust(FlowTable table) {
    auto first = balance_flows(table);
    if (!first.complete) return first;
    const std::size_t width = table.column_sum.size(), rows = table.row_sum.size();
    std::vector<double> row_largest(rows, 0.0), column_largest(width, 0.0);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j + 1 < width; ++j) {
        row_largest[i] = std::max(row_largest[i], first.flow[i * width + j]);
        column_largest[j] = std::max(column_largest[j], first.flow[i * width + j]);
      }
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j + 1 < width; ++j) {
        const double flow = first.flow[i * width + j];
        const bool dust = flow < kDust * table.row_sum[i] || flow < kDust * table.column_sum[j];
        if (dust && flow < row_largest[i] && flow < column_largest[j]) table.seed[i * width + j] = 0;
      }
    auto second = balance_flows(table);
    return second.complete ? second : first;
  }

  void accept(const Attempt& attempt, Known rule) {
    std::map<std::pair<std::size_t, std::size_t>, double> filled;
    const std::size_t width = attempt.importers.size() + 1;
    for (std::size_t i = 0; i < attempt.exporters.size(); ++i) {
      for (std::size_t j = 0; j + 1 < width; ++j)
        filled[{attempt.exporters[i], attempt.importers[j]}] = attempt.table.flow[i * width + j];
      base_.surplus[node(attempt.exporters[i])] = attempt.table.flow[i * width + width - 1];
    }
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      world::Arc& route = base_.world.arcs[arcs_[k]];
      route.base_flow = attempt.fixed[k];
      const auto found = filled.find({route.from.index(), route.to.index()});
      if (found != filled.end() && (rule != Known::fixed || known(k) == nullptr)) route.base_flow += found->second;
      base_.exported[node(route.from.index())] += route.base_flow;
      base_.imported[node(route.to.index())] += route.base_flow;
      if (known(k) != nullptr) label(k, route);
    }
  }

  void label(std::size_t k, world::Arc& route) {
    const TradeRow& row = *known(k);
    const bool moved = std::abs(route.base_flow - row.flow) > kMoved * std::max(route.base_flow, row.flow);
    if (!moved) {
      route.provenance = row.provenance;
      return;
    }
    route.provenance = derived_from("a known flow, moved to balance", {&row.provenance});
    base_.diagnostics.warning(
        row.place("flow"), fmt::format("{:.4g} t/month of '{}' from {} to {}", row.flow, row.product, row.from, row.to),
        fmt::format("what production and use leave room for: {:.4g} t/month is used", route.base_flow));
  }

  void report_what_cannot_move() {
    const auto& id = base_.world.products[product_.index()].id;
    const auto& regions = base_.world.regions;
    double total = 0;
    for (const double sum : last_.table.flow) total += sum;
    for (std::size_t j = 0; j < last_.importers.size(); ++j)
      if (last_.table.column_missing[j] > kRounding * total)
        base_.diagnostics.error(
            place_of(last_.importers[j], false),
            fmt::format("no route brings {:.4g} t/month of '{}' to {}", last_.table.column_missing[j], id,
                        regions[last_.importers[j]].id),
            "a supplier with enough to spare and an open route (facilities.csv, trade.csv, arcs.csv)");
    for (std::size_t i = 0; i < last_.exporters.size(); ++i)
      if (last_.table.row_missing[i] > kRounding * total)
        base_.diagnostics.error(
            place_of(last_.exporters[i], true),
            fmt::format("no route takes {:.4g} t/month of '{}' from {}", last_.table.row_missing[i], id,
                        regions[last_.exporters[i]].id),
            "a user with need of it and an open route (facilities.csv, demand_shares.csv, trade.csv, arcs.csv)");
  }

  // The first row that makes (or uses) the product in a region; the product's own row when there is none.
  [[nodiscard]] base::Place place_of(std::size_t region, bool maker) const {
    const auto& world = base_.world;
    for (std::size_t f = 0; f < world.facilities.size(); ++f) {
      const auto& process = world.processes[world.facilities[f].process.index()];
      for (const auto& item : maker ? process.outputs : process.inputs)
        if (item.product == product_ && world.facilities[f].region.index() == region)
          return base_.raw.facilities[f].place("base_output");
    }
    for (const auto& row : base_.raw.demand_shares)
      if (!maker && row.product == world.products[product_.index()].id && row.region == world.regions[region].id)
        return row.place("share");
    return base_.raw.products[product_.index()].place("id");
  }
};

// Finds the arc of each known flow; one without an arc has no user at its end or is closed.
void match_known_flows(BaseYear& base) {
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, std::size_t> arcs;
  const auto& world = base.world;
  for (std::size_t a = 0; a < world.arcs.size(); ++a)
    arcs[{world.arcs[a].product.index(), world.arcs[a].from.index(), world.arcs[a].to.index()}] = a;
  for (const auto& row : base.raw.trade) {
    const auto found = arcs.find({world.find_product(row.product).index(), world.find_region(row.from).index(),
                                  world.find_region(row.to).index()});
    if (found != arcs.end())
      base.known[found->second] = &row;
    else if (row.flow > 0)
      base.diagnostics.warning(
          row.place("flow"),
          fmt::format("{:.4g} t/month of '{}' from {} to {}", row.flow, row.product, row.from, row.to),
          fmt::format("0: {} has no use for it, or arcs.csv closes the route", row.to));
  }
}

}  // namespace

void balance_trade(BaseYear& base) {
  match_known_flows(base);
  for (std::size_t p = 0; p < base.world.products.size(); ++p) ProductTrade(base, world::ProductId(p)).balance();
}

}  // namespace lodestone::dataset
