#include "lodestone/insight/html_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/insight/html_text.hpp"
#include "lodestone/insight/svg_bars.hpp"
#include "lodestone/insight/svg_lines.hpp"

namespace lodestone::insight {
namespace {

constexpr double kWide = 760, kNarrow = 360;  // pixels: about a column of the page, about a phone
constexpr std::size_t kLong = 24;             // characters: longer words take a line of their own on a phone
constexpr std::size_t kCards = 3;             // tables with more columns become cards on a phone

std::string heading_of(const Column& column) {
  return column.unit.empty() || column.unit == "1" ? column.name : fmt::format("{} ({})", column.name, column.unit);
}

/// Words that are figures, such as "x 8.26", "-17 %" and "2025-12", stand to the right as numbers do.
bool is_figure(const std::string& words) {
  return !words.empty() && words.find_first_not_of("0123456789.,+-% x") == std::string::npos;
}

bool is_doubtful(const Column& column, const std::string& words) {
  return column.id == "confidence" && (words.find("assumed") != std::string::npos || words.starts_with("recalled"));
}

std::string cell(const Column& column, const Cell& cell, bool right) {
  const auto label = escaped(heading_of(column));
  if (const auto* number = std::get_if<double>(&cell))
    return fmt::format("<td class=\"n\" data-label=\"{}\" data-value=\"{}\">{}</td>", label, *number,
                       readable(*number));
  const auto* words = std::get_if<std::string>(&cell);
  if (words == nullptr || words->empty())
    return fmt::format("<td class=\"none{}\" data-label=\"{}\">–</td>", right ? " n" : "", label);
  auto text = escaped(*words);
  if (is_doubtful(column, *words)) text = "<mark>" + text + "</mark>";
  const char* css = right ? " class=\"n\"" : words->size() > kLong ? " class=\"long\"" : "";
  return fmt::format("<td{} data-label=\"{}\">{}</td>", css, label, text);
}

bool numeric(const Table& table, std::size_t column) {
  const auto figure = [&](const auto& row) {
    const auto* words = std::get_if<std::string>(&row[column]);
    return words == nullptr || words->empty() || is_figure(*words);
  };
  return std::all_of(table.rows.begin(), table.rows.end(), figure);
}

std::string rows_of(const Table& table) {
  std::string out = "<thead><tr>";
  std::vector<bool> right;
  for (std::size_t c = 0; c < table.columns.size(); ++c) right.push_back(numeric(table, c));
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    out += fmt::format("<th scope=\"col\"{}>{}</th>", right[c] ? " class=\"n\"" : "",
                       escaped(heading_of(table.columns[c])));
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) out += cell(table.columns[c], row[c], right[c]);
    out += "</tr>\n";
  }
  return out + "</tbody>";
}

/// The numbers of a chart as a table.
Table numbers(const LineChart& chart) {
  Table table{chart.id, chart.title, {{"month", "month", ""}}, {}, ""};
  for (const auto& line : chart.lines) table.columns.push_back({line.name, line.name, chart.unit});
  for (std::size_t m = 0; m < chart.months.size(); ++m) {
    std::vector<Cell> row{chart.months[m].text()};
    for (const auto& line : chart.lines) {
      if (m < line.values.size() && !std::isnan(line.values[m]))
        row.emplace_back(line.values[m]);
      else
        row.emplace_back(std::monostate{});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table numbers(const BarChart& chart) {
  Table table{chart.id, chart.title, {{"row", "", ""}}, {}, ""};
  const bool named =
      std::any_of(chart.rows.begin(), chart.rows.end(), [](const BarRow& row) { return row.parts.size() > 1; });
  if (named) table.columns.push_back({"part", "", ""});
  table.columns.push_back({"value", "value", chart.shares ? "" : chart.unit});
  std::string heading;
  for (const auto& row : chart.rows) {
    if (row.parts.empty()) heading = row.label;
    for (const auto& part : row.parts) {
      std::vector<Cell> cells{heading.empty() ? row.label : heading + ", " + row.label};
      if (named) cells.emplace_back(part.name);
      if (chart.shares)
        cells.emplace_back(percent(part.value));
      else
        cells.emplace_back(part.value);
      table.rows.push_back(std::move(cells));
    }
  }
  return table;
}

std::string pictures(const LineChart& chart) {
  if (!chart.wide) return svg_lines(chart, kNarrow, "c-" + chart.id, "narrow");
  // Drawn twice: letters would shrink with a wide chart on a phone.
  return svg_lines(chart, kWide, "c-" + chart.id, "wide") + svg_lines(chart, kNarrow, "n-" + chart.id, "phone");
}

std::string pictures(const BarChart& chart) {
  if (!chart.wide) return svg_bars(chart, kNarrow, "c-" + chart.id, "narrow");
  return svg_bars(chart, kWide, "c-" + chart.id, "wide") + svg_bars(chart, kNarrow, "n-" + chart.id, "phone");
}

std::string html_heat(const HeatTable& heat) {
  double most = 0;
  for (const auto& row : heat.values)
    for (const double value : row) most = std::isnan(value) ? most : std::max(most, value);
  std::string out =
      fmt::format("<table class=\"heat\" id=\"heat-{}\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
                  escaped(heat.id), escaped(heat.title), escaped(heat.corner));
  for (std::size_t c = 0; c < heat.columns.size(); ++c)
    out += fmt::format("<th scope=\"col\"><abbr title=\"{}\">{}</abbr></th>", escaped(heat.column_names[c]),
                       escaped(heat.columns[c]));
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t r = 0; r < heat.rows.size(); ++r) {
    out += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(heat.rows[r]));
    for (const double value : heat.values[r]) {
      if (std::isnan(value)) {
        out += "<td class=\"none\">·</td>";
        continue;
      }
      // Five steps: a darker ground, and white words on the darkest two.
      const int step = most > 0 && value >= 0.005 ? std::clamp(static_cast<int>(std::ceil(5 * value / most)), 0, 5) : 0;
      out += fmt::format("<td class=\"h{}\" data-value=\"{}\">{:.0f}</td>", step, value, 100 * value);
    }
    out += "</tr>\n";
  }
  return out + fmt::format("</tbody></table>\n<p class=\"note\">{}</p>\n", escaped(heat.says));
}

std::string html_listing(const Listing& listing) {
  return fmt::format("<details{}><summary>{}</summary><pre>{}</pre></details>\n", listing.open ? " open" : "",
                     escaped(listing.summary), escaped(listing.text));
}

std::string html_folded(const Table& table) {
  return fmt::format("<details class=\"folded\"><summary>{} ({} rows)</summary>{}</details>\n", escaped(table.title),
                     table.rows.size(), html_table(table));
}

}  // namespace

std::string html_table(const Table& table) {
  const auto note = table.note.empty() ? "" : fmt::format("<p class=\"note\">{}</p>\n", escaped(table.note));
  if (table.rows.empty())
    return fmt::format("<p class=\"caption\">{}</p><p>Nothing to show.</p>\n{}", escaped(table.title), note);
  return fmt::format("<table class=\"{}\" id=\"table-{}\"><caption>{}</caption>{}</table>\n{}",
                     table.columns.size() > kCards ? "data cards" : "data", escaped(table.id), escaped(table.title),
                     rows_of(table), note);
}

std::string html_chart(const Chart& chart) {
  return std::visit(
      [](const auto& one) {
        return fmt::format(
            "<figure id=\"figure-{}\"><figcaption>{}</figcaption>\n{}<details><summary>The numbers</summary>"
            "<table class=\"data\">{}</table></details></figure>\n",
            escaped(one.id), escaped(one.title), pictures(one), rows_of(numbers(one)));
      },
      chart);
}

std::string html_block(const Block& block) {
  if (const auto* words = std::get_if<std::string>(&block)) return fmt::format("<p>{}</p>\n", escaped(*words));
  if (const auto* table = std::get_if<Table>(&block)) return html_table(*table);
  if (const auto* folded = std::get_if<Folded>(&block)) return html_folded(folded->table);
  if (const auto* heat = std::get_if<HeatTable>(&block)) return html_heat(*heat);
  if (const auto* listing = std::get_if<Listing>(&block)) return html_listing(*listing);
  const auto& charts = std::get<std::vector<Chart>>(block);
  const auto wide = [](const Chart& chart) { return std::visit([](const auto& one) { return one.wide; }, chart); };
  std::string out;
  for (const auto& chart : charts) out += html_chart(chart);
  if (charts.size() == 1 && wide(charts.front())) return out;
  // Two or four stand two by two, others as many as fit a row.
  const bool pairs = charts.size() == 2 || charts.size() == 4;
  return fmt::format("<div class=\"grid{}\">\n{}</div>\n", pairs ? " pairs" : "", out);
}

}  // namespace lodestone::insight
