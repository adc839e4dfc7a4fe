#include "lodestone/world/state.hpp"

#include <algorithm>
#include <cassert>

#include "lodestone/market/problem.hpp"

namespace lodestone::world {

std::string to_string(PlantStage stage) {
  switch (stage) {
    case PlantStage::prospect:
      return "prospect";
    case PlantStage::permitting:
      return "permitting";
    case PlantStage::financing:
      return "financing";
    case PlantStage::construction:
      return "construction";
    case PlantStage::ramp_up:
      return "ramp-up";
    case PlantStage::operating:
      return "operating";
    case PlantStage::suspended:
      return "suspended";
    case PlantStage::closed:
      return "closed";
  }
  return {};
}

std::string to_string(Stall stall) {
  switch (stall) {
    case Stall::none:
      return "none";
    case Stall::permit:
      return "permit";
    case Stall::money:
      return "money";
    case Stall::skill:
      return "skill";
    case Stall::price:
      return "price";
    case Stall::sale:
      return "sale";
  }
  return {};
}

void Rules::reset(const World& world, std::size_t limits, std::size_t releases, std::size_t levers) {
  const std::size_t plants = world.facilities.size(), arcs = world.arcs.size();
  arc_limit.assign(arcs, market::kUnlimited);
  arc_limit_lever.assign(arcs, -1);
  for (auto* per_arc : {&arc_export_tax, &arc_import_tariff, &arc_recognised, &arc_refused, &arc_withheld})
    per_arc->assign(arcs, 0.0);
  arc_bound.assign(arcs, 0);
  activity_limit.assign(plants, market::kUnlimited);
  for (auto* per_plant : {&activity_support, &activity_premium, &activity_cost}) per_plant->assign(plants, 0.0);
  plant_rules.assign(plants, {});
  demand_share.assign(world.segments.size(), 1.0);
  offers.clear();
  purse.assign(levers, 0.0);
  group_limit.assign(limits, market::kUnlimited);
  release.assign(releases, 0.0);
  release_floor.assign(releases, 0.0);
  measures.reset(world, levers);
}

double promised(const Process& process, const Offer& offer, double price) {
  double amount = 0;
  for (const auto& item : process.outputs)
    if (item.product == offer.product) amount += item.amount;
  const double below = std::max(0.0, offer.price - price), above = std::max(0.0, price - offer.price);
  return offer.share * amount * (below - offer.upside * above);
}

double OrderCurve::at(double at_price) const {
  const auto above = std::upper_bound(price.begin(), price.end(), at_price);
  if (above == price.begin()) return quantity.front();
  if (above == price.end()) return 0;
  const auto k = static_cast<std::size_t>(above - price.begin());
  return quantity[k] + (quantity[k - 1] - quantity[k]) * (price[k] - at_price) / (price[k] - price[k - 1]);
}

void Measures::reset(const World& world, std::size_t levers) {
  const std::size_t plants = world.facilities.size(), regions = world.regions.size();
  spending.assign(levers, 0.0);
  taught.assign(pool_of_workers(world, Stage::access, RegionId(0)) + regions, 0.0);
  permit_months.assign(plants, 0.0);
  permit_slots.assign(regions, 0.0);
  saving.assign(plants, 0.0);
  collected.assign(plants, 0.0);
  screened.assign(plants * regions, 0);
  takeovers.clear();
}

std::size_t pool_of_workers(const World& world, Stage stage, RegionId region) {
  return static_cast<std::size_t>(stage) * world.regions.size() + region.index();
}

void Pipeline::resize(const std::vector<int>& lags) {
  start_.assign(lags.size() + 1, 0);
  for (std::size_t c = 0; c < lags.size(); ++c) start_[c + 1] = start_[c] + static_cast<std::size_t>(lags[c]);
  slots_.assign(start_.back(), 0.0);
}

double Pipeline::arriving(std::size_t carrier) const {
  return start_[carrier + 1] > start_[carrier] ? slots_[start_[carrier]] : 0.0;
}

void Pipeline::fill(std::size_t carrier, double quantity) {
  std::fill(slots_.begin() + static_cast<std::ptrdiff_t>(start_[carrier]),
            slots_.begin() + static_cast<std::ptrdiff_t>(start_[carrier + 1]), quantity);
}

void Pipeline::advance(const std::vector<double>& entering) {
  assert(entering.size() + 1 == start_.size());
  for (std::size_t c = 0; c + 1 < start_.size(); ++c) {
    const std::size_t first = start_[c], last = start_[c + 1];
    if (first == last) continue;
    for (std::size_t s = first; s + 1 < last; ++s) slots_[s] = slots_[s + 1];
    slots_[last - 1] = entering[c];
  }
}

void Pipeline::add_entering(std::size_t carrier, double quantity) {
  if (start_[carrier + 1] > start_[carrier]) slots_[start_[carrier + 1] - 1] += quantity;
}

double Pipeline::under_way(std::size_t carrier) const {
  double sum = 0;
  for (std::size_t s = start_[carrier]; s < start_[carrier + 1]; ++s) sum += slots_[s];
  return sum;
}

}  // namespace lodestone::world
