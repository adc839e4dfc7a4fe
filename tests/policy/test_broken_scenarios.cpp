// One mistake, one error that points at it: each case spoils a valid scenario in one place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <random>

#include "../support/random_bytes.hpp"
#include "../support/temporary_folder.hpp"
#include "played_month.hpp"

namespace lodestone::policy::test {
namespace {

using ::testing::HasSubstr;

const std::string kValid = R"([run]
id = "valid"
title = "A valid scenario"
question = "What happens?"
start = "2025-01"
months = 24
seed = 7

[[levers]]
id = "licence"
kind = "export-licence"
actor = "CHN"
start = "2025-04"
end = "2026-04"
products = ["dysprosium-oxide", "terbium-oxide"]
origins = ["CHN"]
destinations = ["EU27", "JPN"]
source = "assumption: test"
approval-rate = 0.5
delay = 2
expiry = 6
approval-rate-later = 0.8
later-from = "2025-07"

[[levers]]
id = "quota"
kind = "export-quota"
actor = "CHN"
start = "2025-04"
end = "2026-04"
products = ["yttrium-oxide"]
source = "assumption: test"
quantity = 600
period = 6
per-product = true

[[levers]]
id = "tariff"
kind = "import-tariff"
actor = "USA"
start = "2025-02"
end = "2025-06"
products = ["ndfeb-magnet-high-temperature"]
source = "assumption: test"
rate = 1.45

[[levers]]
id = "sale"
kind = "stockpile-release"
actor = "USA"
start = "2025-06"
end = "2025-12"
products = ["dysprosium-oxide"]
source = "assumption: test"
quantity = 6
floor-price = 300
)";

struct Mistake {
  std::string name;
  std::string what, by;  // the first `what` becomes `by`
  std::string place;     // "line:column" of the first error
  std::string words;     // somewhere in its text
  std::string nearest;   // the name it proposes
  int errors = 1;        // in all
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> list{
      // the document
      {"NotToml", "months = 24", "months = = 24", "6:10", "a TOML document", ""},
      {"KeyTwice", "seed = 7", "months = 24", "7:10", "a TOML document", ""},
      {"NotUtf8", "A valid", "A \xFFvalid", "3:12", "UTF-8 text", ""},
      {"NulByte", "A valid", std::string("A \0valid", 8), "3:12", "without NUL bytes", ""},
      {"UnknownTable", "[run]", "[rum]", "1:2",
       "unknown key 'rum'; expected the table [run], [[levers]], [ensemble], [[uncertain]] or [[hazards]]", "run", 2},
      {"UnknownKeyOutsideTables", "[run]", "month = 3\n[run]", "1:1", "unknown key 'month'", ""},
      {"OneLeverTable", "[[levers]]\nid = \"licence\"", "[levers]\nid = \"licence\"", "", "a TOML document", ""},
      // the run
      {"MistypedRunKey", "months = 24", "monhts = 24", "6:1", "unknown key 'monhts'", "months", 2},
      {"NoQuestion", "question = \"What happens?\"\n", "", "1:1", "no key 'question'", ""},
      {"EmptyTitle", "\"A valid scenario\"", "\" \"", "3:9", "title is empty", ""},
      {"IdWithSpaces", "id = \"valid\"", "id = \"Valid one\"", "2:6", "lower-case words", ""},
      {"NoMonths", "months = 24", "months = 0", "6:10", "between 1 and 1200", ""},
      {"TooManyMonths", "months = 24", "months = 1201", "6:10", "between 1 and 1200", ""},
      {"HalfAMonth", "months = 24", "months = 24.5", "6:10", "a whole number", ""},
      {"MonthsAsText", "months = 24", "months = \"24\"", "6:10", "the text '24'", ""},
      {"NegativeSeed", "seed = 7", "seed = -7", "7:8", "between 0 and", ""},
      {"NotAMonth", "\"2025-01\"", "\"2025-13\"", "5:9", "a month such as 2025-04", ""},
      {"DateWithoutQuotes", "\"2025-01\"", "2025-01-01", "5:9", "a date or time without quotes", ""},
      {"UnknownPathOfDemand", "seed = 7", "seed = 7\ndemand-growth = \"centre\"", "8:17", "the paths of the dataset",
       ""},
      {"AnotherBaseYear", "seed = 7", "seed = 7\nbase-year = 2009", "8:13",
       "2024, the base year that the dataset is read", ""},
      {"BaseYearAsText", "seed = 7", "seed = 7\nbase-year = \"2024\"", "8:13", "a whole number between 1950 and 2150",
       ""},
      {"BeforeTheDataset", "\"2025-01\"", "\"2023-12\"", "5:9", "from 2024-01 on", ""},
      // keys of every lever
      {"UnknownKind", "\"export-licence\"", "\"export-license\"", "11:8", "one of acquisition", "export-licence"},
      {"NoKind", "kind = \"export-licence\"\n", "", "9:1", "no key 'kind'", ""},
      {"KindIsANumber", "kind = \"export-licence\"", "kind = 3", "11:8", "expected a text", ""},
      {"UnknownActor", "actor = \"CHN\"", "actor = \"CHM\"", "12:9", "unknown region 'CHM'", "CHN"},
      {"UnknownProduct", "\"terbium-oxide\"", "\"terbum-oxide\"", "15:33", "unknown product", "terbium-oxide"},
      {"NoProducts", "[\"dysprosium-oxide\", \"terbium-oxide\"]", "[]", "15:12", "at least one product", ""},
      {"ProductsAsText", "[\"dysprosium-oxide\", \"terbium-oxide\"]", "\"terbium-oxide\"", "15:12", "a list of names",
       ""},
      {"UnknownGroup", "\"EU27\"", "\"EU28\"", "17:17", "unknown region 'EU28'", "EU27"},
      {"NoDestinations", "[\"EU27\", \"JPN\"]", "[]", "17:16", "at least one region", ""},
      {"GroupWithoutMembersThen", "\"EU27\"", "\"pact\"", "17:17", "no member in 2025-04", ""},
      {"SourceIsEmpty", "\"assumption: test\"", "\"\"", "18:10", "source is empty", ""},
      {"NoSource", "source = \"assumption: test\"\n", "", "9:1", "no key 'source'", ""},
      {"SameIdTwice", "id = \"quota\"", "id = \"licence\"", "26:6", "the first is at broken.toml:10:6", ""},
      {"LeverIdWithCapitals", "id = \"licence\"", "id = \"Licence\"", "10:6", "lower-case words", ""},
      {"EndBeforeStart", "end = \"2026-04\"", "end = \"2025-03\"", "14:7", "after start 2025-04", "", 1},
      {"EndIsStart", "end = \"2026-04\"", "end = \"2025-04\"", "14:7", "after start 2025-04", "", 1},
      {"StartBeforeTheRun", "start = \"2025-04\"", "start = \"2024-12\"", "13:9", "starts in 2025-01", ""},
      {"StartAfterTheRun", "start = \"2025-02\"\nend = \"2025-06\"", "start = \"2027-02\"\nend = \"2027-06\"", "41:9",
       "ends in 2026-12", ""},
      {"OriginOfAnother", "origins = [\"CHN\"]", "origins = [\"JPN\"]", "16:11", "the actor's own regions", ""},
      {"TariffOfAnother", "rate = 1.45", "destinations = [\"JPN\"]\nrate = 1.45", "45:16", "the actor's own regions",
       ""},
      {"RouteThatIsNot", "origins = [\"CHN\"]\ndestinations = [\"EU27\", \"JPN\"]",
       "origins = [\"CHN\"]\ndestinations = [\"CHN\"]", "9:1", "at least one route", ""},
      // keys of a kind
      {"MistypedOption", "approval-rate = 0.5", "aproval-rate = 0.5", "19:1", "unknown key 'aproval-rate'",
       "approval-rate", 2},
      {"OptionOfAnotherKind", "delay = 2", "delay = 2\nquantity = 3", "21:1", "unknown key 'quantity'", ""},
      {"RateAboveOne", "approval-rate = 0.5", "approval-rate = 50", "19:17", "between 0 and 1 (share)", ""},
      {"RateIsNotANumber", "approval-rate = 0.5", "approval-rate = nan", "19:17", "the number nan", ""},
      {"LongDelay", "delay = 2", "delay = 25", "20:9", "between 0 and 24", ""},
      {"SpreadBeyondTheDelay", "delay = 2", "delay = 2\ndelay-spread = 3", "21:16", "at most the delay of 2 months",
       ""},
      {"NoExpiry", "expiry = 6\n", "", "9:1", "no key 'expiry'", ""},
      {"ExpiryOfNothing", "expiry = 6", "expiry = 0", "21:10", "between 1 and 120", ""},
      {"LaterRateAlone", "later-from = \"2025-07\"\n", "", "22:23", "both or neither", ""},
      {"LaterMonthAlone", "approval-rate-later = 0.8\n", "", "22:14", "both or neither", ""},
      {"LaterBeforeTheStart", "\"2025-07\"", "\"2025-04\"", "23:14", "after start 2025-04 and before end 2026-04", ""},
      {"PeriodThatDoesNotFit", "period = 6", "period = 5", "34:10", "a whole number of times", ""},
      {"YesIsNotABoolean", "per-product = true", "per-product = \"yes\"", "35:15", "true or false", ""},
      {"NegativeQuota", "quantity = 600", "quantity = -1", "33:12", "between 0 and", ""},
      {"NegativeTariff", "rate = 1.45", "rate = -0.1", "45:8", "between 0 and 10", ""},
      {"MoreThanIsInStore", "quantity = 6\n", "quantity = 13\n", "55:12", "at most the 12 t in store", ""},
      {"ReleaseWithoutAStock", "start = \"2025-06\"\nend = \"2025-12\"\nproducts = [\"dysprosium-oxide\"]",
       "start = \"2025-06\"\nend = \"2025-12\"\nproducts = [\"ndpr-oxide\"]", "53:12",
       "one of dysprosium-oxide, terbium-oxide, yttrium-oxide", ""},
      {"ReleaseOfTwoProducts", "start = \"2025-06\"\nend = \"2025-12\"\nproducts = [",
       "start = \"2025-06\"\nend = \"2025-12\"\nproducts = [\"terbium-oxide\", ", "53:12", "one product", ""},
      {"ReleaseWithDestinations", "floor-price = 300", "destinations = [\"JPN\"]", "56:16", "no such key", ""},
  };
  return list;
}

std::vector<base::Diagnostic> errors_of(const std::string& text) {
  try {
    parse_scenario(text, "broken.toml", tiny_world());
  } catch (const base::InputError& error) {
    return error.diagnostics().all();
  }
  return {};
}

TEST(BrokenScenario, TheOneTheyAreMadeFromIsValid) {
  EXPECT_EQ(parse_scenario(kValid, "valid.toml", tiny_world()).levers.size(), 4u);
}

class BrokenScenario : public ::testing::TestWithParam<Mistake> {};

TEST_P(BrokenScenario, IsOneErrorAtItsPlace) {
  const Mistake& mistake = GetParam();
  std::string text = kValid;
  const auto at = text.find(mistake.what);
  ASSERT_NE(at, std::string::npos);
  const auto found = errors_of(text.replace(at, mistake.what.size(), mistake.by));
  std::string all;
  for (const auto& error : found) all += error.text() + "\n";
  ASSERT_EQ(found.size(), static_cast<std::size_t>(mistake.errors)) << all;
  const auto at_place = [&](const base::Diagnostic& error) {
    return mistake.place.empty() || error.place.text() == "broken.toml:" + mistake.place;
  };
  const auto it = std::find_if(found.begin(), found.end(), [&](const base::Diagnostic& error) {
    return at_place(error) && error.text().find(mistake.words) != std::string::npos;
  });
  ASSERT_NE(it, found.end()) << all;
  EXPECT_EQ(it->nearest, mistake.nearest);
  EXPECT_FALSE(it->expected.empty());
}

INSTANTIATE_TEST_SUITE_P(Each, BrokenScenario, ::testing::ValuesIn(mistakes()),
                         [](const auto& mistake) { return mistake.param.name; });

TEST(BrokenScenarios, EveryMistakeIsReportedAtOnce) {
  std::string text = kValid;
  for (const auto& [what, by] : {std::pair<std::string, std::string>{"months = 24", "months = -1"},
                                 {"\"export-licence\"", "\"licence\""},
                                 {"\"yttrium-oxide\"", "\"yttrium-oxid\""},
                                 {"rate = 1.45", "rate = 11"},
                                 {"floor-price", "floor_price"}})
    text.replace(text.find(what), what.size(), by);
  EXPECT_EQ(errors_of(text).size(), 5u);
}

TEST(BrokenScenarios, AnEmptyFileHasNoRun) {
  for (const char* text : {"", "\n", "# nothing\n", "\xEF\xBB\xBF"}) {
    const auto found = errors_of(text);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(
        found[0].text(),
        "broken.toml:1:1: error: no table [run]; expected a table [run] with id, title, question, start and months");
  }
}

TEST(BrokenScenarios, LeversOfAnotherShapeAreNamed) {
  const std::string run = kValid.substr(0, kValid.find("[[levers]]"));
  EXPECT_THAT(errors_of(run + "[levers]\nid = \"x\"\n").at(0).text(), HasSubstr("levers = a table; expected tables"));
  EXPECT_THAT(errors_of("levers = 3\n" + run).at(0).text(),
              HasSubstr("the whole number 3; expected tables [[levers]]"));
  EXPECT_THAT(errors_of("levers = [3]\n" + run).at(0).text(), HasSubstr("among the levers"));
  EXPECT_TRUE(errors_of("levers = []\n" + run).empty());
  EXPECT_THAT(errors_of("run = 3\n").at(0).text(), HasSubstr("run = the whole number 3"));
  EXPECT_THAT(errors_of("[[run]]\nid = \"x\"\n").at(0).text(), HasSubstr("run = a list; expected a table [run]"));
}

TEST(BrokenScenarios, FilesThatCannotBeReadAreErrors) {
  const lodestone::test::TemporaryFolder folder;
  const auto world = tiny_world();
  const auto words = [&](const std::filesystem::path& file) {
    try {
      read_scenario(file, world);
    } catch (const base::InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(words(folder.path() / "missing.toml"), HasSubstr("missing.toml: error: no such file"));
  EXPECT_THAT(words(folder.path()), HasSubstr("this is a folder"));
  std::ofstream(folder.path() / "valid.toml") << kValid;
  EXPECT_EQ(read_scenario(folder.path() / "valid.toml", world).text, kValid);
}

TEST(BrokenScenarios, RandomBytesNeverCrashTheReader) {
  using namespace std::string_literals;
  const std::string special = "\",\n\r.=[]{}#'\\- 09eE\0\xFF\xC3"s;
  const auto world = tiny_world();
  std::mt19937_64 random(20250404);
  int accepted = 0;
  constexpr int kTries = 4000;
  for (int i = 0; i < kTries; ++i) {
    try {
      const auto scenario = parse_scenario(lodestone::test::spoil(kValid, special, random), "spoilt.toml", world);
      ++accepted;
      EXPECT_GE(scenario.months, 1);
    } catch (const base::InputError& error) {
      EXPECT_TRUE(error.diagnostics().has_errors());
    }
  }
  EXPECT_GT(accepted, 0);  // a changed letter in a title may pass
  EXPECT_LT(accepted, kTries / 2);
}

}  // namespace
}  // namespace lodestone::policy::test
