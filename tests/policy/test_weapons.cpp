// Weapons and events, by hand: what they write into a month's rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "magnet_plants.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kMagnet = "ndfeb-magnet-high-temperature";

/// The tiny world with a magnet maker in China, one in the United States, and one planned there; a demand in Japan.
world::World with_makers() {
  world::World world = tiny_world();
  add_magnet_process(world);
  add_plant(world, "chinese", "CHN", 100, 0);
  add_plant(world, "american", "USA", 10, 0);
  add_plant(world, "planned", "USA", 0, 20);
  world::Segment segment;
  segment.product = tiny::product(world, kMagnet);
  segment.region = tiny::region(world, "JPN");
  segment.end_use = "motors";
  segment.base_quantity = 5;
  world.segments.push_back(segment);
  return world;
}
constexpr std::size_t kChinese = 1, kAmerican = 2, kPlanned = 3;  // 0 is the transfer of the tiny world

std::string act(const std::string& kind, const std::string& actor, const std::string& more) {
  return "id = \"act\"\nkind = \"" + kind + "\"\nactor = \"" + actor +
         "\"\nstart = \"2025-04\"\nend = \"2025-08\"\nproducts = [\"ndfeb-magnet-high-temperature\"]\n"
         "source = \"assumption: test\"\n" +
         more;
}

std::string error_of(const std::string& lever) {
  return test::error_of(lever, with_makers());
}

/// A month in which plants may run, opened in April 2025.
struct April : PlayedMonths {
  explicit April(const std::string& lever) : PlayedMonths({lever}, with_makers()) {
    state().plants.resize(world().facilities.size());
    state().plants[kPlanned].stage = world::PlantStage::ramp_up;
    state().capacity[kPlanned] = 8;
    equilibrium().activity.assign(world().facilities.size(), 0.0);
    equilibrium().price.assign(world().nodes(), 0.0);
    equilibrium().group_rent.assign(needs().limits.size(), 0.0);
    jump_to(2025, 4);
    open();
  }
};

// 60 t in four months, 1.5 of an even spread: 22.5 t, and then what is left.
TEST(ProductionQuota, BoundsWhatPlantsMakeTogether) {
  April months(act("production-quota", "CHN", "quantity = 60\nperiod = 4\n"));
  ASSERT_EQ(months.needs().limits.size(), 1u);
  ASSERT_EQ(months.needs().limits[0].plants.size(), 1u) << "China's own";
  EXPECT_EQ(months.needs().limits[0].plants[0].plant.index(), kChinese);
  EXPECT_DOUBLE_EQ(months.needs().limits[0].plants[0].amount, 0.5);
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 22.5);
  months.equilibrium().activity[kChinese] = 45;  // 22.5 t
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().group_limit[0], 1.5 * 37.5 / 3);
  EXPECT_EQ(months.scenario().levers[0]->status(), "quota left 37.5 t");
}

// 20 % of 70,000 USD/t times half a t: 7,000 USD per t of activity; at full capacity 0.7 million USD a month.
TEST(PriceFlood, IsPaidForByTheFlooderAndEndsBeforeItsLimit) {
  April months(act("price-flood", "CHN", "price-cut = 0.2\nloss-limit = 1.5\n"));
  EXPECT_DOUBLE_EQ(months.rules().activity_support[kChinese], 7000);
  EXPECT_EQ(months.rules().activity_support[kAmerican], 0);
  ASSERT_EQ(months.rules().offers.size(), 1u);
  EXPECT_DOUBLE_EQ(months.rules().offers[0].paid, 7000) << "booked to the flooder";
  months.equilibrium().activity[kChinese] = 100;
  months.close();
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().activity_support[kChinese], 7000);
  months.close();
  months.open();  // 1.4 lost, 0.7 more would exceed 1.5
  EXPECT_EQ(months.rules().activity_support[kChinese], 0);
  EXPECT_TRUE(months.rules().offers.empty());
  EXPECT_EQ(months.scenario().levers[0]->status(), "lost 1.4 of 1.5 million USD; ended at its limit");
}

TEST(PriceFlood, MustCutSomethingAndBeReadyToLose) {
  EXPECT_THAT(error_of(act("price-flood", "CHN", "price-cut = 0\nloss-limit = 1\n")), HasSubstr("price-cut = 0"));
  EXPECT_THAT(error_of(act("price-flood", "CHN", "price-cut = 0.2\nloss-limit = 0\n")), HasSubstr("loss-limit = 0"));
  EXPECT_THAT(error_of(act("price-flood", "CHN", "price-cut = 1.2\nloss-limit = 1\n")), HasSubstr("between 0 and"));
}

// Three months ahead at a half-life of six; Japan buys all its magnets in China, the United States two thirds.
TEST(PriceFlood, ThatIsAnnouncedMakesBuyersWaitAndLendersFear) {
  PlayedMonths months({act("price-flood", "CHN", "announced = \"2025-01\"\nprice-cut = 0.2\nloss-limit = 1\n")},
                      with_makers());
  months.state().plants.resize(months.world().facilities.size());
  const double near = std::exp2(-0.5);
  EXPECT_DOUBLE_EQ(months.rise(kMagnet, "CHN"), -0.2 * near);
  EXPECT_DOUBLE_EQ(months.rise(kMagnet, "JPN"), -0.2 * near);
  EXPECT_DOUBLE_EQ(months.rise(kMagnet, "USA"), -0.2 * near * 10 / 15);
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kPlanned].price_cut, -near * std::log(0.8));
  EXPECT_EQ(months.rules().plant_rules[kAmerican].price_cut, 0) << "it stands";
}

TEST(TechnologyBan, SlowsPlantsAbroadOnly) {
  April months(act("technology-ban", "CHN", "know-how = 0.3\ntalent = 0.4\nyield-loss = 0.25\n"));
  EXPECT_EQ(months.rules().plant_rules[kChinese].know_how, 1);
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kAmerican].know_how, 0.7);
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kAmerican].talent, 0.6);
  EXPECT_EQ(months.rules().activity_limit[kAmerican], market::kUnlimited) << "it has learnt already";
  EXPECT_DOUBLE_EQ(months.rules().activity_limit[kPlanned], 6) << "three quarters of 8";
  EXPECT_THAT(error_of(act("technology-ban", "CHN", "")), HasSubstr("are all 0"));
}

TEST(InvestmentBlockade, KeepsMoneyFromProjects) {
  April months(act("investment-blockade", "CHN", "origins = [\"USA\"]\nshare = 0.4\nrisk-premium = 0.02\n"));
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kPlanned].capital, 0.6);
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kPlanned].risk_premium, 0.02);
  EXPECT_EQ(months.rules().plant_rules[kAmerican].capital, 1) << "it stands";
  EXPECT_THAT(error_of(act("investment-blockade", "CHN", "origins = [\"USA\"]\nshare = 0.4\ncontrol = [\"JPM\"]\n")),
              HasSubstr("unknown region 'JPM'"));
  EXPECT_THAT(error_of(act("investment-blockade", "CHN", "origins = [\"USA\"]\nshare = 0\n")), HasSubstr("both 0"));
}

TEST(InvestmentBlockade, ThatIsAnnouncedMakesMoneyHesitate) {
  PlayedMonths months({act("investment-blockade", "CHN",
                           "announced = \"2025-01\"\norigins = [\"USA\"]\nshare = 0.4\nrisk-premium = 0.02\n")},
                      with_makers());
  months.open();
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kPlanned].capital, 1 - 0.4 * std::exp2(-0.5));
  EXPECT_DOUBLE_EQ(months.rules().plant_rules[kPlanned].risk_premium, 0.02 * std::exp2(-0.5));
}

TEST(InvestmentBlockade, CannotBeOnAPlantThatTheSameGovernmentPaysFor) {
  const std::string blockade = act("investment-blockade", "USA", "plants = [\"planned\"]\nshare = 0.4\n");
  const auto grant = [](const char* start, const char* end, const char* actor) {
    return std::string("id = \"grant\"\nkind = \"grant\"\nactor = \"") + actor + "\"\nstart = \"" + start +
           "\"\nend = \"" + end +
           "\"\nproducts = [\"ndfeb-magnet-high-temperature\"]\nplants = [\"planned\"]\nshare = 0.2\n"
           "budget = 10\nsource = \"assumption: test\"\n";
  };
  const auto error = [&](const std::string& other) {
    try {
      PlayedMonths months({other, blockade}, with_makers());
    } catch (const base::InputError& wrong) {
      return std::string(wrong.what());
    }
    return std::string();
  };
  EXPECT_THAT(error(grant("2025-07", "2025-12", "USA")),
              HasSubstr("'grant' and 'act' of USA: one gives money to planned, the other keeps it from it"));
  EXPECT_EQ(error(grant("2025-08", "2025-12", "USA")), "") << "the blockade is over";
  EXPECT_EQ(error(grant("2025-07", "2025-12", "JPN")), "") << "another government may";
}

TEST(Sanctions, CutOriginsOrFirms) {
  April all(act("sanctions", "USA", "origins = [\"CHN\"]\n"));
  EXPECT_EQ(all.limit(kMagnet, "CHN", "USA"), 0);
  EXPECT_EQ(all.limit(kMagnet, "CHN", "JPN"), market::kUnlimited);
  EXPECT_EQ(all.limit(kMagnet, "JPN", "USA"), market::kUnlimited);
  EXPECT_DOUBLE_EQ(all.rules().arc_refused[all.arc(kMagnet, "CHN", "USA")], 10);
  auto world = with_makers();
  auto foreign = world.facilities[kChinese];
  foreign.id = "foreign";
  foreign.control = tiny::region(world, "JPN");
  foreign.base_activity = 300;
  world.facilities.push_back(foreign);
  PlayedMonths firms({act("sanctions", "USA", "control = [\"JPN\"]\n")}, world);
  firms.jump_to(2025, 4);
  firms.open();
  EXPECT_DOUBLE_EQ(firms.limit(kMagnet, "CHN", "USA"), 2.5) << "three quarters of China's magnets are theirs";
  EXPECT_THAT(error_of(act("sanctions", "USA", "")), HasSubstr("neither origins nor control"));
}

TEST(War, StopsPlantsAndExports) {
  April months(act("war", "CHN", "output = 0.5\nexports = 0.7\n"));
  EXPECT_DOUBLE_EQ(months.rules().activity_limit[kChinese], 50);
  EXPECT_NEAR(months.limit(kMagnet, "CHN", "JPN"), 6, 1e-12);
  EXPECT_EQ(months.limit(kMagnet, "JPN", "USA"), market::kUnlimited);
  EXPECT_THAT(error_of(act("war", "CHN", "output = 0\nexports = 0\n")), HasSubstr("both 0"));
}

TEST(DemandRecession, LeavesAShareOfWhatWouldBeWanted) {
  April months(act("demand-recession", "JPN", "share = 0.2\n"));
  EXPECT_DOUBLE_EQ(months.rules().demand_share[0], 0.8);
  months.jump_to(2025, 8);
  months.open();
  EXPECT_EQ(months.rules().demand_share[0], 1);
  EXPECT_THAT(error_of(act("demand-recession", "JPN", "share = 0.2\nend-uses = [\"motor\"]\n")),
              HasSubstr("did you mean 'motors'"));
  EXPECT_THAT(error_of(act("demand-recession", "USA", "share = 0.2\n")), HasSubstr("nobody there uses"));
}

TEST(MineDisruption, StopsThePlantsItNames) {
  April months(act("mine-disruption", "CHN", "plants = [\"chinese\"]\nshare = 0.3\n"));
  EXPECT_DOUBLE_EQ(months.rules().activity_limit[kChinese], 70);
  EXPECT_EQ(months.rules().activity_limit[kAmerican], market::kUnlimited);
  EXPECT_THAT(error_of(act("mine-disruption", "CHN", "share = 0.3\n")), HasSubstr("no key 'plants'"));
}

}  // namespace
}  // namespace lodestone::policy::test
