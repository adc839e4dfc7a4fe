// From a folder of files to a world.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/tables.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dataset {

/// The version of the files that this program reads.
inline constexpr int kSchemaVersion = 1;

struct ReadOptions {
  std::optional<base::Date> as_of;              // rows with a later known_from are left out
  std::vector<std::filesystem::path> overlays;  // folders, from below: docs/overlays.md
  std::optional<int> base_year = {};            // one of those it is made for; dataset.toml's base_year when none
  std::filesystem::path shipped = {};           // what a small dataset takes files from: docs/data.md
};

/// Reads and checks every file of a dataset. Everything wrong goes to `diagnostics`, in the order of the files; the
/// result is meant to be used only when there are no errors.
RawDataset read(const std::filesystem::path& folder, base::Diagnostics& diagnostics, const ReadOptions& options = {});

/// The world of a dataset that was read without errors.
world::World build(const RawDataset& raw, base::Diagnostics& diagnostics);

/// Reads, checks and builds. Throws base::InputError with every diagnostic when anything is wrong.
world::World load(const std::filesystem::path& folder, const ReadOptions& options = {});

}  // namespace lodestone::dataset
