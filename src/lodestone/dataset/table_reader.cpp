#include "lodestone/dataset/table_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "lodestone/dataset/csv_table.hpp"
#include "lodestone/dataset/row_rules.hpp"
#include "lodestone/dataset/tables.hpp"
#include "lodestone/dataset/units.hpp"

namespace lodestone::dataset {
namespace {

constexpr int kMostErrors = 200;  // of one file, before the rest of it is left unread

bool lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_id(std::string_view text) {
  bool after_hyphen = true;
  for (const char c : text) {
    if (c == '-' ? after_hyphen : !lower_or_digit(c)) return false;
    after_hyphen = c == '-';
  }
  return !after_hyphen && text != "all";
}

bool is_region_id(std::string_view text) {
  const bool code = text.size() == 3 && std::all_of(text.begin(), text.end(), upper);
  const auto inner = [](char c) { return upper(c) || (c >= '0' && c <= '9') || c == '-'; };
  return code ||
         (text.size() >= 2 && text.size() <= 24 && text[0] == 'X' && std::all_of(text.begin(), text.end(), inner));
}

bool is_group_id(std::string_view text) {
  const auto inner = [](char c) { return upper(c) || lower_or_digit(c) || c == '-'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), inner) && text != "all";
}

// One row being read: its cells, its columns, and the place of each.
class RowReader {
 public:
  RowReader(const TableSpec& table, const std::string& file, const CsvRow& cells, const Names& names,
            base::Diagnostics& diagnostics)
      : table_(table), file_(file), cells_(cells), names_(names), diagnostics_(diagnostics) {}

  void read(Row& row) const {
    row.table = &table_;
    row.provenance.place = {file_, cells_.cells.front().line, 0};
    for (const CsvCell& cell : cells_.cells) row.cell_columns.push_back(cell.column);
    for (const auto& name : table_.key)
      row.key += (row.key.empty() ? "" : ", ") + cells_.cells[table_.column(name)].text;
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      const ColumnSpec& column = table_.columns[c];
      CellValue value;
      value.text = cells_.cells[c].text;
      value.empty = value.text.empty();
      if (column.refers != Refers::nothing && !value.empty) row.references.push_back({column.refers, value.text});
      const bool right = !cells_.whole || (value.empty ? may_be_empty(c) : accept(column, c, value));
      // Names are kept even when they are badly formed: what refers to them is not a second error.
      const bool name = column.type == ColumnType::text || column.type == ColumnType::id ||
                        column.type == ColumnType::region_id || column.type == ColumnType::group_id;
      if (cells_.whole ? right || name : name) column.set(row, value);
    }
  }

 private:
  const TableSpec& table_;
  const std::string& file_;
  const CsvRow& cells_;
  const Names& names_;
  base::Diagnostics& diagnostics_;

  [[nodiscard]] base::Place place(std::size_t column) const {
    return {file_, cells_.cells[column].line, cells_.cells[column].column};
  }

  bool refuse(std::size_t column, std::string found, std::string expected, std::string nearest = {}) const {
    diagnostics_.error(place(column), std::move(found), std::move(expected), std::move(nearest));
    return false;
  }

  // Every cell is required, save those declared optional and the unit of numbers that are all empty.
  bool may_be_empty(std::size_t c) const {
    const ColumnSpec& column = table_.columns[c];
    if (!column.required) return true;
    if (column.type == ColumnType::unit) {
      bool used = false;
      for (std::size_t other = 0; other < table_.columns.size(); ++other)
        used = used || (table_.columns[other].unit_column == column.name && !cells_.cells[other].text.empty());
      if (!used) return true;
    }
    return refuse(c, fmt::format("nothing in column '{}'", column.name), expectation(column));
  }

  static std::string expectation(const ColumnSpec& column) {
    switch (column.type) {
      case ColumnType::id:
        return "an id of lower-case words joined by hyphens";
      case ColumnType::region_id:
        return "an ISO 3166-1 alpha-3 code, ROW, or an id that starts with X";
      case ColumnType::group_id:
        return "a group id of letters, digits and hyphens, not 'all'";
      case ColumnType::text:
        return "text";
      case ColumnType::number:
        return fmt::format("a number {}", column.range.text());
      case ColumnType::whole:
        return fmt::format("a whole number {}", column.range.text());
      case ColumnType::choice:
        return fmt::format("one of {}", fmt::join(column.choices, ", "));
      case ColumnType::unit:
        return fmt::format("a unit among {}", fmt::join(column.choices, ", "));
      case ColumnType::date:
      case ColumnType::period:
        return "a date such as 2024, 2024-05 or 2024-05-31";
      case ColumnType::year_or_month:
        return "a year or a month such as 2024 or 2024-05";
    }
    return {};
  }

  bool accept(const ColumnSpec& column, std::size_t c, CellValue& value) const {
    switch (column.type) {
      case ColumnType::id:
        return is_id(value.text) || wrong(column, c);
      case ColumnType::region_id:
        return is_region_id(value.text) || wrong(column, c);
      case ColumnType::group_id:
        return is_group_id(value.text) || wrong(column, c);
      case ColumnType::text:
        return refers_to_something(column, c);
      case ColumnType::number:
      case ColumnType::whole:
        return number(column, c, value);
      case ColumnType::choice:
      case ColumnType::unit:
        return choice(column, c, value);
      case ColumnType::date:
        return date(column, c, value);
      case ColumnType::period:
      case ColumnType::year_or_month:
        return period(column, c, value);
    }
    return false;
  }

  bool wrong(const ColumnSpec& column, std::size_t c, std::string nearest = {}) const {
    return refuse(c, fmt::format("{} '{:.60}'", column.name, cells_.cells[c].text), expectation(column),
                  std::move(nearest));
  }

  bool refers_to_something(const ColumnSpec& column, std::size_t c) const {
    const std::string& text = cells_.cells[c].text;
    if (column.refers == Refers::nothing || names_.has(column.refers, text)) return true;
    return refuse(c, fmt::format("unknown {} '{:.60}'", column.name, text), target(column.refers),
                  names_.nearest(column.refers, text));
  }

  static std::string target(Refers refers) {
    switch (refers) {
      case Refers::nothing:
        return {};
      case Refers::region:
        return "a region of regions.csv";
      case Refers::region_group_or_all:
        return "a region of regions.csv, a group of groups.csv, or all";
      case Refers::product:
        return "a product of products.csv";
      case Refers::product_or_all:
        return "a product of products.csv, or all";
      case Refers::process:
        return "a process of processes.csv";
      case Refers::element:
        return "an element of elements.csv";
      case Refers::facility:
        return "a facility of facilities.csv";
    }
    return {};
  }

  bool choice(const ColumnSpec& column, std::size_t c, CellValue& value) const {
    const auto it = std::find(column.choices.begin(), column.choices.end(), value.text);
    if (it == column.choices.end()) return wrong(column, c, base::nearest_name(value.text, column.choices));
    value.choice = static_cast<int>(it - column.choices.begin());
    return true;
  }

  bool date(const ColumnSpec& column, std::size_t c, CellValue& value) const {
    const auto date = base::parse_date(value.text, column.end_of_period);
    if (!date) return wrong(column, c);
    value.date = *date;
    return true;
  }

  bool period(const ColumnSpec& column, std::size_t c, CellValue& value) const {
    constexpr std::size_t kLongestMonth = std::string_view("2024-05").size();
    const auto period = base::parse_period(value.text);
    if (!period || (column.type == ColumnType::year_or_month && value.text.size() > kLongestMonth))
      return wrong(column, c);
    value.period = *period;
    return true;
  }

  bool number(const ColumnSpec& column, std::size_t c, CellValue& value) const {
    const char* const end = value.text.data() + value.text.size();
    double written = 0;
    const auto [stop, error] = std::from_chars(value.text.data(), end, written);
    const bool whole = column.type != ColumnType::whole || written == std::floor(written);
    if (error != std::errc{} || stop != end || !std::isfinite(written) || !whole) return wrong(column, c);
    std::string unit;
    if (!column.unit_column.empty()) {
      const std::size_t unit_index = table_.column(column.unit_column);
      unit = cells_.cells[unit_index].text;
      const Unit* found = find_unit(table_.columns[unit_index].quantity, unit);
      if (found == nullptr) return false;  // the unit's own cell is the error
      written *= found->factor;
    }
    value.number = written;
    if (column.range.contains(written)) return true;
    return refuse(c, fmt::format("{} = {}{}{}", column.name, value.text, unit.empty() ? "" : " ", unit),
                  expectation(column));
  }
};

}  // namespace

FileState read_table(const TableSpec& table, const FileText& input, const Names& names, RawDataset& raw,
                     base::Diagnostics& diagnostics) {
  const std::string& file = input.file;
  const int errors_before = diagnostics.errors();
  std::vector<std::string> columns;
  for (const auto& column : table.columns) columns.push_back(column.name);
  const CsvTable csv = parse_csv(input.text, file, columns, diagnostics);
  FileState state{csv.readable, false};
  Keys keys(table, diagnostics);
  for (const CsvRow& cells : csv.rows) {
    const int row_errors_before = diagnostics.errors();
    Row& row = table.append(raw);
    row.layer = input.layer;
    row.provenance.overlay = input.overlay;
    RowReader(table, file, cells, names, diagnostics).read(row);
    if (cells.whole) keys.check(row);
    if (diagnostics.errors() == row_errors_before) check_provenance(row, diagnostics);
    if (diagnostics.errors() - errors_before < kMostErrors) continue;
    diagnostics.error({file, cells.cells.front().line}, fmt::format("more than {} errors", kMostErrors - 1),
                      "fewer; the rest of the file was not read");
    state.readable = false;
    break;
  }
  if (state.readable && csv.rows.empty() && !table.may_be_empty && input.layer == 0)
    diagnostics.error({file, 1}, "a file without rows", fmt::format("{}: at least one row", table.meaning));
  state.clean = state.readable && diagnostics.errors() == errors_before;
  return state;
}

}  // namespace lodestone::dataset
