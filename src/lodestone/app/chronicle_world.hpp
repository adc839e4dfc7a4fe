// A world whose chronicle was checked in every way that needs more than its files.
#pragma once

#include <filesystem>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/policy/chronicle.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::app {

struct CheckedChronicle {
  world::World world;
  policy::Replayed acts;  // all of them, as the files have them
};

/// Reads a dataset, every act of its chronicle and the series of every observation. Throws base::InputError with every
/// error.
CheckedChronicle checked_chronicle(const std::filesystem::path& data, const dataset::ReadOptions& options);

}  // namespace lodestone::app
