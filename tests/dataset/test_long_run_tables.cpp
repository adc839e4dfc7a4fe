// What the long run asks of places: rules on the environment, governance, camps, lifetimes.
#include <gtest/gtest.h>

#include <algorithm>

#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

constexpr const char* kEnd = ",toy figure,high,2024,,2024\n";
constexpr const char* kCommon = ",source,confidence,valid_from,valid_to,known_from\n";

const world::Facility& plant(const world::World& world, const std::string& id) {
  return *std::find_if(world.facilities.begin(), world.facilities.end(), [&](const auto& f) { return f.id == id; });
}

TEST(LongRunTables, TheClosestRowSpeaksForAPlace) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "governance.csv",
              std::string("region,score") + kCommon + "all,0.4" + kEnd + "ISA,0.9" + kEnd);
  test::spill(copy.path() / "environment.csv", std::string("stage,region,compliance,unit") + kCommon +
                                                   "mining,all,2,USD/kg" + kEnd + "mining,ISA,0.5,USD/kg" + kEnd);
  const auto world = load(copy.path());
  EXPECT_EQ(world.regions[world.find_region("ISA").index()].governance, 0.9);
  EXPECT_EQ(world.regions[world.find_region("XREST").index()].governance, 0.4);
  EXPECT_DOUBLE_EQ(plant(world, "mine-a").compliance, 500);
  EXPECT_EQ(plant(world, "press-x").compliance, 0);  // no row for its stage
}

TEST(LongRunTables, WithoutTheFilesNobodyProtestsOrPays) {
  const test::ValidCopy copy;
  const auto world = load(copy.path());
  for (const auto& region : world.regions) EXPECT_EQ(region.governance, 1);
  for (const auto& facility : world.facilities) {
    EXPECT_EQ(facility.compliance, 0);
    EXPECT_EQ(facility.construction.bloc_premium, 0);
  }
}

TEST(LongRunTables, AnInvestorOfAnotherCampAsksForMoreButNotAtHome) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "bloc_risk.csv", std::string("investor,host,premium,unit") + kCommon + "all,all,1,percent" +
                                                 kEnd + "XREST,ISA,4,percent" + kEnd);
  test::spill(copy.path() / "facilities.csv",
              test::slurp(copy.path() / "facilities.csv") +
                  "plan,Plan,ISA,mine,A Co,XREST,plant,planned,nameplate,,2027,600,0,t/yr,3,USD/kg" + kEnd);
  const auto world = load(copy.path());
  EXPECT_DOUBLE_EQ(plant(world, "plan").construction.bloc_premium, 0.04);
  EXPECT_EQ(plant(world, "mine-a").construction.bloc_premium, 0);
}

TEST(LongRunTables, ALifetimeIsOfAnEndUse) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "lifetimes.csv", std::string("product,end_use,mean,shape,growth,scrap,yield,unit") +
                                                 kCommon + "oxide,no-such-use,10,2,0,oxide,0.9,t/t" + kEnd);
  base::Diagnostics diagnostics;
  (void)read(copy.path(), diagnostics);
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_NE(diagnostics.all()[0].found.find("no-such-use"), std::string::npos);
}

}  // namespace
}  // namespace lodestone::dataset
