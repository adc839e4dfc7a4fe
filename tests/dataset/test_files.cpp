// Whole files that are missing, foreign, spoilt, or only look unusual.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// The only error of a folder, as text.
std::string only_error(const fs::path& folder) {
  base::Diagnostics diagnostics;
  read(folder, diagnostics);
  std::string text;
  for (const auto& d : diagnostics.all())
    if (d.severity == base::Severity::error) text += d.text() + "\n";
  EXPECT_EQ(diagnostics.errors(), 1) << text;
  return text;
}

void expect_valid(const fs::path& folder) {
  base::Diagnostics diagnostics;
  read(folder, diagnostics);
  for (const auto& d : diagnostics.all()) ADD_FAILURE() << d.text();
}

TEST(Files, OfTheValidDatasetAreAccepted) {
  expect_valid(test::valid_folder());
}

TEST(Files, OfTheReferenceDatasetHaveNoErrors) {
  base::Diagnostics diagnostics;
  read(fs::path(LODESTONE_SOURCE_DIR) / "data", diagnostics);
  for (const auto& d : diagnostics.all())
    if (d.severity == base::Severity::error) ADD_FAILURE() << d.text();
}

TEST(Files, WithWindowsLineEndsAreAccepted) {
  const test::ValidCopy copy;
  for (const auto& entry : fs::directory_iterator(copy.path())) {
    std::string text;
    for (const char c : test::slurp(entry.path())) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    test::spill(entry.path(), text);
  }
  expect_valid(copy.path());
}

TEST(Files, WithAByteOrderMarkAreAccepted) {
  const test::ValidCopy copy;
  for (const auto& entry : fs::directory_iterator(copy.path()))
    test::spill(entry.path(), "\xEF\xBB\xBF" + test::slurp(entry.path()));
  expect_valid(copy.path());
}

TEST(Files, WithoutANewlineAtTheEndAreAccepted) {
  const test::ValidCopy copy;
  for (const auto& entry : fs::directory_iterator(copy.path())) {
    std::string text = test::slurp(entry.path());
    text.pop_back();
    test::spill(entry.path(), text);
  }
  expect_valid(copy.path());
}

TEST(Files, WithEmptyLinesAndBlanksAroundFieldsAreAccepted) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("fx.csv", "CNY,2024,7.2", "\n  \n CNY , 2024 , 7.2"));
  expect_valid(copy.path());
}

TEST(Files, MayHaveTheirColumnsInAnyOrder) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "arcs.csv",
              "from,product,to,open,known_from,source,confidence,valid_to,valid_from\n"
              "ISA,ore,XREST,no,2024,toy,high,,2024\n");
  expect_valid(copy.path());
}

TEST(Files, OfOptionalFiguresMayHaveNoRows) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "arcs.csv", "product,from,to,open,source,confidence,valid_from,valid_to,known_from\n");
  expect_valid(copy.path());
}

TEST(Files, ThatMustHaveRowsSaySo) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "freight.csv",
              "product,from,to,freight,unit,lag_months,source,confidence,valid_from,valid_to,known_from\n");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("freight.csv:1: error: a file without rows"));
}

TEST(Files, ThatAreMissingAreNamed) {
  const test::ValidCopy copy;
  fs::remove(copy.path() / "products.csv");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("products.csv: error: no such file"));
}

TEST(Files, WithAMistypedNameAreFound) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "facilitys.csv", "");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("did you mean 'facilities.csv'?"));
}

TEST(Files, ThatAreEmptyAreNamed) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "regions.csv", "");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("regions.csv:1:1: error: an empty file; expected a header row"));
}

TEST(Files, ThatAreFoldersAreNamed) {
  const test::ValidCopy copy;
  fs::remove(copy.path() / "fx.csv");
  fs::create_directory(copy.path() / "fx.csv");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("fx.csv: error: this is a folder"));
}

TEST(Files, ThatAreDevicesAreNotRead) {
  const test::ValidCopy copy;
  fs::remove(copy.path() / "fx.csv");
  fs::create_symlink("/dev/zero", copy.path() / "fx.csv");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("not a file but a device"));
}

TEST(Files, OfMoreThan64MegabytesAreRefused) {
  const test::ValidCopy copy;
  fs::resize_file(copy.path() / "fx.csv", (64u << 20) + 1);
  EXPECT_THAT(only_error(copy.path()), HasSubstr("65 MB; expected a text file of at most 64 MB"));
}

TEST(Files, Of200MegabytesAreRefusedUnread) {
  const test::ValidCopy copy;
  fs::resize_file(copy.path() / "trade.csv", 200u << 20);
  EXPECT_THAT(only_error(copy.path()), HasSubstr("201 MB; expected a text file of at most 64 MB"));
}

TEST(Files, NestedBeyondReasonAreNamed) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "dataset.toml", "id = " + std::string(100'000, '[') + std::string(100'000, ']') + "\n");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("dataset.toml"));
}

TEST(Files, WithACycleOfParentsAreNamedOnce) {
  const test::ValidCopy copy;
  const std::string row = "X,XREST,press,several,XREST,aggregate,operating,nameplate,";
  std::string text = test::slurp(copy.path() / "facilities.csv");
  for (const std::string& words : {"a," + row + "c", "b," + row + "a", "c," + row + "b", "d," + row + "a"})
    text += words + ",,1,1,t/month,20,USD/kg,assumption: toy,assumed,2024,,2024\n";
  test::spill(copy.path() / "facilities.csv", text);
  EXPECT_THAT(only_error(copy.path()), HasSubstr("facilities.csv:5:61: error: 'a' is part of itself"));
}

TEST(Files, WithChildrenBeyondTheirParentAreNamed) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "facilities.csv",
              test::slurp(copy.path() / "facilities.csv") +
                  "press-y,Y,XREST,press,Y Co,XREST,plant,operating,nameplate,press-x,,45,41,t/month,20,USD/kg,"
                  "assumption: toy,assumed,2024,,2024\n");
  EXPECT_THAT(only_error(copy.path()), HasSubstr("base_output of 'press-x' is 40 t/month; expected at least the 41"));
}

TEST(Files, OfBinaryRubbishAreNamedOnceAndBriefly) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "fx.csv", std::string(100'000, '\xFF'));
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics);
  EXPECT_EQ(diagnostics.errors(), 6);
  EXPECT_THAT(diagnostics.all().back().text() + diagnostics.all().front().text(), HasSubstr("99995 more"));
}

TEST(Files, CutOffAnywhereNeverPassForWhole) {
  const std::string text = test::slurp(test::valid_folder() / "recipes.csv");
  for (std::size_t size = 0; size + 1 < text.size(); size += 7) {
    const test::ValidCopy copy;
    test::spill(copy.path() / "recipes.csv", text.substr(0, size));
    base::Diagnostics diagnostics;
    read(copy.path(), diagnostics);
    EXPECT_TRUE(diagnostics.has_errors()) << "cut at byte " << size;
  }
}

TEST(Files, OfAFolderThatIsNotThere) {
  EXPECT_THAT(only_error("/no/such/folder"), HasSubstr("/no/such/folder: error: no such folder"));
}

TEST(Files, AllErrorsAreReportedInTheOrderOfFilesAndLines) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("prices.csv", "ore,ISA", "or,ISA"));
  ASSERT_TRUE(copy.replace("dataset.toml", "base_year = 2024", "base_year = 3024"));
  ASSERT_TRUE(copy.replace("facilities.csv", "50,40", "-50,x"));
  ASSERT_TRUE(copy.replace("facilities.csv", "1500", "-1"));
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics);
  std::vector<std::string> places;
  for (const auto& d : diagnostics.all()) places.push_back(fs::path(d.place.text()).filename().string());
  EXPECT_EQ(places, (std::vector<std::string>{"dataset.toml:4:13", "facilities.csv:2:79", "facilities.csv:4:75",
                                              "facilities.csv:4:79", "prices.csv:2:1"}));
}

TEST(Files, LoadThrowsWithEveryDiagnostic) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("prices.csv", "ore,ISA", "or,ISA"));
  ASSERT_TRUE(copy.replace("facilities.csv", "1500", "-1"));
  try {
    load(copy.path());
    FAIL() << "no exception";
  } catch (const base::InputError& error) {
    EXPECT_EQ(error.diagnostics().errors(), 2);
  }
}

TEST(Files, TooManyErrorsEndTheFile) {
  const test::ValidCopy copy;
  std::string text = test::slurp(copy.path() / "trade.csv");
  for (int i = 0; i < 5000; ++i) text += "x,y,z,w,v,s,c,d,e,f\n";
  test::spill(copy.path() / "trade.csv", text);
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics);
  EXPECT_LT(diagnostics.errors(), 250);
}

}  // namespace
}  // namespace lodestone::dataset
