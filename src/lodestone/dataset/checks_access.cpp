// Checks of access classes: who is excluded, who asks for the class.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lodestone/dataset/checks.hpp"

namespace lodestone::dataset {
namespace {

void check_users(const RawDataset& raw, const AccessRow& row, base::Diagnostics& diagnostics) {
  const int given = !row.end_use.empty() + !row.users.empty() + row.use_share.has_value();
  if (given != 0 && given != 3)
    diagnostics.error(row.place("end_use"), fmt::format("{} of end_use, users and use_share", given),
                      "all three of them, or none");
  if (row.end_use.empty()) return;
  std::vector<std::string> uses;
  for (const auto& use : raw.end_uses)
    if (use.product == row.product) uses.push_back(use.end_use);
  if (std::find(uses.begin(), uses.end(), row.end_use) == uses.end())
    diagnostics.error(row.place("end_use"), fmt::format("end use '{:.60}' of '{}'", row.end_use, row.product),
                      "an end use of this product in end_uses.csv", base::nearest_name(row.end_use, uses));
}

}  // namespace

void check_access(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::set<std::string> wanted, told;
  std::vector<std::string> products;
  for (const auto& product : raw.products) products.push_back(product.id);
  for (const auto& row : raw.access_classes)
    if (!row.end_use.empty()) wanted.insert(row.access);
  for (const auto& row : raw.access_classes) {
    check_users(raw, row, diagnostics);
    if (row.excluded == "all")
      diagnostics.error(row.place("excluded"), "every origin excluded", "a region or group, not all");
    if (std::find(products.begin(), products.end(), row.product + "-" + row.access) != products.end())
      diagnostics.error(row.place("class"), fmt::format("'{}-{}' is a product of its own", row.product, row.access),
                        "a class whose name makes no id of products.csv");
    if (!wanted.contains(row.access) && told.insert(row.access).second)
      diagnostics.error(row.place("end_use"), fmt::format("nobody asks for '{}'", row.access),
                        "a row of the class with end_use and users");
  }
}

}  // namespace lodestone::dataset
