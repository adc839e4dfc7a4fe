// Paths of demand: which row speaks for which segment and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

using ::testing::HasSubstr;
using Steps = std::vector<world::GrowthStep>;

const Steps& steps(const world::World& world, const std::string& segment) {
  const auto it =
      std::find_if(world.segments.begin(), world.segments.end(), [&](const auto& s) { return s.id == segment; });
  EXPECT_NE(it, world.segments.end()) << segment;
  return world.growth.at(0).segments.at(static_cast<std::size_t>(it - world.segments.begin()));
}

double rate(const Steps& steps, base::Month month) {
  for (const auto& step : steps)
    if (!(month < step.from) && month < step.end) return step.rate;
  return 0;
}

TEST(DemandGrowth, TheClosestRowSpeaksEndUseBeforeProductBeforeRegion) {
  const auto world = load(test::valid_folder());
  ASSERT_EQ(world.growth.size(), 1U);
  EXPECT_EQ(world.growth_names(), (std::vector<std::string>{"none", "central"}));
  const auto& here = steps(world, "magnet-ISA-motors");
  EXPECT_DOUBLE_EQ(rate(here, base::Month::of(2024, 12)), 0.03);  // the product, before its end use has a row
  EXPECT_DOUBLE_EQ(rate(here, base::Month::of(2025, 1)), 0.2);    // the region's own, as known last
  EXPECT_DOUBLE_EQ(rate(here, base::Month::of(2026, 1)), 0.05);
  EXPECT_DOUBLE_EQ(rate(here, base::Month::of(2027, 1)), 0.02);
  EXPECT_DOUBLE_EQ(rate(steps(world, "magnet-XREST-motors"), base::Month::of(2025, 12)), 0.05);
  EXPECT_DOUBLE_EQ(rate(steps(world, "magnet-XREST-speakers"), base::Month::of(2025, 12)), 0.03);
  EXPECT_DOUBLE_EQ(rate(steps(world, "oxide-ISA-glass"), base::Month::of(2040, 1)), 0.01);
}

TEST(DemandGrowth, WhatWasPublishedLaterIsNotKnown) {
  ReadOptions options;
  options.as_of = base::parse_date("2025-05-31");
  const auto world = load(test::valid_folder(), options);
  EXPECT_DOUBLE_EQ(rate(steps(world, "magnet-ISA-motors"), base::Month::of(2025, 6)), 0.1);
}

TEST(DemandGrowth, ADatasetMayHaveNone) {
  test::ValidCopy copy;
  std::filesystem::remove(copy.path() / "demand_growth.csv");
  EXPECT_TRUE(load(copy.path()).growth.empty());
}

TEST(DemandGrowth, TwoGroupsThatSpeakJustAsCloselyAreWrong) {
  test::ValidCopy copy;
  test::spill(copy.path() / "groups.csv",
              test::slurp(copy.path() / "groups.csv") + "lands,Lands,ISA,toy figure,high,2024,,2024\n");
  test::spill(copy.path() / "demand_growth.csv", test::slurp(copy.path() / "demand_growth.csv") +
                                                     "central,oxide,glass,islands,1,percent,toy,high,2024,,2024\n"
                                                     "central,oxide,glass,lands,2,percent,toy,high,2024,,2024\n");
  base::Diagnostics diagnostics;
  const auto raw = read(copy.path(), diagnostics);
  ASSERT_FALSE(diagnostics.has_errors());
  (void)build(raw, diagnostics);
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_THAT(diagnostics.all().back().text(),
              HasSubstr("demand_growth.csv:9:21: error: 'islands' and 'lands' speak for ISA"));
}

TEST(Substitution, TheClosestRowSpeaksEndUseBeforeProduct) {
  const auto limit = [](const world::World& world, const std::string& id) {
    const auto it =
        std::find_if(world.segments.begin(), world.segments.end(), [&](const auto& s) { return s.id == id; });
    return it == world.segments.end() ? -1 : it->substitution_limit;
  };
  const auto world = load(test::valid_folder());
  EXPECT_DOUBLE_EQ(limit(world, "magnet-ISA-motors"), 0.4);
  EXPECT_DOUBLE_EQ(limit(world, "magnet-XREST-speakers"), 0.7);
  EXPECT_DOUBLE_EQ(limit(world, "oxide-ISA-glass"), 0.9);
  test::ValidCopy copy;
  std::filesystem::remove(copy.path() / "substitution.csv");
  EXPECT_DOUBLE_EQ(limit(load(copy.path()), "oxide-ISA-glass"), 1);
}

}  // namespace
}  // namespace lodestone::dataset
