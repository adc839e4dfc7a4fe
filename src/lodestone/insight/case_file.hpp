// A case as it stands in its folder: what happened, what governments did, what was observed, and what a model should
// reproduce. Format: cases/README.md.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/option.hpp"
#include "lodestone/dataset/tables.hpp"

namespace lodestone::insight {

/// A row of observed.csv. Values above 0, except dates (a month, read from "2011-08").
struct Observation {
  std::string series, date_text, value_text, unit, source;
  base::Period date;
  std::optional<double> value;       // nothing when the value is a month
  std::optional<base::Month> month;  // when it is one
  int line = 0;
  bool usable = true;        // nothing is wrong with it
  std::vector<int> columns;  // of series, date, value, unit, source
};

/// A table of case.toml, read against its options.
struct CaseTable {
  base::OptionValues values;
  base::Place place;
  std::map<std::string, base::Place> places;  // of its values
  [[nodiscard]] base::Place at(const std::string& key) const {
    const auto found = places.find(key);
    return found == places.end() ? place : found->second;
  }
};

struct CaseFile {
  std::filesystem::path folder;
  CaseTable head;                                               // [case]
  std::vector<CaseTable> series, reproduce, allowed, left_out;  // [[series]], [[reproduce]], [[allowed]], [[left-out]]
  std::string text;  // of case.toml; its tables [[levers]] need a world to be read
  std::vector<Observation> observed;
  dataset::RawDataset data;
  bool data_read = false;  // without errors
  [[nodiscard]] std::string path(const std::string& file) const { return (folder / file).string(); }
  [[nodiscard]] base::Month start() const { return head.values.month("start"); }
  [[nodiscard]] int months() const { return head.values.month("end") - start() + 1; }
  [[nodiscard]] base::Month shock() const { return head.values.month("shock"); }
};

/// Tables and keys of case.toml, for the reader and for docs.
struct CaseTableSpec {
  std::string name;   // "series"
  bool many = false;  // [[series]]
  std::string meaning;
  std::vector<base::OptionSpec> options;
};
const std::vector<CaseTableSpec>& case_tables();

/// Reads a case and its dataset: `shipped` with the case's overlay, or the case's own small dataset. Everything that is
/// wrong goes to `diagnostics`; the result is meant to be used only without errors.
CaseFile read_case(const std::filesystem::path& folder, const std::filesystem::path& shipped,
                   base::Diagnostics& diagnostics);

}  // namespace lodestone::insight
