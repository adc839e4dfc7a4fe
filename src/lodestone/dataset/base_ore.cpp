// What is in the ground: the row that speaks most closely for a mine, its tonnes shared by capacity among all the mines
// that it speaks for. docs/data.md, `reserves.csv`.
#include <fmt/format.h>

#include <map>

#include "lodestone/dataset/base_parts.hpp"
#include "lodestone/dataset/checks.hpp"

namespace lodestone::dataset {
namespace {

// Product before region, the first of equals.
const ReservesRow* row_of(const BaseYear& base, const world::Facility& facility) {
  const auto& process = base.world.processes[facility.process.index()];
  const auto& made = base.world.products[process.outputs.front().product.index()];
  const std::string& product = made.open.valid() ? base.world.products[made.open.index()].id : made.id;
  const ReservesRow* best = nullptr;
  int best_rank = -1;
  for (const ReservesRow* row : rows_of_product(base.raw.reserves, product)) {
    const int closeness = base.places.closeness(row->region, base.world.regions[facility.region.index()].id);
    const int rank = (row->product == "all" ? 0 : 3) + closeness;
    if (closeness < 0 || rank <= best_rank) continue;
    best = row;
    best_rank = rank;
  }
  return best;
}

bool is_mine(const world::World& world, const world::Facility& facility) {
  const auto& process = world.processes[facility.process.index()];
  return process.stage == world::Stage::mining && !process.outputs.empty() && facility.full_capacity() > 0;
}

}  // namespace

void check_reserves(const RawDataset& raw, base::Diagnostics& diagnostics) {
  for (const auto& row : raw.reserves)
    if (row.reserves.has_value() == row.years.has_value())
      diagnostics.error(row.place("reserves"), row.reserves ? "reserves and years" : "neither reserves nor years",
                        "one of the two: tonnes of all these mines together, or years of each one's capacity");
}

void add_reserves(BaseYear& base) {
  if (base.raw.reserves.empty()) return;
  std::map<const ReservesRow*, double> capacity;  // t per month of the mines that a row speaks for
  for (const auto& mine : base.world.facilities)
    if (is_mine(base.world, mine)) capacity[row_of(base, mine)] += mine.full_capacity();
  for (auto& mine : base.world.facilities) {
    if (!is_mine(base.world, mine)) continue;
    const ReservesRow* row = row_of(base, mine);
    if (row == nullptr) {
      base.diagnostics.error(mine.provenance.place, fmt::format("no row of reserves.csv speaks for '{}'", mine.id),
                             "a row for its region, a group of it, or all");
      continue;
    }
    const double own = mine.full_capacity();
    mine.ore = {row->reserves ? *row->reserves * own / capacity[row] : *row->years * 12 * own, row->replaced,
                row->provenance};
  }
}

}  // namespace lodestone::dataset
