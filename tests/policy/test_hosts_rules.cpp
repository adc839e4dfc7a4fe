// What hosts and users' governments ask of where goods come from and are processed, by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "magnet_plants.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kDy = "dysprosium-oxide";
constexpr const char* kMagnet = "ndfeb-magnet-high-temperature";

/// The tiny world whose dysprosium oxide comes out of the ground.
world::World with_ore() {
  auto world = tiny_world();
  world.products[tiny::product(world, kDy).index()].stage = world::Stage::mining;
  return world;
}

std::string content(const std::string& more) {
  return std::string("id = \"content\"\nkind = \"local-content\"\nactor = \"USA\"\nstart = \"2025-04\"\n") +
         "end = \"2026-04\"\nproducts = [\"" + kMagnet + "\"]\nsource = \"assumption: test\"\n" + more;
}

// 20 t a month went to Japan: two thirds, one third and nothing of it in the months of the phase-in.
TEST(RawOreBan, ClosesRoutesStepByStepDownToWhatIsExempt) {
  PlayedMonths months({lever_text("raw-ore-ban", "phase-in = 2\n")}, with_ore());
  months.open();
  EXPECT_EQ(months.limit(kDy, "CHN", "JPN"), market::kUnlimited);
  months.jump_to(2025, 4);
  for (const double allowed : {40.0 / 3, 20.0 / 3, 0.0, 0.0}) {
    months.open();
    EXPECT_NEAR(months.limit(kDy, "CHN", "JPN"), allowed, 1e-12);
    EXPECT_NEAR(months.rules().arc_refused[months.arc(kDy, "CHN", "JPN")], 20 - allowed, 1e-12);
    months.close();
  }
  PlayedMonths exempt({lever_text("raw-ore-ban", "exempt = 0.25\n")}, with_ore());
  exempt.jump_to(2025, 4);
  exempt.open();
  EXPECT_DOUBLE_EQ(exempt.limit(kDy, "CHN", "JPN"), 5);
}

TEST(RawOreBan, IsOfWhatIsMined) {
  EXPECT_THAT(error_of(lever_text("raw-ore-ban"), tiny_world()), HasSubstr("products of mining"));
  EXPECT_THAT(error_of(lever_text("raw-ore-ban", "exempt = 1.2\n"), with_ore()), HasSubstr("between 0 and 1"));
}

// The United States use 15 t a month, 5 of them from Japan: of China's 10 half of the use may come.
TEST(LocalContent, LimitsWhatComesFromOriginsThatDoNotCount) {
  PlayedMonths months({content("share = 0.5\ncounted = [\"JPN\"]\n")});
  ASSERT_EQ(months.needs().limits.size(), 1u);
  ASSERT_EQ(months.needs().limits[0].arcs.size(), 1u);
  EXPECT_EQ(months.needs().limits[0].arcs[0].index(), months.arc(kMagnet, "CHN", "USA"));
  EXPECT_EQ(months.open().group_limit[0], market::kUnlimited);
  months.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(months.open().group_limit[0], 7.5);
  EXPECT_DOUBLE_EQ(months.rules().arc_refused[months.arc(kMagnet, "CHN", "USA")], 2.5);
  EXPECT_EQ(months.rules().arc_refused[months.arc(kMagnet, "JPN", "USA")], 0);
  PlayedMonths loose({content("share = 0.1\ncounted = [\"JPN\"]\n")});
  loose.jump_to(2025, 4);
  EXPECT_DOUBLE_EQ(loose.open().group_limit[0], 13.5);
  EXPECT_EQ(loose.rules().arc_refused[loose.arc(kMagnet, "CHN", "USA")], 0) << "what comes is within it";
}

TEST(LocalContent, SaysWhatIsWrong) {
  EXPECT_THAT(error_of(content("share = 0.5\ncounted = [\"JPM\"]\n"), tiny_world()), HasSubstr("'JPN'"));
  EXPECT_THAT(error_of(content("share = 0.5\norigins = [\"JPN\"]\ncounted = [\"JPN\"]\n"), tiny_world()),
              HasSubstr("origins that all count"));
  EXPECT_THAT(error_of(content("share = 2\n"), tiny_world()), HasSubstr("between 0 and 1"));
}

}  // namespace
}  // namespace lodestone::policy::test
