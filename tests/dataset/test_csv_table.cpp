#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "lodestone/dataset/csv_table.hpp"

namespace lodestone::dataset {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kColumns{"a", "b"};

struct Read {
  CsvTable table;
  base::Diagnostics diagnostics;
};

Read parse(const std::string& text) {
  Read out;
  out.table = parse_csv(text, "f.csv", kColumns, out.diagnostics);
  return out;
}

TEST(CsvTable, CellsKnowTheirPlaces) {
  const auto [table, diagnostics] = parse("a,b\n1,two\n\n\"x, y\",\"line\nbreak\"\n,z\n");
  ASSERT_TRUE(table.readable);
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[0].cells[1].text, "two");
  EXPECT_EQ(table.rows[0].cells[1].line, 2);
  EXPECT_EQ(table.rows[0].cells[1].column, 3);
  EXPECT_EQ(table.rows[1].cells[0].text, "x, y");
  EXPECT_EQ(table.rows[1].cells[0].line, 4);
  EXPECT_EQ(table.rows[1].cells[1].text, "line\nbreak");
  EXPECT_EQ(table.rows[1].cells[1].column, 8);
  EXPECT_EQ(table.rows[2].cells[0].text, "");
  EXPECT_EQ(table.rows[2].cells[1].line, 6);  // the break inside the quotes is a line of the file
  EXPECT_EQ(table.rows[2].cells[1].column, 2);
}

TEST(CsvTable, ColumnsCountCharactersNotBytes) {
  const auto [table, diagnostics] = parse("a,b\né€𝄞,x\n");
  EXPECT_EQ(table.rows.at(0).cells[1].column, 5);
}

TEST(CsvTable, BlanksAroundFieldsDoNotCount) {
  const auto [table, diagnostics] = parse("a , b\n  1 ,  2\r\n");
  EXPECT_EQ(table.rows.at(0).cells[0].text, "1");
  EXPECT_EQ(table.rows.at(0).cells[0].column, 3);
  EXPECT_EQ(table.rows.at(0).cells[1].text, "2");
  EXPECT_EQ(table.rows.at(0).cells[1].column, 8);
}

TEST(CsvTable, ReportsEveryWrongRow) {
  const auto [table, diagnostics] = parse("a,b\n1\n1,2\n1,2,3\n");
  ASSERT_EQ(diagnostics.errors(), 2);
  EXPECT_EQ(diagnostics.all()[0].place.text(), "f.csv:2:1");
  EXPECT_EQ(diagnostics.all()[1].place.text(), "f.csv:4:5");
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_FALSE(table.rows[0].whole);
  EXPECT_TRUE(table.rows[1].whole);
}

TEST(CsvTable, StopsWhereTheSyntaxIsWrong) {
  EXPECT_EQ(parse("a,b\n1,\"2\"3\n").diagnostics.all().at(0).place.text(), "f.csv:2:6");
  EXPECT_EQ(parse("a,b\n1,2\"\n").diagnostics.all().at(0).place.text(), "f.csv:2:4");
  EXPECT_EQ(parse("a,b\n1,\"2\n").diagnostics.all().at(0).place.text(), "f.csv:2:3");
  EXPECT_FALSE(parse("a,b\n1,\"2\n").table.readable);
}

TEST(CsvTable, RefusesAbsurdSizes) {
  EXPECT_THAT(parse("a,b\n" + std::string(100'000, ',')).diagnostics.all().at(0).found, HasSubstr("too many"));
}

RC_GTEST_PROP(CsvTable, GivesBackWhatWasQuoted, ()) {
  const auto cells = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\",\n é"))));
  std::string text = "a,b\n";
  const auto quote = [](const std::string& cell) {
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  };
  for (const auto& cell : cells) text += quote(cell) + "," + quote(cell + "!") + "\n";
  const auto [table, diagnostics] = parse(text);
  RC_ASSERT(table.readable);
  RC_ASSERT(table.rows.size() == cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    RC_ASSERT(table.rows[i].cells[0].text == cells[i]);
    RC_ASSERT(table.rows[i].cells[1].text == cells[i] + "!");
  }
}

}  // namespace
}  // namespace lodestone::dataset
