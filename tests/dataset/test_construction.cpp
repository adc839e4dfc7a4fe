// What it takes to build: the row that speaks most closely for a place, and plans that no row speaks for.
#include <gtest/gtest.h>

#include "lodestone/dataset/construction.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

constexpr const char* kPlan =
    "plan,Plan,ISA,mine,A Co,ISA,plant,planned,nameplate,,2027,600,0,t/yr,3,USD/kg,toy figure,high,2024,,2024\n";

void add_plan(const test::ValidCopy& copy) {
  test::spill(copy.path() / "facilities.csv", test::slurp(copy.path() / "facilities.csv") + kPlan);
}

TEST(Construction, TheClosestRowSpeaks) {
  const test::ValidCopy copy;
  add_plan(copy);
  const auto world = load(copy.path());
  const auto& plan = world.facilities.back();
  EXPECT_DOUBLE_EQ(plan.construction.capex, 10000);  // of ISA, not of all
  EXPECT_EQ(plan.construction.build_months, 12);
  EXPECT_EQ(plan.construction.ramp_months, 6);
  EXPECT_EQ(plan.construction.permit_months, 30);
  EXPECT_DOUBLE_EQ(plan.construction.country_premium, 0.04);
  EXPECT_DOUBLE_EQ(plan.construction.labour * plan.planned_capacity, 10 * 0.6);  // 10 per 1,000 t, 600 t a year
}

TEST(Construction, APlanThatNoRowSpeaksForIsAnError) {
  for (const char* file : {"construction.csv", "permits.csv", "country_risk.csv"}) {
    SCOPED_TRACE(file);
    const test::ValidCopy copy;
    add_plan(copy);
    std::filesystem::remove(copy.path() / file);
    base::Diagnostics diagnostics;
    (void)read(copy.path(), diagnostics);
    ASSERT_EQ(diagnostics.errors(), 1);
    EXPECT_NE(diagnostics.all()[0].found.find(file), std::string::npos) << diagnostics.all()[0].found;
    EXPECT_TRUE(diagnostics.all()[0].place.file.ends_with("facilities.csv"));
  }
}

TEST(Construction, WithoutPlansNoneOfTheFilesIsNeeded) {
  const test::ValidCopy copy;
  for (const char* file : {"construction.csv", "permits.csv", "country_risk.csv"})
    std::filesystem::remove(copy.path() / file);
  base::Diagnostics diagnostics;
  (void)read(copy.path(), diagnostics);
  EXPECT_EQ(diagnostics.errors(), 0);
}

}  // namespace
}  // namespace lodestone::dataset
