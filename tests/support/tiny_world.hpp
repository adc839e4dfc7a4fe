// A world of five regions and five products, small enough to check by hand: China sells oxides and magnets to the
// others, the United States hold government stocks.
#pragma once

#include <stdexcept>
#include <string>

#include "lodestone/world/world.hpp"

namespace lodestone::test {

namespace tiny {

inline world::RegionId region(const world::World& world, const std::string& id) {
  const auto found = world.find_region(id);
  if (!found.valid()) throw std::logic_error("the tiny world has no region " + id);
  return found;
}

inline world::ProductId product(const world::World& world, const std::string& id) {
  const auto found = world.find_product(id);
  if (!found.valid()) throw std::logic_error("the tiny world has no product " + id);
  return found;
}

inline world::ArcId arc(const world::World& world, const std::string& of, const std::string& from,
                        const std::string& to) {
  for (std::size_t a = 0; a < world.arcs.size(); ++a) {
    const world::Arc& arc = world.arcs[a];
    if (arc.product == product(world, of) && arc.from == region(world, from) && arc.to == region(world, to))
      return world::ArcId(a);
  }
  throw std::logic_error("the tiny world has no route of " + of + " from " + from + " to " + to);
}

inline void add_arc(world::World& world, const std::string& of, const std::string& from, const std::string& to,
                    double base_flow) {
  world::Arc arc;
  arc.product = product(world, of);
  arc.from = region(world, from);
  arc.to = region(world, to);
  arc.base_flow = base_flow;
  arc.freight = 500;
  arc.lag = 1;
  world.arcs.push_back(arc);
}

inline void add_stock(world::World& world, const std::string& of, const std::string& in, world::Holder holder,
                      double quantity) {
  world::Stock stock;
  stock.product = product(world, of);
  stock.region = region(world, in);
  stock.holder = holder;
  stock.cover = holder == world::Holder::working ? 3 : 0;
  stock.quantity = quantity;
  world.stocks.push_back(stock);
}

}  // namespace tiny

namespace tiny {

/// Dysprosium oxide kept apart for the class "defence-origin" in Japan, where oxide of any origin passes into it.
inline void add_access_class(world::World& world) {
  const auto open = product(world, "dysprosium-oxide");
  world::Product classed = world.products[open.index()];
  classed.id += "-defence-origin";
  classed.access = "defence-origin";
  classed.open = open;
  world::Process process;
  process.id = "any-origin-" + classed.id;
  process.stage = world::Stage::access;
  process.inputs = {{open, 1}};
  process.outputs = {{world::ProductId(world.products.size()), 1}};
  world::Facility transfer;
  transfer.id = process.id + "-JPN";
  transfer.region = region(world, "JPN");
  transfer.process = world::ProcessId(world.processes.size());
  transfer.transfer = world::Transfer::any_origin;
  transfer.capacity = 10;
  world.products.push_back(std::move(classed));
  world.processes.push_back(std::move(process));
  world.facilities.push_back(std::move(transfer));
  world.base_price.resize(world.nodes(), 250'000);
}

}  // namespace tiny

/// Base flows in t per month, prices in USD/t. Route of every product: CHN to USA (10), JPN (20), DEU (30), FRA (0);
/// of dysprosium oxide also USA to JPN (0), of magnets JPN to USA (5).
inline world::World tiny_world() {
  world::World world;
  world.id = "tiny";
  world.title = "Tiny: five regions, nine products and one of an access class";
  world.base_year = 2024;
  world.start = base::Month::of(2024, 1);
  for (const char* id : {"CHN", "USA", "JPN", "DEU", "FRA"}) world.regions.push_back({id, id, false});
  const base::Date always{2200, 12, 31};
  world.groups.push_back(
      {"EU27",
       "European Union",
       {{tiny::region(world, "DEU"), {1958, 1, 1}, always}, {tiny::region(world, "FRA"), {1958, 1, 1}, always}}});
  world.groups.push_back({"pact", "A pact", {{tiny::region(world, "JPN"), {2026, 1, 1}, always}}});
  const struct {
    const char* id;
    world::Stage stage;
    double price;
  } products[] = {{"dysprosium-oxide", world::Stage::separation, 250'000},
                  {"terbium-oxide", world::Stage::separation, 800'000},
                  {"yttrium-oxide", world::Stage::separation, 6'000},
                  {"ndpr-oxide", world::Stage::separation, 55'000},
                  {"ndfeb-magnet-high-temperature", world::Stage::magnet, 70'000},
                  {"ndpr-metal", world::Stage::metal, 68'000},
                  {"dysprosium-metal", world::Stage::metal, 330'000},
                  {"terbium-metal", world::Stage::metal, 1'000'000},
                  {"scandium-oxide", world::Stage::mining, 640'000}};
  for (const auto& row : products) {
    world::Product product;
    product.id = product.name = row.id;
    product.stage = row.stage;
    world.products.push_back(product);
    for (std::size_t r = 0; r < world.regions.size(); ++r) world.base_price.push_back(row.price);
  }
  tiny::add_access_class(world);
  world.price_provenance.resize(world.nodes());
  for (const auto& row : products) {
    tiny::add_arc(world, row.id, "CHN", "USA", 10);
    tiny::add_arc(world, row.id, "CHN", "JPN", 20);
    tiny::add_arc(world, row.id, "CHN", "DEU", 30);
    tiny::add_arc(world, row.id, "CHN", "FRA", 0);
    for (const char* region : {"CHN", "USA", "JPN", "DEU"})
      tiny::add_stock(world, row.id, region, world::Holder::working, 60);
  }
  tiny::add_arc(world, "dysprosium-oxide", "USA", "JPN", 0);
  tiny::add_arc(world, "ndfeb-magnet-high-temperature", "JPN", "USA", 5);
  tiny::add_stock(world, "dysprosium-oxide", "USA", world::Holder::government, 12);
  tiny::add_stock(world, "terbium-oxide", "USA", world::Holder::government, 4);
  tiny::add_stock(world, "yttrium-oxide", "USA", world::Holder::government, 90);
  world::Parameter half_life;
  half_life.id = "risk-half-life";
  half_life.value = 6;
  world.parameters.push_back(half_life);
  return world;
}

}  // namespace lodestone::test
