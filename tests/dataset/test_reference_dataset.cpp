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

TEST_F(ReferenceDataset, HoldsMetalsSwarfAndScandium) {
  std::set<std::string> products;
  for (const auto& row : raw_.products) products.insert(row.id);
  for (const char* id : {"ndpr-metal", "dysprosium-metal", "terbium-metal", "magnet-swarf-standard",
                         "magnet-swarf-high-temperature", "scandium-oxide", "er-ho-yb-lu-oxides", "sm-eu-gd-oxides"})
    EXPECT_TRUE(products.contains(id)) << id;
}

double amount(const RawDataset& raw, const std::string& process, const std::string& product) {
  const auto it = std::find_if(raw.recipes.begin(), raw.recipes.end(),
                               [&](const auto& row) { return row.process == process && row.product == product; });
  return it == raw.recipes.end() ? 0 : it->amount;
}

// A tonne of oxide that becomes metal weighs 0.854 t less 1.5 % of losses; the metal of a magnet goes through magnet
// and swarf; 98 % of what is in the swarf comes back. In all 2.9 % of the NdPr in finished magnets is lost on the way.
TEST_F(ReferenceDataset, BalancesNdPrFromOxideThroughMetalAndSwarf) {
  EXPECT_NEAR(1 / amount(raw_, "make-ndpr-metal", "ndpr-oxide"), 0.854 * 0.985, 1e-4);
  for (const char* grade : {"standard", "high-temperature"}) {
    const std::string magnet = std::string("make-magnet-") + grade, recycle = std::string("recycle-swarf-") + grade,
                      swarf = std::string("magnet-swarf-") + grade;
    const double content = std::string(grade) == "standard" ? 0.328 : 0.335;
    const double net = amount(raw_, magnet, "ndpr-metal") * amount(raw_, "make-ndpr-metal", "ndpr-oxide") -
                       amount(raw_, magnet, swarf) * amount(raw_, recycle, "ndpr-oxide");
    EXPECT_NEAR(net / content, 1.0294, 2e-4) << grade;
  }
}

// 25 to 30 % of Chinese NdPr oxide comes from swarf (docs/data_sources.md, 8).
TEST_F(ReferenceDataset, RecyclesAQuarterOfChineseNdPr) {
  double primary = 0, recycled = 0;
  for (const auto& row : raw_.facilities) {
    if (row.region != "CHN" || !row.parent.empty() || !row.in_place()) continue;
    const double made = row.base_output * amount(raw_, row.process, "ndpr-oxide");
    if (row.process.starts_with("recycle-"))
      recycled += made;
    else if (row.process.starts_with("separate-"))
      primary += made;
  }
  EXPECT_NEAR(recycled / (primary + recycled), 0.27, 0.03);
}

}  // namespace
}  // namespace lodestone::dataset
