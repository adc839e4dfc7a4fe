// Which industry stands behind an end use, and who belongs to which camp.
#include <gtest/gtest.h>

#include <algorithm>

#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

constexpr const char* kEnd = ",toy figure,high,2024,,2024\n";
constexpr const char* kCommon = ",source,confidence,valid_from,valid_to,known_from\n";

void write_industries(const test::ValidCopy& copy, const std::string& rows, const std::string& value_added) {
  test::spill(copy.path() / "industries.csv",
              std::string("end_use,region,sector,share,substitutable,unit") + kCommon + rows);
  test::spill(copy.path() / "value_added.csv", std::string("sector,region,value_added,unit") + kCommon + value_added);
}

std::string message_of(const test::ValidCopy& copy) {
  base::Diagnostics diagnostics;
  (void)read(copy.path(), diagnostics);
  EXPECT_EQ(diagnostics.errors(), 1);
  return diagnostics.has_errors() ? diagnostics.all()[0].found : "";
}

TEST(Industries, ShareAFigureByWhatTheyUse) {
  const test::ValidCopy copy;
  write_industries(copy, std::string("motors,all,CAR,50,25,percent") + kEnd + "motors,ISA,CAR,20,25,percent" + kEnd,
                   std::string("CAR,all,240,MUSD/yr") + kEnd);
  const auto world = load(copy.path());
  ASSERT_EQ(world.industries.size(), 2u);
  double used = 0;
  std::vector<double> use;
  for (const auto& industry : world.industries) {
    ASSERT_EQ(industry.inputs.size(), 1u);
    const auto& segment = world.segments[industry.inputs[0].index()];
    EXPECT_EQ(segment.end_use, "motors");
    EXPECT_EQ(segment.region, industry.region);
    use.push_back(segment.base_price * segment.base_quantity);
    used += use.back();
  }
  // 240 million a year are 20 million a month.
  EXPECT_NEAR(world.industries[0].value_added, 0.2 * 20e6 * use[0] / used, 1e-3);
  EXPECT_NEAR(world.industries[1].value_added, 0.5 * 20e6 * use[1] / used, 1e-3);
  EXPECT_DOUBLE_EQ(world.industries[0].substitutable, 0.25);
  EXPECT_TRUE(world.industries[0].provenance.derived);
}

TEST(Industries, AreNoneWithoutTheFiles) {
  const test::ValidCopy copy;
  const auto world = load(copy.path());
  EXPECT_TRUE(world.industries.empty());
  EXPECT_TRUE(world.camps.empty());
}

TEST(Industries, OfOneSectorTakeAtMostAllOfIt) {
  const test::ValidCopy copy;
  write_industries(copy, std::string("motors,all,CAR,60,25,percent") + kEnd + "speakers,all,CAR,50,25,percent" + kEnd,
                   std::string("CAR,all,240,MUSD/yr") + kEnd);
  EXPECT_NE(message_of(copy).find("1.1 of sector 'CAR'"), std::string::npos);
}

TEST(Industries, StandBehindKnownEndUsesInKnownSectors) {
  const test::ValidCopy copy;
  write_industries(copy, std::string("motor,all,CAR,60,25,percent") + kEnd, std::string("CAR,all,240,MUSD/yr") + kEnd);
  EXPECT_NE(message_of(copy).find("'motor'"), std::string::npos);
  write_industries(copy, std::string("motors,all,CARS,60,25,percent") + kEnd,
                   std::string("CAR,all,240,MUSD/yr") + kEnd);
  EXPECT_NE(message_of(copy).find("'CARS'"), std::string::npos);
}

TEST(Camps, HaveOneLeaderWhoBelongsToThem) {
  const test::ValidCopy copy;
  const std::string head = std::string("camp,leader,region,membership") + kCommon;
  test::spill(copy.path() / "alignment.csv", head + "island-led,ISA,all,0.3" + kEnd + "sea-led,XREST,ISA,0.1" + kEnd);
  const auto world = load(copy.path());
  ASSERT_EQ(world.camps.size(), 2u);
  EXPECT_EQ(world.camps[0].membership, (std::vector<double>{1, 0.3}));
  EXPECT_EQ(world.camps[1].membership, (std::vector<double>{0.1, 1}));
  test::spill(copy.path() / "alignment.csv",
              head + "island-led,ISA,all,0.3" + kEnd + "island-led,XREST,ISA,0.1" + kEnd);
  EXPECT_NE(message_of(copy).find("'XREST'"), std::string::npos);
}

}  // namespace
}  // namespace lodestone::dataset
