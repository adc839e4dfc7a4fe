// What the valid dataset means once it is read: units, dates, labels, places, and its translation.
#include <gtest/gtest.h>

#include "lodestone/dataset/check.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/translate.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

RawDataset valid() {
  base::Diagnostics diagnostics;
  return read(test::valid_folder(), diagnostics);
}

TEST(Rows, AreInTheModelsUnits) {
  const auto raw = valid();
  EXPECT_DOUBLE_EQ(raw.facilities[0].capacity, 125);     // 1500 t/yr
  EXPECT_DOUBLE_EQ(raw.facilities[0].cash_cost, 3000);   // 3 USD/kg
  EXPECT_DOUBLE_EQ(raw.facilities[1].base_output, 100);  // 1.2 kt/yr
  EXPECT_DOUBLE_EQ(raw.facilities[2].capacity, 50);      // 50 t/month
  EXPECT_DOUBLE_EQ(raw.compositions[0].share, 0.25);     // 25 percent
  EXPECT_DOUBLE_EQ(raw.trade[0].flow, 14);               // 168 t/yr
  EXPECT_DOUBLE_EQ(raw.freight[0].freight, 1000);
  EXPECT_DOUBLE_EQ(*raw.demand_totals[1].quantity, 10);
  EXPECT_DOUBLE_EQ(*raw.stocks[1].quantity, 30);
}

TEST(Rows, PricesAreConvertedAtTheRateOfTheirYear) {
  const auto raw = valid();
  EXPECT_EQ(raw.prices[1].currency, "CNY");
  EXPECT_DOUBLE_EQ(raw.prices[1].quoted, 406800);
  EXPECT_DOUBLE_EQ(raw.prices[1].price, 406800 / 7.2);
  EXPECT_TRUE(raw.prices[1].vat_included);
  EXPECT_EQ(raw.prices[1].date, base::whole_month(base::Month::of(2024, 3)));
  EXPECT_DOUBLE_EQ(raw.prices[2].price, 60000);
  EXPECT_EQ(raw.prices[2].incoterm, Incoterm::fob);
}

TEST(Rows, EmptyCellsAreNotZero) {
  const auto raw = valid();
  EXPECT_FALSE(raw.stocks[0].quantity.has_value());
  EXPECT_FALSE(raw.stocks[1].cover_months.has_value());
  EXPECT_FALSE(raw.demand_totals[0].quantity.has_value());
}

TEST(Rows, KnowTheirSourceAndDates) {
  const auto raw = valid();
  EXPECT_TRUE(raw.facilities[1].provenance.recalled);
  EXPECT_TRUE(raw.facilities[1].provenance.assumed());
  EXPECT_EQ(raw.facilities[2].provenance.confidence, world::Confidence::assumed);
  EXPECT_TRUE(raw.compositions[3].provenance.derived);
  EXPECT_EQ(raw.groups[0].provenance.valid_to, (base::Date{2023, 6, 30}));
  EXPECT_EQ(raw.groups[1].provenance.valid_to, (base::Date{2200, 12, 31}));
}

TEST(Rows, KnowTheirPlaces) {
  const auto raw = valid();
  const auto file = (test::valid_folder() / "facilities.csv").string();
  EXPECT_EQ(raw.facilities[0].provenance.place.text(), file + ":2");
  EXPECT_EQ(raw.facilities[0].place("region").text(), file + ":2:24");
  EXPECT_EQ(raw.facilities[0].place("no such column").text(), file + ":2");
}

TEST(Rows, TheHashDependsOnEveryByteAndOnNothingElse) {
  const test::ValidCopy copy;
  base::Diagnostics diagnostics;
  const auto hash = valid().hash;
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(read(copy.path(), diagnostics).hash, hash);
  ASSERT_TRUE(copy.replace("regions.csv", "Rest of the sea", "Rest of the Sea"));
  EXPECT_NE(read(copy.path(), diagnostics).hash, hash);
}

TEST(Rows, ConcentratesAreNormalisedWithAWarning) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("compositions.csv", "ore,other,0.75", "ore,other,0.76"));
  base::Diagnostics diagnostics;
  const auto world = translate(read(copy.path(), diagnostics));
  EXPECT_EQ(diagnostics.warnings(), 1);
  ASSERT_FALSE(world.products.empty());
  EXPECT_NEAR(world.products[0].content[0] + world.products[0].content[1], 1, 1e-12);
}

TEST(Rows, AFigureThatDoesNotHoldInTheBaseYearIsLeftOutWithAWarning) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("stocks.csv", ",30,t,toy figure,high,2024,,", ",30,t,toy figure,high,2019,2021,"));
  base::Diagnostics diagnostics;
  const auto raw = read(copy.path(), diagnostics);
  EXPECT_EQ(diagnostics.errors(), 0);
  EXPECT_EQ(diagnostics.warnings(), 1);
  EXPECT_EQ(raw.stocks.size() + 1, valid().stocks.size());
}

TEST(Rows, HowPeopleBehaveHoldsInEveryBaseYear) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("parameters.csv", "how fast,toy figure,high,2024,,", "how fast,toy figure,high,2019,2021,"));
  base::Diagnostics diagnostics;
  EXPECT_EQ(read(copy.path(), diagnostics).parameters.size(), valid().parameters.size());
  EXPECT_EQ(diagnostics.warnings(), 0);
}

TEST(Translation, FillsTheDomain) {
  const auto world = translate(valid());
  EXPECT_EQ(world.id, "two-islands");
  EXPECT_EQ(world.start, base::Month::of(2024, 1));
  ASSERT_EQ(world.regions.size(), 2u);
  EXPECT_TRUE(world.regions[1].rest);
  ASSERT_EQ(world.groups.size(), 1u);
  EXPECT_EQ(world.groups[0].members.size(), 2u);
  const auto& separate = world.processes[1];
  EXPECT_EQ(separate.lag, 1);
  EXPECT_EQ(separate.inputs[0].product, world.find_product("ore"));
  EXPECT_DOUBLE_EQ(separate.outputs[0].amount, 0.25);
  EXPECT_EQ(world.facilities[0].owner_operator, "Says \"Co\"");
  EXPECT_EQ(world.facilities[2].region, world.find_region("XREST"));
  EXPECT_DOUBLE_EQ(world.parameter("stock-rent"), 0.5);
  EXPECT_EQ(world.published.at(0).region, world.find_region("ISA"));
}

TEST(Translation, GroupsHaveDates) {
  const auto world = translate(valid());
  EXPECT_EQ(world.expand_regions("islands", {2024, 5, 1}).size(), 1u);
  EXPECT_TRUE(world.expand_regions("islands", {2023, 9, 1}).empty());
  EXPECT_EQ(world.expand_regions("all", {2024, 5, 1}).size(), 2u);
  EXPECT_EQ(world.expand_regions("XREST", {2024, 5, 1}).size(), 1u);
  EXPECT_TRUE(world.expand_regions("nowhere", {2024, 5, 1}).empty());
}

TEST(Translation, AMissingParameterIsWrongInput) {
  EXPECT_THROW((void)translate(valid()).parameter("stock-rents"), base::InputError);
}

TEST(Check, CountsEveryRowOnce) {
  const auto report = summarise(valid());
  EXPECT_EQ(report.files.size(), tables().size());
  int rows = 0;
  for (const auto& file : report.files) rows += file.evidence.rows;
  EXPECT_EQ(rows, report.total.rows);
  EXPECT_EQ(report.total.recalled, 1);
  EXPECT_EQ(report.total.derived, 1);
  EXPECT_EQ(report.total.assumed, 2);  // the recalled figure and the assumption
  EXPECT_EQ(report.total.by_confidence[3], 1);
}

TEST(Check, GradesAChainByItsAssumedShare) {
  EXPECT_EQ(grade_of(0), 'A');
  EXPECT_EQ(grade_of(0.10), 'A');
  EXPECT_EQ(grade_of(0.11), 'B');
  EXPECT_EQ(grade_of(0.26), 'C');
  EXPECT_EQ(grade_of(0.51), 'D');
  const auto report = summarise(valid());
  int facilities = 0;
  for (const auto& count : report.facilities) facilities += count.plants + count.aggregates;
  EXPECT_EQ(facilities, static_cast<int>(valid().facilities.size()));
  ASSERT_EQ(report.chains.size(), 3u);
  EXPECT_EQ(report.chains[0].evidence.assumed, 0);  // the ore needs no separator
  EXPECT_EQ(report.chains[1].evidence.assumed, 1);
  EXPECT_EQ(report.chains[2].evidence.assumed, 2);  // the magnet rests on both
}

TEST(Check, ReportsWrongInputWithoutThrowing) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("prices.csv", "ore,ISA", "or,ISA"));
  const auto report = check(copy.path());
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.diagnostics.errors(), 1);
  EXPECT_GT(report.total.rows, 40);
}

}  // namespace
}  // namespace lodestone::dataset
