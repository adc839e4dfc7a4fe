#include "lodestone/policy/plant_lever.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "lodestone/base/units.hpp"
#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::kMillion;

bool contains(const std::vector<world::RegionId>& regions, world::RegionId region) {
  return std::find(regions.begin(), regions.end(), region) != regions.end();
}

// Goods of an access class count as the open ones that they may be used as.
bool is_or_serves_as(const world::World& world, world::ProductId made, world::ProductId product) {
  return made == product || world.products[made.index()].open == product;
}

bool fits(const LeverHead& head, const world::World& world, const world::Facility& plant, Which which) {
  if (which == Which::projects && !(plant.planned_capacity > 0)) return false;
  if (which == Which::own && !contains(head.origins, plant.region)) return false;
  return makes_one_of(head, world, plant);
}

std::size_t find_plant(const std::string& id, const world::World& world) {
  const auto& all = world.facilities;
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& plant) { return plant.id == id; });
  if (it != all.end()) return static_cast<std::size_t>(it - all.begin());
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const auto& plant : all) names.push_back(plant.id);
  throw WrongOptions({{"plants", fmt::format("unknown plant '{:.60}'", id), "an id of facilities.csv",
                       base::nearest_name(id, names)}});
}

}  // namespace

bool makes_one_of(const LeverHead& head, const world::World& world, const world::Facility& plant) {
  const auto& outputs = world.processes[plant.process.index()].outputs;
  return plant.makes_something() && std::any_of(outputs.begin(), outputs.end(),
                                                [&](const auto& item) { return targets(head, world, item.product); });
}

base::OptionSpec plants_option() {
  return {
      "plants", base::OptionType::text_list,
      "",       0,
      -1,       false,
      "",       "ids of the plants, wherever they stand; not given: all in the origins that make one of the products"};
}

base::OptionSpec budget_option() {
  return {"budget",
          base::OptionType::number,
          "million USD",
          0,
          1e7,
          true,
          "",
          "most that is spent from start to end, in money of 2024"};
}

std::vector<std::size_t> targeted_plants(const LeverHead& head, const base::OptionValues& values,
                                         const world::World& world, Which which) {
  const char* expected = which == Which::projects ? "a plant being built or planned that makes one of the products"
                         : which == Which::own    ? "a plant of the actor's that makes one of the products"
                                                  : "a plant that makes one of the products";
  std::vector<std::size_t> found;
  if (values.has("plants")) {
    for (const auto& id : values.list("plants")) {
      const std::size_t f = find_plant(id, world);
      if (!fits(head, world, world.facilities[f], which))
        throw WrongOptions({{"plants", fmt::format("plant '{}'", id), expected, ""}});
      if (std::find(found.begin(), found.end(), f) == found.end()) found.push_back(f);
    }
  } else {
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      if (contains(head.origins, world.facilities[f].region) && fits(head, world, world.facilities[f], which))
        found.push_back(f);
  }
  if (found.empty()) throw WrongOptions({{"products", "no plant to act on in the origins", expected, ""}});
  return found;
}

void stop_output(const world::State& state, std::size_t plant, double share, world::Rules& rules) {
  rules.activity_limit[plant] = std::min(rules.activity_limit[plant], (1 - share) * state.capacity[plant]);
}

void OutputStop::apply(const world::World&, const world::State& state, int, world::Rules& rules) {
  if (!in_force(state.month)) return;
  for (const std::size_t f : plants_) stop_output(state, f, share_, rules);
}

void ProjectMoney::apply(const world::World&, const world::State& state, int index, world::Rules& rules) {
  if (!in_force(state.month)) return;
  const auto lever = static_cast<std::size_t>(index);
  rules.purse[lever] = std::max(0.0, budget_ - state.public_spent[lever]);
  for (const std::size_t plant : plants_) {
    rules.offers.push_back(terms_);
    rules.offers.back().facility = plant;
    rules.offers.back().lever = index;
  }
}

std::unique_ptr<Lever> project_money(LeverHead head, const base::OptionValues& values, const world::World& world,
                                     world::Support kind) {
  const auto number = [&](const char* name) { return values.has(name) ? values.number(name) : 0.0; };
  auto plants = targeted_plants(head, values, world, Which::projects);
  world::Offer terms;
  terms.kind = kind;
  terms.share = number("share");
  terms.rate = number("interest");
  terms.years = number("years");
  return std::make_unique<ProjectMoney>(std::move(head), std::move(plants), terms, number("budget") * kMillion);
}

void PricePromise::apply(const world::World& world, const world::State& state, int index, world::Rules& rules) {
  if (!in_force(state.month)) return;
  const double years = (head().end - state.month) / 12.0;
  for (const std::size_t f : plants_) {
    const auto& plant = world.facilities[f];
    for (const auto& item : world.processes[plant.process.index()].outputs) {
      if (std::none_of(head().products.begin(), head().products.end(),
                       [&](world::ProductId product) { return is_or_serves_as(world, item.product, product); }))
        continue;
      auto offer = terms_;
      offer.facility = f;
      offer.lever = index;
      offer.product = item.product;
      offer.years = years;
      const double price = state.last_price[world.node(item.product, plant.region)];
      offer.paid = world::promised(world.processes[plant.process.index()], offer, price);
      rules.activity_support[f] += offer.paid;
      rules.offers.push_back(offer);
    }
  }
}

}  // namespace lodestone::policy
