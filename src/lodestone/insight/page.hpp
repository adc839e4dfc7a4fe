// What stands on a page, before it becomes HTML: sections of words, charts and tables. Charts hold their numbers, so
// that whoever cannot see a picture reads them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// The part that a line or bar plays; the style gives each a colour that people with any colour vision tell apart.
enum class Tone { inside, outside, third, fourth, muted };

/// A measure on the time axis: in force from `from`, no longer from `to` on.
struct Act {
  std::string name;
  base::Month from, to;
};

struct Line {
  std::string name;
  Tone tone = Tone::muted;
  std::vector<double> values;  // one per month; NaN: none
  bool mark_highest = false;
};

/// What lies between two values of each month; NaN in either: nothing. Bands over each other grow darker.
struct Band {
  std::vector<double> low, high;
  Tone tone = Tone::muted;
};

/// A level that values are held against.
struct Bound {
  std::string name;
  double value = 0;
};

/// Series over months. The axis starts at 0, or is logarithmic where positive values span more than a decade and how
/// far they are from 0 is not the point.
struct LineChart {
  std::string id, title, unit;
  std::string says;  // what there is to see, in a sentence, for those who do not see it
  std::vector<base::Month> months;
  std::vector<Line> lines;
  std::vector<Act> acts;
  std::optional<Bound> bound;
  bool wide = false;             // as wide as the page
  bool from_zero = false;        // never logarithmic
  std::vector<Band> bands = {};  // behind the lines
};

struct BarPart {
  std::string name;
  double value = 0;
  Tone tone = Tone::muted;
  std::string short_name = {};  // for where there is no room for the name; empty: the same
};

/// Parts side by side from 0 on; a row without parts is a heading.
struct BarRow {
  std::string label;
  std::vector<BarPart> parts;
};

struct BarChart {
  std::string id, title, unit;
  std::string says;
  std::vector<BarRow> rows;
  bool shares = false;  // parts are shares of 1 and fill the row; else an amount, perhaps negative
  bool wide = false;    // as wide as the page
};

/// Shares by row and column, shaded by size.
struct HeatTable {
  std::string id, title, says;
  std::string corner;                // what the rows are
  std::vector<std::string> columns;  // short names
  std::vector<std::string> column_names;
  std::vector<std::string> rows;
  std::vector<std::vector<double>> values;  // [row][column], NaN: none
};

/// Text kept as it is, folded until asked for unless `open`.
struct Listing {
  std::string summary, text;
  bool open = false;
};

/// A long table, folded until asked for.
struct Folded {
  Table table;
};

using Chart = std::variant<LineChart, BarChart>;
using Block = std::variant<std::string, std::vector<Chart>, HeatTable, Table, Folded, Listing>;

struct Section {
  std::string id, title;
  std::vector<Block> blocks;
};

struct Meter {
  std::string name;
  double share = 0;
};

struct Page {
  std::string kicker;  // what and when, above the question
  Report head;         // question, answer, drivers, what is assumed
  std::vector<Meter> assumed;
  std::string assumed_says = "on average, by value";  // of what the share in the head is one
  std::string warning;  // what a reader must know before the answer; empty when there is nothing
  std::vector<Section> sections;
  std::string colophon;  // last line
};

}  // namespace lodestone::insight
