// What becomes of mines and plants that are planned or being built.
#include <fmt/format.h>

#include <algorithm>

#include "lodestone/base/units.hpp"
#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

using base::kMonths;

bool is_to_come(const world::Facility& f) {
  return f.status == world::FacilityStatus::building || f.status == world::FacilityStatus::planned;
}

Table waiting_table(const RunView& run) {
  std::vector<const world::Facility*> all;
  for (const auto& f : run.world.facilities)
    if (is_to_come(f)) all.push_back(&f);
  const auto stage = [&](const world::Facility* f) { return run.world.processes[f->process.index()].stage; };
  std::stable_sort(all.begin(), all.end(), [&](const auto* a, const auto* b) {
    return stage(a) != stage(b) ? stage(a) < stage(b) : a->planned_capacity > b->planned_capacity;
  });
  Table table{"projects_known",
              "Projects that the dataset knows",
              {{"project", "project", ""},
               {"region", "where", ""},
               {"stage", "stage", ""},
               {"status", "status", ""},
               {"capacity", "capacity", "t/yr of activity"},
               {"opens", "announced for", ""},
               {"confidence", "confidence", ""},
               {"source", "source", ""}},
              {},
              ""};
  for (const auto* f : all)
    table.rows.push_back({f->name.empty() ? f->id : f->name, run.world.regions[f->region.index()].id,
                          to_string(stage(f)), to_string(f->status),
                          f->planned_capacity > 0 ? Cell(f->planned_capacity * kMonths) : Cell{},
                          f->opens ? Cell(std::to_string(f->opens->from.year)) : Cell{}, confidence_of(f->provenance),
                          f->provenance.source});
  return table;
}

std::size_t column_of(const Table& table, const std::string& id) {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& c) { return c.id == id; });
  return static_cast<std::size_t>(found - table.columns.begin());
}

/// Those that open stand open to read; the rest, usually many more, are folded.
std::vector<Block> told_apart(const Table& table) {
  const std::size_t opens = column_of(table, "opens");
  if (opens == table.columns.size()) return {table};
  Table opened = table, waiting = table;
  opened.title = "Who opens, and when";
  opened.rows.clear();
  waiting.id += "_waiting";
  waiting.title = "Who does not open in this run, and what stalls them";
  waiting.rows.clear();
  for (const auto& row : table.rows)
    (std::holds_alternative<std::monostate>(row[opens]) ? waiting : opened).rows.push_back(row);
  std::vector<Block> blocks{
      fmt::format("{} of the {} projects and endangered plants run at some time; {} do not open in this run.",
                  opened.rows.size(), table.rows.size(), waiting.rows.size())};
  blocks.emplace_back(std::move(opened));
  if (!waiting.rows.empty()) blocks.emplace_back(Folded{std::move(waiting)});
  return blocks;
}

}  // namespace

bool is_of_projects(const Table& table) {
  return table.id.starts_with("project") || table.id == "public_support" || table.id == "investment_risk";
}

Section projects_section(const RunView& run) {
  Section section{"projects", "Project fates", {}};
  bool told = false;
  for (const auto& table : run.answer.tables)
    if (is_of_projects(table)) {
      for (auto& block : told_apart(table)) section.blocks.push_back(std::move(block));
      told = true;
    }
  if (told) return section;
  const auto to_come = std::count_if(run.world.facilities.begin(), run.world.facilities.end(), is_to_come);
  section.blocks.emplace_back(
      to_come == 0
          ? std::string("This run has no projects: only the plants of the base year work in it.")
          : fmt::format(
                "This run holds no series of projects: only the plants of the base year work in it, and none of the {} "
                "that its dataset knows as planned or being built opens. New supply is therefore missing, the more so "
                "the later the month.",
                to_come));
  if (to_come > 0) section.blocks.emplace_back(Folded{waiting_table(run)});
  return section;
}

}  // namespace lodestone::insight
