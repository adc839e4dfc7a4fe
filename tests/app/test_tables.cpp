#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "lodestone/app/tables.hpp"

namespace lodestone::app {
namespace {

using insight::Table;

TEST(Readable, GivesTheDigitsAReaderCanUse) {
  EXPECT_EQ(insight::readable(1234567), "1,234,567");
  EXPECT_EQ(insight::readable(-1234.5), "-1,234");
  EXPECT_EQ(insight::readable(241.4), "241");
  EXPECT_EQ(insight::readable(12.44), "12.4");
  EXPECT_EQ(insight::readable(0.0341), "0.0341");
  EXPECT_EQ(insight::readable(2.0), "2");
  EXPECT_EQ(insight::readable(0), "0");
  EXPECT_EQ(insight::readable(-0.0), "0");
  EXPECT_EQ(insight::readable(3.2e-9), "3.2e-09");
  EXPECT_EQ(insight::readable(999.9), "1,000");
  EXPECT_EQ(insight::readable(-2.5e200), "-2.5e+200");
  EXPECT_EQ(insight::readable(std::numeric_limits<double>::quiet_NaN()), "-");
  EXPECT_EQ(insight::readable(std::numeric_limits<double>::infinity()), "unlimited");
  EXPECT_EQ(insight::percent(0.5), "50 %");
  EXPECT_EQ(insight::percent(0.004), "0.4 %");
  EXPECT_EQ(insight::percent(-0.0723), "-7.2 %");
}

Table sample() {
  return {"prices",
          "Prices",
          {{"product", "product", ""}, {"price", "price", "USD/kg"}, {"remark", "", ""}},
          {{std::string("Dy oxide"), 612.0, std::string("a, \"b\"")},
           {std::string("Yttrium, ümlaut"), 1.25, std::monostate{}}},
          "A note."};
}

TEST(Tables, AlignNumbersToTheRight) {
  const Terminal terminal;
  EXPECT_EQ(text(sample(), terminal),
            "Prices\n"
            "  product           price\n"
            "                   USD/kg\n"
            "  Dy oxide            612  a, \"b\"\n"
            "  Yttrium, ümlaut    1.25  -\n"
            "  A note.\n");
}

TEST(Tables, CsvQuotesWhatNeedsIt) {
  EXPECT_EQ(csv(sample()), "product,price (USD/kg),remark\nDy oxide,612,\"a, \"\"b\"\"\"\n\"Yttrium, ümlaut\",1.25,\n");
}

TEST(Tables, JsonIsValidAndMissingNumbersAreNull) {
  insight::Report report{"Why?", "Because.", {"one"}, "half", 0.5, {sample()}, {}};
  report.tables[0].rows.push_back(
      {std::string("bad \xff utf-8"), std::numeric_limits<double>::quiet_NaN(), std::monostate{}});
  const auto document = nlohmann::json::parse(json(report));
  EXPECT_EQ(document["answer"], "Because.");
  EXPECT_EQ(document["tables"]["prices"]["rows"][0]["price"], 612.0);
  EXPECT_EQ(document["tables"]["prices"]["units"]["price"], "USD/kg");
  EXPECT_TRUE(document["tables"]["prices"]["rows"][2]["price"].is_null());
}

TEST(Reports, BeginWithQuestionAnswerDriversAndWhatIsAssumed) {
  const Terminal terminal;
  const insight::Report report{"Why?", "Because.", {"one", "two"}, "half of it", 0.5, {}, {}};
  EXPECT_EQ(text(report, terminal),
            "Question  Why?\nAnswer    Because.\nDrivers   1. one\n          2. two\nAssumed   half of it\n");
}

TEST(Wrapped, BreaksBetweenWordsOnly) {
  EXPECT_EQ(wrapped("aa bb cc", 5, 2), "aa bb\n  cc");
}

}  // namespace
}  // namespace lodestone::app
