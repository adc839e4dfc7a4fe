// Makers of magnets for the tiny world, and what the reader says of a lever there.
#pragma once

#include <string>

#include "lodestone/base/diagnostics.hpp"
#include "played_month.hpp"

namespace lodestone::policy::test {

/// The process by which they make: half a t of high-temperature magnets per t of activity.
inline void add_magnet_process(world::World& world) {
  world::Process make;
  make.id = "make";
  make.stage = world::Stage::magnet;
  make.outputs.push_back({tiny::product(world, "ndfeb-magnet-high-temperature"), 0.5});
  world.processes.push_back(make);
}

/// Adds a plant of the last process, controlled from where it stands.
inline world::Facility& add_plant(world::World& world, const char* id, const char* where, double capacity,
                                  double planned) {
  world::Facility plant;
  plant.id = id;
  plant.region = plant.control = tiny::region(world, where);
  plant.process = world::ProcessId(world.processes.size() - 1);
  plant.capacity = plant.base_activity = capacity;
  plant.planned_capacity = planned;
  world.facilities.push_back(plant);
  return world.facilities.back();
}

/// What the reader says of a scenario with this lever; nothing when it is right.
inline std::string error_of(const std::string& lever, const world::World& world) {
  try {
    PlayedMonths months({lever}, world);
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace lodestone::policy::test
