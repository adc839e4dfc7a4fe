// Every kind of lever at once, on the reference dataset: whatever they do together, the books of every month hold.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "lodestone/policy/lever.hpp"
#include "tests/simulation/watched_run.hpp"
#include "tests/support/dice.hpp"

namespace lodestone::simulation {
namespace {

constexpr int kMonths = 18;

const world::World& reference_world() {
  static const world::World world = dataset::load(LODESTONE_SOURCE_DIR "/data");
  return world;
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

/// The levers of a kind's example, with ids of their own, moved by so many months within the first year; those that act
/// on others' dates stay.
std::string levers_of(const policy::LeverKind& kind, int later) {
  std::string text = policy::example_scenario(kind);
  text = text.substr(text.find("[[levers]]"));
  static const std::regex id_line("id = \"([^\"]*)\"");
  std::set<std::string> ids;
  for (std::sregex_iterator it(text.begin(), text.end(), id_line), end; it != end; ++it) ids.insert((*it)[1]);
  for (const auto& id : ids) replace_all(text, "\"" + id + "\"", "\"" + kind.name + "-" + id + "\"");
  for (int month = 4; month >= 1; --month)
    replace_all(text, "\"2025-0" + std::to_string(month) + "\"", "\"2025-0" + std::to_string(month + later) + "\"");
  replace_all(text, "end = \"2026-04\"", "end = \"2026-0" + std::to_string(4 + later) + "\"");
  return text;
}

Watch run(const std::string& levers, const std::string& growth) {
  const std::string head =
      "[run]\nid = \"all\"\ntitle = \"All\"\nquestion = \"Do the books hold?\"\nstart = \"2025-01\"\nmonths = " +
      std::to_string(kMonths) + "\ndemand-growth = \"" + growth + "\"\n\n";
  const auto scenario = policy::parse_scenario(head + levers, "all.toml", reference_world());
  Future future(reference_world(), scenario);
  Watch watch;
  EXPECT_EQ(future.run(watch), kMonths) << levers;
  return watch;
}

// Mass is held against a node's own turnover; some nodes of the real chain turn over next to nothing.
bool sound(const Watch& watch) {
  return watch.certificate <= market::kTolerance && watch.money <= 1e-7 && watch.mass_at_nodes <= 1e-5 &&
         watch.mass_in_stocks <= 1e-6 && watch.mass_under_way <= 1e-9 && watch.spent <= 1e-6 &&
         watch.below_bounds <= 1e-9;
}

TEST(AllKinds, TogetherKeepTheBooks) {
  std::string levers;
  for (const auto& kind : policy::lever_kinds()) levers += levers_of(kind, 0) + "\n";
  EXPECT_TRUE(sound(run(levers, "central")));
}

TEST(AllKinds, AnyOfThemKeepTheBooksWhateverTheirMonths) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    market::test::Dice dice(seed);
    std::string levers;
    for (const auto& kind : policy::lever_kinds())
      if (dice.chance(0.4)) levers += levers_of(kind, kind.acts == policy::Acts::on_levers ? 0 : dice.below(5)) + "\n";
    const char* growth[] = {"none", "low", "central", "high"};
    EXPECT_TRUE(sound(run(levers, growth[dice.below(4)]))) << "seed " << seed << "\n" << levers;
  }
}

}  // namespace
}  // namespace lodestone::simulation
