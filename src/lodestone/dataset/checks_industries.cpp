// Checks of the industries behind end uses, and of camps.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "lodestone/dataset/checks.hpp"
#include "lodestone/dataset/specificity.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kTolerance = 1e-9;

template <class R, class Of>
std::vector<std::string> names(const std::vector<R>& rows, const Of& of) {
  std::set<std::string> all;
  for (const auto& row : rows) all.insert(of(row));
  return {all.begin(), all.end()};
}

template <class R>
void check_name(const R& row, const char* column, const std::string& name, const std::vector<std::string>& known,
                const std::string& expected, base::Diagnostics& diagnostics) {
  if (!std::binary_search(known.begin(), known.end(), name))
    diagnostics.error(row.place(column), fmt::format("unknown {} '{}'", column, name), expected,
                      base::nearest_name(name, known));
}

}  // namespace

// What hangs on one end use does not hang on another: shares of a sector in a place sum to at most 1.
void check_industries(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto uses = names(raw.end_uses, [](const auto& row) { return row.end_use; });
  const auto sectors = names(raw.value_added, [](const auto& row) { return row.sector; });
  for (const auto& row : raw.industries) {
    check_name(row, "end_use", row.end_use, uses, "an end use of end_uses.csv", diagnostics);
    if (!sectors.empty()) check_name(row, "sector", row.sector, sectors, "a sector of value_added.csv", diagnostics);
  }
  const Places places(raw);
  std::set<std::string> told;
  for (const auto& region : raw.regions) {
    std::map<std::pair<std::string, std::string>, std::pair<int, const IndustryRow*>> closest;  // sector, end use
    for (const auto& row : raw.industries) {
      const int rank = places.closeness(row.region, region.id);
      auto& best = closest.emplace(std::pair{row.sector, row.end_use}, std::pair{-1, nullptr}).first->second;
      if (rank > best.first) best = {rank, &row};
    }
    std::map<std::string, double> sum;
    for (const auto& [key, best] : closest)
      if (best.second != nullptr) sum[key.first] += best.second->share;
    for (const auto& [key, best] : closest)
      if (best.second != nullptr && sum[key.first] > 1 + kTolerance && told.insert(key.first).second)
        diagnostics.error(
            best.second->place("share"),
            fmt::format("end uses take {:.6g} of sector '{}' in {}", sum[key.first], key.first, region.id),
            "shares that sum to at most 1");
  }
}

void check_alignment(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::map<std::string, std::string> leaders;
  for (const auto& row : raw.alignment)
    if (const auto& leader = leaders.emplace(row.camp, row.leader).first->second; leader != row.leader)
      diagnostics.error(row.place("leader"), fmt::format("camp '{}' is led by '{}'", row.camp, row.leader),
                        fmt::format("one leader: '{}'", leader));
}

}  // namespace lodestone::dataset
