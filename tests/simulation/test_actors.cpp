// Governments that react, in whole runs of the toy: random rules keep mass, money and certificates; the same draws give
// the same bits; nobody asked for changes nothing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/simulation/reacting_toy.hpp"

namespace lodestone::simulation {
namespace {

/// Notes who decided and when.
class Decisions final : public Sink {
 public:
  void month(const MonthRecord& record) override {
    for (std::size_t r = 0; r < record.reactions.rules.size(); ++r)
      if (record.reactions.rules[r].verdict == world::Verdict::decided) all.push_back({record.month, r});
    prices.push_back(record.equilibrium.price);
  }
  std::vector<std::pair<base::Month, std::size_t>> all;
  std::vector<std::vector<double>> prices;
};

Decisions run(const world::World& world, const policy::Scenario& scenario) {
  Decisions out;
  Future(world, scenario).run(out);
  return out;
}

TEST(Actors, AnswerEachOtherAndComeToAnEnd) {
  const auto world = world_of_two();
  const auto done = run(world, scenario_of(world, "actors = [\"all\"]\n", 36, kBan));
  EXPECT_GE(done.all.size(), 3U);
  EXPECT_LE(done.all.size(), 5U) << "two duties, two answers, one stock";
  EXPECT_GE(done.all.front().first, base::Month::of(2024, 7)) << "nobody knows of the ban's month before it is over";
}

TEST(Actors, DoTheSameInTheSameFuture) {
  const auto world = world_of_two();
  const auto scenario = scenario_of(world, "actors = [\"all\"]\n", 24, kBan);
  const auto once = run(world, scenario), again = run(world, scenario);
  EXPECT_EQ(once.all, again.all);
  EXPECT_EQ(once.prices, again.prices);
  bool differs = false;
  for (std::uint32_t future = 1; future < 6; ++future) {
    auto other = scenario.copy();
    other.future = future;
    differs = differs || run(world, other).all != once.all;
  }
  EXPECT_TRUE(differs) << "futures draw for themselves";
}

TEST(Actors, ThatNobodyAskedForChangeNoBit) {
  const auto world = world_of_two();
  auto bare = world;
  bare.actors.clear();
  EXPECT_EQ(run(world, scenario_of(world, "", 12, kBan)).prices, run(bare, scenario_of(bare, "", 12, kBan)).prices);
}

TEST(Actors, WhoseRulesNeverHoldChangeNoPrice) {
  auto world = toy_with_all_holders();
  world.chronicle.usual = true;
  add_actor(world, "OTH",
            rule("duty", 1, 0, 1,
                 condition("price-ratio", kOxide, "above = 1000000") +
                     lever("import-tariff", "origins = [\"HOM\"]\nrate = 0.1\n")));
  const auto with = run(world, scenario_of(world, "actors = [\"OTH\"]\n", 12, kBan));
  const auto without = run(world, scenario_of(world, "", 12, kBan));
  EXPECT_EQ(with.prices, without.prices);
}

// The months before the first decision are the same with and without a rule: luck and past are shared.
TEST(Actors, ShareThePastWithTheirCounterfactual) {
  const auto world = world_of_two();
  const auto scenario = scenario_of(world, "actors = [\"all\"]\n", 24, kBan);
  const auto with = run(world, scenario);
  const auto which = with.all.front().second;
  const auto& actors = scenario.reacting->actors;
  std::vector<std::string> ids;
  for (const auto& actor : actors)
    for (const auto& one : actor.rules) ids.push_back(one.id);
  const auto without = run(world, scenario.without_rule(ids.at(which)));
  const auto shared = static_cast<std::size_t>(with.all.front().first - scenario.start);
  for (std::size_t m = 0; m < shared; ++m) EXPECT_EQ(with.prices[m], without.prices[m]) << m;
  EXPECT_TRUE(std::none_of(without.all.begin(), without.all.end(), [&](const auto& d) { return d.second == which; }));
}

RC_GTEST_PROP(Actors, KeepMassMoneyAndCertificatesWhateverTheyDo, ()) {
  auto world = toy_with_all_holders();
  world.chronicle.usual = true;
  for (const std::string actor : {"HOM", "OTH"}) {
    const std::string other = actor == "HOM" ? "OTH" : "HOM";
    std::string rules;
    const int count = *rc::gen::inRange(1, 4);
    for (int r = 0; r < count; ++r) {
      const auto when = *rc::gen::element<std::string>(
          condition("price-ratio", kOxide, "above = 1.01"), condition("price-jump", kOxide, "above = 1.0"),
          condition("refused", kOxide, "above = 0.01"), condition("cover", kOxide, "below = 5"),
          condition("unmet", kOxide, "above = 0.001"), condition("loss", kOxide, "above = 0.001"),
          condition("import-share", kOxide + "others = [\"" + other + "\"]\n", "above = 0.1"),
          condition("levers",
                    "by = [\"" + other + "\"]\nkinds = [\"import-tariff\", \"export-licence\", \"export-tax\"]\n",
                    "above = 0"));
      const auto rate = std::to_string(*rc::gen::inRange(1, 100) / 100.0);
      std::vector<std::string> levers{lever("stockpile", "target = 2\nfill-months = 4\nceiling-price = 5000\n")};
      if (actor == "HOM") {
        levers.push_back(lever("export-tax", "rate = " + rate + "\n"));
        levers.push_back(lever("export-licence", "approval-rate = " + rate + "\ndelay = 1\nexpiry = 3\n"));
        levers.push_back(lever("export-ban", ""));
      } else {
        levers.push_back(lever("import-tariff", "rate = " + rate + "\n"));
      }
      rules +=
          rule(actor == "HOM" ? "h" + std::to_string(r) : "o" + std::to_string(r), *rc::gen::inRange(1, 101) / 100.0,
               *rc::gen::inRange(0, 3), *rc::gen::inRange(1, 4), when + *rc::gen::elementOf(levers));
    }
    add_actor(world, actor, rules);
  }
  const auto scenario = scenario_of(world, "actors = [\"all\"]\n", 18, *rc::gen::arbitrary<bool>() ? kBan : "");
  Watch watch;
  Future(world, scenario).run(watch);
  RC_ASSERT(watch.certificate <= market::kTolerance);
  RC_ASSERT(watch.money <= 1e-7);
  RC_ASSERT(watch.mass_at_nodes <= 1e-6);
  RC_ASSERT(watch.mass_in_stocks <= 1e-6);
  RC_ASSERT(watch.below_bounds <= 1e-9);
  RC_ASSERT(watch.above_bounds <= 1e-7);
}

}  // namespace
}  // namespace lodestone::simulation
