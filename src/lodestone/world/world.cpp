#include "lodestone/world/world.hpp"

#include <algorithm>

namespace lodestone::world {
namespace {

template <class Id, class T>
Id position(const std::vector<T>& things, const std::string& id) {
  const auto it = std::find_if(things.begin(), things.end(), [&](const T& thing) { return thing.id == id; });
  return it == things.end() ? Id{} : Id(static_cast<std::size_t>(it - things.begin()));
}

// A dataset without a parameter that a mechanism needs is wrong input; a default would hide it.
[[noreturn]] void throw_missing(const std::vector<Parameter>& parameters, const std::string& id) {
  std::vector<std::string> names;
  names.reserve(parameters.size());
  for (const Parameter& parameter : parameters) names.push_back(parameter.id);
  base::Diagnostics diagnostics;
  diagnostics.error({"parameters.csv"}, "no parameter '" + id + "'", "a row with this id",
                    base::nearest_name(id, names));
  throw base::InputError(std::move(diagnostics));
}

}  // namespace

std::string to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::high:
      return "high";
    case Confidence::medium:
      return "medium";
    case Confidence::low:
      return "low";
    case Confidence::assumed:
      return "assumed";
  }
  return {};
}

std::string to_string(Stage stage) {
  switch (stage) {
    case Stage::mining:
      return "mining";
    case Stage::separation:
      return "separation";
    case Stage::finishing:
      return "finishing";
    case Stage::metal:
      return "metal";
    case Stage::magnet:
      return "magnet";
    case Stage::recycling:
      return "recycling";
    case Stage::access:
      return "access";
  }
  return {};
}

std::string to_string(FacilityStatus status) {
  switch (status) {
    case FacilityStatus::operating:
      return "operating";
    case FacilityStatus::suspended:
      return "suspended";
    case FacilityStatus::building:
      return "building";
    case FacilityStatus::planned:
      return "planned";
  }
  return {};
}

std::string to_string(CapacityKind kind) {
  switch (kind) {
    case CapacityKind::nameplate:
      return "nameplate";
    case CapacityKind::permit:
      return "permit";
    case CapacityKind::quota:
      return "quota";
    case CapacityKind::output:
      return "output";
    case CapacityKind::by_product:
      return "by-product";
  }
  return {};
}

std::string to_string(Holder holder) {
  switch (holder) {
    case Holder::working:
      return "working";
    case Holder::commercial:
      return "commercial";
    case Holder::speculative:
      return "speculative";
    case Holder::government:
      return "government";
  }
  return {};
}

double Facility::marginal_cost(double activity, double capacity_now, double cash_cost_now) const {
  const double shift = cash_cost_now - cash_cost;
  const double size = full_capacity() > 0 ? capacity_now / full_capacity() : 0;
  double at = activity;
  for (std::size_t s = 0; s < step_quantity.size(); ++s) {
    const double width = size * step_quantity[s];
    if (at <= width || s + 1 == step_quantity.size()) {
      const double share = width > 0 ? std::clamp(at / width, 0.0, 1.0) : 0.0;
      return step_cost[s] + share * (step_cost[s + 1] - step_cost[s]) + shift;
    }
    at -= width;
  }
  return cash_cost_now;
}

RegionId World::find_region(const std::string& region_id) const {
  return position<RegionId>(regions, region_id);
}

ProductId World::find_product(const std::string& product_id) const {
  return position<ProductId>(products, product_id);
}

const Lifetime* World::lifetime_of(const Segment& segment) const {
  const ProductId open = products[segment.product.index()].open;
  const ProductId product = open.valid() ? open : segment.product;
  const auto it = std::find_if(lifetimes.begin(), lifetimes.end(), [&](const Lifetime& lifetime) {
    return lifetime.product == product && lifetime.end_use == segment.end_use;
  });
  return it == lifetimes.end() ? nullptr : &*it;
}

double World::parameter(const std::string& parameter_id) const {
  const auto it = std::find_if(parameters.begin(), parameters.end(),
                               [&](const Parameter& parameter) { return parameter.id == parameter_id; });
  if (it == parameters.end()) throw_missing(parameters, parameter_id);
  return it->value;
}

std::vector<RegionId> World::expand_regions(const std::string& name, base::Date date) const {
  std::vector<RegionId> found;
  if (name == "all") {
    for (std::size_t r = 0; r < regions.size(); ++r) found.emplace_back(r);
    return found;
  }
  if (const RegionId region = find_region(name); region.valid()) return {region};
  for (const Group& group : groups)
    if (group.id == name)
      for (const Membership& member : group.members)
        if (member.from <= date && date <= member.to) found.push_back(member.region);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::string> World::region_names() const {
  std::vector<std::string> names;
  for (const Region& region : regions) names.push_back(region.id);
  for (const Group& group : groups) names.push_back(group.id);
  return names;
}

std::vector<std::string> World::product_names() const {
  std::vector<std::string> names;
  for (const Product& product : products) names.push_back(product.id);
  return names;
}

std::vector<std::string> World::growth_names() const {
  std::vector<std::string> out{kNoGrowth};
  for (const auto& path : growth) out.push_back(path.id);
  return out;
}

std::string World::node_name(std::size_t node_index) const {
  const std::size_t product = node_index / regions.size();
  const std::size_t region = node_index % regions.size();
  return products[product].id + " in " + regions[region].id;
}

}  // namespace lodestone::world
