#include <gtest/gtest.h>

#include "lodestone/insight/compare.hpp"

namespace lodestone::insight {
namespace {

using Keys = std::vector<std::pair<std::string, std::string>>;

TEST(ScenarioKeys, AreNamedBySectionAndLever) {
  EXPECT_EQ(scenario_keys("# a comment\n"
                          "[run]\n"
                          "start = \"2024-01\"  # in force\n"
                          "months = 24\n"
                          "\n"
                          "[[levers]]\n"
                          "kind = \"export-licence\"\n"
                          "id = \"licence\"\n"
                          "products = [\"a\",\n"
                          "  \"b\"]\n"
                          "[[levers]]\n"
                          "rate = 0.5\n"),
            (Keys{{"run.start", "\"2024-01\""},
                  {"run.months", "24"},
                  {"levers.licence.kind", "\"export-licence\""},
                  {"levers.licence.products", "[\"a\", \"b\"]"},
                  {"levers.2.rate", "0.5"}}));
}

TEST(ScenarioKeys, KeepAHashInsideQuotes) {
  EXPECT_EQ(scenario_keys("title = \"No. # 1\" # said so\n"), (Keys{{"title", "\"No. # 1\""}}));
}

TEST(ScenarioKeys, LayoutAndCommentsDoNotCount) {
  EXPECT_EQ(scenario_keys("[run]\nmonths=3\n"), scenario_keys("# new\n\n[run]\r\n  months   =   3 # three\r\n"));
}

}  // namespace
}  // namespace lodestone::insight
