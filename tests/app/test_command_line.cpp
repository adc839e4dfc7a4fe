#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "lodestone/app/command_line.hpp"
#include "lodestone/base/diagnostics.hpp"

namespace lodestone::app {
namespace {

Parsed parse_words(std::vector<const char*> words) {
  words.insert(words.begin(), "lodestone");
  return parse(static_cast<int>(words.size()), words.data());
}

std::string message_of(const std::vector<const char*>& words) {
  try {
    (void)parse_words(words);
  } catch (const base::InputError& error) {
    std::string all;
    for (const auto& diagnostic : error.diagnostics().all()) all += diagnostic.text() + "\n";
    return all;
  }
  return "no error";
}

TEST(CommandLine, ReadsAValueOfEveryType) {
  const auto parsed =
      parse_words({"why", "r0001", "--product", "dysprosium-oxide", "--region=DEU", "--date", "2025-06", "--json"});
  ASSERT_NE(parsed.command, nullptr);
  EXPECT_EQ(parsed.command->name, "why");
  EXPECT_EQ(parsed.values.text("run"), "r0001");
  EXPECT_EQ(parsed.values.text("region"), "DEU");
  EXPECT_EQ(parsed.values.month("date"), base::Month::of(2025, 6));
  EXPECT_TRUE(parsed.values.boolean("json"));
  EXPECT_FALSE(parsed.values.has("out"));
  EXPECT_EQ(parse_words({"compare", "a", "b"}).values.integer("top"), 12);
  EXPECT_EQ(parse_words({"export", "a", "--region", "CHN,DEU", "--region", "USA"}).values.list("region"),
            (std::vector<std::string>{"CHN", "DEU", "USA"}));
}

TEST(CommandLine, FindsCommandsInAGroup) {
  EXPECT_EQ(parse_words({"market", "solve", "x.json", "--cold"}).command->name, "market solve");
  EXPECT_EQ(parse_words({"market", "--help"}).group, "market");
}

TEST(CommandLine, TakesNamesOfCommandsAsArguments) {
  const auto parsed = parse_words({"docs", "levers", "--output", "x.md"});
  ASSERT_NE(parsed.command, nullptr);
  EXPECT_EQ(parsed.command->name, "docs");
  EXPECT_EQ(parsed.values.text("page"), "levers");
  EXPECT_EQ(parse_words({"compare", "market", "run"}).command->name, "compare");
  EXPECT_EQ(parse_words({"market", "solve", "export"}).command->name, "market solve");
}

TEST(CommandLine, NamesTheNearestCommandAndOption) {
  EXPECT_NE(message_of({"rn"}).find("did you mean 'run'"), std::string::npos);
  EXPECT_NE(message_of({"market", "slove", "x"}).find("did you mean 'market solve'"), std::string::npos);
  EXPECT_NE(message_of({"why", "latest", "--prodct", "dy", "--region", "DEU", "--date", "2025-06"})
                .find("did you mean '--product'"),
            std::string::npos);
}

TEST(CommandLine, ReportsEverythingWrongAtOnce) {
  const auto message = message_of({"embodied", "latest", "--date", "June", "--regoin", "DEU"});
  EXPECT_NE(message.find("--product is missing"), std::string::npos);
  EXPECT_NE(message.find("did you mean '--region'"), std::string::npos);
  EXPECT_NE(message.find("--date 'June'; expected a month such as 2025-04"), std::string::npos);
}

TEST(CommandLine, RefusesValuesOutOfRangeTwiceGivenOrTooMany) {
  EXPECT_NE(message_of({"compare", "a", "b", "--top", "0"}).find("between 1 and 1000"), std::string::npos);
  EXPECT_NE(message_of({"compare", "a", "b", "--out", "x", "--out", "y"}).find("given 2 times"), std::string::npos);
  EXPECT_NE(message_of({"compare", "a", "b", "c"}).find("'c' is one word too many"), std::string::npos);
  EXPECT_NE(message_of({"compare", "a", "b", "--top"}), "no error");
}

TEST(CommandLine, EveryCommandHasHelpWithExamples) {
  const Terminal terminal;
  for (const auto& command : commands()) {
    const auto help = command_help(command, terminal);
    EXPECT_FALSE(command.examples.empty()) << command.name;
    EXPECT_NE(help.find("Examples"), std::string::npos) << command.name;
    for (const auto& option : command.options)
      EXPECT_NE(help.find("--" + option.name), std::string::npos) << command.name;
    EXPECT_NE(general_help(terminal).find(command.name), std::string::npos);
  }
}

TEST(CommandLine, ThePageInTheDocsIsCurrent) {
  std::ifstream file(std::filesystem::path(LODESTONE_SOURCE_DIR) / "docs" / "cli.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(page, cli_page()) << "make it again: lodestone docs cli --output docs/cli.md";
}

TEST(CommandLine, CompletionKnowsEveryCommandAndOption) {
  const auto script = bash_completion();
  for (const auto& command : commands()) {
    EXPECT_NE(script.find("\"" + command.name + "\")"), std::string::npos) << command.name;
    for (const auto& option : command.options)
      EXPECT_NE(script.find("--" + option.name), std::string::npos) << option.name;
  }
}

}  // namespace
}  // namespace lodestone::app
