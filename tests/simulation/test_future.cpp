#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/simulation/future.hpp"
#include "tests/simulation/watched_run.hpp"

namespace lodestone::simulation {
namespace {

constexpr const char* kHead = R"([run]
id = "test"
title = "Test"
question = "What happens?"
start = "2024-01"
months = 24
)";

policy::Scenario scenario(const world::World& world, const std::string& levers) {
  return policy::parse_scenario(kHead + levers, "test.toml", world);
}

Watch run(const world::World& world, const policy::Scenario& what, Method method = Method::cascade) {
  Future future(world, what, method);
  Watch watch;
  EXPECT_EQ(future.run(watch), what.months);
  return watch;
}

std::string lever(const std::string& kind, const std::string& more) {
  return "[[levers]]\nid = \"" + kind + "\"\nkind = \"" + kind + "\"\nactor = \"HOM\"\nproducts = [\"dy-oxide\"]\n" +
         "start = \"2024-04\"\nend = \"2025-04\"\nsource = \"test\"\n" + more;
}

TEST(Future, NamesItsPhasesInOrder) {
  const auto phases = Future::phases();
  ASSERT_EQ(phases.size(), 9u);
  EXPECT_STREQ(phases.front(), "reactions");
  EXPECT_STREQ(phases[4], "clearing");
  EXPECT_STREQ(phases.back(), "recording");
}

// Without levers nothing moves: the base year is an exact steady state.
TEST(Future, TheReferenceStaysInTheBaseYear) {
  const auto world = toy_world();
  const Watch watch = run(world, scenario(world, ""));
  watch.expect_sound();
  for (const auto& month : watch.prices)
    for (std::size_t n = 0; n < month.size(); ++n)
      if (!std::isnan(month[n])) {
        EXPECT_NEAR(month[n], world.base_price[n], 1e-5 * world.base_price[n] + 1e-6) << world.node_name(n);
      }
}

TEST(Future, ABanRaisesThePriceAbroadAndLowersItAtHome) {
  const auto world = toy_world();
  const Watch watch = run(world, scenario(world, lever("export-ban", "")));
  watch.expect_sound();
  const auto node = [&](const char* region) {
    return world.node(world.find_product("dy-oxide"), world.find_region(region));
  };
  const double home = watch.prices[8][node("HOM")] / world.base_price[node("HOM")];
  const double abroad = watch.prices[8][node("OTH")] / world.base_price[node("OTH")];
  EXPECT_GT(abroad, 1.2);
  EXPECT_LT(home, 1.0);
}

// A plan has no capacity yet: where nothing came late before, nothing is sold forward and nobody orders ahead for it.
TEST(Future, APlantThatIsOnlyPlannedChangesNothing) {
  auto without = toy_world();
  const auto oxide = without.find_product("dy-oxide");
  const auto abroad = without.find_region("OTH");
  for (auto& arc : without.arcs)
    if (arc.product == oxide && arc.to == abroad) arc.lag = 0;
  auto with = without;
  for (const auto& facility : without.facilities) {
    auto plan = facility;
    plan.id = "planned-" + facility.id;
    plan.region = abroad;
    plan.status = world::FacilityStatus::planned;
    plan.planned_capacity = facility.capacity;
    plan.capacity = plan.base_activity = plan.support = 0;
    plan.step_quantity.clear();
    plan.step_cost.resize(1);
    with.facilities.push_back(plan);
  }
  const auto ban = lever("export-ban", "");
  const Watch a = run(without, scenario(without, ban)), b = run(with, scenario(with, ban));
  b.expect_sound();
  ASSERT_EQ(a.prices.size(), b.prices.size());
  for (std::size_t m = 0; m < a.prices.size(); ++m)
    for (std::size_t n = 0; n < a.prices[m].size(); ++n)
      if (!std::isnan(a.prices[m][n])) {
        EXPECT_NEAR(b.prices[m][n], a.prices[m][n], 1e-6 * a.prices[m][n] + 1e-6) << m << " " << with.node_name(n);
      }
}

TEST(Future, EveryKindOfLeverKeepsTheBooks) {
  const auto world = toy_world();
  for (const auto& text :
       {lever("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n"), lever("export-tax", "rate = 0.3\n"),
        lever("inspection", "share = 0.4\n"), lever("price-floor", "floor-price = 500\nupside-share = 0.5\n"),
        lever("off-take", "share = 0.5\nprice = 100\n"), lever("green-premium", "premium = 20\n"),
        lever("export-quota", "quantity = 1\nperiod = 6\n")}) {
    SCOPED_TRACE(text);
    run(world, scenario(world, text)).expect_sound();
  }
}

TEST(Future, NewtonAndTheReferenceSolverAgree) {
  const auto world = toy_world();
  auto what = scenario(world, lever("export-licence", "approval-rate = 0.5\ndelay = 1\nexpiry = 6\n"));
  what.months = 4;
  const Watch a = run(world, what), b = run(world, what, Method::reference);
  b.expect_sound();
  for (std::size_t m = 0; m < a.prices.size(); ++m)
    for (std::size_t n = 0; n < a.prices[m].size(); ++n) {
      ASSERT_EQ(std::isnan(a.prices[m][n]), std::isnan(b.prices[m][n]));
      if (!std::isnan(a.prices[m][n]) && a.prices[m][n] > 1) {
        EXPECT_NEAR(a.prices[m][n] / b.prices[m][n], 1, 1e-6) << "month " << m << ", " << world.node_name(n);
      }
    }
}

TEST(Future, TheSameFutureTwiceGivesTheSameBits) {
  const auto world = toy_world();
  const auto what = scenario(world, lever("export-licence", "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n"));
  const Watch a = run(world, what), b = run(world, what);
  EXPECT_EQ(a.carried, b.carried);
}

// Whatever governments do: certified, nothing lost, nothing created, every payment has a payee.
RC_GTEST_PROP(Future, RandomPoliciesKeepTheInvariants, ()) {
  const auto world = toy_with_all_holders();
  std::string levers;
  const int count = *rc::gen::inRange(1, 5);
  for (int l = 0; l < count; ++l) {
    const auto product = *rc::gen::element<std::string>("ore", "ndpr-oxide", "dy-oxide", "magnet");
    const auto actor = *rc::gen::element<std::string>("HOM", "FAR");
    const int start = *rc::gen::inRange(1, 6), length = *rc::gen::inRange(1, 7);
    const int rate = *rc::gen::inRange(0, 101);
    const int kind = *rc::gen::inRange(0, 10);
    const std::string kinds[] = {"export-ban", "export-licence", "export-quota", "export-tax",    "import-tariff",
                                 "inspection", "price-floor",    "off-take",     "green-premium", "stockpile"};
    const std::string more[] = {
        "",
        "approval-rate = " + std::to_string(rate / 100.0) + "\ndelay = " + std::to_string(rate % 4) +
            "\nexpiry = " + std::to_string(1 + rate % 6) + "\n",
        "quantity = " + std::to_string(rate) + "\nperiod = " + std::to_string(length) + "\n",
        "rate = " + std::to_string(rate / 100.0) + "\n",
        "rate = " + std::to_string(1.45 * rate / 100.0) + "\n",
        "share = " + std::to_string(rate / 100.0) + "\n",
        "floor-price = " + std::to_string(3 * rate) + "\n",
        "share = 0.5\nprice = " + std::to_string(3 * rate) + "\n",
        "premium = " + std::to_string(rate) + "\n",
        "target = " + std::to_string(rate / 10.0) + "\nceiling-price = " + std::to_string(5 * rate) + "\n"};
    levers += "[[levers]]\nid = \"l" + std::to_string(l) + "\"\nkind = \"" + kinds[kind] + "\"\nactor = \"" + actor +
              "\"\nproducts = [\"" + product + "\"]\nstart = \"2024-0" + std::to_string(start) + "\"\nend = \"2024-" +
              (start + length < 10 ? "0" : "") + std::to_string(start + length) + "\"\nsource = \"test\"\n" +
              more[kind];
  }
  policy::Scenario what;
  try {
    what = scenario(world, levers);
  } catch (const base::InputError&) {
    RC_DISCARD("nothing to act on");  // for instance no route of this product from this actor
  }
  what.months = 14;
  const Watch watch = run(world, what);
  RC_ASSERT(watch.certificate <= market::kTolerance);
  RC_ASSERT(watch.money <= 1e-7);
  RC_ASSERT(watch.mass_at_nodes <= 1e-6);
  RC_ASSERT(watch.mass_in_stocks <= 1e-6);
  RC_ASSERT(watch.mass_under_way <= 1e-9);
  RC_ASSERT(watch.spent <= 1e-6);
  RC_ASSERT(watch.below_bounds <= 1e-9);
  RC_ASSERT(watch.above_bounds <= 1e-7);
}

}  // namespace
}  // namespace lodestone::simulation
