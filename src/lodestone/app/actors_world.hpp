// A world with all its actors read.
#pragma once

#include <filesystem>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/policy/actor.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::app {

struct CheckedActors {
  world::World world;
  policy::Reacting reacting;  // all of them
};

/// Reads a dataset and every actor of it. Throws base::InputError with every error.
CheckedActors checked_actors(const std::filesystem::path& data, const dataset::ReadOptions& options);

}  // namespace lodestone::app
