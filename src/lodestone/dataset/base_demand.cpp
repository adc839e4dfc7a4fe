// Final demand of the base year: by region and end use.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "lodestone/dataset/base_parts.hpp"
#include "lodestone/dataset/base_year.hpp"
#include "lodestone/world/demand_curve.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kNothing = 1e-9;  // share of production that is rounding, not demand
constexpr double kFarOff = 0.25;   // distance from a published total that is worth a warning

// World demand for a product that has some, from its figure or from what stated production leaves.
ProductDemand demand_of(BaseYear& base, const DemandTotalRow& row) {
  const auto product = base.world.find_product(row.product);
  const double made = made_of(base.world, product), left = left_over(base.world, product);
  const double nothing = kNothing * made;
  ProductDemand demand{&row, std::max(left, 0.0), std::numeric_limits<double>::infinity(), 0, left};
  if (row.quantity.value_or(0) > 0 || row.rule == DemandRule::fixed) {
    demand.stated = row.quantity.value_or(0);
    demand.error = relative_error(row.provenance.confidence) * demand.stated;
  }
  if (row.rule == DemandRule::fixed) {
    demand.surplus = left - demand.stated > nothing ? left - demand.stated : 0;
    if (demand.surplus > 0)
      base.diagnostics.warning(
          row.place("quantity"),
          fmt::format("{:.3g} % of the '{}' made has no use", 100 * demand.surplus / made, row.product),
          "a product that is wanted; this one is worth nothing where a surplus stays");
    return demand;
  }
  if (left <= nothing)
    base.diagnostics.warning(row.place("product"), fmt::format("processing takes all the '{}' made", row.product),
                             "something left for final demand");
  else if (std::abs(left / demand.stated - 1) > kFarOff)
    base.diagnostics.warning(
        row.place("quantity"), fmt::format("published demand for '{}' of {:.6g} t/month", row.product, demand.stated),
        fmt::format("nearer the {:.6g} t/month that the base year leaves; both are reconciled", left));
  return demand;
}

// A good without final demand has to be used up, or what is left of it is worth nothing.
ProductDemand without_demand(const BaseYear& base, world::ProductId product) {
  const double made = made_of(base.world, product), left = left_over(base.world, product);
  return {nullptr, 0, 0, left > kReconciled * made ? left : 0, left};
}

bool given_away(const BaseYear& base, world::ProductId product) {
  const auto begin = base.surplus.begin() + static_cast<std::ptrdiff_t>(base.world.node(product, world::RegionId(0)));
  return std::any_of(begin, begin + static_cast<std::ptrdiff_t>(base.world.regions.size()),
                     [](double surplus) { return surplus > 0; });
}

// The row that speaks for a use: end use before product. 1, no limit, when none does.
double substitution_limit(const BaseYear& base, const std::string& product, const std::string& end_use) {
  double limit = 1;
  int best = -1;
  for (const auto& row : base.raw.substitution) {
    if ((row.product != "all" && row.product != product) || (row.end_use != "all" && row.end_use != end_use)) continue;
    const int rank = (row.end_use == "all" ? 0 : 2) + (row.product == "all" ? 0 : 1);
    if (rank <= best) continue;
    best = rank;
    limit = row.limit;
  }
  return limit;
}

}  // namespace

void add_segments(BaseYear& base) {
  world::World& world = base.world;
  for (std::size_t p = 0; p < world.products.size(); ++p)
    base.demand.push_back(without_demand(base, world::ProductId(p)));
  for (const auto& row : base.raw.demand_totals)
    base.demand[world.find_product(row.product).index()] = demand_of(base, row);
  std::map<std::pair<std::string, std::string>, const EndUseRow*> end_uses;
  for (const auto& row : base.raw.end_uses) end_uses[{row.product, row.end_use}] = &row;
  for (const auto& row : base.raw.demand_shares) {
    const EndUseRow& use = *end_uses.at({row.product, row.end_use});
    const ProductDemand& demand = base.demand[world.find_product(row.product).index()];
    const double quantity = demand.stated * use.share * row.share;
    if (!(quantity > 0)) continue;
    world::Segment segment;
    segment.id = fmt::format("{}-{}-{}", row.product, row.region, row.end_use);
    segment.region = world.find_region(row.region);
    segment.product = world.find_product(row.product);
    segment.end_use = row.end_use;
    segment.base_quantity = quantity;
    segment.short_elasticity = use.short_elasticity;
    segment.long_elasticity = use.long_elasticity;
    segment.substitution_limit = substitution_limit(base, row.product, row.end_use);
    segment.provenance = derived_from("demand of the end use times the region's share",
                                      {&demand.row->provenance, &use.provenance, &row.provenance});
    const auto node = world.node(segment.product, segment.region);
    base.consumed[node] += quantity;
    base.may_use[node] = true;
    world.segments.push_back(std::move(segment));
  }
}

std::vector<DemandShare> demand_shares(const BaseYear& base, world::ProductId product) {
  std::map<std::string, const EndUseRow*> end_uses;
  const std::string& id = base.world.products[product.index()].id;
  for (const auto& row : base.raw.end_uses)
    if (row.product == id) end_uses[row.end_use] = &row;
  std::map<std::size_t, DemandShare> shares;
  for (const auto& row : base.raw.demand_shares) {
    if (row.product != id) continue;
    const EndUseRow& use = *end_uses.at(row.end_use);
    const double part = use.share * row.share;
    if (!(part > 0)) continue;
    const auto region = base.world.find_region(row.region);
    auto& share = shares.emplace(region.index(), DemandShare{region, 0, 0, &row}).first->second;
    share.part += part;
    share.error +=
        part * std::hypot(relative_error(use.provenance.confidence), relative_error(row.provenance.confidence));
  }
  std::vector<DemandShare> out;
  for (auto& [index, share] : shares) {
    share.error /= share.part;
    out.push_back(share);
  }
  return out;
}

void price_segments(BaseYear& base) {
  world::World& world = base.world;
  std::map<std::pair<std::string, std::string>, double> choke;
  for (const auto& row : base.raw.end_uses) choke[{row.product, row.end_use}] = row.choke_multiple;
  for (auto& segment : world.segments) {
    const double price = world.base_price[world.node(segment.product, segment.region)];
    const double quote = base.quote[segment.product.index()];
    const double multiple = choke.at({world.products[segment.product.index()].id, segment.end_use});
    segment.base_price = price > 0 ? price : quote;
    // Where the product is given away next door, what it is quoted at says what it is worth to its users.
    segment.choke_price = multiple * (given_away(base, segment.product) ? std::max(price, quote) : price);
    // Demand is stated at the quote; where the good is free it is what the base year consumes.
    if (price == 0) segment.base_quantity *= segment.base_quantity / world::demand_at(segment, 1, price);
  }
}

}  // namespace lodestone::dataset
