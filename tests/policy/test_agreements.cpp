// Agreements between governments, and pressure of one on others, by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "magnet_plants.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kMagnet = "ndfeb-magnet-high-temperature";
constexpr const char* kDy = "dysprosium-oxide";

/// The tiny world with a maker of magnets in the United States that stands, one that Japan plans there, and one that
/// China plans in Japan.
world::World with_projects() {
  world::World world = tiny_world();
  add_magnet_process(world);
  const auto add = [&](const char* id, const char* where, const char* whose, double capacity, double planned) {
    auto& plant = add_plant(world, id, where, capacity, planned);
    plant.control = tiny::region(world, whose);
    plant.construction.country_premium = 0.01;
    plant.construction.bloc_premium = 0.03;
  };
  add("american", "USA", "USA", 10, 0);
  add("japanese", "USA", "JPN", 0, 20);
  add("chinese", "JPN", "CHN", 0, 20);
  for (auto& arc : world.arcs) arc.base_tariff = 0.1;
  return world;
}
constexpr std::size_t kAmerican = 1, kJapanese = 2, kChinese = 3;  // 0 is the transfer of the tiny world

std::string act(const std::string& kind, const std::string& more, const char* product = kMagnet) {
  return "id = \"act\"\nkind = \"" + kind +
         "\"\nactor = \"USA\"\nstart = \"2025-04\"\nend = \"2026-04\"\nproducts = [\"" + product +
         "\"]\nsource = \"assumption: test\"\n" + more;
}

std::string error_of(const std::string& lever) {
  return test::error_of(lever, with_projects());
}

struct Opened : PlayedMonths {
  Opened(const std::vector<std::string>& levers, int month) : PlayedMonths(levers, with_projects()) {
    state().plants.resize(world().facilities.size());
    jump_to(2025, month);
    open();
  }
};

// At a price of 70,000 USD/t 30,000 lack to a floor of 100; half a t of magnets per t of activity.
TEST(SupplyPact, PaysPlantsOfMembersToTheFloorAndSignsForTheirOutput) {
  Opened months({act("supply-pact", "members = [\"JPN\"]\nfloor-price = 100\nshare = 0.5\noff-take = 0.3\n")}, 4);
  EXPECT_DOUBLE_EQ(months.rules().activity_support[kAmerican], 0.5 * 0.5 * 30'000);
  EXPECT_DOUBLE_EQ(months.rules().activity_support[kJapanese], 0.5 * 0.5 * 30'000);
  ASSERT_EQ(months.rules().offers.size(), 6u) << "a sale and a floor for each of three plants";
  EXPECT_TRUE(months.rules().offers[0].sale);
  EXPECT_DOUBLE_EQ(months.rules().offers[0].share, 0.3);
  EXPECT_EQ(months.rules().offers[0].paid, 0) << "at the market price";
  EXPECT_DOUBLE_EQ(months.rules().offers[1].years, 1);
}

TEST(SupplyPact, CountsMembersFromWhenTheyJoinUntilTheyLeave) {
  const std::string pact = act("supply-pact",
                               "members = [\"JPN\", \"EU27\"]\njoins = [\"JPN 2025-07\"]\n"
                               "leaves = [\"JPN 2025-10\"]\nfloor-price = 100\n");
  for (const auto& [month, paid] : {std::pair{6, 0.0}, {7, 15'000.0}, {9, 15'000.0}, {10, 0.0}}) {
    Opened months({pact}, month);
    EXPECT_DOUBLE_EQ(months.rules().activity_support[kChinese], paid) << month << ": it stands in Japan";
    EXPECT_DOUBLE_EQ(months.rules().activity_support[kAmerican], 15'000) << month;
  }
  Opened months({pact}, 9);
  EXPECT_DOUBLE_EQ(months.rules().offers.back().years, 1.0 / 12) << "nobody counts on it after that";
}

// Japan uses 20 t a month and 3 t are refused; a tenth of the 12 t of the United States are offered.
TEST(SupplyPact, SellsFromStocksOfMembersWhenOneIsRationed) {
  const std::string pact = act("supply-pact", "members = [\"JPN\"]\nstock-release = 0.1\n", kDy);
  Opened calm({pact}, 4);
  ASSERT_EQ(calm.needs().releases.size(), 1u);
  EXPECT_EQ(calm.rules().release[0], 0);
  calm.state().refused[calm.arc(kDy, "CHN", "JPN")] = 2;
  calm.open();
  EXPECT_EQ(calm.rules().release[0], 0) << "a tenth is not more than a tenth";
  calm.state().refused[calm.arc(kDy, "CHN", "JPN")] = 3;
  calm.open();
  EXPECT_DOUBLE_EQ(calm.rules().release[0], 1.2);
  calm.equilibrium().government_release[0] = 1.2;
  calm.close();
  EXPECT_EQ(calm.scenario().levers[0]->status(),
            "2 members, 0 promises to plants, sold 1.2 t from 1 stocks; last for JPN");
  calm.state().refused[calm.arc(kDy, "CHN", "JPN")] = 0;
  calm.state().refused[calm.arc(kDy, "CHN", "DEU")] = 30;
  calm.open();
  EXPECT_EQ(calm.rules().release[0], 0) << "Germany is no member";
}

TEST(SupplyPact, MustShareSomethingAmongMembers) {
  const auto error = [](const std::string& more) { return error_of(act("supply-pact", more)); };
  EXPECT_THAT(error("members = [\"JPN\"]\n"), HasSubstr("neither floor-price nor off-take nor stock-release"));
  EXPECT_THAT(error("members = [\"USA\"]\noff-take = 0.3\n"), HasSubstr("nobody beside USA"));
  EXPECT_THAT(error("members = [\"JPM\"]\noff-take = 0.3\n"), HasSubstr("did you mean 'JPN'"));
  EXPECT_THAT(error("members = [\"JPN\"]\nstock-release = 0.1\n"), HasSubstr("no government stock of a member"));
  const std::string pact = "members = [\"JPN\"]\noff-take = 0.3\n";
  EXPECT_THAT(error(pact + "joins = [\"JPN\"]\n"), HasSubstr("a member and a month"));
  EXPECT_THAT(error(pact + "joins = [\"DEU 2025-07\"]\n"), HasSubstr("a region that is no member"));
  EXPECT_THAT(error(pact + "joins = [\"JPN 2027-07\"]\n"), HasSubstr("a month after 2025-04 and before 2026-04"));
  EXPECT_THAT(error(pact + "joins = [\"JPN 2025-07\"]\nleaves = [\"JPN 2025-06\"]\n"),
              HasSubstr("a month after it joins, 2025-07"));
  EXPECT_THAT(error(pact + "origins = [\"USA\"]\n"), HasSubstr("unknown key 'origins'"));
}

// A duty of 10 %, and 30 % more by a tariff on everybody: with half of it lifted 20 % are left, 10 % below the
// standing.
TEST(FriendShoring, LowersDutiesTrialsAndPremiumsBetweenMembers) {
  std::string tariff = act("import-tariff", "rate = 0.3\n");
  tariff.replace(tariff.find("\"act\""), 5, "\"tariff\"");
  const std::string agreement =
      act("friend-shoring", "members = [\"JPN\"]\ntariff-cut = 0.5\nrecognition = 0.4\npremium-cut = 0.5\n");
  Opened months({tariff, agreement}, 4);
  EXPECT_DOUBLE_EQ(months.rules().arc_import_tariff[months.arc(kMagnet, "JPN", "USA")], 0.1);
  EXPECT_DOUBLE_EQ(months.rules().arc_import_tariff[months.arc(kMagnet, "CHN", "USA")], 0.3);
  EXPECT_DOUBLE_EQ(months.rules().arc_recognised[months.arc(kMagnet, "JPN", "USA")], 0.4);
  EXPECT_EQ(months.rules().arc_recognised[months.arc(kMagnet, "CHN", "USA")], 0);
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kJapanese].risk_premium, -0.5 * 0.04);
  EXPECT_EQ(months.rules().plant_rules[kChinese].risk_premium, 0);
  Opened alone({agreement}, 4);
  EXPECT_DOUBLE_EQ(alone.rules().arc_import_tariff[alone.arc(kMagnet, "JPN", "USA")], -0.05) << "half of the standing";
}

TEST(FriendShoring, EndsForAMemberThatLeaves) {
  const std::string agreement =
      act("friend-shoring", "members = [\"JPN\"]\nleaves = [\"JPN 2025-08\"]\ntariff-cut = 1\n");
  Opened before({agreement}, 7), after({agreement}, 8);
  EXPECT_DOUBLE_EQ(before.rules().arc_import_tariff[before.arc(kMagnet, "JPN", "USA")], -0.1);
  EXPECT_EQ(after.rules().arc_import_tariff[after.arc(kMagnet, "JPN", "USA")], 0);
  EXPECT_THAT(error_of(act("friend-shoring", "members = [\"JPN\"]\n")), HasSubstr("are all 0"));
  EXPECT_THAT(error_of(act("friend-shoring", "members = [\"FRA\"]\ntariff-cut = 1\n")),
              HasSubstr("no route of these products"));
}

TEST(DiplomaticPressure, CountsOnlyWhenAScenarioSaysSo) {
  const std::string pressure = act("diplomatic-pressure", "origins = [\"JPN\"]\nagainst = [\"CHN\"]\npremium = 0.02\n");
  Opened off({pressure}, 4), on({pressure + "counts = true\n"}, 4);
  EXPECT_EQ(off.rules().plant_rules[kChinese].risk_premium, 0);
  EXPECT_EQ(off.scenario().levers[0]->status(), "off: nobody has measured what it does");
  EXPECT_DOUBLE_EQ(on.rules().plant_rules[kChinese].risk_premium, 0.02);
  EXPECT_EQ(on.rules().plant_rules[kJapanese].risk_premium, 0);
  const auto error = [](const std::string& more) { return error_of(act("diplomatic-pressure", more)); };
  EXPECT_THAT(error("origins = [\"JPN\"]\nagainst = [\"CHN\"]\npremium = 0.2\n"), HasSubstr("between 0 and 0.05"));
  EXPECT_THAT(error("origins = [\"JPN\"]\nagainst = [\"CHN\"]\npremium = 0\n"), HasSubstr("premium = 0"));
  EXPECT_THAT(error("origins = [\"JPN\"]\nagainst = [\"USA\"]\npremium = 0.02\n"), HasSubstr("USA against itself"));
  EXPECT_THAT(error("origins = [\"DEU\"]\nagainst = [\"CHN\"]\npremium = 0.02\n"), HasSubstr("no plant to act on"));
}

}  // namespace
}  // namespace lodestone::policy::test
