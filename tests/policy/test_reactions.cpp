// Rules of governments on the tiny world: what they see, when they decide, what it brings.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "lodestone/policy/reactions.hpp"
#include "lodestone/policy/scenario.hpp"
#include "tests/policy/played_month.hpp"

namespace lodestone::policy {
namespace {

using test::tiny_world;
namespace tiny = lodestone::test::tiny;
using world::Verdict;

std::string actor_text(const std::string& id, const std::string& rules, double budget = 100) {
  return "[actor]\nid = \"" + id + "\"\nname = \"" + id +
         "\"\ngoals = [\"to be safe\"]\nbudget = " + std::to_string(budget) +
         "\nbudget-source = \"assumption: test\"\n" + rules;
}

/// A rule whose id is `id`; `more` has its other keys, `rest` its conditions and levers.
std::string rule_text(const std::string& id, const std::string& more, const std::string& rest) {
  return "[[rules]]\nid = \"" + id +
         "\"\ntitle = \"Acts\"\nresponse = \"supply\"\nknown-from = \"2024-01-01\"\nsource = \"assumption: test\"\n" +
         more + rest;
}

const char* const kDear =
    "[[rules.when]]\nobserve = \"price\"\nproducts = [\"dysprosium-oxide\"]\nregions = [\"USA\"]\nabove = 300\n";
const char* const kTariff =
    "[[rules.levers]]\nid = \"tariff\"\nkind = \"import-tariff\"\nproducts = [\"dysprosium-oxide\"]\norigins = "
    "[\"CHN\"]\nrate = 0.25\nmonths = 6\n";
const char* const kSure = "probability = 1\ndelay = 2\n";

world::World world_of(const std::vector<std::pair<std::string, std::string>>& actors) {
  auto world = tiny_world();
  world.chronicle.usual = true;
  for (const auto& [id, text] : actors) world.actors.push_back({"actors/" + id + ".toml", text});
  return world;
}

Scenario scenario_of(const world::World& world, const std::string& keys = "actors = [\"all\"]\n",
                     const std::string& levers = "", std::uint64_t seed = 1) {
  return parse_scenario(
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"Who reacts?\"\nstart = \"2025-01\"\nmonths = 60\nseed = " +
          std::to_string(seed) + "\n" + keys + levers,
      "test.toml", world);
}

/// Months in which prices are what the test says and nothing is traded.
class Played {
 public:
  Played(const world::World& world, Scenario scenario)
      : world_(world),
        scenario_(std::move(scenario)),
        course_(scenario_.levers, {scenario_.seed, scenario_.future}),
        needs_(course_.register_needs(world)),
        reactions_(world, &*scenario_.reacting, scenario_.levers, {scenario_.seed, scenario_.future}) {
    state_.month = scenario_.start;
    state_.news.assign(world.nodes(), 0.0);
    state_.usual_use.assign(world.nodes(), 1.0);
    state_.last_price = state_.normal_price = world.base_price;
    state_.public_cost.assign(scenario_.levers.size(), 0.0);
    state_.public_spent = state_.public_cost;
    for (const auto& arc : world.arcs) state_.usual_flow.push_back(arc.base_flow);
    state_.refused.assign(world.arcs.size(), 0.0);
    for (const auto& stock : world.stocks) state_.stock.push_back(stock.quantity);
    equilibrium_.price = world.base_price;
    equilibrium_.arc_flow.assign(world.arcs.size(), 0.0);
    equilibrium_.government_release.assign(needs_.releases.size(), 0.0);
  }

  /// One month; the price of dysprosium oxide in the United States in USD/kg.
  void month(double price) {
    reactions_.decide(state_.month);
    course_.announce(world_, state_);
    rules_.reset(world_, needs_.limits.size(), needs_.releases.size(), scenario_.levers.size());
    course_.apply(world_, state_, rules_);
    reactions_.bound(course_, rules_);
    before_ = state_;
    state_.last_price[world_.node(tiny::product(world_, "dysprosium-oxide"), tiny::region(world_, "USA"))] =
        price * 1000;
    reactions_.observe({world_, before_, equilibrium_, state_, scenario_.levers, course_.standing()}, course_);
    seen_ = state_.month;
    state_.month = state_.month + 1;
  }

  [[nodiscard]] base::Month now() const { return seen_; }
  [[nodiscard]] const world::RuleMonth& rule(std::size_t r = 0) const { return reactions_.month().rules.at(r); }
  [[nodiscard]] const world::ConditionMonth& condition(std::size_t c = 0) const {
    return reactions_.month().conditions.at(c);
  }
  [[nodiscard]] const Lever& lever(const std::string& id) const {
    return *scenario_.levers.at(find_lever(scenario_.levers, id).value());
  }
  [[nodiscard]] double tariff(const std::string& to = "USA") const {
    return rules_.arc_import_tariff[tiny::arc(world_, "dysprosium-oxide", "CHN", to).index()];
  }
  [[nodiscard]] world::State& state() { return state_; }
  [[nodiscard]] const world::Rules& rules() const { return rules_; }
  [[nodiscard]] world::Equilibrium& equilibrium() { return equilibrium_; }

 private:
  const world::World& world_;
  Scenario scenario_;
  Course course_;
  MarketNeeds needs_;
  Reactions reactions_;
  world::State state_, before_;
  world::Rules rules_;
  world::Equilibrium equilibrium_;
  base::Month seen_;
};

// Price of January 2025 passes 300: published in February (lag 1), decided then; two months later, in April, the
// tariff of 25 % stands, for six months.
TEST(Rules, ActAfterPublicationAndDelay) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("duty", kSure, std::string(kDear) + kTariff))}});
  Played played(world, scenario_of(world));
  played.month(350);
  EXPECT_EQ(played.rule().verdict, Verdict::unknown);
  played.month(350);
  EXPECT_EQ(played.rule().verdict, Verdict::decided);
  EXPECT_EQ(played.condition().value, 350);
  EXPECT_EQ(played.rule().times, 1);
  for (int month = 3; month <= 12; ++month) {
    played.month(100);
    EXPECT_EQ(played.tariff(), month >= 4 && month < 10 ? 0.25 : 0.0) << month;
    EXPECT_EQ(played.rule().acts, month == 4) << month;
    EXPECT_EQ(played.rule().verdict, Verdict::exhausted);
  }
}

TEST(Rules, StayQuietBelowTheirTrigger) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("duty", kSure, std::string(kDear) + kTariff))}});
  Played played(world, scenario_of(world));
  for (int month = 0; month < 12; ++month) played.month(300);  // above means above
  EXPECT_EQ(played.rule().verdict, Verdict::quiet);
  EXPECT_EQ(played.tariff(), 0);
}

TEST(Rules, WaitUntilAConditionHeldForMonthsInARow) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("duty", "probability = 1\ndelay = 0\n",
                                                                   std::string(kDear) + "months = 3\n" + kTariff))}});
  Played played(world, scenario_of(world));
  for (const double price : {400, 400, 200, 400, 500, 450}) {
    played.month(price);
    EXPECT_NE(played.rule().verdict, Verdict::decided);
  }
  played.month(0);
  EXPECT_EQ(played.rule().verdict, Verdict::decided);
  EXPECT_EQ(played.condition().value, 400);  // the month of the three in which it held least
  EXPECT_EQ(played.tariff(), 0.25);          // no delay: in force in the month of the decision
}

TEST(Rules, CountTheMeanOfMonthsWhenAsked) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("duty", "probability = 1\ndelay = 0\n",
                                                                   std::string(kDear) + "average = 2\n" + kTariff))}});
  Played played(world, scenario_of(world));
  played.month(100);
  played.month(400);
  played.month(300);
  EXPECT_EQ(played.condition().value, 250);
  played.month(0);
  EXPECT_EQ(played.condition().value, 350);
  EXPECT_EQ(played.rule().verdict, Verdict::decided);
}

// Over many months and futures the share of months that decide is the probability; the draw is that of the key.
TEST(Rules, DrawByFutureRuleAndMonth) {
  const auto world = world_of(
      {{"USA", actor_text("USA", rule_text("duty", "probability = 0.3\ndelay = 0\n", std::string(kDear) + kTariff))}});
  int decided = 0;
  constexpr int kFutures = 2000;
  for (int future = 0; future < kFutures; ++future) {
    auto scenario = scenario_of(world);
    scenario.future = static_cast<std::uint32_t>(future);
    Played played(world, std::move(scenario));
    played.month(400);
    played.month(400);
    const auto& rule = played.rule();
    EXPECT_EQ(rule.probability, 0.3);
    EXPECT_EQ(rule.draw, base::uniform({1, static_cast<std::uint32_t>(future), base::stream_of("reaction"),
                                        base::stream_of("duty"), base::Month::of(2025, 2).count}));
    EXPECT_EQ(rule.verdict == Verdict::decided, rule.draw < 0.3);
    decided += rule.verdict == Verdict::decided ? 1 : 0;
  }
  EXPECT_NEAR(decided, 0.3 * kFutures, 4 * std::sqrt(0.21 * kFutures));
}

TEST(Rules, ActAsOftenAsTheyMayAndNotTooSoon) {
  const auto world =
      world_of({{"USA", actor_text("USA", rule_text("duty", "probability = 1\ndelay = 0\ntimes = 2\ncooldown = 5\n",
                                                    std::string(kDear) + kTariff))}});
  Played played(world, scenario_of(world));
  std::vector<int> decided;
  for (int month = 1; month <= 24; ++month) {
    played.month(400);
    if (played.rule().verdict == Verdict::decided) decided.push_back(month);
    if (month > 2 && month < 7) {
      EXPECT_EQ(played.rule().verdict, Verdict::waiting);
    }
    if (month > 7) {
      EXPECT_EQ(played.rule().verdict, Verdict::exhausted);
    }
  }
  EXPECT_EQ(decided, (std::vector<int>{2, 7}));
}

const char* const kStock =
    "[[rules.levers]]\nid = \"buy\"\nkind = \"stockpile\"\nproducts = [\"dysprosium-oxide\"]\ntarget = "
    "120\nfill-months = 1\nceiling-price = 1000\n";

// Two purchases that cost 60 each against a budget of 100 a year: the second waits for January.
TEST(Rules, AreBoundByTheBudgetOfTheYear) {
  const auto world = world_of(
      {{"USA",
        actor_text("USA",
                   rule_text("first", "probability = 1\ndelay = 0\ncost = 60\n", std::string(kDear) + kStock) +
                       rule_text("second", "probability = 1\ndelay = 0\ncost = 60\n", std::string(kDear) + kStock))}});
  Played played(world, scenario_of(world));
  for (int month = 1; month <= 12; ++month) {
    played.month(400);
    if (month < 2) continue;
    EXPECT_EQ(played.rule(0).verdict, month == 2 ? Verdict::decided : Verdict::exhausted);
    EXPECT_EQ(played.rule(1).verdict, Verdict::no_money);
  }
  played.month(400);
  EXPECT_EQ(played.rule(1).verdict, Verdict::decided);
}

// 100 million USD a year at no more than 1,000 USD/kg buy 100 t; what was paid is no longer there.
TEST(Rules, BuyNoMoreThanTheBudgetReaches) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("first", "probability = 1\ndelay = 0\ncost = 60\n",
                                                                   std::string(kDear) + kStock))}});
  auto scenario = scenario_of(world);
  Played played(world, std::move(scenario));
  played.state().usual_use.assign(world.nodes(), 100.0);  // a target of 12,000 t
  played.month(400);
  played.month(400);
  const auto bought = [&] {
    for (std::size_t r = 0; r < played.rules().release.size(); ++r)
      if (played.rules().release[r] > 1) return r;
    return played.rules().release.size();
  }();
  ASSERT_LT(bought, played.rules().release.size());
  EXPECT_DOUBLE_EQ(played.rules().release[bought], 100);
  played.equilibrium().government_release[bought] = -100;  // at 250 USD/kg: 25 million
  played.month(400);
  EXPECT_DOUBLE_EQ(played.rules().release[bought], 100);  // the month in which it is paid
  played.month(400);
  EXPECT_DOUBLE_EQ(played.rules().release[bought], 75);
}

// Two governments that answer each other's tariffs: each acts as often as it may, and then it is over.
TEST(Rules, OfTwoThatAnswerEachOtherComeToAnEnd) {
  const auto answer = [](const std::string& other) {
    return "[[rules.when]]\nobserve = \"levers\"\nby = [\"" + other +
           "\"]\nkinds = [\"import-tariff\"]\nabove = 0\nwithin = 2\n";
  };
  const auto duty = [](const std::string& id) {
    return "[[rules.levers]]\nid = \"" + id +
           "\"\nkind = \"import-tariff\"\nproducts = [\"dysprosium-oxide\"]\norigins = [\"CHN\"]\nrate = 0.1\nmonths = "
           "2\n";
  };
  const std::string often = "probability = 1\ndelay = 1\ntimes = 3\ncooldown = 0\n";
  const auto world =
      world_of({{"USA", actor_text("USA", rule_text("us-answer", often, answer("JPN") + duty("duty")))},
                {"JPN", actor_text("JPN", rule_text("jp-answer", often, answer("USA") + duty("duty")))}});
  const auto scenario = scenario_of(world, "actors = [\"all\"]\n",
                                    "[[levers]]\nid = \"first\"\nkind = \"import-tariff\"\nactor = \"JPN\"\nstart = "
                                    "\"2025-03\"\nend = \"2025-05\"\nproducts = [\"dysprosium-oxide\"]\norigins = "
                                    "[\"CHN\"]\nrate = 0.1\nsource = \"assumption: test\"\n");
  Played played(world, scenario.copy());
  int us = 0, japan = 0;
  for (int month = 0; month < 60; ++month) {
    played.month(100);
    us += played.rule(0).verdict == Verdict::decided ? 1 : 0;
    japan += played.rule(1).verdict == Verdict::decided ? 1 : 0;
  }
  EXPECT_EQ(us, 3);
  EXPECT_EQ(japan, 3);
  EXPECT_EQ(played.tariff("USA"), 0);
  EXPECT_EQ(played.tariff("JPN"), 0);
}

TEST(Rules, TakeBackWhatTheirActorBrought) {
  const auto world = world_of(
      {{"USA", actor_text("USA", rule_text("duty", "probability = 1\ndelay = 0\n",
                                           std::string(kDear) +
                                               "[[rules.levers]]\nid = \"tariff\"\nkind = \"import-tariff\"\nproducts "
                                               "= [\"dysprosium-oxide\"]\norigins = [\"CHN\"]\nrate = 0.25\n") +
                                     rule_text("relief", "probability = 1\ndelay = 1\nwithdraws = [\"duty\"]\n",
                                               "[[rules.when]]\nobserve = \"price\"\nproducts = "
                                               "[\"dysprosium-oxide\"]\nregions = [\"USA\"]\nbelow = 200\n"))}});
  Played played(world, scenario_of(world));
  for (const double price : {400, 400, 400, 150}) played.month(price);
  EXPECT_EQ(played.tariff(), 0.25);
  played.month(150);
  EXPECT_EQ(played.rule(1).verdict, Verdict::decided);
  EXPECT_EQ(played.tariff(), 0.25);
  played.month(150);
  EXPECT_TRUE(played.rule(1).acts);
  EXPECT_EQ(played.tariff(), 0);
}

// A lobby whose use lost the share L raises the odds to 1 - (1 - p) exp(-strength L).
TEST(Rules, AreMovedByTheLossesOfTheirUsers) {
  auto world =
      world_of({{"USA", actor_text("USA", rule_text("duty", "probability = 0.1\ndelay = 0\n",
                                                    std::string(kDear) + "months = 3\n" +
                                                        "[rules.lobby]\nproducts = [\"dysprosium-oxide\"]\nend-uses = "
                                                        "[\"defence\"]\nstrength = 0.5\n" +
                                                        kTariff))}});
  world::Segment segment;
  segment.id = "defence";
  segment.region = tiny::region(world, "USA");
  segment.product = tiny::product(world, "dysprosium-oxide");
  segment.end_use = "defence";
  segment.base_quantity = 10;
  segment.base_price = 250'000;
  world.segments.push_back(segment);
  Played played(world, scenario_of(world));
  played.state().demand_level = {1};
  played.equilibrium().consumption = {8};
  for (int month = 0; month < 4; ++month) played.month(500);
  // 8 t at 250 USD/kg more than usual and 2 t forgone at 500, over a bill of 10 t at 250: 1.2.
  EXPECT_NEAR(played.rule().probability, 1 - 0.9 * std::exp(-0.5 * 1.2), 1e-12);
}

TEST(Rules, DoNotActBeforeTheMonthTheScenarioSays) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("duty", kSure, std::string(kDear) + kTariff))}});
  Played played(world, scenario_of(world, "actors = [\"USA\"]\nactors-from = \"2025-06\"\n"));
  for (int month = 1; month < 6; ++month) {
    played.month(400);
    EXPECT_EQ(played.rule().verdict, Verdict::before);
  }
  played.month(400);
  EXPECT_EQ(played.rule().verdict, Verdict::decided);
}

TEST(Rules, LeaveOutWhatWasNotKnown) {
  auto world = world_of({{"USA", actor_text("USA", rule_text("duty", kSure, std::string(kDear) + kTariff))}});
  world.as_of = base::Date{2023, 12, 31};
  world.chronicle.usual = false;
  const auto scenario = scenario_of(world);
  EXPECT_EQ(scenario.reacting->actors.at(0).rules.at(0).left_out, "what it rests on was not known as of 2023-12-31");
  EXPECT_TRUE(scenario.levers.empty());
}

TEST(Rules, MayBeLeftOutOneByOne) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("duty", kSure, std::string(kDear) + kTariff))}});
  const auto scenario = scenario_of(world, "actors = [\"USA\"]\nrules-without = [\"duty\"]\n");
  EXPECT_TRUE(scenario.levers.empty());
  EXPECT_EQ(scenario.reacting->actors.at(0).rules.at(0).left_out, "left out by the scenario");
  const auto whole = scenario_of(world);
  EXPECT_EQ(whole.levers.size(), 1U);
  EXPECT_TRUE(whole.without_rule("duty").levers.empty());
}

struct Wrong {
  const char* what;
  std::string rule, found, expected, nearest;
};

TEST(Rules, WithErrorsSayWhereAndWhatWouldBeRight) {
  const std::string tariff = kTariff, dear = kDear, sure = kSure;
  const auto swapped = [](std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
  };
  const std::vector<Wrong> wrong{
      {"trigger", rule_text("duty", sure, swapped(dear, "\"price\"", "\"prise\"") + tariff), "unknown trigger 'prise'",
       "one of price, price-ratio", "price"},
      {"product", rule_text("duty", sure, swapped(dear, "dysprosium-oxide", "dysprosium-oxid") + tariff),
       "unknown product 'dysprosium-oxid'", "a product", "dysprosium-oxide"},
      {"never", rule_text("duty", "probability = 0\ndelay = 2\n", dear + tariff), "probability = 0", "more than 0", ""},
      {"impossible",
       rule_text("duty", sure,
                 "[[rules.when]]\nobserve = \"import-share\"\nothers = [\"CHN\"]\nproducts = "
                 "[\"dysprosium-oxide\"]\nabove = 1\n" +
                     tariff),
       "import-share above = 1", "a number that it can pass", ""},
      {"territory",
       rule_text("duty", sure,
                 dear + "[[rules.levers]]\nid = \"ban\"\nkind = \"export-ban\"\nproducts = "
                        "[\"dysprosium-oxide\"]\norigins = [\"CHN\"]\n"),
       "origins CHN in an act of USA", "the actor's own regions", ""},
      {"itself",
       rule_text(
           "duty", sure,
           "[[rules.when]]\nobserve = \"levers\"\nby = [\"USA\"]\nkinds = [\"import-tariff\"]\nabove = 0\n" + tariff),
       "unknown region or group that is another actor 'USA'", "another actor", ""},
      {"date", rule_text("duty", sure, dear + tariff + "start = \"2025-06\"\n"), "start of a lever that a rule brings",
       "no such key", ""},
      {"nothing", rule_text("duty", sure, dear), "rule 'duty' does nothing", "[[rules.levers]]", ""},
      {"always", rule_text("duty", sure, tariff), "rule 'duty' without a condition", "[[rules.when]]", ""},
      {"both", rule_text("duty", sure, dear + "below = 500\n" + tariff), "above and below", "one of the two", ""},
      {"notice", rule_text("duty", sure, dear + tariff + "notice = 3\n"), "notice = 3", "at most delay plus after", ""},
      {"money", rule_text("duty", sure, dear + kStock), "rule 'duty' without cost", "the key cost", ""},
      {"dear", rule_text("duty", sure + "cost = 101\n", dear + kStock), "cost = 101", "at most the budget of 100", ""},
      {"lacks", rule_text("duty", sure + "lacks = [\"terbium-oxide\"]\n", dear + tariff),
       "lacks 'terbium-oxide', which the dataset has", "what the dataset does not have", ""},
      {"withdraws", rule_text("duty", sure + "withdraws = [\"duty\"]\n", dear + tariff), "rule 'duty' withdraws itself",
       "another rule", ""},
      {"circle",
       rule_text("duty", sure + "withdraws = [\"relief\"]\n", dear + tariff) +
           rule_text("relief", sure + "withdraws = [\"duty\"]\n", dear + tariff),
       "rules 'duty' and 'relief' withdraw each other", "one of the two", ""},
      {"nested",
       rule_text("duty", sure,
                 dear + "[[rules.levers]]\nid = \"deal\"\nkind = \"truce\"\nlevers = [\"x\"]\nprobability = 0.5\n"),
       "a lever of kind truce in a rule", "a lever that acts on the market", ""},
      {"twice", rule_text("duty", sure, dear + tariff) + rule_text("duty", sure, dear + tariff), "a second rule 'duty'",
       "an id of its own", ""},
  };
  for (const auto& one : wrong) {
    SCOPED_TRACE(one.what);
    const auto world = world_of({{"USA", actor_text("USA", one.rule)}});
    try {
      scenario_of(world);
      ADD_FAILURE() << "no error";
    } catch (const base::InputError& error) {
      const auto& all = error.diagnostics().all();
      const auto it = std::find_if(all.begin(), all.end(), [&](const auto& d) {
        return d.found.find(one.found) != std::string::npos && d.expected.find(one.expected) != std::string::npos;
      });
      ASSERT_NE(it, all.end()) << error.what();
      EXPECT_EQ(it->place.file, "actors/USA.toml");
      EXPECT_GT(it->place.line, 0);
      if (!one.nearest.empty()) {
        EXPECT_EQ(it->nearest, one.nearest);
      }
    }
  }
}

TEST(Rules, OfActorsThatAreNotThereAreErrorsOfTheScenario) {
  const auto world = world_of({{"USA", actor_text("USA", rule_text("duty", kSure, std::string(kDear) + kTariff))}});
  for (const auto& [keys, found] : std::vector<std::pair<std::string, std::string>>{
           {"actors = [\"USB\"]\n", "actors 'USB'"},
           {"actors = [\"USA\"]\nrules-without = [\"duti\"]\n", "rules-without 'duti'"},
           {"actors-from = \"2025-03\"\n", "actors-from and no actors"}}) {
    try {
      scenario_of(world, keys);
      ADD_FAILURE() << keys;
    } catch (const base::InputError& error) {
      const auto& first = error.diagnostics().all().front();
      EXPECT_EQ(first.found, found);
      EXPECT_EQ(first.place.file, "test.toml");
      EXPECT_GT(first.place.line, 0);
    }
  }
}

}  // namespace
}  // namespace lodestone::policy
