// The bottleneck rule:
//
//   c = min over inputs of min(1, used / wanted),   m = 1 - c
//   lost = g V [m - s]+,   at most g V (1 - s) m
//
// V value added in the base year, s the share of what is missing that can be done without at once, g what the use of
// its inputs has grown, at base prices.
#include "lodestone/world/damage.hpp"

#include <algorithm>

namespace lodestone::world {
namespace {

ProductId open_product(const World& world, SegmentId segment) {
  const ProductId product = world.segments[segment.index()].product;
  const ProductId open = world.products[product.index()].open;
  return open.valid() ? open : product;
}

// `used` and `wanted` by segment index.
template <class Used, class Wanted>
Coverage scarcest(const World& world, const Industry& industry, const Used& used, const Wanted& wanted) {
  Coverage found;
  const auto& inputs = industry.inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const ProductId product = open_product(world, inputs[i]);
    double had = 0, needed = 0;
    bool counted = false;  // with an earlier segment of the same input
    for (std::size_t j = 0; j < inputs.size(); ++j) {
      if (open_product(world, inputs[j]) != product) continue;
      counted = counted || j < i;
      had += used(inputs[j].index());
      needed += wanted(inputs[j].index());
    }
    if (counted || !(needed > 0)) continue;
    const double share = std::clamp(had / needed, 0.0, 1.0);
    if (!found.product.valid() || share < found.share) found = {share, product};
  }
  return found;
}

double growth_of(const World& world, const Industry& industry, const State& state) {
  double now = 0, then = 0;
  for (const SegmentId s : industry.inputs) {
    const auto& segment = world.segments[s.index()];
    const double value = segment.base_price * segment.base_quantity;
    then += value;
    now += value * state.demand_trend[s.index()];
  }
  return then > 0 ? now / then : 1;
}

}  // namespace

Coverage coverage_of(const World& world, const Industry& industry, const std::vector<double>& consumption,
                     const std::vector<double>& wanted) {
  return scarcest(
      world, industry, [&](std::size_t s) { return consumption[s]; }, [&](std::size_t s) { return wanted[s]; });
}

Damage damage_of(const World& world, const Industry& industry, const State& before,
                 const std::vector<double>& consumption) {
  Damage damage;
  damage.coverage = scarcest(
      world, industry, [&](std::size_t s) { return consumption[s]; },
      [&](std::size_t s) { return world.segments[s].base_quantity * before.wanted(s); });
  const double value = growth_of(world, industry, before) * industry.value_added;
  const double missing = 1 - damage.coverage.share;
  damage.lost = value * std::max(0.0, missing - industry.substitutable);
  damage.most = value * (1 - industry.substitutable) * missing;
  return damage;
}

}  // namespace lodestone::world
