#include "lodestone/insight/markdown.hpp"

#include <fmt/format.h>

namespace lodestone::insight {
namespace {

std::string escaped(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

}  // namespace

std::string markdown(const Table& table) {
  if (table.rows.empty()) return table.note.empty() ? "None.\n" : "None. " + table.note + "\n";
  std::string out;
  std::string rule;
  for (const auto& column : table.columns) {
    out += fmt::format("| {} ", column.unit.empty() ? column.name : fmt::format("{} ({})", column.name, column.unit));
    rule += "|---";
  }
  out += "|\n" + rule + "|\n";
  for (const auto& row : table.rows) {
    for (const auto& cell : row) {
      std::string text = "-";
      if (const auto* words = std::get_if<std::string>(&cell))
        text = escaped(*words);
      else if (const auto* number = std::get_if<double>(&cell))
        text = readable(*number);
      out += fmt::format("| {} ", text);
    }
    out += "|\n";
  }
  if (!table.note.empty()) out += "\n" + table.note + "\n";
  return out;
}

std::string markdown_section(const Table& table) {
  return fmt::format("\n## {}\n\n{}", table.title, markdown(table));
}

}  // namespace lodestone::insight
