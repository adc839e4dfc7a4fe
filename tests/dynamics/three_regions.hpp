// Three regions, one product: MAK makes it (an aggregate), USE uses it, NEW has a plan. Small enough for sums by hand.
#pragma once

#include <algorithm>

#include "lodestone/dynamics/projects.hpp"
#include "tests/dynamics/one_node.hpp"

namespace lodestone::dynamics {

inline world::World three_region_world() {
  world::World world = one_node_world();  // its parameters, its product
  world.regions = {{"MAK", "Maker", false}, {"USE", "User", false}, {"NEW", "Newcomer", false}};
  world.stocks.clear();
  world.segments[0].region = world::RegionId(1);
  world.base_price = {1000, 1000, 1000};
  world::Process mining;
  mining.id = "mine";
  mining.outputs.push_back({world::ProductId(0), 1});
  world.processes.push_back(mining);

  world::Facility maker;
  maker.id = "maker";
  maker.region = maker.control = world::RegionId(0);
  maker.process = world::ProcessId(0);
  maker.aggregate = true;
  maker.capacity = 10;
  maker.base_activity = 10;
  maker.cash_cost = 800;
  maker.step_quantity = {8, 2};
  maker.step_cost = {680, 800, 1000};
  world.facilities.push_back(maker);

  world::Facility plan;
  plan.id = "plan";
  plan.region = plan.control = world::RegionId(2);
  plan.process = world::ProcessId(0);
  plan.status = world::FacilityStatus::planned;
  plan.opens = base::whole_month(base::Month::of(2026, 1));
  plan.planned_capacity = 2;
  plan.cash_cost = 500;
  plan.step_quantity = {2};
  plan.step_cost = {480, 520};
  plan.construction = {.capex = 100,
                       .permit_months = 6,
                       .build_months = 4,
                       .ramp_months = 10,
                       .labour = 0,
                       .country_premium = 0.02,
                       .provenance = {}};
  world.facilities.push_back(plan);

  for (const std::size_t from : {0, 2}) {
    world::Arc arc;
    arc.product = world::ProductId(0);
    arc.from = world::RegionId(from);
    arc.to = world::RegionId(1);
    arc.base_flow = from == 0 ? 10 : 0;
    arc.switching = 1;
    world.arcs.push_back(arc);
  }
  const auto add = [&](const char* id, double value) {
    world::Parameter parameter;
    parameter.id = id;
    parameter.value = value;
    world.parameters.push_back(parameter);
  };
  add("backlash-permits", 2);
  add("reversal-hazard", 0.1);
  add("workforce-retirement", 0.003);
  add("ramp-start", 0.1);
  add("ramp-cost-premium", 0.5);
  add("construction-slip", 1.5);
  add("cost-overrun", 1.25);
  add("hurdle-rate", 0.1);
  add("volatility-premium", 0.05);
  add("flood-premium", 0.2);
  add("flood-memory", 60);
  add("plant-life", 20);
  add("permit-slots", 1);
  add("offtake-share", 0.5);
  add("contract-share", 0.3);
  add("private-capital", 0.1);
  add("workforce-training", 0.02);
  add("workforce-poaching", 0.01);
  add("workforce-loss", 0.01);
  add("hiring-ahead", 2);
  return world;
}

/// The world started in January 2025; a test sets prices and activities by hand.
struct ThreeRegions {
  world::World world;
  world::MonthMarket market;
  std::vector<std::unique_ptr<Mechanism>> all;
  world::State state;
  world::Equilibrium month;

  explicit ThreeRegions(world::World a_world = three_region_world())
      : world(std::move(a_world)), market(world, {}, {}), all(mechanisms(world, world::kNoGrowth)) {
    state.month = base::Month::of(2025, 1);
    for (const auto& mechanism : all) mechanism->start(world, state);
    for (const auto& mechanism : all) mechanism->expect(world, state);
    month.forward_price.assign(world.nodes(), 0.0);
    month.consumption = {10};
    month.activity.assign(world.facilities.size(), 0.0);
    month.activity[0] = 10;
    month.arc_flow = {10, 0};
    price(1000);
  }
  /// Of the first product everywhere, this month and as what is held to be normal; others stay at base prices.
  void price(double value) {
    month.price = world.base_price;
    std::fill_n(month.price.begin(), world.regions.size(), value);
    month.quote.clear();
    for (const double at : month.price) month.quote.push_back({true, at, at});
    state.last_price = state.normal_price = month.price;
  }
  void age(int months = 1) {
    for (int m = 0; m < months; ++m) {
      for (const auto& mechanism : all) mechanism->age(world, market, month, state);
      state.month = state.month + 1;
      for (const auto& mechanism : all) mechanism->expect(world, state);
    }
  }
  world::Plant& maker() { return state.plants[0]; }
  world::Plant& plan() { return state.plants[1]; }
};

}  // namespace lodestone::dynamics
