#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::dataset {
namespace {

using base::OptionSpec;
using base::OptionType;
using ::testing::HasSubstr;

const std::array kSpecs{
    OptionSpec{"title", OptionType::text, "", 0, -1, true, "", "A text."},
    OptionSpec{"rate", OptionType::number, "share", 0, 1, false, "0.5", "A number."},
    OptionSpec{"months", OptionType::integer, "months", 1, 600, false, "12", "A whole number."},
    OptionSpec{"fast", OptionType::boolean, "", 0, -1, false, "", "A switch."},
    OptionSpec{"start", OptionType::month, "", 0, -1, false, "", "A month."},
    OptionSpec{"products", OptionType::text_list, "", 0, -1, false, "", "Names."},
};

base::OptionValues options(const std::string& text, base::Diagnostics& diagnostics) {
  const auto table = parse_toml(text, "s.toml", diagnostics);
  return table ? read_options(*table, kSpecs, diagnostics) : base::OptionValues{};
}

std::string only_error(const std::string& text) {
  base::Diagnostics diagnostics;
  options(text, diagnostics);
  EXPECT_EQ(diagnostics.errors(), 1) << text.substr(0, 200);
  return diagnostics.all().empty() ? "" : diagnostics.all().front().text();
}

TEST(TomlReader, ReadsEveryTypeAndFillsInDefaults) {
  base::Diagnostics diagnostics;
  const auto values =
      options("title = \"x\"\nrate = 1\nfast = true\nstart = \"2025-04\"\nproducts = [\"a\", \"b\"]\n", diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
  EXPECT_EQ(values.text("title"), "x");
  EXPECT_EQ(values.number("rate"), 1.0);
  EXPECT_EQ(values.integer("months"), 12);
  EXPECT_TRUE(values.boolean("fast"));
  EXPECT_EQ(values.month("start"), base::Month::of(2025, 4));
  EXPECT_EQ(values.list("products"), (std::vector<std::string>{"a", "b"}));
}

TEST(TomlReader, LeavesOutWhatIsNeitherGivenNorDefaulted) {
  base::Diagnostics diagnostics;
  EXPECT_FALSE(options("title = \"x\"\n", diagnostics).has("start"));
}

TEST(TomlReader, NamesPlaceFoundAndExpected) {
  EXPECT_EQ(only_error("title = \"x\"\n  rate = \"fast\"\n"),
            "s.toml:2:10: error: rate = the text 'fast'; expected a number between 0 and 1 (share)");
  EXPECT_THAT(only_error("title = 3\n"), HasSubstr("the whole number 3; expected a text"));
  EXPECT_THAT(only_error("title = \"x\"\nrate = nan\n"), HasSubstr("the number nan"));
  EXPECT_THAT(only_error("title = \"x\"\nrate = inf\n"), HasSubstr("the number inf"));
  EXPECT_THAT(only_error("title = \"x\"\nrate = 1.5\n"), HasSubstr("1.5; expected a number between 0 and 1"));
  EXPECT_THAT(only_error("title = \"x\"\nmonths = 1.5\n"), HasSubstr("whole number between 1 and 600"));
  EXPECT_THAT(only_error("title = \"x\"\nmonths = 0\n"), HasSubstr("whole number between 1 and 600"));
  EXPECT_THAT(only_error("title = \"x\"\nfast = 1\n"), HasSubstr("true or false"));
  EXPECT_THAT(only_error("title = \"x\"\nstart = 2025-04-01\n"), HasSubstr("a date or time without quotes"));
  EXPECT_THAT(only_error("title = \"x\"\nproducts = [1]\n"), HasSubstr("a list; expected a list of names"));
  EXPECT_THAT(only_error("title = \"x\"\nproducts = \"a\"\n"), HasSubstr("the text 'a'; expected a list"));
  EXPECT_THAT(only_error("[title]\n"), HasSubstr("a table; expected a text"));
}

TEST(TomlReader, UnknownKeysAreErrorsWithTheNearestName) {
  EXPECT_EQ(only_error("title = \"x\"\nmonhs = 3\n"),
            "s.toml:2:1: error: unknown key 'monhs'; expected one of this table's keys; did you mean 'months'?");
}

TEST(TomlReader, RequiredKeysMustBeThere) {
  EXPECT_THAT(only_error("rate = 0.1\n"), HasSubstr("no key 'title'"));
}

TEST(TomlReader, SyntaxErrorsHaveAPlace) {
  EXPECT_THAT(only_error("title = \"x\"\nrate = = 1\n"), HasSubstr("s.toml:2:8: error"));
  EXPECT_THAT(only_error("title = \"x\n"), HasSubstr("s.toml:1:"));
}

TEST(TomlReader, DeepNestingIsAnErrorAndNotACrash) {
  std::string dots, lists, tables;
  for (int i = 0; i < 200'000; ++i) {
    dots += "a.";
    lists += "[";
    tables += "{a=";
  }
  EXPECT_THAT(only_error(dots + "a = 1"), HasSubstr("a key of very many parts"));
  EXPECT_THAT(only_error("[" + dots + "a]"), HasSubstr("a key of very many parts"));
  EXPECT_THAT(only_error("x = " + lists), HasSubstr("depth"));
  EXPECT_THAT(only_error("x = " + tables), HasSubstr("depth"));
}

TEST(TomlReader, TheDeepestThatIsAcceptedIsReleasedSafely) {
  std::string dotted;
  for (int i = 0; i < 32; ++i) dotted += "a.";
  std::string text = "x = ";
  for (int i = 0; i < 125; ++i) text += "[\n{" + dotted + "a = ";
  text += "1";
  for (int i = 0; i < 125; ++i) text += "}]";
  base::Diagnostics diagnostics;
  EXPECT_TRUE(parse_toml(text, "s.toml", diagnostics).has_value());
}

TEST(TomlReader, DotsInTextAreOnlyText) {
  const std::string dots(100, '.');
  base::Diagnostics diagnostics;
  options("title = \"\"\"\n" + dots + "\n\"x\" " + dots + "\"\"\"  # " + dots + "\n", diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
  options("title = '" + dots + "\\'\n", diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
}

}  // namespace
}  // namespace lodestone::dataset
