// What a tonne of each product contains, in oxide equivalents.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// A concentrate on REO basis is all oxide: its composition sums to 1.
bool is_concentrate(const ProductRow& product);

/// Sum of a product's composition as written, per product id.
std::map<std::string, double> composition_sums(const RawDataset& raw);

/// Content per element (in the order of elements.csv) of each product id; concentrates are normalised to a sum of 1.
std::map<std::string, std::vector<double>> compositions(const RawDataset& raw);

}  // namespace lodestone::dataset
