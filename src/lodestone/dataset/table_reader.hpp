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

/// Reads the rows of `text` into `raw`. Rows with errors are kept, so that their ids are known.
FileState read_table(const TableSpec& table, std::string_view text, const std::string& file, const Names& names,
                     RawDataset& raw, base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
