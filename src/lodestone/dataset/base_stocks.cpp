// Stocks at the start: those of users, traders and speculators at every node with turnover that a row speaks for,
// government stocks as given.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

// The holder's row that speaks most closely for a node: product before region, the first of equals.
const StockRow* closest_row(const BaseYear& base, world::Holder holder, const std::string& product,
                            const std::string& region) {
  const StockRow* best = nullptr;
  int best_rank = -1;
  for (const StockRow* row : rows_of_product(base.raw.stocks, product)) {
    const int closeness = base.places.closeness(row->region, region);
    const int rank = (row->product == "all" ? 0 : 3) + closeness;
    if (row->holder != holder || closeness < 0 || rank <= best_rank) continue;
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

// What the row's cover means at this node: tonnes in store, room for them, or money to buy them.
world::Stock stock_of(BaseYear& base, const StockRow& row, double covered, double price) {
  world::Stock stock;
  stock.holder = row.holder;
  stock.cover = *row.cover_months;
  stock.provenance = derived_from("cover times outflow of the base year", {&row.provenance});
  if (row.holder == world::Holder::working) stock.quantity = covered;
  if (row.holder == world::Holder::speculative) stock.money = covered * price;
  if (row.holder == world::Holder::commercial) {
    stock.room = covered;
    stock.quantity = row.quantity.value_or(0);
    if (stock.quantity > stock.room)
      base.diagnostics.error(row.place("quantity"), fmt::format("{:.6g} t in store", stock.quantity),
                             fmt::format("at most the {:.6g} t that cover_months leaves room for", stock.room));
  }
  return stock;
}

void add_stocks_of(BaseYear& base, world::Holder holder) {
  world::World& world = base.world;
  for (std::size_t node = 0; node < world.nodes(); ++node) {
    const world::ProductId product(node / world.regions.size());
    const world::RegionId region(node % world.regions.size());
    const StockRow* row = closest_row(base, holder, stocked_as(world, product), world.regions[region.index()].id);
    const double covered = row == nullptr ? 0 : *row->cover_months * outflow_of(base, node);
    if (!(covered > 0) || !(world.base_price[node] > 0)) continue;  // nobody keeps what is thrown away
    world::Stock stock = stock_of(base, *row, covered, world.base_price[node]);
    stock.product = product;
    stock.region = region;
    world.stocks.push_back(std::move(stock));
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
      world.stocks.push_back({region, product, world::Holder::government, 0, *row.quantity, 0, 0, row.provenance});
  }
}

}  // namespace

void add_stocks(BaseYear& base) {
  for (const auto holder : {world::Holder::working, world::Holder::commercial, world::Holder::speculative})
    add_stocks_of(base, holder);
  add_government_stocks(base);
}

}  // namespace lodestone::dataset
