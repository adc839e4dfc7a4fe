// What is in the ground: which row speaks for a mine, and what its tonnes are shared by.
#include <gtest/gtest.h>

#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

constexpr const char* kHead =
    "region,product,reserves,unit,years,replaced,source,confidence,valid_from,valid_to,known_from\n";
constexpr const char* kEnd = ",toy figure,high,2024,,2024\n";
constexpr const char* kPlan =
    "plan,Plan,ISA,mine,A Co,ISA,plant,planned,nameplate,,2027,500,0,t/yr,3,USD/kg,toy figure,high,2024,,2024\n";

void add_reserves(const test::ValidCopy& copy, const std::string& rows) {
  test::spill(copy.path() / "reserves.csv", kHead + rows);
  test::spill(copy.path() / "facilities.csv", test::slurp(copy.path() / "facilities.csv") + kPlan);
}

const world::Facility& mine(const world::World& world, const std::string& id) {
  return *std::find_if(world.facilities.begin(), world.facilities.end(), [&](const auto& f) { return f.id == id; });
}

TEST(Reserves, AreSharedByCapacityAmongTheMinesOfTheRow) {
  const test::ValidCopy copy;
  add_reserves(copy, std::string("all,all,,t,30,1") + kEnd + "ISA,all,20000,t,,0.5" + kEnd);
  const auto world = load(copy.path());
  EXPECT_NEAR(mine(world, "mine-a").ore.reserves, 20000 * 1500.0 / 2000, 1e-6);  // 1,500 t a year and 500 planned
  EXPECT_NEAR(mine(world, "plan").ore.reserves, 5000, 1e-6);
  EXPECT_EQ(mine(world, "plan").ore.replaced, 0.5);
  EXPECT_EQ(mine(world, "sep-a").ore.reserves, 0);  // no mine
}

TEST(Reserves, MayBeStatedAsYearsOfCapacity) {
  const test::ValidCopy copy;
  add_reserves(copy, std::string("all,all,,t,30,1") + kEnd);
  EXPECT_NEAR(mine(load(copy.path()), "mine-a").ore.reserves, 30 * 1500, 1e-6);
}

void expect_error(const std::string& rows, const std::string& found) {
  const test::ValidCopy copy;
  add_reserves(copy, rows);
  try {
    (void)load(copy.path());
    ADD_FAILURE() << "no error";
  } catch (const base::InputError& error) {
    const auto& all = error.diagnostics().all();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const auto& d) {
      return d.text().find(found) != std::string::npos;
    })) << found;
  }
}

TEST(Reserves, AreTonnesOrYearsAndSpeakForEveryMine) {
  expect_error(std::string("all,all,500,t,30,1") + kEnd, "reserves and years");
  expect_error(std::string("all,all,,t,,1") + kEnd, "neither reserves nor years");
  expect_error(std::string("XREST,all,,t,30,1") + kEnd, "no row of reserves.csv speaks for 'mine-a'");
}

}  // namespace
}  // namespace lodestone::dataset
