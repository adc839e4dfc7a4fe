// One dataset, several base years: which rows speak, and what is said when a year lacks something.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "dataset_cells.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

ReadOptions in(int year) {
  ReadOptions options;
  options.base_year = year;
  return options;
}

// Every figure of the valid dataset again for 2020, with other cash costs.
void add_2020(const test::ValidCopy& copy) {
  ASSERT_TRUE(copy.replace("dataset.toml", "base_year = 2024", "base_year = 2024\nbase_years = [2024, 2020]"));
  for (const TableSpec& table : tables()) {
    if (table.keeps_history && table.file != "prices.csv") continue;  // they hold at all times as they are
    std::string earlier;
    test::rewrite(copy.path(), table, [&](test::Cells& cells) {
      test::Cells past = cells;
      cells[table.column("valid_from")] = "2024";
      past[table.column("valid_from")] = past[table.column("valid_to")] = "2020";
      const auto set = [&](const char* file, const char* column, const char* text) {
        if (table.file == file) past[table.column(column)] = text;
      };
      set("prices.csv", "date", "2020");
      set("prices.csv", "basis", "real-2024");
      set("facilities.csv", "cash_cost", "1.234");
      earlier += test::line_of(past);
    });
    const fs::path file = copy.path() / table.file;
    test::spill(file, test::slurp(file) + earlier);
  }
}

TEST(BaseYears, TheRowsOfTheYearThatIsAskedForSpeak) {
  const test::ValidCopy plain, copy;
  add_2020(copy);
  const auto then = load(copy.path(), in(2020)), now = load(copy.path());
  EXPECT_EQ(then.base_year, 2020);
  EXPECT_EQ(then.start, base::Month::of(2020, 1));
  EXPECT_DOUBLE_EQ(then.facilities[0].cash_cost, 1234);
  EXPECT_EQ(now.start, base::Month::of(2024, 1));
  EXPECT_DOUBLE_EQ(now.facilities[0].cash_cost, load(plain.path()).facilities[0].cash_cost);
  EXPECT_EQ(load(copy.path(), in(2024)).base_price, now.base_price);
}

TEST(BaseYears, RowsOfAnotherBaseYearAreNoGaps) {
  const test::ValidCopy copy;
  add_2020(copy);
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics, in(2020));
  EXPECT_EQ(diagnostics.all().size(), 0u) << diagnostics.all().front().text();
}

TEST(BaseYears, AYearThatTheDatasetIsNotMadeForIsRefused) {
  const test::ValidCopy copy;
  add_2020(copy);
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics, in(2021));
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("dataset.toml: error: base year 2021 asked for"));
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("2020, 2024"));
}

TEST(BaseYears, AFileWithoutRowsOfTheYearIsNamed) {
  const test::ValidCopy copy;
  add_2020(copy);
  int row = 0;
  test::rewrite(copy.path(), table("freight.csv"), [&](test::Cells& cells) {
    cells[table("freight.csv").column("valid_from")] = "2024";
    cells[table("freight.csv").column("valid_to")] = "";
    cells[table("freight.csv").column("known_from")] = std::to_string(2001 + row++);  // revisions of each other
  });
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics, in(2020));
  ASSERT_GE(diagnostics.errors(), 1);
  std::string all;
  for (const auto& diagnostic : diagnostics.all()) all += diagnostic.text();
  EXPECT_THAT(all, HasSubstr("freight.csv: error: nothing in this file holds in the base year 2020"));
}

// A basket quote speaks for a product of several oxides; quotes of one of them are history even in the base year.
TEST(BaseYears, ABasketSpeaksBeforeTheQuotesOfItsParts) {
  const auto raw_of = [](int year) {
    base::Diagnostics diagnostics;
    return read(fs::path(LODESTONE_SOURCE_DIR) / "data", diagnostics, in(year));
  };
  const auto raw = raw_of(2009);
  for (const auto& row : raw.prices) EXPECT_TRUE(row.product != "sm-eu-gd-oxides" || row.grade == "basket");
  EXPECT_TRUE(std::any_of(raw.price_history.begin(), raw.price_history.end(), [](const auto& row) {
    return row.product == "sm-eu-gd-oxides" && row.date.from.year == 2009 && row.grade == "Eu oxide";
  }));
}

// Mountain Pass and Mt Weld stood idle or were being built; what was planned in the 2020s was not thought of.
TEST(BaseYears, ThePlantsOf2009AreThoseOf2009) {
  const auto world = load(fs::path(LODESTONE_SOURCE_DIR) / "data", in(2009));
  for (const char* id : {"mountain-pass-mine", "mt-weld-mine"}) {
    const auto plant = std::find_if(world.facilities.begin(), world.facilities.end(),
                                    [&](const auto& facility) { return facility.id == id; });
    ASSERT_NE(plant, world.facilities.end()) << id;
    EXPECT_EQ(plant->status, world::FacilityStatus::building) << id;
    EXPECT_EQ(plant->base_activity, 0) << id;
  }
  for (const auto& facility : world.facilities) EXPECT_NE(facility.id, "kvanefjeld-mine");
  const auto from_china = std::find_if(world.arcs.begin(), world.arcs.end(), [&](const auto& arc) {
    return world.products[arc.product.index()].id == "dysprosium-oxide" && world.regions[arc.from.index()].id == "CHN";
  });
  ASSERT_NE(from_china, world.arcs.end());
  EXPECT_NEAR(from_china->export_vat, 0.17 + 0.25, 1e-12);  // VAT that is not refunded, and export duty
}

// The mean of a year speaks for it, not the days of it that somebody happened to quote.
TEST(BaseYears, AnAverageOfTheYearSpeaksBeforeItsDays) {
  const test::ValidCopy copy;
  const std::string prices = test::slurp(copy.path() / "prices.csv");
  const auto grades_with = [&](const std::string& more) {
    test::spill(copy.path() / "prices.csv", prices + more);
    base::Diagnostics diagnostics;
    std::vector<std::string> grades;
    for (const auto& row : read(copy.path(), diagnostics).prices)
      if (row.product == "oxide" && row.region == "ISA") grades.push_back(row.grade);
    EXPECT_FALSE(diagnostics.has_errors());
    return grades;
  };
  const std::string day = "oxide,ISA,2024-05,90,USD/kg,exw,excluded,excluded,nominal,a day,toy,high,2024,,2025\n";
  const std::string year = "oxide,ISA,2024,77,USD/kg,exw,excluded,excluded,nominal,the year,toy,low,2024,,2025\n";
  EXPECT_EQ(grades_with(day), (std::vector<std::string>{"99.5 %", "a day"}));
  EXPECT_EQ(grades_with(day + year), (std::vector<std::string>{"the year"}));
}

// Base year 2023 is whole: no error, no plant that would run at a loss it was not given, shares near what was
// published.
TEST(BaseYears, TheYearBeforeIsThereToo) {
  base::Diagnostics diagnostics;
  const auto raw = read(fs::path(LODESTONE_SOURCE_DIR) / "data", diagnostics, in(2023));
  const auto world = build(raw, diagnostics);
  EXPECT_EQ(diagnostics.errors(), 0);
  EXPECT_LE(diagnostics.all().size(), 3u);
  EXPECT_EQ(world.start, base::Month::of(2023, 1));
  EXPECT_GE(world.facilities.size(), 90u);
  EXPECT_FALSE(world.past_flows.empty());  // of 2024: what it is tested on
}

}  // namespace
}  // namespace lodestone::dataset
