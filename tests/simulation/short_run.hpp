// Three regions (HOM makes almost everything, OTH buys) under an act of HOM: what a mechanism does to prices abroad.
#pragma once

#include "tests/simulation/watched_run.hpp"

namespace lodestone::simulation {

/// Sets a behavioural parameter.
inline void set_parameter(world::World& world, const std::string& id, double value) {
  for (auto& parameter : world.parameters)
    if (parameter.id == id) {
      parameter.value = value;
      return;
    }
  ADD_FAILURE() << "no parameter " << id;
}

/// Keys of an act of HOM on dysprosium oxide, months 4 to 15 of a run.
inline std::string act(const std::string& kind, const std::string& more = {}) {
  return "[[levers]]\nid = \"" + kind + "\"\nkind = \"" + kind +
         "\"\nactor = \"HOM\"\nproducts = [\"dy-oxide\"]\nstart = \"2024-04\"\nend = \"2025-04\"\nsource = \"test\"\n" +
         more;
}

/// A run of `months` months from January 2024 under these levers; every month must be sound.
inline Watch run_under(const world::World& world, const std::string& levers, int months = 30) {
  const auto scenario = policy::parse_scenario(
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = " +
          std::to_string(months) + "\n" + levers,
      "test.toml", world);
  Future future(world, scenario);
  Watch watch;
  EXPECT_EQ(future.run(watch), months);
  watch.expect_sound();
  return watch;
}

/// Prices of a product in a region over those of the base year, month by month.
inline std::vector<double> price_path(const world::World& world, const Watch& watch, const char* product,
                                      const char* region) {
  const std::size_t node = world.node(world.find_product(product), world.find_region(region));
  std::vector<double> path;
  for (const auto& month : watch.prices) path.push_back(month[node] / world.base_price[node]);
  return path;
}

/// How often a path turns: up by more than 2 % in one month and down by more than 2 % in the next, or the reverse.
inline int turns(const std::vector<double>& path) {
  int count = 0;
  for (std::size_t m = 2; m < path.size(); ++m) {
    const double before = std::log(path[m - 1] / path[m - 2]), after = std::log(path[m] / path[m - 1]);
    if (std::abs(before) > 0.02 && std::abs(after) > 0.02 && (before > 0) != (after > 0)) ++count;
  }
  return count;
}

inline double highest(const std::vector<double>& path) {
  return *std::max_element(path.begin(), path.end());
}

}  // namespace lodestone::simulation
