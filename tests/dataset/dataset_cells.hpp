// The files of a dataset as cells that a test may change.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "lodestone/dataset/csv_table.hpp"
#include "lodestone/dataset/table_spec.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset::test {

using Cells = std::vector<std::string>;

inline std::string line_of(const Cells& cells) {
  std::string line;
  for (const auto& cell : cells) {
    std::string quoted;
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += (line.empty() ? "\"" : ",\"") + quoted + "\"";
  }
  return line + "\n";
}

/// Rewrites a file row by row; cells stand in the declared order.
inline void rewrite(const std::filesystem::path& folder, const TableSpec& table,
                    const std::function<void(Cells&)>& change) {
  Cells columns;
  for (const auto& column : table.columns) columns.push_back(column.name);
  base::Diagnostics diagnostics;
  const std::string before = slurp(folder / table.file);
  std::string text = line_of(columns);
  for (const auto& row : parse_csv(before, table.file, columns, diagnostics).rows) {
    Cells cells;
    for (const auto& cell : row.cells) cells.push_back(cell.text);
    change(cells);
    text += line_of(cells);
  }
  spill(folder / table.file, text);
}

}  // namespace lodestone::dataset::test
