// The rows and columns of a month: built once, with every column that could ever open.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/world/month_market.hpp"

namespace lodestone::world {
namespace {

constexpr double kNoPrice = 1000;  // USD/t, scale of a product that nobody has priced

/// Use and shipments of every node in the base year, t per month.
std::vector<double> base_outflow(const World& world) {
  std::vector<double> outflow(world.nodes(), 0.0);
  for (const Segment& segment : world.segments)
    outflow[world.node(segment.product, segment.region)] += segment.base_quantity;
  for (const Facility& facility : world.facilities)
    for (const RecipeItem& item : world.processes[facility.process.index()].inputs)
      outflow[world.node(item.product, facility.region)] += item.amount * facility.base_activity;
  for (const Arc& arc : world.arcs) outflow[world.node(arc.product, arc.from)] += arc.base_flow;
  return outflow;
}

}  // namespace

MonthMarket::MonthMarket(const World& world, std::vector<GroupLimit> limits, std::vector<ReleasePoint> releases,
                         std::vector<ArcId> evadable, std::vector<ArcId> bound)
    : world_(&world),
      limits_(std::move(limits)),
      releases_(std::move(releases)),
      evadable_(std::move(evadable)),
      bound_(std::move(bound)),
      demand_(demand_curves(world)) {
  find_rows();
  topology_.rows = topology_.nodes + static_cast<market::Index>(limits_.size());
  topology_.col_start = {0};
  name_rows();
  set_scales();
  find_licensed_plants();
  add_facilities();
  add_arcs();
  add_evasion();
  add_stocks();
  add_demand();
  add_releases();
  add_orders();
  numbers_ = market::Numbers::zeros(topology_);
  stock_limit_.assign(world.stocks.size(), 0.0);
  promised_.assign(world.arcs.size(), 0.0);
  export_factor_ = import_factor_ = std::vector<double>(world.arcs.size(), 1.0);
  spot_level_.assign(world.segments.size(), 0.0);
  licensed_width_.assign(world.segments.size(), 0.0);
  bound_now_.assign(world.arcs.size(), 0);
}

void MonthMarket::find_rows() {
  std::vector<bool> used(world_->nodes(), false), late(world_->nodes(), false);
  for (const Arc& arc : world_->arcs) {
    const std::size_t to = world_->node(arc.product, arc.to);
    used[world_->node(arc.product, arc.from)] = used[to] = true;
    if (arc.lag > 0) late[to] = true;
  }
  for (const Facility& facility : world_->facilities) {
    if (facility.step_quantity.empty()) continue;
    const Process& process = world_->processes[facility.process.index()];
    for (const RecipeItem& item : process.inputs) used[world_->node(item.product, facility.region)] = true;
    for (const RecipeItem& item : process.outputs) {
      const std::size_t node = world_->node(item.product, facility.region);
      used[node] = true;
      if (process.lag > 0) late[node] = true;
    }
  }
  for (const Segment& segment : world_->segments) used[world_->node(segment.product, segment.region)] = true;
  for (const ReleasePoint& release : releases_) used[world_->node(release.product, release.region)] = true;
  node_row_.assign(world_->nodes(), -1);
  forward_row_.assign(world_->nodes(), -1);
  topology_.nodes = 0;
  for (std::size_t n = 0; n < world_->nodes(); ++n)
    if (used[n]) node_row_[n] = topology_.nodes++;
  for (std::size_t n = 0; n < world_->nodes(); ++n)
    if (late[n]) forward_row_[n] = topology_.nodes++;
}

void MonthMarket::name_rows() {
  for (std::size_t n = 0; n < world_->nodes(); ++n)
    if (node_row_[n] >= 0) row_names_.push_back(world_->node_name(n));
  for (std::size_t n = 0; n < world_->nodes(); ++n)
    if (forward_row_[n] >= 0) row_names_.push_back(world_->node_name(n) + ", for arrival");
  for (const GroupLimit& limit : limits_) row_names_.push_back(limit.name);
}

// A node without a base-year price (unused, or in surplus) takes the highest one of its product. The money scale is the
// mean base-year turnover of a node in use.
void MonthMarket::set_scales() {
  const std::size_t regions = world_->regions.size();
  const std::vector<double> outflow = base_outflow(*world_);
  double money = 0;
  int in_use = 0;
  for (std::size_t p = 0; p < world_->products.size(); ++p) {
    const auto first = world_->base_price.begin() + static_cast<std::ptrdiff_t>(p * regions);
    const double highest = *std::max_element(first, first + static_cast<std::ptrdiff_t>(regions));
    for (std::size_t n = p * regions; n < (p + 1) * regions; ++n) {
      const double price = world_->base_price[n] > 0 ? world_->base_price[n] : highest > 0 ? highest : kNoPrice;
      typical_price_.push_back(price);
      if (!(outflow[n] > 0)) continue;
      money += price * outflow[n];
      ++in_use;
    }
  }
  for (const auto* rows : {&node_row_, &forward_row_})
    for (std::size_t n = 0; n < world_->nodes(); ++n)
      if ((*rows)[n] >= 0) topology_.price_scale.push_back(typical_price_[n]);
  for (const GroupLimit& limit : limits_) topology_.price_scale.push_back(limit.typical_price);
  topology_.money_scale = in_use > 0 && money > 0 ? money / in_use : kNoPrice;
}

void MonthMarket::add_column(std::string name, std::vector<std::pair<std::size_t, double>> entries) {
  std::sort(entries.begin(), entries.end());
  for (std::size_t e = 0; e < entries.size(); ++e) {
    if (e > 0 && entries[e].first == entries[e - 1].first) {
      topology_.coef.back() += entries[e].second;
      continue;
    }
    topology_.row_of.push_back(static_cast<market::Index>(entries[e].first));
    topology_.coef.push_back(entries[e].second);
  }
  topology_.col_start.push_back(topology_.nonzeros());
  ++topology_.cols;
  column_names_.push_back(std::move(name));
}

bool MonthMarket::takes_licensed(const Facility& facility, const std::vector<bool>& reached) const {
  const std::vector<RecipeItem>& inputs = world_->processes[facility.process.index()].inputs;
  return !facility.step_quantity.empty() && std::any_of(inputs.begin(), inputs.end(), [&](const RecipeItem& item) {
    return reached[world_->node(item.product, facility.region)];
  });
}

void MonthMarket::find_licensed_plants() {
  std::vector<bool> reached(world_->nodes(), false);
  for (const ArcId arc : bound_) {
    const Arc& a = world_->arcs[arc.index()];
    reached[world_->node(a.product, a.to)] = true;
  }
  for (const Facility& facility : world_->facilities)
    licensed_col_.push_back(takes_licensed(facility, reached) ? 0 : -1);
}

// What comes out after a lag is sold forward. A plant that may hold licences has a column for what it does on licensed
// inputs before its steps.
void MonthMarket::add_facilities() {
  for (const Facility& facility : world_->facilities) {
    const std::size_t f = facility_col_.size();
    facility_col_.push_back(topology_.cols);
    if (facility.step_quantity.empty()) continue;
    const Process& process = world_->processes[facility.process.index()];
    std::vector<std::pair<std::size_t, double>> entries;
    for (const RecipeItem& item : process.inputs)
      entries.emplace_back(row_of(item.product, facility.region), -item.amount);
    for (const RecipeItem& item : process.outputs) {
      const std::size_t node = world_->node(item.product, facility.region);
      entries.emplace_back(process.lag == 0 ? row_of(node) : static_cast<std::size_t>(forward_row_[node]), item.amount);
    }
    for (std::size_t l = 0; l < limits_.size(); ++l)
      for (const LimitedPlant& limited : limits_[l].plants)
        if (limited.plant.index() == f) entries.emplace_back(first_limit_row() + l, -limited.amount);
    if (licensed_col_[f] >= 0) {
      licensed_col_[f] = topology_.cols;
      add_column(fmt::format("{}, licensed", facility.id), entries);
    }
    for (std::size_t s = 0; s < facility.step_quantity.size(); ++s)
      add_column(fmt::format("{}, step {}", facility.id, s + 1), entries);
  }
  facility_col_.push_back(topology_.cols);
}

void MonthMarket::add_arcs() {
  arc_limits_.resize(world_->arcs.size());
  for (std::size_t l = 0; l < limits_.size(); ++l)
    for (const ArcId arc : limits_[l].arcs) arc_limits_[arc.index()].push_back(l);
  for (std::size_t a = 0; a < world_->arcs.size(); ++a) {
    const Arc& arc = world_->arcs[a];
    arc_col_.push_back(topology_.cols);
    std::vector<std::pair<std::size_t, double>> entries = ends_of(arc);
    for (const std::size_t l : arc_limits_[a]) entries.emplace_back(first_limit_row() + l, -1.0);
    const std::string name = fmt::format("{} {} to {}", world_->products[arc.product.index()].id,
                                         world_->regions[arc.from.index()].id, world_->regions[arc.to.index()].id);
    for (const bool promised : {false, true}) {
      if (promised && !(arc.contracted > 0)) continue;
      add_column(promised ? name + ", under contract" : name, entries);
      arc_origin_.push_back(origin_entry(arc));
    }
  }
  arc_col_.push_back(topology_.cols);
}

/// What a route takes from its origin and brings to its destination, per tonne.
std::vector<std::pair<std::size_t, double>> MonthMarket::ends_of(const Arc& arc) const {
  const std::size_t to = world_->node(arc.product, arc.to);
  const std::size_t arrival = arc.lag == 0 ? row_of(to) : static_cast<std::size_t>(forward_row_[to]);
  return {{row_of(arc.product, arc.from), -1.0}, {arrival, 1.0}};
}

/// Nonzero of the price paid at the origin, in the column added last. Rows ascend within a column: the origin stands
/// first unless the destination comes before it.
market::Index MonthMarket::origin_entry(const Arc& arc) const {
  const auto ends = ends_of(arc);
  return topology_.col_start[static_cast<std::size_t>(topology_.cols) - 1] + (ends[1].first < ends[0].first ? 1 : 0);
}

void MonthMarket::add_stocks() {
  for (const Stock& stock : world_->stocks) {
    stock_col_.push_back(topology_.cols);
    const std::size_t node = world_->node(stock.product, stock.region);
    // Where nobody could ever buy or sell, what is in store stays there.
    if (stock.holder == Holder::government || node_row_[node] < 0) continue;
    for (std::size_t k = 1; k < StockCurve::kPoints; ++k)
      add_column(fmt::format("{} stock of {}, piece {}", to_string(stock.holder), world_->node_name(node), k),
                 {{row_of(node), -1.0}});
  }
  stock_col_.push_back(topology_.cols);
}

void MonthMarket::add_demand() {
  std::vector<int> curves(world_->nodes(), 0);
  for (const DemandCurve& curve : demand_) {
    demand_col_.push_back(topology_.cols);
    const Segment& segment = world_->segments[curve.segments.front().index()];
    const std::size_t node = world_->node(segment.product, segment.region);
    const std::string name = ++curves[node] == 1
                                 ? fmt::format("demand for {}", world_->node_name(node))
                                 : fmt::format("demand {} for {}", curves[node], world_->node_name(node));
    for (std::size_t k = 1; k <= curve.pieces(); ++k)
      add_column(fmt::format("{}, piece {}", name, k), {{row_of(node), -1.0}});
  }
  demand_col_.push_back(topology_.cols);
}

void MonthMarket::add_orders() {
  for (std::size_t n = 0; n < world_->nodes(); ++n) {
    order_col_.push_back(topology_.cols);
    if (forward_row_[n] < 0) continue;
    for (std::size_t k = 1; k < OrderCurve::kPoints; ++k)
      add_column(fmt::format("orders of {}, piece {}", world_->node_name(n), k),
                 {{static_cast<std::size_t>(forward_row_[n]), -1.0}});
  }
  order_col_.push_back(topology_.cols);
}

void MonthMarket::add_releases() {
  for (const ReleasePoint& release : releases_) {
    release_col_.push_back(topology_.cols);
    add_column(fmt::format("{} {}", release.buys ? "purchase" : "release", release.name),
               {{row_of(release.product, release.region), release.buys ? -1.0 : 1.0}});
  }
  release_col_.push_back(topology_.cols);
}

}  // namespace lodestone::world
