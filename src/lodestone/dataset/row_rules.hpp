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

/// Finds rows of the same key; with dates in the key, of the same key at the same time.
class Keys {
 public:
  Keys(const TableSpec& table, base::Diagnostics& diagnostics) : table_(table), diagnostics_(diagnostics) {}
  /// `cells`: the texts of the row's cells, in the declared order.
  void check(const std::vector<std::string>& cells, const Row& row);

 private:
  const TableSpec& table_;
  base::Diagnostics& diagnostics_;
  std::map<std::string, std::vector<world::Provenance>> seen_;
};

}  // namespace lodestone::dataset
