// Facilities in the model: aggregates less their children, plants that do not run, stakes, and rows of other times.
#include <gtest/gtest.h>

#include "lodestone/dataset/checks.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/hierarchy.hpp"
#include "lodestone/dataset/money.hpp"
#include "raw_builder.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

using world::FacilityStatus;
using world::Stage;

test::RawBuilder one_country() {
  test::RawBuilder raw;
  raw.regions({"AAA"}).product("ore");
  raw.process("mine", Stage::mining, {}, {{"ore", 1}}).process("rich-mine", Stage::mining, {}, {{"ore", 2}});
  raw.facility("all", "AAA", "mine", 100, 80, 500);
  raw.demand("ore", {{"AAA", 1}}).price("ore", "AAA", 1000).freight(1);
  raw.raw.facilities[0].aggregate = true;
  return raw;
}

FacilityRow& child(test::RawBuilder& raw, const std::string& id, double capacity, double output,
                   const std::string& parent = "all", const std::string& process = "mine") {
  raw.facility(id, "AAA", process, capacity, output, 400);
  raw.raw.facilities.back().parent = parent;
  return raw.raw.facilities.back();
}

TEST(Facilities, AnAggregateIsWhatItsPlantsLeaveOfIt) {
  auto raw = one_country();
  child(raw, "a", 30, 30);
  child(raw, "b", 10, 0).status = FacilityStatus::suspended;
  child(raw, "c", 50, 0).status = FacilityStatus::planned;
  const auto world = translate(raw.raw);
  EXPECT_DOUBLE_EQ(world.facilities[0].capacity, 60);
  EXPECT_DOUBLE_EQ(world.facilities[0].base_activity, 50);
  EXPECT_DOUBLE_EQ(world.facilities[2].capacity, 10);  // idle, and ready
  EXPECT_DOUBLE_EQ(world.facilities[3].capacity, 0);   // not yet there
  EXPECT_DOUBLE_EQ(world.facilities[3].planned_capacity, 50);
  EXPECT_EQ(world.facilities[1].parent, world::FacilityId(std::size_t{0}));
  EXPECT_FALSE(world.facilities[0].parent.valid());
}

TEST(Facilities, AChildCountsByWhatItMakes) {
  auto raw = one_country();
  child(raw, "rich", 20, 10, "all", "rich-mine");  // 2 t of ore per t of activity
  const auto net = net_of_children(raw.raw);
  EXPECT_DOUBLE_EQ(net[0].capacity, 60);
  EXPECT_DOUBLE_EQ(net[0].base_output, 60);
}

TEST(Facilities, AggregatesMayStandInAggregates) {
  auto raw = one_country();
  child(raw, "province", 50, 40).aggregate = true;
  child(raw, "pit", 20, 20, "province");
  const auto net = net_of_children(raw.raw);
  EXPECT_DOUBLE_EQ(net[0].capacity, 50);
  EXPECT_DOUBLE_EQ(net[1].capacity, 30);
  EXPECT_DOUBLE_EQ(net[2].capacity, 20);
}

TEST(Facilities, PlantsInAnAggregateDoNotChangeWhatTheCountryMakes) {
  auto whole = one_country(), split = one_country();
  child(split, "a", 33.3, 33.3);
  child(split, "b", 66.7, 46.7);  // nothing is left of the aggregate
  base::Diagnostics diagnostics;
  const auto a = whole.build(diagnostics), b = split.build(diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  ASSERT_EQ(a.segments.size(), 1u);
  EXPECT_NEAR(a.segments[0].base_quantity, b.segments[0].base_quantity, 1e-9);
  EXPECT_EQ(b.facilities[0].capacity, 0);
  EXPECT_EQ(b.facilities[0].base_activity, 0);
}

TEST(Facilities, APlantBesideItsAggregateIsAskedAbout) {
  const auto warnings = [](const test::RawBuilder& raw) {
    base::Diagnostics diagnostics;
    check_parents(raw.raw, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    return diagnostics.warnings();
  };
  auto raw = one_country();
  child(raw, "a", 30, 30);
  child(raw, "later", 50, 0, "").status = FacilityStatus::planned;  // nothing of it is in the aggregate yet
  EXPECT_EQ(warnings(raw), 0);
  child(raw, "b", 10, 10, "");
  EXPECT_EQ(warnings(raw), 1);
  child(raw, "again", 90, 90, "").aggregate = true;  // beside the other aggregate, with 'b' beside both
  EXPECT_EQ(warnings(raw), 3);
}

TEST(Facilities, CarryStakesWithTheirDates) {
  const auto world = load(test::valid_folder());
  ASSERT_EQ(world.facilities[0].stakes.size(), 2u);
  EXPECT_EQ(world.facilities[0].stakes[1].owner, "Bank");
  EXPECT_EQ(world.facilities[0].stakes[1].owner_region, world.find_region("XREST"));
  EXPECT_DOUBLE_EQ(world.facilities[0].stakes[1].share, 0.3);
  EXPECT_EQ(world.facilities[0].stakes[0].held.from, (base::Date{2024, 1, 1}));
}

TEST(Facilities, AStakeThatWasSoldMakesRoom) {
  const test::ValidCopy copy;
  ASSERT_TRUE(
      copy.replace("stakes.csv", "0.6,t/t,toy figure,high,2024,,2024", "0.6,t/t,toy figure,high,2024,2024-06,2024"));
  test::spill(copy.path() / "stakes.csv",
              test::slurp(copy.path() / "stakes.csv") + "mine-a,Buyer,ISA,0.7,t/t,toy figure,high,2024-07,,2024-07\n");
  base::Diagnostics diagnostics;
  EXPECT_EQ(read(copy.path(), diagnostics).stakes.size(), 3u);
  EXPECT_TRUE(diagnostics.all().empty());
}

TEST(Facilities, OfTheSamePlantTheRowThatHoldsInTheBaseYearSpeaks) {
  const test::ValidCopy copy;
  const std::string row = "mine-a,Mine A,ISA,mine,A Co,ISA,plant,operating,nameplate,,,";
  test::spill(copy.path() / "facilities.csv",
              test::slurp(copy.path() / "facilities.csv") + row +
                  "900,800,t/yr,3,USD/kg,toy figure,high,2010,2015,2016\n" + row +
                  "1500,1200,t/yr,4,USD/kg,toy figure,high,2024,,2025\n" +
                  "gone,Gone,ISA,mine,A Co,ISA,plant,operating,nameplate,,,900,800,t/yr,"
                  "3,USD/kg,toy figure,high,2010,2015,2016\n");
  base::Diagnostics diagnostics;
  const auto raw = read(copy.path(), diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
  ASSERT_EQ(raw.facilities.size(), 3u);
  EXPECT_DOUBLE_EQ(raw.facilities[2].cash_cost, 4000);  // as revised in 2025
  EXPECT_EQ(raw.left_out.at("facilities.csv").other, 3);
}

TEST(History, FlowsAndPricesOfOtherTimesAreKeptApart) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "trade.csv",
              test::slurp(copy.path() / "trade.csv") + "oxide,ISA,XREST,120,t/yr,toy figure,high,2023,2023,2023-12\n");
  test::spill(copy.path() / "prices.csv", test::slurp(copy.path() / "prices.csv") +
                                              "magnet,XREST,2023,58200,USD/t,cif,excluded,included,nominal,N52,toy "
                                              "figure,high,2023,2023,2024\n");
  const auto world = load(copy.path());
  ASSERT_EQ(world.past_flows.size(), 1u);
  EXPECT_DOUBLE_EQ(world.past_flows[0].flow, 10);
  EXPECT_EQ(world.past_flows[0].period, base::whole_year(2023));
  ASSERT_EQ(world.past_prices.size(), 1u);
  EXPECT_NEAR(world.past_prices[0].price, 60000, 1e-9);  // 58,200 in the money of 2023, when the index was 97
  EXPECT_TRUE(world.past_prices[0].duty_included);
  EXPECT_EQ(world.past_prices[0].incoterm, "cif");
}

TEST(Money, TakesTheMonthThenTheYearThenTheMeanOfItsMonths) {
  RawDataset raw;
  const auto rate = [&](const char* currency, base::Period period, double value) {
    auto& row = raw.fx.emplace_back();
    row.currency = currency;
    row.period = period;
    row.rate = value;
  };
  rate("CNY", base::whole_year(2024), 7.2);
  rate("CNY", base::whole_month(base::Month::of(2024, 3)), 7.0);
  for (int m = 1; m <= 12; ++m) rate("EUR", base::whole_month(base::Month::of(2024, m)), m);
  const Money money(raw);
  EXPECT_EQ(money.rate("USD", base::whole_year(1999)), 1.0);
  EXPECT_EQ(money.rate("CNY", base::whole_month(base::Month::of(2024, 3))), 7.0);
  EXPECT_EQ(money.rate("CNY", base::whole_month(base::Month::of(2024, 4))), 7.2);
  EXPECT_EQ(money.rate("CNY", base::whole_year(2024)), 7.2);
  EXPECT_EQ(money.rate("EUR", base::whole_year(2024)), 6.5);
  EXPECT_EQ(money.rate("EUR", base::whole_year(2023)), std::nullopt);
  EXPECT_EQ(money.deflation(2024), 1.0);
  EXPECT_EQ(money.deflation(2023), std::nullopt);
}

}  // namespace
}  // namespace lodestone::dataset
