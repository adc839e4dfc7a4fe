// Supply curves of facilities: marginal cost of activity in linear pieces through the base year's margin.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

// Half of an aggregate is idle when the margin falls to 0.85 of its cash cost (docs/base_year.md): its cheapest unit
// costs that share of the mean.
constexpr double kCheapestUnit = 0.85;
constexpr double kFlatShare = 0.8;           // of base activity: up to here cost stays near cash cost
constexpr double kFirstKnot = 0.25;          // of the way, in logarithms, from base activity to capacity
constexpr double kDearest = 20;              // times the base cost: largest marginal cost at capacity
constexpr double kLeastRise = 0.01;          // of the base cost, over the whole capacity: least curvature
constexpr double kByProduct = 0.98;          // of what its host brings: comes at any price
constexpr double kLeastCost = 1;             // USD/t of activity: scale of a plant without any cost
constexpr double kPlannedFall = 0.05;        // of the cash cost: cheapest tonnes of a plant not yet built
constexpr double kPlannedRise = 0.2;         // of the cash cost, at full capacity
constexpr double kIdleRise[] = {0.15, 0.6};  // of the entry cost, at kFlatShare of capacity and at capacity

constexpr double kCollected[] = {0, 0.3, 0.6, 0.85, 1};  // of what can be collected: points of its curve
constexpr double kMostCollected = 0.98;                  // of it that a price brings in
constexpr double kBeyondBase = 0.01;    // of the base price: what stands between it and the first tonne
constexpr double kTransferRise = 0.01;  // of the price, over all that can pass

using Curve = std::vector<std::pair<double, double>>;  // activity (t/month) and marginal cost there (USD/t)

double margin_of(const world::World& world, const world::Facility& facility) {
  const auto& process = world.processes[facility.process.index()];
  double margin = 0;
  for (const auto& item : process.outputs)
    margin += item.amount * world.base_price[world.node(item.product, facility.region)];
  for (const auto& item : process.inputs)
    margin -= item.amount * world.base_price[world.node(item.product, facility.region)];
  return margin;
}

// From below cash cost, nearly flat, to `cost` at base activity, and on with the supply elasticity to capacity.
Curve running_curve(const world::Facility& facility, double cost, double elasticity) {
  const double base = facility.base_activity, capacity = facility.capacity, cash = facility.cash_cost;
  const double least = kLeastRise * cost / capacity;  // USD/t per t/month
  const double cheapest = std::min(kCheapestUnit * cash, cost - least * base);
  const double knee = std::min(
      {std::max(cash, cheapest), cheapest + kFlatShare * (cost - cheapest), cost - least * (1 - kFlatShare) * base});
  Curve curve{{0, std::min(cheapest, knee - least * kFlatShare * base)}, {kFlatShare * base, knee}, {base, cost}};
  if (capacity <= base) return curve;
  const double log_room = std::log(capacity / base);
  const double log_rise = std::min(log_room / elasticity, std::log(kDearest));
  for (const double part : {kFirstKnot, 1.0}) {
    const double activity = part < 1 ? base * std::exp(part * log_room) : capacity;
    const auto [before, cost_before] = curve.back();
    const double rise = std::max(cost * std::exp(part * log_rise), cost_before + least * (activity - before));
    curve.emplace_back(activity, rise);
  }
  return curve;
}

// What comes along with another product, up to the base year's output, which its host decides: at any price, even where
// it is thrown away.
Curve by_product_curve(const world::Facility& facility, double cost) {
  const double least = std::min(kLeastCost, kLeastRise * cost), base = facility.base_activity;
  Curve curve{{0, -2 * least}, {kByProduct * base, -least}, {base, cost}};
  if (facility.capacity > base) curve.emplace_back(facility.capacity, kDearest * cost);
  return curve;
}

Curve idle_curve(double capacity, double entry) {
  return {{0, entry}, {kFlatShare * capacity, entry * (1 + kIdleRise[0])}, {capacity, entry * (1 + kIdleRise[1])}};
}

// A plant that does not stand yet: its stated cash cost near the usual rate of use.
Curve planned_curve(double capacity, double cash) {
  return {{0, cash * (1 - kPlannedFall)}, {kFlatShare * capacity, cash}, {capacity, cash * (1 + kPlannedRise)}};
}

// Inverse of: share collected = 1 - exp(-(p / p0 - 1) / k), p0 the base price and k how far it must rise for 63 %. What
// the base year collects is part of the scrap that it recycles; it collects no more at its prices.
Curve collection_curve(const world::Facility& facility, double k) {
  Curve curve;
  for (const double share : kCollected)
    curve.emplace_back(share * facility.capacity,
                       facility.cash_cost * (1 + kBeyondBase - k * std::log(1 - kMostCollected * share)));
  return curve;
}

void set_steps(const Curve& curve, world::Facility& facility) {
  facility.step_quantity.clear();
  facility.step_cost.clear();
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (i > 0) facility.step_quantity.push_back(curve[i].first - curve[i - 1].first);
    facility.step_cost.push_back(curve[i].second);
  }
}

// Passing goods from one access class to another costs a little more the more pass; a way that nobody takes in the base
// year begins where the others end. What the base year passes is free.
void calibrate_transfer(world::Facility& facility, double price, double margin) {
  const double rise = kTransferRise * price, share = facility.base_activity / facility.capacity;
  const double first = facility.cash_cost + (share > 0 ? 0 : rise);
  facility.support = share > 0 ? first + share * rise - margin : 0;
  set_steps({{0, first}, {facility.capacity, first + rise}}, facility);
}

// Of what a transfer takes: at its place, or where it is quoted.
double typical_price(const BaseYear& base, const world::Facility& facility) {
  const auto product = base.world.processes[facility.process.index()].inputs.front().product;
  const double price = base.world.base_price[base.world.node(product, facility.region)];
  return price > 0 ? price : base.quote[product.index()];
}

void report(BaseYear& base, std::size_t f, double margin) {
  const auto& facility = base.world.facilities[f];
  if (f >= base.raw.facilities.size()) return;  // of an access class: told of the plant that it is part of
  const auto& row = base.raw.facilities[f];
  if (facility.base_activity > 0 && margin < 0)
    base.diagnostics.warning(
        row.place("cash_cost"),
        fmt::format("'{}' sells for {:.4g} USD/t less than its inputs cost", facility.id, -margin),
        fmt::format("a margin that covers the cash cost; support of {:.4g} USD/t was added", facility.support));
  if (facility.base_activity == 0 && facility.capacity > 0 && margin > facility.cash_cost)
    base.diagnostics.warning(
        row.place("base_output"),
        fmt::format("'{}' is idle and would earn {:.4g} USD/t", facility.id, margin - facility.cash_cost),
        "activity, or a cash cost above its margin; restarting was made that much dearer");
}

}  // namespace

void calibrate_facilities(BaseYear& base) {
  const double elasticity = base.world.parameter("supply-elasticity");
  for (std::size_t f = 0; f < base.world.facilities.size(); ++f) {
    auto& facility = base.world.facilities[f];
    const double margin = margin_of(base.world, facility);
    const double cost = std::max({margin, facility.cash_cost, kLeastCost});
    facility.support = facility.base_activity > 0 ? cost - margin : 0;
    if (facility.transfer == world::Transfer::collection)
      set_steps(collection_curve(facility, base.world.parameter("collection-price")), facility);
    else if (facility.transfer != world::Transfer::none)
      calibrate_transfer(facility, typical_price(base, facility), margin);
    else if (facility.base_activity > 0 && facility.capacity_kind == world::CapacityKind::by_product)
      set_steps(by_product_curve(facility, cost), facility);
    else if (facility.base_activity > 0)
      set_steps(running_curve(facility, cost, elasticity), facility);
    else if (facility.capacity > 0)
      set_steps(idle_curve(facility.capacity, cost), facility);
    else if (facility.planned_capacity > 0)
      set_steps(planned_curve(facility.planned_capacity, std::max(facility.cash_cost, kLeastCost)), facility);
    else
      set_steps({{0, cost}}, facility);
    report(base, f, margin);
  }
}

}  // namespace lodestone::dataset
