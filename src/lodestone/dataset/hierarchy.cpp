#include "lodestone/dataset/hierarchy.hpp"

#include <map>
#include <string>

namespace lodestone::dataset {
namespace {

constexpr double kRounding = 1e-9;  // relative to what the aggregate states

double given(const RawDataset& raw, const std::string& process) {
  double amount = 0;
  for (const auto& item : raw.recipes)
    if (item.output && item.process == process) amount += item.amount;
  return amount;
}

double less(double stated, double children) {
  const double left = stated - children;
  return left > kRounding * stated ? left : 0;
}

}  // namespace

std::vector<std::optional<std::size_t>> parents(const RawDataset& raw) {
  std::map<std::string, std::size_t> index;
  for (std::size_t f = 0; f < raw.facilities.size(); ++f) index.emplace(raw.facilities[f].id, f);
  std::vector<std::optional<std::size_t>> out(raw.facilities.size());
  for (std::size_t f = 0; f < out.size(); ++f)
    if (const auto it = index.find(raw.facilities[f].parent); it != index.end()) out[f] = it->second;
  return out;
}

double activity_ratio(const RawDataset& raw, const FacilityRow& child, const FacilityRow& parent) {
  return child.process == parent.process ? 1 : given(raw, child.process) / given(raw, parent.process);
}

std::vector<Figures> sum_of_children(const RawDataset& raw) {
  std::vector<Figures> sums(raw.facilities.size());
  const auto parent = parents(raw);
  for (std::size_t f = 0; f < sums.size(); ++f) {
    const auto& row = raw.facilities[f];
    if (!parent[f] || !row.in_place()) continue;
    const double ratio = activity_ratio(raw, row, raw.facilities[*parent[f]]);
    sums[*parent[f]].capacity += ratio * row.capacity;
    sums[*parent[f]].base_output += ratio * row.base_output;
  }
  return sums;
}

std::vector<Figures> net_of_children(const RawDataset& raw) {
  std::vector<Figures> net(raw.facilities.size());
  const auto children = sum_of_children(raw);
  for (std::size_t f = 0; f < net.size(); ++f) {
    const auto& row = raw.facilities[f];
    if (!row.in_place()) continue;
    net[f] = {less(row.capacity, children[f].capacity), less(row.base_output, children[f].base_output)};
  }
  return net;
}

}  // namespace lodestone::dataset
