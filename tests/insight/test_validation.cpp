// The base year beside what is published, and the years after it beside no change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lodestone/insight/chain_page.hpp"
#include "lodestone/insight/out_of_sample.hpp"
#include "lodestone/insight/validation.hpp"
#include "written_run.hpp"

namespace lodestone::insight {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

world::Provenance quoted() {
  world::Provenance provenance;
  provenance.source = "later figure";
  provenance.confidence = world::Confidence::high;
  return provenance;
}

// The toy world with figures of 2025: a price of Dy oxide twice the base year's, a flow, a share, an unlike quote.
world::World later_world() {
  auto world = toy_world();
  const auto dy = world.find_product("dy-oxide"), ore = world.find_product("ore");
  const auto home = world.find_region("HOM"), far = world.find_region("FAR");
  const auto year = base::whole_year(2025);
  world.past_prices.push_back({dy, home, year, 500'000, "exw", false, false, "99 %", quoted()});
  world.past_prices.push_back(
      {dy, home, base::whole_month(base::Month::of(2025, 6)), 250'000, "exw", false, false, "99 %", quoted()});
  world.past_prices.push_back({ore, home, year, 9'000, "exw", false, false, "other ore", quoted()});
  world.past_prices.push_back({dy, home, base::whole_year(2023), 400'000, "exw", false, false, "99 %", quoted()});
  world.past_flows.push_back({ore, far, home, year, 10, quoted()});
  world.published.push_back({"magnet", "mass", home, 2025, 0.75, quoted()});
  return world;
}

policy::Scenario ban(const world::World& world) {
  return toy_scenario(world,
                      "[[levers]]\nid = \"ban\"\nkind = \"export-ban\"\nactor = \"FAR\"\nproducts = [\"ore\"]\n"
                      "origins = [\"FAR\"]\ndestinations = [\"HOM\"]\nstart = \"2024-01\"\nend = \"2030-01\"\n"
                      "source = \"test\"\n");
}

TEST(OutOfSample, WithoutMeasuresIsTheNoChangeForecast) {
  const auto world = later_world();
  const auto outcome = out_of_sample(world, policy::reference_scenario(world, world.start, 1));
  ASSERT_EQ(outcome.prices.size(), 2u);
  EXPECT_DOUBLE_EQ(outcome.prices[0].no_change, 250'000);
  EXPECT_NEAR(outcome.prices[0].model, 250'000, 1);
  EXPECT_NEAR(outcome.prices[0].model_error(), std::log(2), 1e-5);
  EXPECT_NEAR(outcome.prices[1].model_error(), 0, 1e-5);
  ASSERT_EQ(outcome.flows.size(), 1u);
  EXPECT_NEAR(outcome.flows[0].no_change, 100 / 12.0, 1e-9);
  EXPECT_NEAR(outcome.flows[0].model, 100 / 12.0, 1e-4);
  ASSERT_EQ(outcome.shares.size(), 1u);
  EXPECT_DOUBLE_EQ(outcome.shares[0].no_change, 0.8333);  // published for the base year
  EXPECT_NEAR(outcome.shares[0].model, 1000 / 1200.0, 1e-4);
}

TEST(OutOfSample, LeavesOutQuotesOfOtherGoodsAndOtherYears) {
  const auto world = later_world();
  const auto outcome = out_of_sample(world, policy::reference_scenario(world, world.start, 1));
  EXPECT_EQ(outcome.unlike_quotes, 1);  // another ore; the quote of 2023 is before the base year
}

// Dy oxide is one element: another purity, quoted cif duty unpaid where the base year has no quote, is compared with
// the node's own price.
TEST(OutOfSample, ComparesPuritiesOfOneElementThroughTheNodesPrice) {
  auto world = later_world();
  const auto dy = world.find_product("dy-oxide");
  const auto other = world.find_region("OTH");
  world.past_prices = {{dy, other, base::whole_year(2025), 600'000, "cif", false, false, "Dy oxide", quoted()}};
  const auto outcome = out_of_sample(world, policy::reference_scenario(world, world.start, 1));
  ASSERT_EQ(outcome.prices.size(), 1u);
  double tariff = 0;
  for (const auto& arc : world.arcs)
    if (arc.product == dy && arc.to == other && arc.base_flow > 0) tariff = arc.base_tariff;
  EXPECT_NEAR(outcome.prices[0].no_change, world.base_price[world.node(dy, other)] / (1 + tariff), 1e-6);
}

TEST(OutOfSample, TakesGradesFarApartForDifferentGoods) {
  auto world = later_world();
  const auto dy = world.find_product("dy-oxide");
  const auto home = world.find_region("HOM");
  const auto year = base::whole_year(2025);
  world.past_prices = {{dy, home, year, 600'000, "exw", false, false, "one", quoted()},
                       {dy, home, year, 300'000, "exw", false, false, "another", quoted()}};
  const auto outcome = out_of_sample(world, policy::reference_scenario(world, world.start, 1));
  EXPECT_TRUE(outcome.prices.empty());
  EXPECT_EQ(outcome.unlike_quotes, 2);
}

// A quote, share or flow that somebody assumed says nothing about what happened.
TEST(OutOfSample, HoldsItselfAgainstPublishedFiguresOnly) {
  auto world = later_world();
  for (auto& quote : world.past_prices) quote.provenance.confidence = world::Confidence::assumed;
  for (auto& share : world.published) share.provenance.recalled = true;
  for (auto& flow : world.past_flows) flow.provenance.confidence = world::Confidence::assumed;
  const auto outcome = out_of_sample(world, policy::reference_scenario(world, world.start, 1));
  EXPECT_TRUE(outcome.prices.empty());
  EXPECT_TRUE(outcome.shares.empty());
  EXPECT_TRUE(outcome.flows.empty());
  EXPECT_EQ(outcome.unlike_quotes, 0);
}

TEST(OutOfSample, FollowsWhatGovernmentsDid) {
  const auto world = later_world();
  const auto outcome = out_of_sample(world, ban(world));
  ASSERT_EQ(outcome.flows.size(), 1u);
  EXPECT_EQ(outcome.flows[0].model, 0);
  EXPECT_NEAR(outcome.flows[0].no_change, 100 / 12.0, 1e-9);
}

TEST(OutOfSample, SaysPlainlyWhenItIsNoBetterAndWhenThereIsNothing) {
  auto world = later_world();
  const auto said = verdicts(world, out_of_sample(world, policy::reference_scenario(world, world.start, 1)));
  ASSERT_EQ(said.size(), 5u);
  EXPECT_THAT(said[0], HasSubstr("the model is within 3 points in 0 of 1, no change in 0"));
  EXPECT_THAT(said[1], HasSubstr("shares missed: "));
  EXPECT_THAT(said[2], HasSubstr("1 later quotes have nothing like them"));
  EXPECT_THAT(said[2], HasSubstr("no different from no change"));
  EXPECT_THAT(said[3], HasSubstr("no different from it: dy-oxide in HOM (0.35, no change 0.35)"));
  world.past_flows.clear();
  const auto none = verdicts(world, out_of_sample(world, policy::reference_scenario(world, world.start, 1)));
  EXPECT_THAT(none[4], HasSubstr("no figure that can be compared"));
}

TEST(Validation, ListsFiguresThatMovedFurthestFirst) {
  auto world = toy_world();
  ASSERT_TRUE(world.moved.empty());
  world.moved.push_back({"output of 'near'", "t/yr", 100, 101, 10, quoted()});
  world.moved.push_back({"output of 'far'", "t/yr", 100, 80, 10, quoted()});
  const auto table = moved_figures(world);
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(std::get<std::string>(table.rows[0][0]), "output of 'far'");
  EXPECT_EQ(std::get<std::string>(table.rows[0][4]), "-20.0 %");
  EXPECT_EQ(std::get<std::string>(table.rows[0][5]), "2.00");
}

TEST(Validation, PageNamesTheLeversThatItsLaterYearsRestOn) {
  const auto world = later_world();
  const auto page = validation_page(world, ban(world), "lodestone validate");
  EXPECT_THAT(page, AllOf(HasSubstr("with the levers of `toy`"), HasSubstr("## Trade by partner after the base year"),
                          HasSubstr("| ore | FAR to HOM | 2025 |")));
}

TEST(ChainPage, ShowsMakersByPlaceAndByOperatorAndPricesByYear) {
  const auto world = later_world();
  const auto check = dataset::check(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy");
  const auto page = chain_page(world, check, "lodestone docs chain");
  EXPECT_THAT(page, HasSubstr("| ore | 1,500 | 1,500 | 0 | HOM 80 %, FAR 20 % | HOM 80 %, FAR 20 % |"));
  EXPECT_THAT(page, HasSubstr("| product | where | terms | grade | 2023 | 2024 | 2025 |"));
  EXPECT_THAT(page, HasSubstr("| dy-oxide | HOM | exw | 99 % | 400 | 250 | 375 |"));
  EXPECT_THAT(page, HasSubstr("ore --> ndpr-oxide"));
  EXPECT_THAT(page, HasSubstr("| Other magnets | OTH |"));  // an assumed aggregate among the gaps
}

}  // namespace
}  // namespace lodestone::insight
