#include "lodestone/dataset/composition.hpp"

namespace lodestone::dataset {

bool is_concentrate(const ProductRow& product) {
  return product.stage == world::Stage::mining && product.basis == "REO";
}

std::map<std::string, double> composition_sums(const RawDataset& raw) {
  std::map<std::string, double> sums;
  for (const auto& product : raw.products) sums[product.id] = 0;
  for (const auto& row : raw.compositions) sums[row.product] += row.share;
  return sums;
}

std::map<std::string, std::vector<double>> compositions(const RawDataset& raw) {
  std::map<std::string, std::size_t> element_index;
  for (const auto& element : raw.elements) element_index.emplace(element.id, element_index.size());
  std::map<std::string, std::vector<double>> contents;
  for (const auto& product : raw.products) contents[product.id].assign(element_index.size(), 0.0);
  for (const auto& row : raw.compositions)
    if (const auto element = element_index.find(row.element); element != element_index.end())
      if (const auto product = contents.find(row.product); product != contents.end())
        product->second[element->second] += row.share;
  const auto sums = composition_sums(raw);
  for (const auto& product : raw.products) {
    const double sum = sums.at(product.id);
    if (is_concentrate(product) && sum > 0)
      for (double& share : contents[product.id]) share /= sum;
  }
  return contents;
}

}  // namespace lodestone::dataset
