// Rows that name products and places by "all", a group or an id: which of them speaks for a route.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// Who belonged to which group at some time in the base year.
class Places {
 public:
  explicit Places(const RawDataset& raw);
  /// How closely a row's name of a place meets a region: 2 = itself, 1 = a group of it, 0 = all, -1 = not at all.
  [[nodiscard]] int closeness(const std::string& name, const std::string& region) const;

 private:
  std::map<std::string, std::set<std::string>> members_;
};

/// The rows that speak for a product: those that name it and those that say "all".
template <class R>
std::vector<const R*> rows_of_product(const std::vector<R>& rows, const std::string& product) {
  std::vector<const R*> out;
  for (const R& row : rows)
    if (row.product == "all" || row.product == product) out.push_back(&row);
  return out;
}

template <class R>
struct Ranked {
  const R* row = nullptr;    // null when none matches
  const R* rival = nullptr;  // another row just as specific
  int rank = -1;
};

/// Of rows that speak for one product, the most specific for a route: product before origin before destination.
template <class R>
Ranked<R> most_specific(const std::vector<const R*>& rows, const std::string& from, const std::string& to,
                        const Places& places) {
  Ranked<R> best;
  for (const R* row : rows) {
    const int a = places.closeness(row->from, from), b = places.closeness(row->to, to);
    if (a < 0 || b < 0) continue;
    const int rank = (row->product == "all" ? 0 : 9) + 3 * a + b;
    if (rank > best.rank)
      best = {row, nullptr, rank};
    else if (rank == best.rank)
      best.rival = row;
  }
  return best;
}

}  // namespace lodestone::dataset
