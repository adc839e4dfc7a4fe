// A rule on the origin of what an access class is served with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "played_month.hpp"

namespace lodestone::policy {
namespace {

using ::testing::HasSubstr;

std::string origin_rule(const std::string& access) {
  return test::lever_text("origin-rule", "class = \"" + access + "\"\n");
}

TEST(OriginRule, ClosesTheWayIntoTheClassWhileItIsInForce) {
  test::PlayedMonths months({origin_rule("defence-origin")});
  months.jump_to(2025, 3);
  EXPECT_EQ(months.open().activity_limit.front(), market::kUnlimited);
  months.jump_to(2025, 4);
  EXPECT_EQ(months.open().activity_limit.front(), 0);
  months.jump_to(2026, 4);
  EXPECT_EQ(months.open().activity_limit.front(), market::kUnlimited);
}

TEST(OriginRule, AClassThatDoesNotExistIsWrongInput) {
  try {
    test::PlayedMonths months({origin_rule("defence-origins")});
    FAIL() << "no error";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'defence-origin'"));
  }
}

TEST(OriginRule, OtherLeversOnAProductActOnWhatIsKeptApartToo) {
  auto world = test::tiny_world();
  test::tiny::add_arc(world, "dysprosium-oxide-defence-origin", "CHN", "JPN", 1);
  test::PlayedMonths months({test::lever_text("export-ban")}, std::move(world));
  months.jump_to(2025, 4);
  EXPECT_EQ(months.open().arc_limit.back(), 0) << "the route of the class";
}

}  // namespace
}  // namespace lodestone::policy
