#include "lodestone/dataset/names.hpp"

#include <initializer_list>
#include <vector>

#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

void Names::add(const TableSpec& table, const RawDataset& raw, bool complete) {
  const auto put = [&](std::initializer_list<Refers> kinds, const std::string& name) {
    for (const Refers kind : kinds) lists_[kind].names.insert(name);
  };
  const auto finish = [&](std::initializer_list<Refers> kinds) {
    for (const Refers kind : kinds) lists_[kind].complete = complete;
  };
  if (table.file == "regions.csv") {
    for (const auto& row : raw.regions) put({Refers::region, Refers::region_group_or_all}, row.id);
    put({Refers::region_group_or_all}, "all");
    finish({Refers::region, Refers::region_group_or_all});
  } else if (table.file == "groups.csv") {
    for (const auto& row : raw.groups) put({Refers::region_group_or_all}, row.group);
    if (!complete) finish({Refers::region_group_or_all});
  } else if (table.file == "products.csv") {
    for (const auto& row : raw.products) put({Refers::product, Refers::product_or_all}, row.id);
    put({Refers::product_or_all}, "all");
    finish({Refers::product, Refers::product_or_all});
  } else if (table.file == "processes.csv") {
    for (const auto& row : raw.processes) put({Refers::process}, row.id);
    finish({Refers::process});
  } else if (table.file == "elements.csv") {
    for (const auto& row : raw.elements) put({Refers::element}, row.id);
    finish({Refers::element});
  } else if (table.file == "facilities.csv") {
    for (const auto& row : raw.facilities) put({Refers::facility}, row.id);
    finish({Refers::facility});
  }
}

bool Names::has(Refers refers, const std::string& name) const {
  const auto it = lists_.find(refers);
  if (it == lists_.end() || !it->second.complete) return true;
  return it->second.names.contains(name);
}

std::string Names::nearest(Refers refers, std::string_view name) const {
  const auto it = lists_.find(refers);
  if (it == lists_.end()) return {};
  const std::vector<std::string> names(it->second.names.begin(), it->second.names.end());
  return base::nearest_name(name, names);
}

}  // namespace lodestone::dataset
