// What every answer looks like before it is printed: first the question, the answer in a sentence, its drivers and how
// much of it rests on assumed figures; then tables.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace lodestone::insight {

/// Nothing (printed as a dash), a word, or a number.
using Cell = std::variant<std::monostate, std::string, double>;

struct Column {
  std::string id;    // key in JSON and CSV: "price_before"
  std::string name;  // heading: "before"
  std::string unit;  // "" when there is none
};

struct Table {
  std::string id;     // key in JSON: "prices"
  std::string title;  // "Prices inside and outside"
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::string note;  // one sentence under the table; may be empty
};

struct Report {
  std::string question, answer;
  std::vector<std::string> drivers;  // largest first
  std::string assumed;               // what rests on assumed figures
  double assumed_share = 0;          // the same as a number, 0..1; NaN: none
  std::vector<Table> tables;
  std::vector<std::string> notes;
};

/// A number with as many digits as a reader can use: 1,234; 241; 12.4; 0.034.
std::string readable(double value);
/// A price in USD/t as USD/kg, readable.
std::string usd_per_kg(double usd_per_t);
/// "34 %", "0.4 %"
std::string percent(double share);

}  // namespace lodestone::insight
