// Overlays: folders of rows on top of a dataset, which stays as it is. Source: docs/overlays.md.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/layer.hpp"
#include "lodestone/dataset/table_spec.hpp"
#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// A row of the layers below that an overlay may replace.
struct Replacement {
  std::string file, key;
  base::Place place;
  bool used = false;
};

struct Overlay {
  Layer layer;
  std::string id, title;
  std::vector<Replacement> replaces;
};

/// Reads overlay.toml and replaces.csv of a folder, and its other files as texts. An overlay that is made for another
/// dataset (`raw`), or for another state of it (`hash` of its files), is an error. Nothing when it cannot be used.
std::optional<Overlay> read_overlay(const std::filesystem::path& folder, const RawDataset& raw, const std::string& hash,
                                    base::Diagnostics& diagnostics);

/// Adds the overlay's files to a fingerprint.
void add_overlay(const Overlay& overlay, Fingerprint& fingerprint);

/// Of a file's rows from several layers keeps those that no overlay above replaces. A row whose key is below already,
/// without leave to replace it, is an error. Row::layer counts overlays from 1.
void lay_over(const TableSpec& table, std::vector<Overlay>& overlays, RawDataset& raw, base::Diagnostics& diagnostics);

/// Leaves that were not used are errors: the row is gone or misspelt, or the overlay has nothing to put in its place.
/// Call when every file was laid over.
void check_replacements(const std::vector<Overlay>& overlays, base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
