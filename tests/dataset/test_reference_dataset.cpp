// What the reference dataset promises to hold (docs/data_sources.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "lodestone/dataset/dataset.hpp"

namespace lodestone::dataset {
namespace {

class ReferenceDataset : public ::testing::Test {
 protected:
  static RawDataset rows() {
    base::Diagnostics diagnostics;
    return read(std::filesystem::path(LODESTONE_SOURCE_DIR) / "data", diagnostics);
  }
  const RawDataset raw_ = rows();
};

TEST_F(ReferenceDataset, HoldsAtLeast25CountriesAndTheRestOfTheWorld) {
  const auto rest = std::count_if(raw_.regions.begin(), raw_.regions.end(), [](const auto& row) { return row.rest; });
  EXPECT_GE(raw_.regions.size() - static_cast<std::size_t>(rest), 25u);
  EXPECT_GE(rest, 1);
}

TEST_F(ReferenceDataset, HoldsAtLeast90FacilitiesOfEveryStatus) {
  EXPECT_GE(raw_.facilities.size(), 90u);
  std::map<world::FacilityStatus, int> status;
  for (const auto& row : raw_.facilities) ++status[row.status];
  for (const auto each : {world::FacilityStatus::operating, world::FacilityStatus::suspended,
                          world::FacilityStatus::building, world::FacilityStatus::planned})
    EXPECT_GE(status[each], 1) << to_string(each);
}

TEST_F(ReferenceDataset, HoldsPricesOfMagnetOxidesFrom2009To2026) {
  for (const char* id : {"ndpr-oxide", "dysprosium-oxide", "terbium-oxide", "yttrium-oxide"}) {
    std::set<int> years;
    for (const auto* list : {&raw_.prices, &raw_.price_history})
      for (const auto& row : *list)
        if (row.product == id) years.insert(row.date.from.year);
    ASSERT_FALSE(years.empty()) << id;
    EXPECT_LE(*years.begin(), 2011) << id;
    EXPECT_GE(*years.rbegin(), 2025) << id;
  }
}

TEST_F(ReferenceDataset, DatesTheMembersOfItsGroups) {
  std::set<std::string> groups;
  for (const auto& row : raw_.groups) groups.insert(row.group);
  for (const char* id : {"EU27", "G7", "FiveEyes", "Quad", "MSP", "BRICS", "BeltAndRoad", "JapanEU"})
    EXPECT_TRUE(groups.contains(id)) << id;
}

}  // namespace
}  // namespace lodestone::dataset
