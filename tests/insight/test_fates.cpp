// The table of projects: who opens, when, and what stalls the rest.
#include <gtest/gtest.h>

#include "lodestone/insight/fates.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

TEST(Fates, SayWhoOpensAndWhatStallsTheRest) {
  auto world = toy_world();
  world.facilities.push_back(plan_like(world, "built", world::FacilityStatus::building));
  world.facilities.back().opens = base::whole_month(base::Month::of(2024, 7));
  world.facilities.back().provenance.known_from = {2024, 8, 1};  // seen: the date holds
  world.facilities.push_back(plan_like(world, "dear", world::FacilityStatus::planned));
  world.facilities.back().opens = base::whole_month(base::Month::of(2024, 4));
  world.facilities.back().construction.capex = 1e9;
  world.facilities.push_back(plan_like(world, "dream", world::FacilityStatus::planned));
  const test::TemporaryFolder folder;
  const auto results = written(world, toy_scenario(world, "", 18), folder.path() / "fates.nc");
  const auto table = fates_table(results, world);
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->rows.size(), 3u);
  const auto word = [&](std::size_t row, std::size_t column) {
    const auto* text = std::get_if<std::string>(&table->rows[row][column]);
    return text == nullptr ? std::string("-") : *text;
  };
  EXPECT_EQ(word(0, 0), "built");
  EXPECT_EQ(word(0, 2), "2024-07");
  EXPECT_EQ(word(0, 3), "operating");
  EXPECT_DOUBLE_EQ(std::get<double>(table->rows[0][4]), 120);
  EXPECT_EQ(word(1, 0), "dear");
  EXPECT_EQ(word(1, 2), "-");
  EXPECT_EQ(word(1, 3), "financing");
  EXPECT_EQ(word(1, 6), "price 17");  // the first month clears before anybody has judged it
  EXPECT_EQ(word(2, 3), "prospect");
  EXPECT_EQ(word(2, 6), "-");
}

TEST(Fates, WithoutProjectsThereIsNoTable) {
  const auto world = toy_world();
  const test::TemporaryFolder folder;
  EXPECT_FALSE(fates_table(written(world, toy_scenario(world, "", 3), folder.path() / "none.nc"), world).has_value());
}

}  // namespace
}  // namespace lodestone::insight
