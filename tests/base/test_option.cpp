#include <gtest/gtest.h>

#include "lodestone/base/option.hpp"

namespace lodestone::base {
namespace {

const OptionSpec kText{"name", OptionType::text, "", 0, -1, false, "", ""};
const OptionSpec kShare{"rate", OptionType::number, "share", 0, 1, false, "", ""};
const OptionSpec kAny{"x", OptionType::number, "", 0, -1, false, "", ""};
const OptionSpec kMonths{"months", OptionType::integer, "months", 1, 600, false, "", ""};
const OptionSpec kSwitch{"fast", OptionType::boolean, "", 0, -1, false, "", ""};
const OptionSpec kMonth{"start", OptionType::month, "", 0, -1, false, "", ""};
const OptionSpec kList{"products", OptionType::text_list, "", 0, -1, false, "", ""};

bool accepts(const OptionSpec& spec, const std::string& text) {
  return std::holds_alternative<OptionValue>(parse_option(spec, text));
}

TEST(Option, ReadsEachType) {
  EXPECT_EQ(std::get<OptionValue>(parse_option(kText, "a b")), OptionValue(std::string("a b")));
  EXPECT_EQ(std::get<OptionValue>(parse_option(kShare, "0.25")), OptionValue(0.25));
  EXPECT_EQ(std::get<OptionValue>(parse_option(kMonths, "24")), OptionValue(24LL));
  EXPECT_EQ(std::get<OptionValue>(parse_option(kSwitch, "true")), OptionValue(true));
  EXPECT_EQ(std::get<OptionValue>(parse_option(kMonth, "2025-04")), OptionValue(Month::of(2025, 4)));
  EXPECT_EQ(std::get<OptionValue>(parse_option(kList, "a,b")), OptionValue(std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(std::get<OptionValue>(parse_option(kList, "")), OptionValue(std::vector<std::string>{}));
}

TEST(Option, RefusesWhatIsNotOfItsTypeOrRange) {
  for (const char* text : {"", "x", "nan", "inf", "-0.1", "1.1", "0.5 ", "0,5", "1e999"})
    EXPECT_FALSE(accepts(kShare, text)) << text;
  for (const char* text : {"nan", "inf", "-inf"}) EXPECT_FALSE(accepts(kAny, text)) << text;
  for (const char* text : {"", "1.5", "0", "601", "99999999999999999999", "0x10"})
    EXPECT_FALSE(accepts(kMonths, text)) << text;
  for (const char* text : {"yes", "1", "True"}) EXPECT_FALSE(accepts(kSwitch, text)) << text;
  EXPECT_FALSE(accepts(kMonth, "2025"));
  EXPECT_TRUE(accepts(kAny, "-1e300"));
}

TEST(Option, SaysWhatItExpects) {
  EXPECT_EQ(expectation(kShare), "a number between 0 and 1 (share)");
  EXPECT_EQ(expectation(kAny), "a number");
  EXPECT_EQ(expectation(kMonths), "a whole number between 1 and 600 (months)");
  EXPECT_EQ(std::get<std::string>(parse_option(kMonth, "x")), "a month such as 2025-04");
}

TEST(Option, IsFoundByName) {
  const std::vector<OptionSpec> specs{kText, kShare};
  EXPECT_EQ(find_option(specs, "rate"), &specs[1]);
  EXPECT_EQ(find_option(specs, "rates"), nullptr);
}

TEST(OptionValues, HoldWhatWasSet) {
  OptionValues values;
  values.set("rate", OptionValue(0.5));
  EXPECT_TRUE(values.has("rate"));
  EXPECT_FALSE(values.has("months"));
  EXPECT_EQ(values.number("rate"), 0.5);
  EXPECT_THROW((void)values.number("months"), std::out_of_range);
}

}  // namespace
}  // namespace lodestone::base
