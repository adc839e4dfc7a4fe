// What the readings of leaves are made of: weighted sums over a month's lists, and means of what there is.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "lodestone/insight/expression_leaves.hpp"

namespace lodestone::insight {

template <class Id>
bool contains(const std::vector<Id>& ids, Id id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// t of what is counted in a t of product: 1, or the element's oxide equivalent.
inline double counted(const world::World& world, const LeafArguments& arguments, world::ProductId product) {
  if (!contains(arguments.products, product)) return 0;
  return arguments.element.valid() ? world.products[product.index()].content[arguments.element.index()] : 1;
}

// A weighted sum over the entries of one of the month's lists.
struct Terms {
  std::vector<std::pair<std::size_t, double>> items;
  void add(std::size_t entry, double weight) {
    if (weight != 0) items.emplace_back(entry, weight);
  }
  [[nodiscard]] double of(const std::vector<double>& list) const {
    double sum = 0;
    for (const auto& [entry, weight] : items) sum += weight * list[entry];
    return sum;
  }
};

inline Terms plants(const world::World& world, const LeafArguments& arguments,
                    std::vector<world::RecipeItem> world::Process::*side) {
  Terms terms;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& facility = world.facilities[f];
    if (!contains(arguments.here, arguments.by_control ? facility.control : facility.region)) continue;
    double weight = 0;
    for (const auto& item : world.processes[facility.process.index()].*side)
      weight += item.amount * counted(world, arguments, item.product);
    terms.add(f, weight);
  }
  return terms;
}

// Mean of the values that there are, by their weights; NaN when all weights are 0.
class Mean {
 public:
  void add(double value, double weight) {
    if (std::isnan(value)) return;
    sum_ += value * weight;
    weight_ += weight;
  }
  [[nodiscard]] double value() const { return weight_ > 0 ? sum_ / weight_ : std::numeric_limits<double>::quiet_NaN(); }

 private:
  double sum_ = 0, weight_ = 0;
};

}  // namespace lodestone::insight
