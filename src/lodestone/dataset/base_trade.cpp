// Trade of the base year: known flows as they were reconciled, the rest from surplus to deficit regions by gravity.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "lodestone/dataset/base_parts.hpp"
#include "lodestone/dataset/flow_balance.hpp"
#include "lodestone/dataset/least_squares.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kDust = 1e-3;       // flows below this share of a partner's balance are left out
constexpr double kRounding = 1e-9;   // relative
constexpr double kBalanced = 1e-11;  // of a region's turnover: what it has over when it has nothing over

class ProductTrade {
 public:
  ProductTrade(BaseYear& base, world::ProductId product)
      : base_(base), product_(product), regions_(base.world.regions.size()) {
    for (std::size_t a = 0; a < base.world.arcs.size(); ++a)
      if (base.world.arcs[a].product == product) arcs_.push_back(a);
  }

  // Known flows stand in the world's arcs, the others are 0.
  void balance() {
    fill(false);
    if (table_.complete)
      accept();
    else
      fill_through_others();
  }

  // Holds the figures as stated against all open routes, whatever is known of them.
  void report() {
    for (const std::size_t a : arcs_) base_.world.arcs[a].base_flow = 0;
    fill(true);
    const auto& id = base_.world.products[product_.index()].id;
    const auto& regions = base_.world.regions;
    const double least = kRounding * turnover();
    for (std::size_t j = 0; j < importers_.size(); ++j)
      if (table_.column_missing[j] > least)
        base_.diagnostics.error(
            place_of(importers_[j], false),
            fmt::format("no route brings {:.4g} t/month of '{}' to {}", table_.column_missing[j], id,
                        regions[importers_[j]].id),
            "a supplier with enough to spare and an open route (facilities.csv, trade.csv, arcs.csv)");
    for (std::size_t i = 0; i < exporters_.size(); ++i)
      if (table_.row_missing[i] > least)
        base_.diagnostics.error(
            place_of(exporters_[i], true),
            fmt::format("no route takes {:.4g} t/month of '{}' from {}", table_.row_missing[i], id,
                        regions[exporters_[i]].id),
            "a user with need of it and an open route (facilities.csv, demand_shares.csv, trade.csv, arcs.csv)");
  }

 private:
  BaseYear& base_;
  world::ProductId product_;
  std::size_t regions_;
  std::vector<std::size_t> arcs_;
  std::vector<std::size_t> exporters_, importers_;
  FlowBalance table_;  // exporters x (importers, then surplus)

  [[nodiscard]] world::Arc& arc(std::size_t k) const { return base_.world.arcs[arcs_[k]]; }
  [[nodiscard]] const TradeRow* known(std::size_t k) const { return base_.known[arcs_[k]]; }
  [[nodiscard]] std::size_t node(std::size_t region) const {
    return base_.world.node(product_, world::RegionId(region));
  }
  [[nodiscard]] double use(std::size_t region) const {
    return base_.processed[node(region)] + base_.consumed[node(region)];
  }

  // What a region has over after its own use and the known flows; rounding is nothing.
  [[nodiscard]] std::vector<double> excess() const {
    std::vector<double> left(regions_, 0.0), size(regions_, 0.0);
    for (std::size_t r = 0; r < regions_; ++r) {
      left[r] = base_.made[node(r)] - use(r);
      size[r] = base_.made[node(r)] + use(r);
    }
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      left[arc(k).from.index()] -= arc(k).base_flow;
      left[arc(k).to.index()] += arc(k).base_flow;
      size[arc(k).from.index()] += arc(k).base_flow;
      size[arc(k).to.index()] += arc(k).base_flow;
    }
    for (std::size_t r = 0; r < regions_; ++r)
      if (std::abs(left[r]) <= kBalanced * size[r]) left[r] = 0;
    return left;
  }

  // Everything that is added up to find what regions have over: rounding is relative to it.
  [[nodiscard]] double turnover() const {
    double sum = 0;
    for (std::size_t r = 0; r < regions_; ++r) sum += base_.made[node(r)] + use(r);
    for (std::size_t k = 0; k < arcs_.size(); ++k) sum += arc(k).base_flow;
    return sum;
  }

  // Gravity: sizes of both balances, and the cost of the route relative to the product's price to the power of minus
  // the trade elasticity (Anderson and van Wincoop 2004).
  [[nodiscard]] double gravity(std::size_t k, double from, double to) const {
    const double price = base_.quote[product_.index()];
    return from * to * std::pow(landed_cost(arc(k), price) / price, -base_.world.parameter("trade-elasticity"));
  }

  [[nodiscard]] bool open(std::size_t k, bool known_too) const {
    return known(k) == nullptr || (known_too && known(k)->flow > 0);
  }

  void fill(bool known_too) {
    auto left = excess();
    FlowTable table;
    table.turnover = turnover();
    double balance = std::accumulate(left.begin(), left.end(), 0.0);
    const bool surplus = balance > kRounding * table.turnover;
    if (!surplus) {  // what sums are off by in their last digits is borne by the largest
      const auto smaller = [](double a, double b) { return std::abs(a) < std::abs(b); };
      *std::max_element(left.begin(), left.end(), smaller) -= balance;
      balance = 0;
    }
    std::vector<std::size_t> row(regions_, regions_), column(regions_, regions_);
    for (std::size_t r = 0; r < regions_; ++r) {
      if (left[r] > 0) {
        row[r] = exporters_.size();
        exporters_.push_back(r);
        table.row_sum.push_back(left[r]);
      } else if (left[r] < 0) {
        column[r] = importers_.size();
        importers_.push_back(r);
        table.column_sum.push_back(-left[r]);
      }
    }
    table.column_sum.push_back(balance);
    const std::size_t width = table.column_sum.size();
    table.seed.assign(table.row_sum.size() * width, 0.0);
    for (std::size_t i = 0; surplus && i < table.row_sum.size(); ++i)
      if (base_.made[node(exporters_[i])] > 0)
        table.seed[i * width + width - 1] = table.row_sum[i] * table.column_sum.back();
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      const std::size_t i = row[arc(k).from.index()], j = column[arc(k).to.index()];
      if (i != regions_ && j != regions_ && open(k, known_too))
        table.seed[i * width + j] = gravity(k, table.row_sum[i], table.column_sum[j]);
    }
    table_ = without_dust(table);
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

  void accept() {
    std::map<std::pair<std::size_t, std::size_t>, double> filled;
    const std::size_t width = importers_.size() + 1;
    for (std::size_t i = 0; i < exporters_.size(); ++i) {
      for (std::size_t j = 0; j + 1 < width; ++j) filled[{exporters_[i], importers_[j]}] = table_.flow[i * width + j];
      base_.surplus[node(exporters_[i])] = table_.flow[i * width + width - 1];
    }
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      const auto found = filled.find({arc(k).from.index(), arc(k).to.index()});
      if (found != filled.end() && known(k) == nullptr) arc(k).base_flow = found->second;
    }
  }

  // Where no flows from surplus to deficit regions do it, some have to pass through others: the smallest that do, in
  // the sense of least squares. `reconcile` has found that there are some.
  void fill_through_others() {
    LeastSquares problem{{}, std::vector<double>(regions_, 0.0)};
    const auto left = excess();
    for (std::size_t r = 0; r < regions_; ++r) problem.sums[r] = left[r];
    const double error = turnover();
    std::vector<double*> targets;
    for (std::size_t k = 0; k < arcs_.size(); ++k)
      if (known(k) == nullptr) {
        problem.unknowns.push_back({0, error, 0, {{arc(k).from.index(), 1}, {arc(k).to.index(), -1}}});
        targets.push_back(&arc(k).base_flow);
      }
    for (std::size_t r = 0; r < regions_; ++r)
      if (base_.made[node(r)] > 0 && base_.demand[product_.index()].surplus > 0) {
        problem.unknowns.push_back({0, error, 0, {{r, 1}}});
        targets.push_back(&base_.surplus[node(r)]);
      }
    const auto flows = least_squares(problem);
    if (!flows) {
      report();
      return;
    }
    for (std::size_t u = 0; u < targets.size(); ++u) *targets[u] = (*flows)[u];
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

}  // namespace

void count_trade(BaseYear& base) {
  base.imported.assign(base.world.nodes(), 0.0);
  base.exported.assign(base.world.nodes(), 0.0);
  for (const auto& arc : base.world.arcs) {
    base.exported[base.world.node(arc.product, arc.from)] += arc.base_flow;
    base.imported[base.world.node(arc.product, arc.to)] += arc.base_flow;
  }
}

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

void balance_trade(BaseYear& base) {
  base.surplus.assign(base.world.nodes(), 0.0);
  for (std::size_t p = 0; p < base.world.products.size(); ++p) ProductTrade(base, world::ProductId(p)).balance();
  count_trade(base);
}

void report_unbalanced(BaseYear& base) {
  const int before = base.diagnostics.errors();
  for (std::size_t p = 0; p < base.world.products.size(); ++p) ProductTrade(base, world::ProductId(p)).report();
  if (base.diagnostics.errors() == before)
    base.diagnostics.error({base.raw.folder},
                           "output, processing, demand and trade of the base year that contradict each other beyond "
                           "what their confidence allows",
                           "figures that nearly balance; 'high' confidence only where it is due");
}

}  // namespace lodestone::dataset
