// The tiny world with a magnet maker in the United States, one planned there and one in Germany.
#pragma once

#include <string>

#include "lodestone/base/diagnostics.hpp"
#include "played_month.hpp"

namespace lodestone::policy::test {

inline world::World with_plants() {
  world::World world = tiny_world();
  world::Process make;
  make.id = "make";
  make.stage = world::Stage::magnet;
  make.outputs.push_back({tiny::product(world, "ndfeb-magnet-high-temperature"), 0.5});
  world.processes.push_back(make);
  const auto add = [&](const char* id, const char* where, bool stands) {
    world::Facility plant;
    plant.id = id;
    plant.region = plant.control = tiny::region(world, where);
    plant.process = world::ProcessId(world.processes.size() - 1);
    (stands ? plant.capacity : plant.planned_capacity) = 10;
    plant.compliance = 2000;
    world.facilities.push_back(plant);
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

/// What the reader says of a scenario with this lever; nothing when it is right.
inline std::string error_of(const std::string& lever, const world::World& world = with_plants()) {
  try {
    PlayedMonths months({lever}, world);
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace lodestone::policy::test
