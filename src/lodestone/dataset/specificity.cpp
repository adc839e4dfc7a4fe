#include "lodestone/dataset/specificity.hpp"

namespace lodestone::dataset {

Places::Places(const RawDataset& raw) {
  const base::Date begin{raw.base_year, 1, 1}, end{raw.base_year, 12, 31};
  for (const auto& row : raw.groups)
    if (row.provenance.valid_from <= end && begin <= row.provenance.valid_to) members_[row.group].insert(row.region);
}

int Places::closeness(const std::string& name, const std::string& region) const {
  if (name == region) return 2;
  if (name == "all") return 0;
  const auto group = members_.find(name);
  return group != members_.end() && group->second.contains(region) ? 1 : -1;
}

}  // namespace lodestone::dataset
