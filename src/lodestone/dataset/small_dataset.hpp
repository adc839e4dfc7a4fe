// A small dataset: one that says only what its own mineral needs and takes the rest from another. Source: docs/data.md.
#pragma once

#include <filesystem>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/layer.hpp"

namespace lodestone::dataset {

/// Whether dataset.toml of a folder says `inherits = true`. What is wrong with the file is left to its reader.
bool inherits(const std::filesystem::path& folder);

/// Puts texts in the place of files that the layer lacks:
/// - fx, deflator and parameters come from the dataset in `from`; so do regions, and with them groups;
/// - files that may have no rows have none;
/// - without elements and compositions every product is one element, named like the dataset: masses are contained
/// metal. A file that is still missing is an error that says what it needs.
void complete(Layer& layer, const std::filesystem::path& from, base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
