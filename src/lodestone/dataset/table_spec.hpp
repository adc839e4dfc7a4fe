// The shape of the dataset's files as data: which files, which columns, what may stand in a cell. Reading, checking and
// the documentation are made from it.
#pragma once

#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dataset {

struct TableSpec;
struct RawDataset;

/// The list of names that a cell must be taken from.
enum class Refers { nothing, region, region_group_or_all, product, product_or_all, process, element, facility };

struct Reference {
  Refers refers = Refers::nothing;
  std::string name;
};

/// What every row of every file has: where it stands and where its figures come from.
struct Row {
  world::Provenance provenance;      // place: file and line
  std::vector<int> cell_columns;     // column in the line at which each cell starts, in the declared order
  const TableSpec* table = nullptr;  // lives as long as the program
  int layer = 0;                     // 0 = the dataset, 1 and more = its overlays
  std::string key;                   // texts of the key columns, joined by ", ": what names the row
  std::vector<Reference> references;
  /// Place of one cell, by the name of its column.
  [[nodiscard]] base::Place place(std::string_view column) const;
  /// The days on which its figures hold.
  [[nodiscard]] base::Period held() const { return {provenance.valid_from, provenance.valid_to}; }
};

/// Rows of a file that do not speak.
struct LeftOut {
  int later = 0;  // published after the as-of date
  int other = 0;  // of another time than the base year, or revised
};

enum class ColumnType { id, region_id, group_id, text, number, whole, choice, unit, date, period, year_or_month };

/// What a unit measures. The reader converts to the first unit of each list in units.cpp.
enum class Quantity { none, mass_flow, mass, price, quoted_price, share, money_flow };

struct Range {
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool open_minimum = false;  // the end itself is excluded
  bool open_maximum = false;
  [[nodiscard]] bool contains(double value) const;
  [[nodiscard]] std::string text() const;  // "above 0", "between 0 and 1"
};

/// A cell that passed its column's test.
struct CellValue {
  std::string text;
  bool empty = false;
  double number = 0;  // in the model's unit when the column has a unit
  base::Date date;
  base::Period period;
  int choice = 0;  // index into ColumnSpec::choices
};

struct ColumnSpec {
  std::string name;
  ColumnType type = ColumnType::text;
  std::string meaning;                 // for the documentation
  bool required = true;                // the cell must not be empty
  Range range;                         // of numbers, after conversion to the model's unit
  std::vector<std::string> choices;    // words that may stand here
  Quantity quantity = Quantity::none;  // of a unit column
  std::string unit_column;             // of a number: the column that names its unit
  Refers refers = Refers::nothing;
  bool end_of_period = false;  // of a date: "2024" means its last day
  std::function<void(Row&, const CellValue&)> set;
};

struct TableSpec {
  std::string file;
  std::string meaning;
  std::vector<std::string> key;  // columns that together name a row
  bool dated_key = false;        // rows of one key and several times stand beside each other
  bool keeps_history = false;    // rows that do not hold in the base year are kept
  bool may_end = false;          // what ended before the base year is left out without a warning
  bool may_be_empty = true;      // the file may have no rows
  bool may_be_absent = false;    // a dataset may do without the file
  std::vector<ColumnSpec> columns;
  std::function<Row&(RawDataset&)> append;
  std::function<std::vector<const Row*>(const RawDataset&)> rows;
  std::function<void(RawDataset&, const std::vector<bool>&)> keep;     // only the rows that are marked, in their order
  std::function<std::vector<const Row*>(const RawDataset&)> past;      // rows of other times, kept apart
  std::function<void(RawDataset&, const std::vector<bool>&)> archive;  // copies rows of other times; may be empty
  std::function<bool(const Row&, base::Period)> holds;                 // the row speaks for a base year
  /// Index of a column; columns.size() when there is none of that name.
  [[nodiscard]] std::size_t column(std::string_view name) const;
};

/// The chronicle, in a folder of its own, and which of its events are levers and how (TOML, may be absent).
inline constexpr const char* kEventsFile = "chronicle/events.csv";
inline constexpr const char* kChronicleLeversFile = "chronicle/levers.toml";
/// Governments and the rules by which they react, one file each (TOML, may be absent): docs/actors.md.
inline constexpr const char* kActorsFolder = "actors/";

/// Every CSV file of a dataset, in the order in which docs/data.md lists them.
std::span<const TableSpec> tables();
/// The table of a file; the name must exist (a programming error otherwise).
const TableSpec& table(std::string_view file);

}  // namespace lodestone::dataset
