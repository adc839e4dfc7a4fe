// Stocks at the start: working stocks of every node with turnover, government stocks as given.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

// The working-stock row that speaks most closely for a node: product before region, the first of equals.
const StockRow* working_row(const BaseYear& base, const std::string& product, const std::string& region) {
  const StockRow* best = nullptr;
  int best_rank = -1;
  for (const StockRow* row : rows_of_product(base.raw.stocks, product)) {
    const int closeness = base.places.closeness(row->region, region);
    const int rank = (row->product == "all" ? 0 : 3) + closeness;
    if (row->holder != world::Holder::working || closeness < 0 || rank <= best_rank) continue;
    best = row;
    best_rank = rank;
  }
  return best;
}

// Goods of an access class are kept as the open ones are.
const std::string& stocked_as(const world::World& world, world::ProductId product) {
  const world::ProductId open = world.products[product.index()].open;
  return world.products[(open.valid() ? open : product).index()].id;
}

// What leaves a node in a month of the base year.
double outflow_of(const BaseYear& base, std::size_t node) {
  return base.consumed[node] + base.processed[node] + base.exported[node];
}

void add_working_stocks(BaseYear& base) {
  world::World& world = base.world;
  for (std::size_t node = 0; node < world.nodes(); ++node) {
    const world::ProductId product(node / world.regions.size());
    const world::RegionId region(node % world.regions.size());
    const StockRow* row = working_row(base, stocked_as(world, product), world.regions[region.index()].id);
    const double quantity = row == nullptr ? 0 : *row->cover_months * outflow_of(base, node);
    if (quantity > 0 && world.base_price[node] > 0)  // nobody keeps what is thrown away
      world.stocks.push_back({region, product, world::Holder::working, *row->cover_months, quantity,
                              derived_from("cover times outflow of the base year", {&row->provenance})});
  }
}

void add_government_stocks(BaseYear& base) {
  world::World& world = base.world;
  for (const auto& row : base.raw.stocks) {
    if (row.holder != world::Holder::government) continue;
    const auto product = world.find_product(row.product);
    const auto region = world.find_region(row.region);
    if (!product.valid() || !region.valid())
      base.diagnostics.error(row.place(product.valid() ? "region" : "product"),
                             fmt::format("a government stock of '{}' in '{}'", row.product, row.region),
                             "one product in one region");
    else
      world.stocks.push_back({region, product, world::Holder::government, 0, *row.quantity, row.provenance});
  }
}

}  // namespace

void add_stocks(BaseYear& base) {
  add_working_stocks(base);
  add_government_stocks(base);
}

}  // namespace lodestone::dataset
