// Which acts of the chronicle happen in a run, and what is wrong with a chronicle, each with its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/policy/chronicle.hpp"
#include "played_month.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

world::Event event(const std::string& id, base::Date date, world::EventStatus status) {
  world::Event out;
  out.id = id;
  out.actors = {"CHN"};
  out.status = status;
  out.held = {date, {2200, 12, 31}};
  out.known = date;
  out.source = "Gazette";
  out.line = 2;
  return out;
}

std::string act(const std::string& of, const std::string& id, const std::string& start, const std::string& more = {}) {
  return "[[acts]]\nevent = \"" + of + "\"\nid = \"" + id + "\"\nkind = \"export-ban\"\nactor = \"CHN\"\nstart = \"" +
         start + "\"\nproducts = [\"dysprosium-oxide\"]\nnumbers = \"as stated\"\n" + more;
}

/// The tiny world of base year 2024 with events of 2024-02-10, 2024-09-01, 2025-04-04 and 2025-06-11 (which amends).
world::World world_with(const std::string& levers) {
  auto world = tiny_world();
  world.base_year = 2024;
  using world::EventStatus;
  auto& chronicle = world.chronicle;
  chronicle.events = {event("A1", {2024, 2, 10}, EventStatus::lever), event("A2", {2024, 9, 1}, EventStatus::lever),
                      event("A3", {2025, 4, 4}, EventStatus::lever),
                      event("D1", {2025, 6, 11}, EventStatus::amendment)};
  for (const auto& row : chronicle.events) chronicle.all_events.push_back(row.id);
  chronicle.all_products = world.product_names();
  chronicle.all_products.push_back("scandium-oxide");
  chronicle.levers = {{"levers.toml", levers}};
  chronicle.usual = true;
  return world;
}

const std::string kAmended = "[[acts.amendments]]\nevent = \"D1\"\nnumbers = \"deal\"\nend = \"2025-08\"\n";
const std::string kActs =
    act("A1", "early", "2024-03") + act("A2", "late", "2024-10") + act("A3", "april", "2025-04", kAmended);

Scenario history(const world::World& world, const std::string& more) {
  return parse_scenario(
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"What happens?\"\nstart = \"2025-01\"\nmonths = 24\n" + more,
      "test.toml", world);
}

std::vector<std::string> ids(const Scenario& scenario) {
  std::vector<std::string> out;
  for (const auto& lever : scenario.levers) out.push_back(lever->head().id);
  return out;
}

std::string errors_of(const std::string& levers, const std::string& run = "chronicle = \"through 2025-12-31\"\n") {
  try {
    history(world_with(levers), run);
  } catch (const base::InputError& error) {
    std::string out;
    for (const auto& d : error.diagnostics().all()) out += d.text() + "\n";
    return out;
  }
  return "no error";
}

TEST(Chronicle, NothingHappensUnlessTheScenarioAsks) {
  EXPECT_THAT(ids(history(world_with(kActs), "")), IsEmpty());
}

TEST(Chronicle, WhatHalfTheBaseYearKnewIsInItsFiguresAndNotReplayed) {
  const auto scenario = history(world_with(kActs), "chronicle = \"through 2025-12-31\"\n");
  EXPECT_THAT(ids(scenario), ElementsAre("late", "april"));
  const auto& fates = scenario.chronicle->acts;
  ASSERT_EQ(fates.size(), 3u);
  EXPECT_THAT(fates[0].why, HasSubstr("base year 2024"));
  // Three months of 2024: in force from the first month of the run on.
  EXPECT_EQ(scenario.levers[0]->head().start, base::Month::of(2025, 1));
  EXPECT_EQ(scenario.levers[0]->head().announced, base::Month::of(2025, 1));
}

TEST(Chronicle, StopsAtItsDayAndAnAmendmentAfterItDoesNotHold) {
  const auto world = world_with(kActs);
  EXPECT_THAT(ids(history(world, "chronicle = \"through 2025-04-03\"\n")), ElementsAre("late"));
  const auto before = history(world, "chronicle = \"through 2025-06-10\"\n");
  EXPECT_EQ(before.levers[1]->head().end, base::Month::of(2100, 1));
  const auto after = history(world, "chronicle = \"through 2025-06-11\"\n");
  EXPECT_EQ(after.levers[1]->head().end, base::Month::of(2025, 8));
  EXPECT_THAT(after.chronicle->acts[2].amended_by, ElementsAre("D1"));
}

TEST(Chronicle, WithoutAnEventItsActsAndAmendmentsAreGone) {
  const auto world = world_with(kActs);
  const std::string whole = "chronicle = \"through 2025-12-31\"\n";
  EXPECT_THAT(ids(history(world, whole + "chronicle-without = [\"A3\"]\n")), ElementsAre("late"));
  const auto no_deal = history(world, whole + "chronicle-without = [\"D1\"]\n");
  EXPECT_EQ(no_deal.levers[1]->head().end, base::Month::of(2100, 1));
}

std::string truce(const std::string& table, const std::string& id, const std::string& levers) {
  return table + "id = \"" + id +
         "\"\nkind = \"truce\"\nactor = \"CHN\"\nstart = \"2025-06\"\nend = \"2025-09\"\nlevers = " + levers + "\n";
}
const std::string kTruceOfActs =
    truce("[[acts]]\nevent = \"A3\"\nnumbers = \"as stated\"\n", "truce", "[\"april\", \"early\"]");

// It stands before what it suspends, of which one is in the figures of the base year.
TEST(Chronicle, ATruceOfItSuspendsWhatIsReplayed) {
  const auto scenario = history(world_with(kTruceOfActs + kActs), "chronicle = \"through 2025-12-31\"\n");
  EXPECT_THAT(ids(scenario), ElementsAre("late", "april", "truce"));
  EXPECT_THAT(scenario.levers[2]->head().levers, ElementsAre("april"));
  ASSERT_EQ(scenario.chronicle->acts.size(), 4u);
  EXPECT_EQ(scenario.chronicle->acts[0].lever, "truce");
  EXPECT_THAT(scenario.chronicle->acts[0].why, HasSubstr("without early, not in the run"));
  const auto nothing =
      history(world_with(kTruceOfActs + kActs), "chronicle = \"through 2025-05-31\"\nchronicle-without = [\"A3\"]\n");
  EXPECT_THAT(ids(nothing), ElementsAre("late"));
  EXPECT_THAT(errors_of(truce("[[acts]]\nevent = \"A3\"\nnumbers = \"n\"\n", "truce", "[\"apryl\"]") + kActs),
              HasSubstr("did you mean 'april'"));
}

TEST(Chronicle, ATruceOfTheScenarioMayNameItsActs) {
  const std::string whole = "chronicle = \"through 2025-12-31\"\n";
  const std::string table = "[[levers]]\nsource = \"assumption: test\"\n";
  const auto scenario = history(world_with(kActs), whole + truce(table, "mine", "[\"april\"]"));
  EXPECT_THAT(ids(scenario), ElementsAre("late", "april", "mine"));
  const auto error = [&](const std::string& more) {
    try {
      history(world_with(kActs), whole + more);
    } catch (const base::InputError& wrong) {
      return std::string(wrong.what());
    }
    return std::string("no error");
  };
  EXPECT_THAT(error(truce(table, "mine", "[\"early\"]")), HasSubstr("unknown lever 'early'"));
  EXPECT_THAT(error(truce(table, "april", "[\"late\"]")), HasSubstr("lever 'april' beside the chronicle"));
}

TEST(Chronicle, WhatIsKnownLaterThanTheWorldsDateDoesNotHappen) {
  auto world = world_with(kActs);
  world.as_of = base::Date{2025, 3, 31};
  world.chronicle.usual = false;
  world.chronicle.events.resize(2);  // as the dataset's reader leaves them
  const auto scenario = history(world, "chronicle = \"through 2025-12-31\"\n");
  EXPECT_THAT(ids(scenario), ElementsAre("late"));
  EXPECT_EQ(scenario.chronicle->acts[2].why, "not known as of 2025-03-31");
}

TEST(Chronicle, AQuotaThatBeganEarlierGivesTheRestOfItsPeriodProRata) {
  std::string text = act("A2", "quota", "2024-11", "end = \"2025-05\"\nquantity = 600\nperiod = 6\n") +
                     act("A1", "early", "2024-03") + act("A3", "april", "2025-04", kAmended);
  text.replace(text.find("export-ban"), 10, "export-quota");
  const auto scenario = history(world_with(text), "chronicle = \"through 2025-12-31\"\n");
  ASSERT_THAT(ids(scenario), ElementsAre("quota", "april"));
  EXPECT_THAT(scenario.chronicle->acts[0].why, HasSubstr("4 of its 6 months"));
}

TEST(Chronicle, MistakesPointAtTheirPlaceWithTheNearestName) {
  EXPECT_THAT(errors_of(kActs), HasSubstr("no error"));
  EXPECT_THAT(errors_of(act("A4", "x", "2025-04") + kActs), HasSubstr("levers.toml:1:1: error: event 'A4'"));
  EXPECT_THAT(errors_of(kActs + act("A3", "early-one", "2025-03")), HasSubstr("start = 2025-03"));
  EXPECT_THAT(errors_of(kActs + act("A3", "april", "2025-04")), HasSubstr("a second act 'april'"));
  EXPECT_THAT(errors_of(act("D1", "x", "2025-07") + kActs), HasSubstr("of status 'amendment'"));
  EXPECT_THAT(errors_of(act("A1", "early", "2024-03")), HasSubstr("no act of event A2"));
  EXPECT_THAT(errors_of(act("A1", "early", "2024-03") + act("A2", "late", "2024-10") + act("A3", "april", "2025-04")),
              HasSubstr("nothing that event D1 amends"));
  std::string wrong = kActs;
  wrong.replace(wrong.find("dysprosium-oxide"), 16, "dysprosium-oxyde");
  EXPECT_THAT(errors_of(wrong), HasSubstr("did you mean 'dysprosium-oxide'"));
  EXPECT_THAT(errors_of(kActs, "chronicle = \"until 2025\"\n"), HasSubstr("test.toml:7:"));
  EXPECT_THAT(errors_of(kActs, "chronicle = \"through 2025\"\nchronicle-without = [\"A9\"]\n"), HasSubstr("'A9'"));
  EXPECT_THAT(errors_of(kActs, "chronicle-without = [\"A1\"]\n"), HasSubstr("no chronicle"));
}

TEST(Chronicle, ThatOfTheProjectIsRightInEveryBaseYearAndReplaysTheLicencesOfApril2025) {
  for (const int year : {2009, 2023, 2024}) {
    dataset::ReadOptions options;
    options.base_year = year;
    const auto world = dataset::load(LODESTONE_SOURCE_DIR "/data", options);
    EXPECT_EQ(world.chronicle.events.size(), 247u);
    base::Diagnostics wrong;
    Replayed all{{{2026, 7, 31}, {}}, {}};
    const auto levers = replay(world, base::Month::of(year + 1, 1), all, wrong);
    for (const auto& d : wrong.all()) ADD_FAILURE() << year << " " << d.text();
    std::vector<std::string> found;
    for (const auto& lever : levers) found.push_back(lever->head().id);
    EXPECT_THAT(found, ::testing::Contains("heavy-oxide-licence")) << year;
    for (const auto& fate : all.acts) {
      EXPECT_TRUE(fate.replayed || !fate.why.empty()) << year << " " << fate.lever;
      // 2009 has no routes of ores and no class for defence.
      if (year != 2009) {
        EXPECT_THAT(fate.why, ::testing::Not(HasSubstr("lacks what it needs"))) << year << " " << fate.lever;
      }
    }
  }
}

}  // namespace
}  // namespace lodestone::policy::test
