// One region, one product, one use, one working stock: enough to check a mechanism by hand.
#pragma once

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {

inline world::World one_node_world() {
  world::World world;
  world.regions.push_back({"AAA", "Alone", false});
  world::Product product;
  product.id = "oxide";
  world.products.push_back(product);
  world::Segment segment;
  segment.id = "use";
  segment.region = world::RegionId(0);
  segment.product = world::ProductId(0);
  segment.end_use = "all";
  segment.base_quantity = 10;
  segment.base_price = 1000;
  segment.short_elasticity = -0.1;
  segment.long_elasticity = -0.4;
  segment.choke_price = 30000;
  world.segments.push_back(segment);
  world::Stock stock;
  stock.region = world::RegionId(0);
  stock.product = world::ProductId(0);
  stock.cover = 3;
  stock.quantity = 30;
  world.stocks.push_back(stock);
  world.base_price = {1000};
  const auto add = [&](const char* id, double value) {
    world::Parameter parameter;
    parameter.id = id;
    parameter.value = value;
    world.parameters.push_back(parameter);
  };
  add("demand-adjustment", 0.1);
  add("recontracting-time", 4);
  add("normal-price-adaptation", 0.12);
  add("forward-price-adaptation", 0.2);
  add("order-ceiling", 1.5);
  add("planned-use-elasticity", 0.1);
  add("stock-price-elasticity", 1.5);
  add("stock-gap-closing", 0.5);
  add("stock-ceiling", 3.2);
  add("stock-release-limit", 0.4);
  add("use-smoothing", 0.2);
  add("idling-margin", 0.85);
  add("idling-rate", 0.01);
  add("restart-margin", 1.2);
  add("restart-delay", 3);
  add("restart-rate", 0.12);
  add("scrapping-rate", 0.02);
  add("capacity-order-rate", 0.1);
  add("capacity-order-limit", 0.05);
  add("capacity-lag", 2);
  add("learning-rate", 0);
  add("experience-loss", 0.01);
  add("experience-spillover", 0.02);
  add("backlash-rate", 0.02);
  add("backlash-half-life", 24);
  add("backlash-scale", 0.05);
  add("backlash-tolerance", 0.5);
  add("royalty-share", 0.3);
  add("bargaining-speed", 0.02);
  add("expropriation-premium", 0.1);
  add("expropriation-half-life", 60);
  add("home-processing-charge", 0.3);
  add("risk-half-life", 6);
  add("risk-refused-trade", 0.4);
  add("risk-cover", 3);
  add("risk-normal-cover", 4);
  add("trader-carry", 0.05);
  add("trader-spread", 0.3);
  add("speculation-horizon", 3);
  add("speculation-memory", 3);
  add("speculation-carry", 0.02);
  add("speculation-pace", 0.25);
  add("speculation-loss", 0.3);
  add("qualification-shortest", 3);
  add("qualification-longest", 19);
  add("restraint-share", 0.8);
  add("restraint-lag", 4);
  add("restraint-band", 0.05);
  add("restraint-ceiling", 0.95);
  add("contract-term", 24);
  add("contract-price-lag", 4);
  add("contract-damages", 0.2);
  add("evasion-start", 0.1);
  add("evasion-growth", 0.2);
  add("evasion-leaving", 0.1);
  add("evasion-ceiling", 0.6);
  add("evasion-margin", 1);
  add("evasion-cost", 60'000);
  return world;
}

/// Net purchase that the curve asks for at a price.
inline double purchase(const world::StockCurve& curve, double price) {
  double held = price <= curve.price.front() ? curve.held_back.front() : 0;
  for (std::size_t k = 1; k < world::StockCurve::kPoints; ++k)
    if (price > curve.price[k - 1] && price <= curve.price[k]) {
      const double share = (price - curve.price[k - 1]) / (curve.price[k] - curve.price[k - 1]);
      held = curve.held_back[k - 1] + share * (curve.held_back[k] - curve.held_back[k - 1]);
    }
  return held - curve.release_limit;
}

/// A world with everything that moves started, and a month whose prices and flows a test sets by hand.
struct OneNode {
  world::World world;
  world::MonthMarket market{world, {}, {}};
  std::vector<std::unique_ptr<Mechanism>> all = mechanisms(world, world::kNoGrowth);
  world::State state;
  world::Equilibrium month;

  explicit OneNode(world::World a_world = one_node_world()) : world(std::move(a_world)) {
    for (const auto& mechanism : all) mechanism->start(world, state);
    for (const auto& mechanism : all) mechanism->expect(world, state);
    month.price = {1000};
    month.quote = {{true, 1000, 1000}};
    month.consumption = {10};
    month.stock_release.assign(world.stocks.size(), 0.0);
  }
  void price(double value) {
    month.price = {value};
    month.quote = {{true, value, value}};
  }
  void age() {
    for (const auto& mechanism : all) mechanism->age(world, market, month, state);
    for (const auto& mechanism : all) mechanism->expect(world, state);
  }
};

}  // namespace lodestone::dynamics
