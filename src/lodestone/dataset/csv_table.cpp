#include "lodestone/dataset/csv_table.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <new>

namespace lodestone::dataset {
namespace {

using Record = std::vector<CsvCell>;

// More than this is not a dataset of this schema, and would only fill the memory.
constexpr std::size_t kMostRows = 200'000;
constexpr std::size_t kMostFields = 200;

// Feeds libcsv one byte at a time, so that the place of every field is known.
class Splitter {
 public:
  Splitter() {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  }
  ~Splitter() { csv_free(&parser_); }
  Splitter(const Splitter&) = delete;
  Splitter& operator=(const Splitter&) = delete;

  /// False when the syntax is wrong; the error is reported.
  bool split(std::string_view text, const std::string& file, base::Diagnostics& diagnostics) {
    for (const char byte : text) {
      feed(byte);
      if (csv_error(&parser_) != CSV_SUCCESS) {
        diagnostics.error({file, line_, column_}, "a quote or text in a place where the field cannot have it",
                          "quotes around the whole field, and \"\" for a quote inside it");
        return false;
      }
      if (records_.size() > kMostRows || record_.size() > kMostFields) {
        diagnostics.error({file, line_, column_}, "a file with too many rows or fields",
                          fmt::format("at most {} rows of {} fields", kMostRows, kMostFields));
        return false;
      }
      advance(byte);
    }
    if (csv_fini(&parser_, on_field, on_row, this) == 0) return true;
    diagnostics.error({file, field_line_, field_column_}, "a quote that is never closed (is the file truncated?)",
                      "a closing quote");
    return false;
  }
  [[nodiscard]] std::vector<Record>& records() { return records_; }

 private:
  csv_parser parser_{};
  std::vector<Record> records_;
  Record record_;
  int line_ = 1, column_ = 1;              // of the byte being fed
  int field_line_ = 1, field_column_ = 1;  // of the first character of the field being read
  bool blank_ = true;                      // only blanks since the field began
  bool field_ended_ = false;

  void feed(char byte) {
    field_ended_ = false;
    csv_parse(&parser_, &byte, 1, on_field, on_row, this);
  }

  void advance(char byte) {
    const bool continuation = (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if (!continuation) {
      ++column_;
    }
    const bool space = byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
    if (field_ended_ || (blank_ && space)) {
      field_line_ = line_;
      field_column_ = column_;
      blank_ = true;
    } else if (!continuation) {
      blank_ = false;
    }
  }

  static void on_field(void* text, std::size_t size, void* self) {
    auto& me = *static_cast<Splitter*>(self);
    me.record_.push_back({std::string(static_cast<const char*>(text), size), me.field_line_, me.field_column_});
    me.field_ended_ = true;
  }

  static void on_row(int, void* self) {
    auto& me = *static_cast<Splitter*>(self);
    me.records_.push_back(std::move(me.record_));
    me.record_.clear();
  }
};

// For every column of the file, its index in the declared columns; empty when the header is wrong (reported).
std::vector<std::size_t> match_header(const Record& header, const std::string& file,
                                      std::span<const std::string> columns, base::Diagnostics& diagnostics) {
  std::vector<std::size_t> order;
  std::vector<bool> seen(columns.size(), false);
  std::vector<std::string> misspelt;  // columns that are there under another name
  const int errors_before = diagnostics.errors();
  for (const CsvCell& cell : header) {
    const base::Place place{file, cell.line, cell.column};
    const auto index = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), cell.text) - columns.begin());
    order.push_back(index);
    if (index == columns.size()) {
      misspelt.push_back(base::nearest_name(cell.text, columns));
      diagnostics.error(place, fmt::format("unknown column '{:.60}'", cell.text), "one of this file's columns",
                        misspelt.back());
    } else if (seen[index])
      diagnostics.error(place, fmt::format("column '{}' for the second time", cell.text), "each column once");
    else
      seen[index] = true;
  }
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (!seen[c] && std::find(misspelt.begin(), misspelt.end(), columns[c]) == misspelt.end())
      diagnostics.error({file, header.front().line}, fmt::format("no column '{}'", columns[c]),
                        "all columns of this file");
  if (diagnostics.errors() > errors_before) order.clear();
  return order;
}

CsvRow arrange(Record& record, const std::string& file, const std::vector<std::size_t>& order,
               base::Diagnostics& diagnostics) {
  const int line = record.front().line;
  CsvRow row{std::vector<CsvCell>(order.size(), CsvCell{{}, line, 0}), record.size() == order.size()};
  if (!row.whole)
    diagnostics.error({file, line, record.back().column},
                      fmt::format("a row of {} fields, the last is '{:.40}'", record.size(), record.back().text),
                      fmt::format("{} fields as in the header (is one with a comma not quoted?)", order.size()));
  for (std::size_t c = 0; c < std::min(order.size(), record.size()); ++c) row.cells[order[c]] = std::move(record[c]);
  return row;
}

}  // namespace

CsvTable parse_csv(std::string_view text, const std::string& file, std::span<const std::string> columns,
                   base::Diagnostics& diagnostics) {
  CsvTable table;
  Splitter splitter;
  const bool complete = splitter.split(text, file, diagnostics);
  auto& records = splitter.records();
  if (records.empty()) {
    if (complete) diagnostics.error({file, 1, 1}, "an empty file", "a header row");
    return table;
  }
  const auto order = match_header(records.front(), file, columns, diagnostics);
  if (order.empty()) return table;
  for (std::size_t r = 1; r < records.size(); ++r) table.rows.push_back(arrange(records[r], file, order, diagnostics));
  table.readable = complete;
  return table;
}

}  // namespace lodestone::dataset
