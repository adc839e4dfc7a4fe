// Goods that nobody uses any more: how long each end use keeps them, and a place in every region where they can be
// collected as scrap. docs/data.md, `lifetimes.csv`.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

using world::ProductId;
using world::RegionId;

/// Somebody there takes the scrap, or it can be shipped to one who does.
bool has_outlet(const world::World& world, ProductId scrap, RegionId region) {
  const bool ships = std::any_of(world.arcs.begin(), world.arcs.end(),
                                 [&](const world::Arc& arc) { return arc.product == scrap && arc.from == region; });
  return ships || std::any_of(world.facilities.begin(), world.facilities.end(), [&](const world::Facility& plant) {
           const auto& inputs = world.processes[plant.process.index()].inputs;
           return plant.region == region &&
                  std::any_of(inputs.begin(), inputs.end(), [&](const auto& item) { return item.product == scrap; });
         });
}

/// What end uses with a lifetime would give back as this scrap in a steady state (t per month).
double given_back(const world::World& world, ProductId scrap, RegionId region) {
  double quantity = 0;
  for (const auto& segment : world.segments)
    if (segment.region == region)
      if (const auto* life = world.lifetime_of(segment); life != nullptr && life->scrap == scrap)
        quantity += life->yield * segment.base_quantity;
  return quantity;
}

void add_place(BaseYear& base, ProductId scrap, RegionId region, world::ProcessId process) {
  const auto& product = base.world.products[scrap.index()];
  const double price = base.world.base_price[base.world.node(scrap, region)];
  world::Facility place;
  place.transfer = world::Transfer::collection;
  place.id = fmt::format("collection-{}-{}", product.id, base.world.regions[region.index()].id);
  place.name = fmt::format("collection of old goods: {} in {}", product.name, base.world.regions[region.index()].name);
  place.region = place.control = region;
  place.process = process;
  place.owner_operator = "collectors";
  place.aggregate = true;
  place.capacity_kind = world::CapacityKind::permit;  // it moves with what is thrown away
  place.capacity = base.world.parameter("collection-ceiling") * given_back(base.world, scrap, region);
  place.cash_cost = price > 0 ? price : base.quote[scrap.index()];
  place.provenance = base.raw.lifetimes.front().provenance;
  if (!(place.capacity > 0) || !(place.cash_cost > 0) || !has_outlet(base.world, scrap, region)) return;
  base.stated_activity.push_back(0);
  base.world.facilities.push_back(std::move(place));
}

void add_places(BaseYear& base, ProductId scrap) {
  world::Process process;
  process.id = "collect-" + base.world.products[scrap.index()].id;
  process.name = "Collection of old goods: " + base.world.products[scrap.index()].name;
  process.stage = world::Stage::recycling;
  process.outputs = {{scrap, 1}};
  process.provenance = base.raw.lifetimes.front().provenance;
  base.world.processes.push_back(std::move(process));
  for (std::size_t r = 0; r < base.world.regions.size(); ++r)
    add_place(base, scrap, RegionId(r), world::ProcessId(base.world.processes.size() - 1));
}

}  // namespace

void add_collection(BaseYear& base) {
  std::vector<ProductId> scraps;
  for (const auto& row : base.raw.lifetimes) {
    const ProductId scrap = base.world.find_product(row.scrap);
    base.world.lifetimes.push_back({base.world.find_product(row.product), row.end_use, row.mean, row.shape, row.growth,
                                    scrap, row.yield, row.provenance});
    if (std::find(scraps.begin(), scraps.end(), scrap) == scraps.end()) scraps.push_back(scrap);
  }
  for (const ProductId scrap : scraps) add_places(base, scrap);
}

}  // namespace lodestone::dataset
