// A folder of files as texts: the dataset itself, or an overlay on it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/fingerprint.hpp"

namespace lodestone::dataset {

struct Layer {
  std::filesystem::path folder;
  std::map<std::string, std::string> texts;           // by name: the files that are there and could be read
  std::map<std::string, std::string> inherited = {};  // paths of those that were taken from another folder
  [[nodiscard]] std::string path(const std::string& file) const {
    const auto elsewhere = inherited.find(file);
    return elsewhere != inherited.end() ? elsewhere->second : (folder / file).string();
  }
};

enum class Whole { yes, no, small };  // a dataset, an overlay, a small dataset (small_dataset.hpp)

/// Reads the CSV files of tables.hpp and those of `more` from a folder. Of a whole dataset every one must be there.
/// A .csv or .toml file of another name is an error, so that a mistyped name does not go unread in silence.
Layer read_layer(const std::filesystem::path& folder, Whole whole, const std::vector<std::string>& more,
                 base::Diagnostics& diagnostics);

/// Adds the texts in the order of tables.hpp, those of `more` first; names get the prefix.
void add_texts(const Layer& layer, const std::string& prefix, const std::vector<std::string>& more,
               Fingerprint& fingerprint);

}  // namespace lodestone::dataset
