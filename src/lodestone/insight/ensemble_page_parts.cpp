#include "lodestone/insight/ensemble_page_parts.hpp"

#include <fmt/format.h>

#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

constexpr std::size_t kNamed = 4;  // columns of the table of projects before its years

/// Projects by years, shaded; those that produce in no future are counted in the words.
HeatTable heat_of(const Table& odds) {
  HeatTable heat{"project-odds", odds.title, odds.note, "project", {}, {}, {}, {}};
  for (std::size_t c = kNamed; c < odds.columns.size(); ++c) {
    heat.columns.push_back(odds.columns[c].name.substr(odds.columns[c].name.rfind(' ') + 1));
    heat.column_names.push_back(odds.columns[c].name);
  }
  for (const auto& row : odds.rows) {
    std::vector<double> shares;
    for (std::size_t c = kNamed; c < row.size(); ++c) shares.push_back(std::get<double>(row[c]));
    if (shares.back() == 0) continue;
    heat.rows.push_back(fmt::format("{} ({})", std::get<std::string>(row[0]), std::get<std::string>(row[1])));
    heat.values.push_back(std::move(shares));
  }
  return heat;
}

}  // namespace

Section scorecard_section(const Report& card) {
  Section section{"scorecard", "Scorecard of the predictions", {card.answer}};
  for (const auto& table : card.tables) {
    if (table.id == "scorecard" || table.id == "settled")
      section.blocks.emplace_back(table);
    else
      section.blocks.emplace_back(Folded{table});
  }
  return section;
}

Section projects_of_futures(const Report& projects) {
  Section section{"projects", "Projects over the futures", {projects.answer}};
  if (const Table* odds = table_of(projects, "projects")) {
    HeatTable heat = heat_of(*odds);
    if (!heat.rows.empty()) section.blocks.emplace_back(std::move(heat));
    section.blocks.emplace_back(Folded{*odds});
  }
  for (const auto& table : projects.tables)
    if (table.id != "projects") section.blocks.emplace_back(Folded{table});
  return section;
}

}  // namespace lodestone::insight
