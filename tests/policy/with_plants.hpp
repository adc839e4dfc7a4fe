// The tiny world with a magnet maker in the United States, one planned there and one in Germany.
#pragma once

#include <string>

#include "magnet_plants.hpp"

namespace lodestone::policy::test {

inline world::World with_plants() {
  world::World world = tiny_world();
  add_magnet_process(world);
  const auto add = [&](const char* id, const char* where, bool stands) {
    auto& plant = add_plant(world, id, where, stands ? 10 : 0, stands ? 0 : 10);
    plant.base_activity = 0;
    plant.compliance = 2000;
  };
  add("maker", "USA", true);
  add("plan", "USA", false);
  add("plan-abroad", "DEU", false);
  return world;
}
constexpr std::size_t kMaker = 1, kPlan = 2, kPlanAbroad = 3;  // 0 is the transfer of the tiny world

/// Keys of a lever of the United States on magnets, April 2025 to March 2026; `more` adds the kind's own.
inline std::string act(const std::string& kind, const std::string& more) {
  return "id = \"" + kind + "\"\nkind = \"" + kind +
         "\"\nactor = \"USA\"\nstart = \"2025-04\"\nend = \"2026-04\"\nproducts = "
         "[\"ndfeb-magnet-high-temperature\"]\nsource = \"assumption: test\"\n" +
         more;
}

inline std::string error_of(const std::string& lever) {
  return error_of(lever, with_plants());
}

}  // namespace lodestone::policy::test
