// Who buys from whom: an input-output table, and what a loss of one industry means for its suppliers and its customers.
// docs/damage.md.
#pragma once

#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// Sectors of regions and what they deliver to each other in a year, million USD of the table's year.
struct Economy {
  std::vector<std::string> region, sector;  // per entry
  std::vector<double> output, value_added;  // gross output; value added at basic prices
  std::vector<double> flow;                 // entries x entries, row delivers to column
  [[nodiscard]] std::size_t size() const { return region.size(); }
  /// Index of the entry; size() when there is none.
  [[nodiscard]] std::size_t entry(const std::string& region_name, const std::string& sector_name) const;
  /// Names of regions, each once, in the order of the table.
  [[nodiscard]] std::vector<std::string> regions() const;
};

/// A file of a table, as read.
struct EconomyFile {
  std::string name, text;
};

/// Reads a table. `output`: columns region, sector, gross_output, value_added; one row per entry. `flows`: columns
/// region, sector, to, and one per sector in the order in which `output` names them first: what an entry delivers to
/// the sectors of a region. Both end with the five columns of every file of data. Errors go to `diagnostics`.
Economy read_economy(const EconomyFile& output, const EconomyFile& flows, base::Diagnostics& diagnostics);

/// The region of the table that a region of the world belongs to: itself, a group of it, or "ROW"; empty when none.
std::string economy_region(const Economy& economy, const world::World& world, world::RegionId region);

/// Value added that is lost, per entry, in the unit of what went in.
struct Spread {
  std::vector<double> direct, suppliers, customers;
};

/// What spreads from a direct loss of value added (per entry, >= 0). The output of those that lose is what their loss
/// says; of the others
///   suppliers  sell less to them:            (I - A) x = 0 on the rest, A = flow / output of the column   (Leontief)
///   customers  get less of what they need:   x (I - B) = 0 on the rest, B = flow / output of the row      (Ghosh)
/// The second is an upper bound: nothing replaces what is not delivered. The two are never added up.
/// Source: Miller and Blair, Input-Output Analysis (2009), sections 13.2 (exogenous output) and 12.1 (supply side).
Spread spread(const Economy& economy, const std::vector<double>& lost);

}  // namespace lodestone::insight
