// Reads one CSV file of a dataset into typed rows, testing every cell against its column.
#pragma once

#include <string>
#include <string_view>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/names.hpp"
#include "lodestone/dataset/table_spec.hpp"

namespace lodestone::dataset {

/// What became of a file: `readable` = header and syntax are right; `clean` = no cell is wrong either.
struct FileState {
  bool readable = false;
  bool clean = false;
};

/// One file of one layer.
struct FileText {
  std::string_view text;
  std::string file;     // its path, for errors
  int layer = 0;        // 0 = the dataset, 1 and more = its overlays
  std::string overlay;  // id; empty for the dataset
};

/// Reads the rows of a file into `raw`. Rows with errors are kept, so that their ids are known.
FileState read_table(const TableSpec& table, const FileText& input, const Names& names, RawDataset& raw,
                     base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
