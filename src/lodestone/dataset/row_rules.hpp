// Rules that every row of every file keeps: sources and confidence, dates, and no key twice.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/table_spec.hpp"

namespace lodestone::dataset {

/// The rules between source and confidence, and between the dates.
void check_provenance(const Row& row, base::Diagnostics& diagnostics);

/// Finds rows that say the same thing twice. A figure may return for another time, or revised: known from another date.
/// In files where several times stand beside each other a revision begins on the same day as what it revises.
class Keys {
 public:
  Keys(const TableSpec& table, base::Diagnostics& diagnostics) : table_(table), diagnostics_(diagnostics) {}
  void check(const Row& row);

 private:
  const TableSpec& table_;
  base::Diagnostics& diagnostics_;
  std::map<std::string, std::vector<world::Provenance>> seen_;
};

}  // namespace lodestone::dataset
