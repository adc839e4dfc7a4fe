#include <gtest/gtest.h>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::base {
namespace {

TEST(Diagnostics, PlacesReadLikeACompilers) {
  EXPECT_EQ((Place{"f.csv", 12, 34}).text(), "f.csv:12:34");
  EXPECT_EQ((Place{"f.csv", 12}).text(), "f.csv:12");
  EXPECT_EQ((Place{"f.csv"}).text(), "f.csv");
  EXPECT_EQ(Place{}.text(), "");
}

TEST(Diagnostics, SayFoundExpectedAndNearest) {
  Diagnostics diagnostics;
  diagnostics.error({"f.csv", 2, 3}, "unit 't/year'", "one of t/yr, kt/yr", "t/yr");
  diagnostics.warning({}, "an old figure", "");
  EXPECT_EQ(diagnostics.all()[0].text(),
            "f.csv:2:3: error: unit 't/year'; expected one of t/yr, kt/yr; did you mean 't/yr'?");
  EXPECT_EQ(diagnostics.all()[1].text(), "warning: an old figure");
  EXPECT_EQ(diagnostics.errors(), 1);
  EXPECT_EQ(diagnostics.warnings(), 1);
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Diagnostics, WarningsAreNotErrors) {
  Diagnostics diagnostics;
  diagnostics.warning({}, "x", "y");
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST(Diagnostics, AnInputErrorCarriesThemAll) {
  Diagnostics diagnostics;
  diagnostics.error({"a"}, "one", "");
  diagnostics.error({"b"}, "two", "");
  const InputError error(diagnostics);
  EXPECT_EQ(error.diagnostics().errors(), 2);
  EXPECT_STREQ(error.what(), "a: error: one");
  EXPECT_EQ(InputError("no such run").diagnostics().errors(), 1);
}

TEST(NearestName, IsWithinAThirdOfTheLength) {
  const std::vector<std::string> names{"dysprosium-oxide", "terbium-oxide", "ndpr-oxide", "CHN", "MYS"};
  EXPECT_EQ(nearest_name("disprosium-oxide", names), "dysprosium-oxide");
  EXPECT_EQ(nearest_name("DYSPROSIUM-OXIDE", names), "dysprosium-oxide");
  EXPECT_EQ(nearest_name("CHM", names), "CHN");
  EXPECT_EQ(nearest_name("magnet", names), "");
  EXPECT_EQ(nearest_name("", names), "");
  EXPECT_EQ(nearest_name("x", {}), "");
}

TEST(NearestName, ExactBeatsNear) {
  const std::vector<std::string> names{"rate", "rates"};
  EXPECT_EQ(nearest_name("rates", names), "rates");
  EXPECT_EQ(nearest_name("rate", names), "rate");
}

}  // namespace
}  // namespace lodestone::base
