#include "lodestone/insight/case_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <system_error>

#include "lodestone/dataset/csv_table.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::insight {
namespace {

namespace fs = std::filesystem;
using base::Diagnostics;
using base::OptionType;
using base::Place;
using dataset::describe;
using dataset::place_of;

const CaseTableSpec& table_named(const std::string& name) {
  const auto& all = case_tables();
  return *std::find_if(all.begin(), all.end(), [&](const CaseTableSpec& spec) { return spec.name == name; });
}

CaseTable read_case_table(const toml::table& table, const CaseTableSpec& spec, Diagnostics& diagnostics) {
  CaseTable out{dataset::read_options(table, spec.options, diagnostics), place_of(table), {}};
  for (const auto& [key, node] : table) out.places.emplace(std::string(key.str()), place_of(node));
  for (const auto& option : spec.options)
    if (option.type == OptionType::text && out.values.has(option.name) &&
        out.values.text(option.name).find_first_not_of(" \t\r\n") == std::string::npos)
      diagnostics.error(out.at(option.name), option.name + " is empty", "a text");
  return out;
}

std::vector<CaseTable> read_many(const toml::table& document, const std::string& name, Diagnostics& diagnostics) {
  std::vector<CaseTable> out;
  const auto* node = document.get(name);
  if (node == nullptr) return out;
  const auto* array = node->as_array();
  if (array == nullptr) {
    diagnostics.error(place_of(*node), fmt::format("{} = {}", name, describe(*node)),
                      fmt::format("tables [[{}]]", name));
    return out;
  }
  for (const auto& item : *array) {
    if (const auto* table = item.as_table())
      out.push_back(read_case_table(*table, table_named(name), diagnostics));
    else
      diagnostics.error(place_of(item), describe(item) + " in " + name, fmt::format("tables [[{}]]", name));
  }
  return out;
}

void check_tables(const toml::table& document, Diagnostics& diagnostics) {
  std::vector<std::string> names{"levers"};
  for (const auto& spec : case_tables()) names.push_back(spec.name);
  for (const auto& [key, node] : document)
    if (std::find(names.begin(), names.end(), key.str()) == names.end())
      diagnostics.error(place_of(key), fmt::format("unknown table '{:.60}'", key.str()),
                        fmt::format("one of {}", fmt::join(names, ", ")), base::nearest_name(key.str(), names));
}

void check_head(const CaseTable& head, Diagnostics& diagnostics) {
  const auto& values = head.values;
  for (const char* key : {"end", "shock"})
    if (values.has(key) && values.has("start") && values.month(key) < values.month("start"))
      diagnostics.error(head.at(key), fmt::format("{} = {}", key, values.month(key).text()),
                        fmt::format("a month from start {} on", values.month("start").text()));
  if (values.has("shock") && values.has("end") && values.month("shock") > values.month("end"))
    diagnostics.error(head.at("shock"), "shock = " + values.month("shock").text(),
                      fmt::format("a month up to end {}", values.month("end").text()));
  if (values.has("as-of") && !base::parse_date(values.text("as-of"), true))
    diagnostics.error(head.at("as-of"), fmt::format("as-of = '{:.40}'", values.text("as-of")),
                      "a date such as 2009-12-31");
  if (values.has("data") && (values.has("overlay") || values.has("base-year")))
    diagnostics.error(head.at("data"), "data together with overlay or base-year",
                      "either a dataset of its own (data), or the shipped one with base-year and overlay");
}

// Ids of a list of tables, each once.
void check_ids(const std::vector<CaseTable>& tables, const char* what, Diagnostics& diagnostics) {
  std::map<std::string, Place> first;
  for (const auto& table : tables) {
    if (!table.values.has("id")) continue;
    const auto [entry, is_new] = first.emplace(table.values.text("id"), table.at("id"));
    if (!is_new)
      diagnostics.error(table.at("id"), fmt::format("a second {} '{:.60}'", what, table.values.text("id")),
                        fmt::format("an id of its own; the first is at {}", entry->second.text()));
  }
}

bool read_document(CaseFile& file, Diagnostics& diagnostics) {
  const std::string path = file.path("case.toml");
  auto text = dataset::read_text(path, diagnostics);
  if (!text) return false;
  file.text = *text;
  auto document = dataset::parse_toml(*text, path, diagnostics);
  if (!document) return false;
  check_tables(*document, diagnostics);
  const auto* head = document->get("case");
  if (head == nullptr || !head->is_table()) {
    diagnostics.error(head == nullptr ? Place{path, 1, 1} : place_of(*head),
                      head == nullptr ? "no table [case]" : "case = " + describe(*head),
                      "a table [case] with id, title, question, start, end and shock");
    return false;
  }
  file.head = read_case_table(*head->as_table(), table_named("case"), diagnostics);
  check_head(file.head, diagnostics);
  file.series = read_many(*document, "series", diagnostics);
  file.reproduce = read_many(*document, "reproduce", diagnostics);
  file.allowed = read_many(*document, "allowed", diagnostics);
  file.left_out = read_many(*document, "left-out", diagnostics);
  check_ids(file.series, "series", diagnostics);
  check_ids(file.reproduce, "item", diagnostics);
  if (file.series.empty() && file.reproduce.empty())
    diagnostics.error({path, 1, 1}, "a case that holds the model against nothing",
                      "tables [[series]] with observed figures, or [[reproduce]] with propositions");
  return true;
}

// The value of a cell: a number above 0, or a month.
void read_value(const std::string& file, const dataset::CsvCell& cell, Observation& row, Diagnostics& diagnostics) {
  const std::string& text = cell.text;
  if (const auto month = base::parse_month(text)) {
    row.month = month;
    return;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    diagnostics.error({file, cell.line, cell.column}, fmt::format("'{:.40}'", text),
                      "a number, or a month such as 2011-08");
  else
    row.value = value;
}

void read_observed(CaseFile& file, Diagnostics& diagnostics) {
  const std::string path = file.path("observed.csv");
  std::error_code error;
  if (file.series.empty() && !fs::exists(path, error)) return;
  const auto text = dataset::read_text(path, diagnostics);
  if (!text) return;
  const std::vector<std::string> columns{"series", "date", "value", "unit", "source"};
  for (const auto& row : dataset::parse_csv(*text, path, columns, diagnostics).rows) {
    if (!row.whole) continue;
    const int errors_before = diagnostics.errors();
    const auto& cells = row.cells;
    Observation out{
        cells[0].text, cells[1].text, cells[2].text, cells[3].text, cells[4].text, {}, {}, {}, cells[0].line, true, {}};
    for (const auto& cell : cells) {
      out.columns.push_back(cell.column);
      if (cell.text.empty())
        diagnostics.error({path, cell.line, cell.column},
                          fmt::format("nothing in column '{}'", columns[out.columns.size() - 1]), "a value");
    }
    if (const auto date = base::parse_span(out.date_text))
      out.date = *date;
    else if (!out.date_text.empty())
      diagnostics.error({path, cells[1].line, cells[1].column}, fmt::format("date '{:.40}'", out.date_text),
                        "2011, 2011-08, 2011-08-31, 2011-Q3, 2011-H2, or one..another");
    if (!out.value_text.empty()) read_value(path, cells[2], out, diagnostics);
    out.usable = diagnostics.errors() == errors_before;
    file.observed.push_back(std::move(out));
  }
}

void read_data(CaseFile& file, const fs::path& shipped, Diagnostics& diagnostics) {
  const auto& values = file.head.values;
  dataset::ReadOptions options;
  options.shipped = shipped;
  if (values.has("as-of")) options.as_of = base::parse_date(values.text("as-of"), true);
  if (values.has("base-year")) options.base_year = static_cast<int>(values.integer("base-year"));
  if (values.has("overlay")) options.overlays.push_back(file.folder / values.text("overlay"));
  base::Diagnostics found;  // its warnings are for `check`
  file.data = dataset::read(values.has("data") ? file.folder / values.text("data") : shipped, found, options);
  const bool wrong_year =
      values.has("base-year") && file.data.base_year != 0 && file.data.base_year != values.integer("base-year");
  if (wrong_year)
    diagnostics.error(file.head.at("base-year"), fmt::format("base-year = {}", values.integer("base-year")),
                      fmt::format("{}, the base year of the dataset", file.data.base_year));
  for (const auto& diagnostic : found.all())
    if (diagnostic.severity == base::Severity::error)
      diagnostics.error(diagnostic.place, diagnostic.found, diagnostic.expected, diagnostic.nearest);
  file.data_read = !found.has_errors() && !wrong_year;
}

}  // namespace

CaseFile read_case(const fs::path& folder, const fs::path& shipped, Diagnostics& diagnostics) {
  CaseFile file;
  file.folder = folder;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    diagnostics.error({folder.string()}, fs::exists(folder, error) ? "a file" : "no such folder",
                      "the folder of a case: cases/README.md says what is in it");
    return file;
  }
  const bool whole = read_document(file, diagnostics);
  read_observed(file, diagnostics);
  if (whole) read_data(file, shipped, diagnostics);
  return file;
}

}  // namespace lodestone::insight
