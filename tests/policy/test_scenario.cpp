#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "../support/temporary_folder.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/policy/levers_page.hpp"
#include "played_month.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kTwoLevers = scenario_text(
    {lever_text("export-quota", "quantity = 120\nperiod = 6\n", "quota"),
     lever_text("export-licence", "approval-rate = 1\ndelay = 0\nexpiry = 1\nfirst-month = 0.25\n", "licence")});

TEST(Scenario, IsReadWithEverythingThatItSays) {
  const auto world = tiny_world();
  const auto scenario = parse_scenario(kTwoLevers, "two.toml", world);
  EXPECT_EQ(scenario.id, "test");
  EXPECT_EQ(scenario.title, "Test");
  EXPECT_EQ(scenario.question, "What happens?");
  EXPECT_EQ(scenario.text, kTwoLevers);
  EXPECT_EQ(scenario.start, base::Month::of(2025, 1));
  EXPECT_EQ(scenario.months, 24);
  EXPECT_EQ(scenario.seed, 1u);
  ASSERT_EQ(scenario.levers.size(), 2u);
  const auto& head = scenario.levers[1]->head();
  EXPECT_EQ(head.id, "licence");
  EXPECT_EQ(head.kind, "export-licence");
  EXPECT_EQ(head.actor, "CHN");
  EXPECT_EQ(head.start, base::Month::of(2025, 4));
  EXPECT_EQ(head.end, base::Month::of(2026, 4));
  EXPECT_EQ(head.source, "assumption: test");
  EXPECT_THAT(head.products, ElementsAre(tiny::product(world, "dysprosium-oxide")));
  EXPECT_THAT(head.origins, ElementsAre(tiny::region(world, "CHN")));
  EXPECT_THAT(head.destinations, IsEmpty());
}

TEST(Scenario, GroupsHaveTheMembersOfTheLeversFirstMonth) {
  const auto world = tiny_world();
  const auto with = [&](const std::string& destinations, const std::string& start) {
    auto text = scenario_text({lever_text("export-ban", "destinations = " + destinations + "\n")});
    text.replace(text.find("2025-04"), 7, start);
    return parse_scenario(text, "group.toml", world).levers[0]->head().destinations;
  };
  EXPECT_THAT(with("[\"EU27\", \"DEU\", \"JPN\"]", "2025-04"),
              ElementsAre(tiny::region(world, "JPN"), tiny::region(world, "DEU"), tiny::region(world, "FRA")));
  EXPECT_THAT(with("[\"pact\"]", "2026-01"), ElementsAre(tiny::region(world, "JPN")));
  EXPECT_THAT(with("[\"JPN\", \"all\"]", "2025-04"), IsEmpty());
  EXPECT_THROW(with("[\"pact\"]", "2025-12"), base::InputError);
}

TEST(Scenario, AllProductsAreAllOfThem) {
  auto text = scenario_text({lever_text("export-ban")});
  const std::string one = "[\"dysprosium-oxide\"]";
  text.replace(text.find(one), one.size(), "[\"all\"]");
  const auto world = tiny_world();
  EXPECT_EQ(parse_scenario(text, "all.toml", world).levers[0]->head().products.size(), world.products.size());
}

TEST(Scenario, AByteOrderMarkAndWindowsLineEndsAreRead) {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : kTwoLevers) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto scenario = parse_scenario(text, "windows.toml", tiny_world());
  EXPECT_EQ(scenario.levers.size(), 2u);
  EXPECT_EQ(scenario.text, text.substr(3));
}

TEST(Scenario, WithoutALeverKeepsTheOthers) {
  const auto scenario = parse_scenario(kTwoLevers, "two.toml", tiny_world());
  const auto without = scenario.without(0);
  ASSERT_EQ(without.levers.size(), 1u);
  EXPECT_EQ(without.levers[0]->head().id, "licence");
  EXPECT_EQ(without.id, scenario.id);
  EXPECT_EQ(without.text, scenario.text);
  EXPECT_EQ(without.months, scenario.months);
  EXPECT_EQ(without.start, scenario.start);
  EXPECT_EQ(without.seed, scenario.seed);
  EXPECT_EQ(scenario.without(1).levers[0]->head().id, "quota");
  EXPECT_TRUE(scenario.without_levers().levers.empty());
  EXPECT_EQ(scenario.levers.size(), 2u);
}

// Every kind in its first month; what a copy does afterwards must not be seen in the original.
TEST(Scenario, CopiesOfLeversShareNoBalances) {
  const std::string release =
      "id = \"sale\"\nkind = \"stockpile-release\"\nactor = \"USA\"\nstart = \"2025-04\"\nend = \"2025-08\"\n"
      "products = [\"dysprosium-oxide\"]\nsource = \"assumption: test\"\nquantity = 8\n";
  PlayedMonths months(
      {lever_text("export-quota", "quantity = 120\nperiod = 6\n", "quota"),
       lever_text("export-licence", "approval-rate = 1\ndelay = 0\nexpiry = 9\nreapply = 0\n", "licence"), release});
  months.jump_to(2025, 4);
  months.open();
  std::vector<std::string> before;
  for (const auto& lever : months.scenario().levers) before.push_back(lever->status());
  auto copy = months.scenario().without(-1);
  ASSERT_EQ(copy.levers.size(), 3u);
  world::Equilibrium sold = months.equilibrium();
  for (double& flow : sold.arc_flow) flow = 5;
  for (double& amount : sold.government_release) amount = 1;
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_EQ(copy.levers[l]->status(), before[l]) << "a copy has the balances of its original";
    copy.levers[l]->settle(months.world(), sold, months.state().month);
    EXPECT_NE(copy.levers[l]->status(), before[l]);
    EXPECT_EQ(months.scenario().levers[l]->status(), before[l]);
  }
}

TEST(Scenario, TheReferenceHasNoLeversAndCanBeReadAgain) {
  const auto world = tiny_world();
  const auto reference = reference_scenario(world, base::Month::of(2024, 7), 18);
  EXPECT_EQ(reference.id, "reference");
  EXPECT_EQ(reference.start, base::Month::of(2024, 7));
  EXPECT_EQ(reference.months, 18);
  EXPECT_TRUE(reference.levers.empty());
  EXPECT_EQ(parse_scenario(reference.text, "again.toml", world).months, 18);
  EXPECT_THROW(reference_scenario(world, base::Month::of(2023, 12), 18), base::InputError);
  EXPECT_THROW(reference_scenario(world, base::Month::of(2024, 7), 0), base::InputError);
}

// Each against the dataset of the project, read for its base year.
TEST(Scenario, ThoseOfTheProjectAreValid) {
  std::map<std::optional<int>, world::World> worlds;
  int files = 0, levers = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LODESTONE_SOURCE_DIR "/scenarios")) {
    const auto year = base_year_of(entry.path());
    if (!worlds.contains(year)) {
      dataset::ReadOptions options;
      options.base_year = year;
      worlds.emplace(year, dataset::load(LODESTONE_SOURCE_DIR "/data", options));
    }
    const auto scenario = read_scenario(entry.path(), worlds.at(year));
    EXPECT_EQ(scenario.id, entry.path().stem().string());
    levers += static_cast<int>(scenario.levers.size());
    ++files;
  }
  EXPECT_GE(files, 3);
  EXPECT_GE(levers, 2);
}

TEST(Scenario, TheLicenceIsOnOxidesAndTheirMetalsForTwelveMonths) {
  const auto world = tiny_world();
  const auto scenario = read_scenario(LODESTONE_SOURCE_DIR "/scenarios/licence-2025.toml", world);
  ASSERT_FALSE(scenario.levers.empty());
  const auto& head = scenario.levers[0]->head();
  EXPECT_EQ(head.kind, "export-licence");
  EXPECT_EQ(head.start, base::Month::of(2025, 4));
  EXPECT_EQ(head.end - head.start, 12);
  std::vector<world::ProductId> licensed;
  for (const char* id :
       {"dysprosium-oxide", "terbium-oxide", "yttrium-oxide", "dysprosium-metal", "terbium-metal", "scandium-oxide"})
    licensed.push_back(tiny::product(world, id));
  EXPECT_EQ(head.products, licensed);
  const auto release = read_scenario(LODESTONE_SOURCE_DIR "/scenarios/licence-2025-us-release.toml", world);
  ASSERT_GT(release.levers.size(), scenario.levers.size());
  for (std::size_t l = 0; l < scenario.levers.size(); ++l)
    EXPECT_EQ(release.levers[l]->head().id, scenario.levers[l]->head().id) << "the same, with a release";
}

TEST(LeversPage, IsTheOneInDocs) {
  std::ifstream file(LODESTONE_SOURCE_DIR "/docs/levers.md");
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(committed, levers_page()) << "make it again: lodestone docs levers --output docs/levers.md";
}

TEST(LeversPage, ItsExampleIsValid) {
  const std::string page = levers_page();
  const auto begin = page.find("[run]\nid");
  const auto example = page.substr(begin, page.find("```", begin) - begin);
  EXPECT_EQ(parse_scenario(example, "example.toml", tiny_world()).levers.size(), 1u);
}

}  // namespace
}  // namespace lodestone::policy::test
