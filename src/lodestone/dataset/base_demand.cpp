// Final demand of the base year: by region and end use.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "lodestone/dataset/base_parts.hpp"
#include "lodestone/world/demand_curve.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kNothing = 1e-9;  // share of production that is rounding, not demand
constexpr double kFarOff = 0.25;   // distance from a published total that is worth a warning

double sum_over_regions(const world::World& world, const std::vector<double>& quantity, world::ProductId product) {
  const auto begin = quantity.begin() + static_cast<std::ptrdiff_t>(product.index() * world.regions.size());
  return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(world.regions.size()), 0.0);
}

// World demand outside the chain, t per month.
double demand_of(BaseYear& base, const DemandTotalRow& row, double made, double left) {
  if (row.rule == DemandRule::fixed) {
    const double wanted = std::min(row.quantity.value_or(0), left);
    const double surplus = left - wanted;
    if (surplus <= kNothing * made) return left;
    base.diagnostics.warning(row.place("quantity"),
                             fmt::format("{:.3g} % of the '{}' made has no use", 100 * surplus / made, row.product),
                             "a product that is wanted; this one is worth nothing where a surplus stays");
    return wanted;
  }
  if (left <= kNothing * made)
    base.diagnostics.warning(row.place("product"), fmt::format("processing takes all the '{}' made", row.product),
                             "something left for final demand");
  const double published = row.quantity.value_or(0);
  if (published > 0 && std::abs(left / published - 1) > kFarOff)
    base.diagnostics.warning(row.place("quantity"),
                             fmt::format("published demand for '{}' of {:.6g} t/month", row.product, published),
                             fmt::format("nearer the {:.6g} t/month that the base year leaves, which are used", left));
  return left;
}

bool given_away(const BaseYear& base, world::ProductId product) {
  return sum_over_regions(base.world, base.surplus, product) > 0;
}

}  // namespace

void add_segments(BaseYear& base) {
  world::World& world = base.world;
  std::map<std::string, const DemandTotalRow*> totals;
  std::map<std::string, double> demand;
  for (const auto& row : base.raw.demand_totals) {
    const auto product = world.find_product(row.product);
    const double made = sum_over_regions(world, base.made, product);
    const double left = std::max(0.0, made - sum_over_regions(world, base.processed, product));
    demand[row.product] = demand_of(base, row, made, left);
    totals[row.product] = &row;
  }
  std::map<std::pair<std::string, std::string>, const EndUseRow*> end_uses;
  for (const auto& row : base.raw.end_uses) end_uses[{row.product, row.end_use}] = &row;
  for (const auto& row : base.raw.demand_shares) {
    const EndUseRow& use = *end_uses.at({row.product, row.end_use});
    const double quantity = demand.at(row.product) * use.share * row.share;
    if (!(quantity > 0)) continue;
    world::Segment segment;
    segment.id = fmt::format("{}-{}-{}", row.product, row.region, row.end_use);
    segment.region = world.find_region(row.region);
    segment.product = world.find_product(row.product);
    segment.end_use = row.end_use;
    segment.base_quantity = quantity;
    segment.short_elasticity = use.short_elasticity;
    segment.long_elasticity = use.long_elasticity;
    segment.provenance = derived_from("demand of the end use times the region's share",
                                      {&totals.at(row.product)->provenance, &use.provenance, &row.provenance});
    const auto node = world.node(segment.product, segment.region);
    base.consumed[node] += quantity;
    base.may_use[node] = true;
    world.segments.push_back(std::move(segment));
  }
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
