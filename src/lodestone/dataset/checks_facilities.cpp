// Checks of facilities: output within capacity, status and dates, aggregates and their plants, stakes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lodestone/dataset/checks.hpp"
#include "lodestone/dataset/hierarchy.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kRounding = 1e-9;  // relative
constexpr double kStakeRounding = 1e-6;

void check_status(const FacilityRow& row, int base_year, base::Diagnostics& diagnostics) {
  const std::string status = world::to_string(row.status);
  if (row.status != world::FacilityStatus::operating && row.base_output > 0)
    diagnostics.error(row.place("base_output"), fmt::format("base output of '{}', which is {}", row.id, status),
                      "0: only what operates runs in the base year");
  if (!row.opens) return;
  if (row.in_place())
    diagnostics.error(row.place("opens"), fmt::format("an opening date of '{}', which is {}", row.id, status),
                      "nothing: it is open");
  else if (base_year != 0 && row.opens->to < base::Date{base_year, 1, 1})
    diagnostics.error(row.place("opens"),
                      fmt::format("'{}' is {} and opens by {}", row.id, status, row.opens->to.text()),
                      fmt::format("a date from the base year {} on, or the status operating", base_year));
}

std::set<std::string> outputs_of(const RawDataset& raw, const std::string& process) {
  std::set<std::string> products;
  for (const auto& item : raw.recipes)
    if (item.output && item.process == process) products.insert(item.product);
  return products;
}

world::Stage stage_of(const RawDataset& raw, const std::string& process) {
  const auto it =
      std::find_if(raw.processes.begin(), raw.processes.end(), [&](const auto& row) { return row.id == process; });
  return it == raw.processes.end() ? world::Stage::mining : it->stage;
}

// A child is part of its parent: of the same place and stage, with the same products.
bool fits(const RawDataset& raw, const FacilityRow& child, const FacilityRow& parent, base::Diagnostics& diagnostics) {
  const auto refuse = [&](std::string found, std::string expected) {
    diagnostics.error(child.place("parent"), std::move(found), std::move(expected));
    return false;
  };
  if (!parent.aggregate)
    return refuse(fmt::format("parent '{}', which is a plant", parent.id), "an aggregate of facilities.csv");
  if (!parent.in_place())
    return refuse(fmt::format("parent '{}', which is {}", parent.id, world::to_string(parent.status)),
                  "an aggregate that operates or is suspended");
  if (parent.region != child.region)
    return refuse(fmt::format("parent '{}' in {}", parent.id, parent.region),
                  fmt::format("an aggregate in {}, where '{}' stands", child.region, child.id));
  if (stage_of(raw, child.process) != stage_of(raw, parent.process) ||
      outputs_of(raw, child.process) != outputs_of(raw, parent.process))
    return refuse(fmt::format("parent '{}', which runs '{}'", parent.id, parent.process),
                  fmt::format("an aggregate that makes what '{}' makes", child.process));
  return true;
}

// Walks up from each facility; a way that comes back to a facility of its own is a cycle, reported once.
bool has_cycle(const RawDataset& raw, const std::vector<std::optional<std::size_t>>& parent,
               base::Diagnostics& diagnostics) {
  bool found = false;
  std::vector<std::size_t> seen(parent.size(), parent.size());  // the walk that came by
  for (std::size_t start = 0; start < parent.size(); ++start) {
    std::size_t at = start;
    while (seen[at] == parent.size()) {
      seen[at] = start;
      if (!parent[at]) break;
      at = *parent[at];
      if (seen[at] != start) continue;
      diagnostics.error(raw.facilities[at].place("parent"),
                        fmt::format("'{}' is part of itself through its parents", raw.facilities[at].id),
                        "parents that end at an aggregate without one");
      found = true;
    }
  }
  return found;
}

void check_sums(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto children = sum_of_children(raw);
  const auto check = [&](const FacilityRow& row, const char* column, double stated, double sum) {
    if (sum > stated * (1 + kRounding))
      diagnostics.error(row.place(column), fmt::format("{} of '{}' is {:.6g} t/month", column, row.id, stated),
                        fmt::format("at least the {:.6g} t/month of the plants that it includes", sum));
  };
  for (std::size_t f = 0; f < children.size(); ++f) {
    check(raw.facilities[f], "capacity", raw.facilities[f].capacity, children[f].capacity);
    check(raw.facilities[f], "base_output", raw.facilities[f].base_output, children[f].base_output);
  }
}

// What stands beside an aggregate of its region and process without being part of it may be in its figures as well.
void check_beside(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& aggregate : raw.facilities) {
    if (!aggregate.aggregate || !aggregate.in_place() || !aggregate.parent.empty()) continue;
    for (const auto& row : raw.facilities) {
      const bool told = row.aggregate && row.id < aggregate.id;  // two aggregates are told once
      if (&row == &aggregate || told || !row.in_place() || !row.parent.empty() || row.region != aggregate.region ||
          row.process != aggregate.process)
        continue;
      diagnostics.warning(
          row.place("parent"),
          fmt::format("'{}' beside the aggregate '{}' of the same region and process", row.id, aggregate.id),
          fmt::format("'{}' as its parent, unless that leaves it out", aggregate.id));
    }
  }
}

}  // namespace

void check_facilities(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& facility : raw.facilities) {
    if (facility.base_output > facility.capacity * (1 + kRounding))
      diagnostics.error(facility.place("base_output"),
                        fmt::format("base output of '{}' is {:.6g} t/month", facility.id, facility.base_output),
                        fmt::format("at most its capacity of {:.6g} t/month", facility.capacity));
    check_status(facility, raw.base_year, diagnostics);
  }
}

void check_parents(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  std::vector<std::string> aggregates;
  for (const auto& row : raw.facilities)
    if (row.aggregate) aggregates.push_back(row.id);
  const auto parent = parents(raw);
  if (has_cycle(raw, parent, diagnostics)) return;
  for (std::size_t f = 0; f < parent.size(); ++f) {
    const auto& row = raw.facilities[f];
    if (parent[f])
      fits(raw, row, raw.facilities[*parent[f]], diagnostics);
    else if (!row.parent.empty() && !raw.as_of)  // what includes it may not be known yet
      diagnostics.error(row.place("parent"), fmt::format("unknown parent '{:.60}'", row.parent),
                        "an aggregate of facilities.csv", base::nearest_name(row.parent, aggregates));
  }
  if (diagnostics.errors() != errors_before) return;
  check_sums(raw, diagnostics);
  check_beside(raw, diagnostics);
}

void check_stakes(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::map<std::string, std::vector<const StakeRow*>> held;
  for (const auto& row : raw.stakes) held[row.facility].push_back(&row);
  for (const auto& [facility, stakes] : held)
    for (const StakeRow* last : stakes) {  // the sum can only rise on the first day of a stake
      double sum = 0;
      for (const StakeRow* other : stakes)
        if (other->held().meets({last->held().from, last->held().from})) sum += other->share;
      if (sum <= 1 + kStakeRounding) continue;
      diagnostics.error(last->place("share"),
                        fmt::format("stakes in '{}' sum to {:.6g} on {}", facility, sum, last->held().from.text()),
                        "at most 1");
      break;
    }
}

}  // namespace lodestone::dataset
