// A CSV file as cells that know their place.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::dataset {

struct CsvCell {
  std::string text;
  int line = 0;
  int column = 0;  // in characters, from 1
};

struct CsvRow {
  std::vector<CsvCell> cells;  // in the declared order
  bool whole = true;           // false: too few or too many cells (reported); missing ones are empty
};

struct CsvTable {
  std::vector<CsvRow> rows;
  bool readable = false;  // false: the header or the syntax is wrong (reported); rows may be missing
};

/// Reads `text` (RFC 4180; LF, CRLF or CR; empty lines are skipped) with a header that holds exactly `columns`, in any
/// order. Unknown, missing and repeated columns, rows of another length, stray and unclosed quotes are errors.
CsvTable parse_csv(std::string_view text, const std::string& file, std::span<const std::string> columns,
                   base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
