#include "lodestone/app/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

namespace lodestone::app {
namespace {

using insight::Cell;
using insight::Table;
using nlohmann::ordered_json;

/// Characters as a terminal counts them: UTF-8 continuation bytes take no room.
std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string cell_text(const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* number = std::get_if<double>(&cell)) return insight::readable(*number);
  return "-";
}

ordered_json cell_json(const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number)) return *number;
  return nullptr;
}

ordered_json rows_json(const Table& table) {
  ordered_json rows = ordered_json::array();
  for (const auto& row : table.rows) {
    ordered_json object = ordered_json::object();
    for (std::size_t c = 0; c < row.size(); ++c) object[table.columns[c].id] = cell_json(row[c]);
    rows.push_back(std::move(object));
  }
  return rows;
}

ordered_json units_json(const Table& table) {
  ordered_json units = ordered_json::object();
  for (const auto& column : table.columns)
    if (!column.unit.empty()) units[column.id] = column.unit;
  return units;
}

ordered_json table_json(const Table& table) {
  ordered_json object{{"title", table.title}, {"units", units_json(table)}, {"rows", rows_json(table)}};
  if (!table.note.empty()) object["note"] = table.note;
  return object;
}

std::string dump(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string wrapped(const std::string& words, std::size_t width, std::size_t indent) {
  std::string out, line;
  std::istringstream in(words);
  std::string word;
  while (in >> word) {
    if (!line.empty() && length(line) + 1 + length(word) > width) {
      out += line + "\n" + std::string(indent, ' ');
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return out + line;
}

std::string text(const Table& table, const Terminal& terminal) {
  std::string out = terminal.bold(table.title) + "\n";
  if (table.rows.empty()) return out + "  " + (table.note.empty() ? "nothing to show" : table.note) + "\n";
  const std::size_t columns = table.columns.size();
  std::vector<std::size_t> width(columns);
  std::vector<bool> right(columns, true);
  std::vector<std::vector<std::string>> cells;
  // Units stand in a line of their own: a column is as wide as its figures, not as its unit.
  std::vector<std::string> heads, units;
  for (std::size_t c = 0; c < columns; ++c) {
    heads.push_back(table.columns[c].name);
    units.push_back(table.columns[c].unit);
    width[c] = std::max(length(heads[c]), length(units[c]));
  }
  for (const auto& row : table.rows) {
    auto& line = cells.emplace_back();
    for (std::size_t c = 0; c < columns; ++c) {
      line.push_back(cell_text(row[c]));
      width[c] = std::max(width[c], length(line[c]));
      // A column of numbers (and of shares, multiples and dashes) stands to the right.
      if (const auto* words = std::get_if<std::string>(&row[c]);
          words != nullptr && !words->empty() && words->find("no trade") == std::string::npos) {
        const bool numeric = words->find_first_not_of("0123456789.,+-% x") == std::string::npos;
        if (!numeric) right[c] = false;
      }
    }
  }
  const auto padded = [&](const std::string& word, std::size_t c, bool last) {
    const std::string space(width[c] - length(word), ' ');
    return right[c] ? space + word : last ? word : word + space;
  };
  const auto line_of = [&](const std::vector<std::string>& words) {
    std::string line = " ";
    for (std::size_t c = 0; c < columns; ++c)
      line += " " + padded(words[c], c, c + 1 == columns) + (c + 1 < columns ? " " : "");
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  };
  out += terminal.faint(line_of(heads)) + "\n";
  if (std::any_of(units.begin(), units.end(), [](const auto& unit) { return !unit.empty(); }))
    out += terminal.faint(line_of(units)) + "\n";
  for (const auto& line : cells) out += line_of(line) + "\n";
  if (!table.note.empty())
    out += terminal.faint("  " + wrapped(table.note, static_cast<std::size_t>(terminal.width()) - 4, 2)) + "\n";
  return out;
}

std::string text(const insight::Report& report, const Terminal& terminal) {
  const auto width = static_cast<std::size_t>(std::clamp(terminal.width(), 60, 140)) - 10;
  std::string out;
  const auto line = [&](const std::string& head, const std::string& words) {
    out += terminal.bold(fmt::format("{:<10}", head)) + wrapped(words, width, 10) + "\n";
  };
  line("Question", report.question);
  line("Answer", report.answer);
  for (std::size_t i = 0; i < report.drivers.size(); ++i)
    line(i == 0 ? "Drivers" : "", fmt::format("{}. {}", i + 1, report.drivers[i]));
  if (!report.assumed.empty()) line("Assumed", report.assumed);
  for (const auto& table : report.tables) out += "\n" + text(table, terminal);
  if (!report.notes.empty()) out += "\n";
  for (const auto& note : report.notes) out += wrapped(note, width + 10, 0) + "\n";
  return out;
}

std::string json(const insight::Report& report) {
  ordered_json document{{"question", report.question},
                        {"answer", report.answer},
                        {"drivers", report.drivers},
                        {"assumed", report.assumed},
                        {"assumed_share", report.assumed_share}};
  ordered_json tables = ordered_json::object();
  for (const auto& table : report.tables) tables[table.id] = table_json(table);
  document["tables"] = std::move(tables);
  document["notes"] = report.notes;
  return dump(document);
}

std::string json(const Table& table) {
  return dump(ordered_json{{table.id, table_json(table)}});
}

std::string csv(const Table& table) {
  std::string out;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const auto& column = table.columns[c];
    out +=
        (c == 0 ? "" : ",") +
        quoted(column.unit.empty() || column.unit == "1" ? column.id : fmt::format("{} ({})", column.id, column.unit));
  }
  out += "\n";
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += ",";
      if (const auto* words = std::get_if<std::string>(&row[c]))
        out += quoted(*words);
      else if (const auto* number = std::get_if<double>(&row[c]))
        out += fmt::format("{}", *number);
    }
    out += "\n";
  }
  return out;
}

void print(const insight::Report& report, bool as_json, Terminal& terminal) {
  terminal.print(as_json ? json(report) : text(report, terminal));
}

void print(const Table& table, bool as_json, Terminal& terminal) {
  terminal.print(as_json ? json(table) : text(table, terminal));
}

}  // namespace lodestone::app
