// Base years worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base_year_balance.hpp"
#include "lodestone/dataset/base_year.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "raw_builder.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

using test::RawBuilder;
using ::testing::HasSubstr;
using world::Stage;

// AAA makes 100 t a month at a cash cost of 600 USD/t and keeps 40; BBB makes nothing and uses 60.
RawBuilder two_regions() {
  RawBuilder raw;
  raw.regions({"AAA", "BBB"}).product("ore").process("mine", Stage::mining, {}, {{"ore", 1}});
  raw.facility("pit", "AAA", "mine", 120, 100, 600).demand("ore", {{"AAA", 0.4}, {"BBB", 0.6}});
  return raw.freight(100, 1);
}

// The same with a duty of 10 % into BBB and 5 % VAT lost on export from AAA.
RawBuilder taxed_regions() {
  return two_regions().tax(TaxKind::import_tariff, "all", "BBB", 0.1).tax(TaxKind::export_vat, "AAA", "all", 0.05);
}

// AAA makes 60 and uses 20, BBB uses 50, CCC makes 40 and uses 30.
RawBuilder three_regions() {
  RawBuilder raw;
  raw.regions({"AAA", "BBB", "CCC"}).product("ore").process("mine", Stage::mining, {}, {{"ore", 1}});
  raw.facility("a", "AAA", "mine", 60, 60, 600).facility("c", "CCC", "mine", 40, 40, 600);
  raw.demand("ore", {{"AAA", 0.2}, {"BBB", 0.5}, {"CCC", 0.3}}).price("ore", "AAA", 1000);
  return raw.freight(100);
}

world::World build(const RawBuilder& raw, int warnings = 0) {
  base::Diagnostics diagnostics;
  auto world = raw.build(diagnostics);
  EXPECT_EQ(diagnostics.errors(), 0);
  EXPECT_EQ(diagnostics.warnings(), warnings);
  for (const auto& d : diagnostics.all())
    if (warnings == 0) ADD_FAILURE() << d.text();
  return world;
}

std::string errors_of(const RawBuilder& raw) {
  base::Diagnostics diagnostics;
  raw.build(diagnostics);
  std::string text;
  for (const auto& d : diagnostics.all())
    if (d.severity == base::Severity::error) text += d.text() + "\n";
  return text;
}

double price(const world::World& world, const std::string& region, const std::string& product = "ore") {
  return world.base_price[world.node(world.find_product(product), world.find_region(region))];
}

const world::Arc* find_arc(const world::World& world, const std::string& from, const std::string& to) {
  for (const auto& arc : world.arcs)
    if (arc.from == world.find_region(from) && arc.to == world.find_region(to)) return &arc;
  return nullptr;
}

double flow(const world::World& world, const std::string& from, const std::string& to) {
  const auto* arc = find_arc(world, from, to);
  return arc == nullptr ? -1 : arc->base_flow;
}

// demand ---------------------------------------------------------------------------------------------------------

TEST(BaseDemand, IsWhatSupplyLeavesInTheGivenShares) {
  const auto world = build(two_regions().price("ore", "AAA", 1000));
  ASSERT_EQ(world.segments.size(), 2u);
  EXPECT_DOUBLE_EQ(world.segments[0].base_quantity, 40);
  EXPECT_DOUBLE_EQ(world.segments[1].base_quantity, 60);
  EXPECT_EQ(world.segments[1].id, "ore-BBB-use");
  EXPECT_DOUBLE_EQ(world.segments[1].base_price, 1100);
  EXPECT_DOUBLE_EQ(world.segments[1].choke_price, 22000);  // 20 times
}

TEST(BaseDemand, OfAFixedQuantityLeavesASurplusThatIsWorthNothing) {
  auto raw = two_regions();
  raw.raw.demand_totals[0].rule = DemandRule::fixed;
  raw.raw.demand_totals[0].quantity = 80;
  const auto world = build(raw.price("ore", "AAA", 1000), 1);
  EXPECT_EQ(price(world, "AAA"), 0);
  EXPECT_DOUBLE_EQ(price(world, "BBB"), 100);
  EXPECT_DOUBLE_EQ(flow(world, "AAA", "BBB"), 48);
  // Stated at the quote of 1000 USD/t, 32 t where the good is free: 32 * 0.2^0.2.
  EXPECT_DOUBLE_EQ(world.segments[0].base_price, 1000);
  EXPECT_NEAR(world.segments[0].base_quantity, 32 * std::pow(0.2, 0.2), 1e-12);
  EXPECT_NEAR(world::demand_at(world.segments[0], 1, 0), 32, 1e-12);
}

TEST(BaseDemand, ProvenanceIsTheWeakestOfItsFigures) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.raw.demand_shares[1].provenance.confidence = world::Confidence::assumed;
  const auto world = build(raw);
  EXPECT_FALSE(world.segments[0].provenance.assumed());
  EXPECT_TRUE(world.segments[1].provenance.assumed());
  EXPECT_TRUE(world.segments[0].provenance.derived);
}

TEST(BaseDemand, PublishedTotalsPullAndAreReconciled) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.raw.demand_totals[0].quantity = 110;  // 100 +- 3 made, 110 +- 27.5 wanted
  raw.raw.demand_totals[0].provenance.confidence = world::Confidence::low;
  const auto world = build(raw);
  const double made = (100 / 9.0 + 110 / 756.25) / (1 / 9.0 + 1 / 756.25);
  EXPECT_NEAR(world.facilities[0].base_activity, made, 1e-9);
  EXPECT_NEAR(world.segments[0].base_quantity, 0.4 * made, 1e-9);  // shares stay
  ASSERT_EQ(world.moved.size(), 2u);
  EXPECT_EQ(world.moved[1].what, "demand for 'ore' outside the chain");
}

TEST(BaseDemand, ALittleMoreUseThanProductionIsReconciled) {
  RawBuilder raw;
  raw.regions({"AAA"}).product("ore").product("oxide", Stage::separation);
  raw.process("mine", Stage::mining, {}, {{"ore", 1}})
      .process("split", Stage::separation, {{"ore", 1}}, {{"oxide", 1}});
  raw.facility("pit", "AAA", "mine", 60, 50, 100).facility("plant", "AAA", "split", 60, 50.5, 300);
  raw.demand("oxide", {{"AAA", 1}}).price("ore", "AAA", 1000).price("oxide", "AAA", 2000).freight(1);
  const auto world = build(raw);
  EXPECT_NEAR(world.facilities[0].base_activity, world.facilities[1].base_activity, 1e-9);
  EXPECT_NEAR(world.segments[0].base_quantity, world.facilities[1].base_activity, 1e-9);
  EXPECT_EQ(world.facilities[0].capacity, 60);  // not full as stated
}

TEST(BaseDemand, SharesMoveLongBeforeTheTotal) {
  auto raw = two_regions().price("ore", "AAA", 1000).trade("ore", "AAA", "BBB", 66);  // its share says 60
  for (auto& row : raw.raw.demand_shares) row.provenance.confidence = world::Confidence::assumed;
  const auto world = build(raw);
  EXPECT_NEAR(world.segments[0].base_quantity + world.segments[1].base_quantity, 100, 0.2);
  EXPECT_NEAR(flow(world, "AAA", "BBB"), 66, 0.1);
  EXPECT_NEAR(world.segments[0].base_quantity, 34, 0.2);
}

// trade ----------------------------------------------------------------------------------------------------------

TEST(BaseTrade, RunsFromSurplusToDeficit) {
  const auto world = build(three_regions());
  EXPECT_DOUBLE_EQ(flow(world, "AAA", "BBB"), 40);
  EXPECT_DOUBLE_EQ(flow(world, "CCC", "BBB"), 10);
  EXPECT_EQ(flow(world, "AAA", "CCC"), 0);   // possible, unused: no goods cross
  EXPECT_EQ(flow(world, "BBB", "AAA"), -1);  // BBB makes nothing: no route
  EXPECT_TRUE(find_arc(world, "AAA", "BBB")->provenance.derived);
}

TEST(BaseTrade, KeepsKnownFlows) {
  const auto world = build(three_regions().trade("ore", "AAA", "CCC", 12));
  EXPECT_DOUBLE_EQ(flow(world, "AAA", "CCC"), 12);
  EXPECT_DOUBLE_EQ(flow(world, "AAA", "BBB"), 28);
  EXPECT_DOUBLE_EQ(flow(world, "CCC", "BBB"), 22);
  EXPECT_FALSE(find_arc(world, "AAA", "CCC")->provenance.derived);
}

TEST(BaseTrade, OfFiguresThatContradictTheLeastCertainGivesWay) {
  auto raw = three_regions().trade("ore", "AAA", "BBB", 80);  // BBB uses 50
  raw.raw.trade[0].provenance.confidence = world::Confidence::assumed;
  const auto world = build(raw);
  EXPECT_NEAR(flow(world, "AAA", "BBB"), 50, 1);
  EXPECT_TRUE(find_arc(world, "AAA", "BBB")->provenance.derived);
  ASSERT_GE(world.moved.size(), 1u);
  EXPECT_EQ(world.moved.back().what, "'ore' from AAA to BBB");
  EXPECT_DOUBLE_EQ(world.moved.back().stated, 960);  // a year
  EXPECT_DOUBLE_EQ(world.moved.back().error, 480);
  EXPECT_DOUBLE_EQ(world.moved.back().used, 12 * flow(world, "AAA", "BBB"));
}

// CCC makes 40, uses 30 and is known to ship 5: with figures of like quality all of them move, and the user is told.
TEST(BaseTrade, SureFiguresThatContradictAreWarnings) {
  const RawBuilder raw = three_regions().trade("ore", "CCC", "BBB", 5);
  base::Diagnostics diagnostics;
  const auto world = raw.build(diagnostics);
  EXPECT_EQ(diagnostics.errors(), 0);
  EXPECT_LT(world.facilities[1].base_activity, 40);
  EXPECT_GT(world.segments[2].base_quantity, 30);
  EXPECT_GT(flow(world, "CCC", "BBB"), 5);
  ASSERT_EQ(diagnostics.warnings(), 1);
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("share of CCC in demand for 'ore' of 0.3"));
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("2.2 standard errors away"));
}

// All that CCC and AAA have over goes through DDD, which is known to need nothing.
TEST(BaseTrade, PassesThroughOthersWhereNoDirectRouteIsOpen) {
  auto raw = three_regions();
  raw.regions({"DDD"}).arc("ore", "all", "BBB", false).arc("ore", "DDD", "BBB", true);
  raw.arc("ore", "all", "DDD", true);
  const auto world = build(raw);
  EXPECT_NEAR(flow(world, "DDD", "BBB"), 50, 1e-6);
  EXPECT_NEAR(flow(world, "AAA", "DDD") + flow(world, "AAA", "CCC") - flow(world, "CCC", "AAA"), 40, 1e-6);
  EXPECT_TRUE(world.moved.empty());
}

TEST(BaseTrade, FillsTheImportsOfReexporters) {
  auto raw = three_regions();
  raw.regions({"DDD"}).trade("ore", "DDD", "BBB", 20).trade("ore", "CCC", "DDD", 0);
  const auto world = build(raw);
  EXPECT_DOUBLE_EQ(flow(world, "AAA", "DDD"), 20);
  EXPECT_DOUBLE_EQ(flow(world, "AAA", "BBB"), 20);
  EXPECT_EQ(flow(world, "CCC", "DDD"), 0);  // closed by its row
  EXPECT_DOUBLE_EQ(flow(world, "CCC", "BBB"), 10);
}

TEST(BaseTrade, FavoursTheCheaperRoute) {
  auto raw = three_regions();
  raw.raw.demand_shares[0].share = 0.1;  // AAA uses 10, DDD 10
  raw.regions({"DDD"});
  auto& row = raw.raw.demand_shares.emplace_back(raw.raw.demand_shares[0]);
  row.region = "DDD";
  const auto world = build(raw.freight(900, 0, "CCC", "DDD"), 1);  // the dear route needs a wedge
  // Without the dear route DDD would take 10/60 of CCC's exports of 10.
  EXPECT_LT(flow(world, "CCC", "DDD"), 10.0 / 6);
  EXPECT_NEAR(flow(world, "CCC", "DDD") + flow(world, "AAA", "DDD"), 10, 1e-12);
}

TEST(BaseTrade, WithoutARouteIsAnErrorAtTheUser) {
  const auto text = errors_of(two_regions().price("ore", "AAA", 1000).arc("ore", "AAA", "BBB", false));
  EXPECT_THAT(text, HasSubstr("no route brings 60 t/month of 'ore' to BBB"));
  EXPECT_THAT(text, HasSubstr("no route takes 60 t/month of 'ore' from AAA"));
}

TEST(BaseTrade, ReportsEveryUserWithoutARoute) {
  auto raw = three_regions();
  const auto text = errors_of(raw.arc("ore", "all", "BBB", false));
  EXPECT_THAT(text, HasSubstr("to BBB"));
  EXPECT_THAT(text, HasSubstr("from AAA"));
  EXPECT_THAT(text, HasSubstr("from CCC"));
}

TEST(BaseTrade, TheMostSpecificTaxHoldsAndOpenArcsAreAdded) {
  auto raw = taxed_regions().price("ore", "AAA", 1000);
  raw.tax(TaxKind::import_tariff, "AAA", "BBB", 0.02).arc("all", "BBB", "AAA", true);
  const auto world = build(raw);
  EXPECT_DOUBLE_EQ(find_arc(world, "AAA", "BBB")->base_tariff, 0.02);
  EXPECT_DOUBLE_EQ(find_arc(world, "AAA", "BBB")->export_vat, 0.05);
  EXPECT_EQ(find_arc(world, "AAA", "BBB")->lag, 1);
  EXPECT_EQ(flow(world, "BBB", "AAA"), 0);
}

// prices ---------------------------------------------------------------------------------------------------------

TEST(BasePrices, OfImportersAreLandedCost) {
  const auto world = build(taxed_regions().price("ore", "AAA", 1000));
  EXPECT_DOUBLE_EQ(price(world, "BBB"), 1265);  // 1.1 (1.05 * 1000 + 100)
}

TEST(BasePrices, OfExportersAreNetback) {
  const auto world = build(taxed_regions().price("ore", "BBB", 1265));
  EXPECT_DOUBLE_EQ(price(world, "AAA"), 1000);
}

TEST(BasePrices, AreWithoutVatExWorksAndDutyPaid) {
  EXPECT_DOUBLE_EQ(
      price(build(taxed_regions().price("ore", "AAA", 1130, Incoterm::exw, true).tax(TaxKind::vat, "AAA", "all", 0.13)),
            "AAA"),
      1000);
  EXPECT_DOUBLE_EQ(price(build(taxed_regions().price("ore", "AAA", 1050, Incoterm::fob)), "AAA"), 1000);
  EXPECT_DOUBLE_EQ(price(build(taxed_regions().price("ore", "BBB", 1150, Incoterm::cif)), "BBB"), 1265);
}

TEST(BasePrices, OfOneNodeAreAveragedByConfidence) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.price("ore", "AAA", 1500, Incoterm::exw, false, world::Confidence::low);
  EXPECT_DOUBLE_EQ(price(build(raw), "AAA"), 1100);  // weights 8 and 2
}

TEST(BasePrices, WithVatOfAnUnknownRateAreErrors) {
  EXPECT_THAT(errors_of(two_regions().price("ore", "AAA", 1130, Incoterm::exw, true)),
              HasSubstr("a row of kind vat from AAA"));
}

TEST(BasePrices, OfARegionThatTradesWithNobodyAreTheMeanAndAssumed) {
  RawBuilder raw;
  raw.regions({"AAA", "BBB"}).product("ore").process("mine", Stage::mining, {}, {{"ore", 1}});
  raw.facility("a", "AAA", "mine", 10, 10, 600).facility("b", "BBB", "mine", 30, 30, 600);
  raw.demand("ore", {{"AAA", 0.25}, {"BBB", 0.75}}).price("ore", "AAA", 1000).freight(100);
  const auto world = build(raw);
  EXPECT_DOUBLE_EQ(price(world, "BBB"), 1000);
  EXPECT_TRUE(world.price_provenance[1].assumed());
  EXPECT_FALSE(world.price_provenance[0].assumed());
}

// routes ---------------------------------------------------------------------------------------------------------

TEST(BaseWedges, MakeUsedRoutesBreakEven) {
  const auto world = build(taxed_regions().price("ore", "AAA", 1000).price("ore", "BBB", 1300, Incoterm::cif));
  EXPECT_NEAR(find_arc(world, "AAA", "BBB")->wedge, 165, 1e-9);  // 1430 - 1265
  EXPECT_DOUBLE_EQ(find_arc(world, "AAA", "BBB")->switching, 1430.0 / (4 * 60));
}

TEST(BaseWedges, OfUnusedRoutesAreTheCostOfQualificationOrWhatKeepsThemShut) {
  auto raw = three_regions().price("ore", "CCC", 1050);
  const auto near = build(raw);
  // AAA to CCC: 1000 + 100 lands above 1050; 10 % of 1050, flow scale 1 % of the 30 t used.
  EXPECT_DOUBLE_EQ(find_arc(near, "AAA", "CCC")->wedge, 105);
  EXPECT_DOUBLE_EQ(find_arc(near, "AAA", "CCC")->entry, 105);
  EXPECT_DOUBLE_EQ(find_arc(near, "AAA", "CCC")->switching, 1050 / (4 * 0.3));
  raw.raw.prices.back().price = 1500;
  EXPECT_DOUBLE_EQ(find_arc(build(raw), "AAA", "CCC")->wedge, 400);  // 1500 - 1100, above 150
  EXPECT_DOUBLE_EQ(find_arc(build(raw), "AAA", "CCC")->entry, 150);
}

TEST(BaseWedges, AboveHalfThePriceAreWarnings) {
  build(two_regions().price("ore", "AAA", 1000).price("ore", "BBB", 2300), 1);  // 1200 of 2300
}

// facilities -----------------------------------------------------------------------------------------------------

TEST(BaseSupply, CurveRunsThroughTheMargin) {
  const auto pit = build(two_regions().price("ore", "AAA", 1000)).facilities[0];
  EXPECT_EQ(pit.support, 0);
  ASSERT_EQ(pit.step_quantity.size(), 4u);
  EXPECT_DOUBLE_EQ(pit.step_cost[0], 510);  // 0.85 of the cash cost
  EXPECT_DOUBLE_EQ(pit.step_quantity[0], 80);
  EXPECT_DOUBLE_EQ(pit.step_cost[1], 600);
  EXPECT_DOUBLE_EQ(pit.step_quantity[1], 20);
  EXPECT_DOUBLE_EQ(pit.step_cost[2], 1000);
  EXPECT_NEAR(pit.step_quantity[2], 100 * (std::pow(1.2, 0.25) - 1), 1e-12);
  EXPECT_NEAR(pit.step_cost[3], 1000 * std::pow(1.2, 2.5), 1e-9);  // an elasticity of 0.1: cost ~ activity^10
  EXPECT_NEAR(pit.step_cost[4], 1000 * std::pow(1.2, 10), 1e-9);
}

TEST(BaseSupply, AByProductComesAtAnyPriceUpToWhatItsHostBrings) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.raw.facilities[0].kind = world::CapacityKind::by_product;
  const auto pit = build(raw).facilities[0];
  ASSERT_EQ(pit.step_quantity.size(), 3u);
  EXPECT_DOUBLE_EQ(pit.step_quantity[0], 98);
  EXPECT_DOUBLE_EQ(pit.step_cost[0], -2);
  EXPECT_DOUBLE_EQ(pit.step_cost[1], -1) << "even where it is thrown away";
  EXPECT_DOUBLE_EQ(pit.step_cost[2], 1000);
  EXPECT_DOUBLE_EQ(pit.step_cost[3], 20'000);
}

// AAA's route brings all that BBB uses.
TEST(BaseContracts, CoverAShareOfLargeRoutes) {
  const auto world = build(two_regions().price("ore", "AAA", 1000));
  EXPECT_DOUBLE_EQ(find_arc(world, "AAA", "BBB")->contracted, 0.5);
  EXPECT_EQ(find_arc(world, "AAA", "BBB")->captive, 0);
}

// The operator of the pit smelts 24 of the 60 t that BBB gets: 0.4 is captive, and half of the rest under contracts.
TEST(BaseContracts, WhatOneOperatorShipsToItselfIsCaptive) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.product("metal").process("smelt", Stage::metal, {{"ore", 1}}, {{"metal", 1}});
  raw.facility("smelter", "BBB", "smelt", 24, 24, 100).demand("metal", {{"BBB", 1.0}}).price("metal", "BBB", 2000);
  raw.raw.demand_totals[0].rule = DemandRule::fixed;
  raw.raw.demand_totals[0].quantity = 76;
  raw.raw.demand_shares[0].share = 40.0 / 76;
  raw.raw.demand_shares[1].share = 36.0 / 76;
  const auto by = [&](const char* smelter) {
    for (auto& facility : raw.raw.facilities) facility.owner_operator = facility.id == "pit" ? "Pit Co" : smelter;
    return *find_arc(build(raw), "AAA", "BBB");
  };
  EXPECT_NEAR(by("Pit Co").captive, 0.4, 1e-9);
  EXPECT_NEAR(by("Pit Co").contracted, 0.4 + 0.6 * 0.5, 1e-9);
  EXPECT_EQ(by("Other Co").captive, 0);
}

TEST(BaseSupply, SupportFillsWhatTheMarginDoesNotCover) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.raw.facilities[0].cash_cost = 1200;
  const auto pit = build(raw).facilities[0];
  EXPECT_DOUBLE_EQ(pit.support, 200);
  EXPECT_DOUBLE_EQ(test::cost_at(pit, 100), 1200);
}

TEST(BaseSupply, MarginCountsInputsAndJointOutputs) {
  RawBuilder raw;
  raw.regions({"AAA"}).product("ore").product("light", Stage::separation).product("heavy", Stage::separation);
  raw.process("mine", Stage::mining, {}, {{"ore", 1}});
  raw.process("split", Stage::separation, {{"ore", 1}}, {{"light", 0.8}, {"heavy", 0.2}});
  raw.facility("pit", "AAA", "mine", 50, 50, 100).facility("plant", "AAA", "split", 50, 50, 300);
  raw.demand("light", {{"AAA", 1}}).demand("heavy", {{"AAA", 1}});
  raw.price("ore", "AAA", 1000).price("light", "AAA", 500).price("heavy", "AAA", 6000).freight(1);
  const auto plant = build(raw).facilities[1];
  EXPECT_DOUBLE_EQ(test::cost_at(plant, 50), 600);  // 0.8 * 500 + 0.2 * 6000 - 1000
  EXPECT_EQ(plant.step_quantity.size(), 2u);        // full: no room above
}

TEST(BaseSupply, IdlePlantsStayIdle) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.facility("old", "BBB", "mine", 10, 0, 800);
  const auto world = build(raw, 1);  // it would earn: BBB pays 1100
  EXPECT_DOUBLE_EQ(world.facilities[1].step_cost[0], 1100);
  EXPECT_EQ(world.facilities[1].support, 0);
  raw.raw.facilities[1].cash_cost = 1400;
  EXPECT_DOUBLE_EQ(build(raw).facilities[1].step_cost[0], 1400);
  EXPECT_EQ(flow(build(raw), "BBB", "AAA"), 0);  // it could export one day
}

TEST(BaseSupply, AGoodWithoutFinalDemandIsUsedUp) {
  RawBuilder raw;
  raw.regions({"AAA"}).product("ore").product("oxide", Stage::separation);
  raw.process("mine", Stage::mining, {}, {{"ore", 1}})
      .process("split", Stage::separation, {{"ore", 1}}, {{"oxide", 1}});
  raw.facility("pit", "AAA", "mine", 50, 50, 100).facility("plant", "AAA", "split", 49.5, 49.5, 300);
  raw.demand("oxide", {{"AAA", 1}}).price("ore", "AAA", 1000).price("oxide", "AAA", 2000).freight(1);
  const auto world = build(raw);
  const double both = 50 * 49.5 * 99.5 / (50 * 50 + 49.5 * 49.5);  // errors are 3 % of each
  EXPECT_NEAR(world.facilities[0].base_activity, both, 1e-9);
  EXPECT_NEAR(world.facilities[1].base_activity, both, 1e-9);
  EXPECT_EQ(world.facilities[1].capacity, world.facilities[1].base_activity);  // full as stated, full as used
  ASSERT_EQ(world.moved.size(), 2u);
  EXPECT_EQ(world.moved[1].what, "output of 'plant'");
  EXPECT_DOUBLE_EQ(price(world, "AAA", "ore"), 1000);
}

// stocks ---------------------------------------------------------------------------------------------------------

TEST(BaseStocks, CoverTheOutflowOfTheirNode) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  const auto world = build(raw.stock("all", "all", 2).stock("ore", "BBB", 3).government_stock("ore", "BBB", 7));
  ASSERT_EQ(world.stocks.size(), 3u);
  EXPECT_DOUBLE_EQ(world.stocks[0].quantity, 200);  // AAA uses 40 and ships 60
  EXPECT_DOUBLE_EQ(world.stocks[1].quantity, 180);  // BBB uses 60; its own row says 3 months
  EXPECT_EQ(world.stocks[2].holder, world::Holder::government);
  EXPECT_DOUBLE_EQ(world.stocks[2].quantity, 7);
}

TEST(BaseStocks, OfGovernmentsAreInOnePlace) {
  auto raw =
      two_regions().price("ore", "AAA", 1000).government_stock("all", "BBB", 7).government_stock("ore", "all", 7);
  base::Diagnostics diagnostics;
  raw.build(diagnostics);
  EXPECT_EQ(diagnostics.errors(), 2);
}

// parameters -----------------------------------------------------------------------------------------------------

TEST(BaseYear, NamesEveryMissingParameter) {
  auto raw = two_regions().price("ore", "AAA", 1000);
  raw.raw.parameters.clear();
  raw.parameter("trade-elasticty", 4).parameter("supply-elasticity", 0);
  const auto text = errors_of(raw);
  EXPECT_THAT(text, HasSubstr("no parameter 'trade-elasticity'"));
  EXPECT_THAT(text, HasSubstr("did you mean 'trade-elasticty'?"));
  EXPECT_THAT(text, HasSubstr("supply-elasticity = 0"));
  EXPECT_THAT(text, HasSubstr("no parameter 'qualification-cost'"));
}

}  // namespace
}  // namespace lodestone::dataset
