// What holds in every base year: on random chains and on the datasets that the tests read.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base_year_balance.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dynamics/mechanism.hpp"
#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/world/month_market.hpp"
#include "raw_builder.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

using test::RawBuilder;
using world::Stage;

constexpr double kExact = 1e-9;

void expect_balanced(const world::World& world) {
  const auto flows = test::node_flows(world);
  for (std::size_t n = 0; n < world.nodes(); ++n) {
    const double left = flows.in[n] - flows.out[n], size = std::max(flows.in[n], flows.out[n]);
    EXPECT_GE(left, -kExact * size) << world.node_name(n);
    EXPECT_TRUE(left <= kExact * size || world.base_price[n] == 0) << world.node_name(n);  // only the free is left over
    EXPECT_TRUE(world.base_price[n] > 0 || flows.made[n] > 0 || size == 0) << world.node_name(n);
  }
}

void expect_routes_calibrated(const world::World& world) {
  for (const auto& arc : world.arcs) {
    const auto to = world.node(arc.product, arc.to);
    const double profit = test::profit_of(world, arc);
    const double scale = std::max(world.base_price[to], 1.0);
    EXPECT_GE(arc.base_flow, 0);
    EXPECT_GT(arc.switching, 0);
    EXPECT_LE(profit, kExact * scale) << world.node_name(to);
    EXPECT_TRUE(arc.base_flow == 0 || profit >= -kExact * scale) << world.node_name(to);
    EXPECT_TRUE(arc.base_flow > 0 || arc.wedge >= 0);
  }
}

void expect_facilities_calibrated(const world::World& world) {
  for (const auto& facility : world.facilities) {
    double width = 0;
    for (std::size_t s = 0; s < facility.step_quantity.size(); ++s) {
      EXPECT_GT(facility.step_quantity[s], 0) << facility.id;
      EXPECT_GT(facility.step_cost[s + 1], facility.step_cost[s]) << facility.id;
      width += facility.step_quantity[s];
    }
    EXPECT_NEAR(width, facility.full_capacity(), kExact * facility.full_capacity()) << facility.id;
    EXPECT_GE(facility.support, 0) << facility.id;
    if (facility.capacity == 0) continue;  // a plan may earn more than it costs: that is why it is planned
    const double earned = test::margin_of(world, facility) + facility.support;
    const double cost = test::cost_at(facility, facility.base_activity);
    EXPECT_GE(cost, earned - kExact * std::abs(cost)) << facility.id;
    EXPECT_TRUE(facility.base_activity == 0 || cost <= earned + kExact * std::abs(cost)) << facility.id;
  }
}

void expect_segments_complete(const world::World& world) {
  for (const auto& segment : world.segments) {
    EXPECT_GT(segment.base_quantity, 0) << segment.id;
    EXPECT_GT(segment.base_price, 0) << segment.id;
    EXPECT_GT(segment.choke_price, segment.base_price) << segment.id;
  }
}

// The state in which nothing moves.
world::State resting_state(const world::World& world) {
  world::State state;
  state.month = world.start;
  const auto mechanisms = dynamics::mechanisms(world, world::kNoGrowth);
  for (const auto& mechanism : mechanisms) mechanism->start(world, state);
  for (const auto& mechanism : mechanisms) mechanism->expect(world, state);
  return state;
}

world::Rules no_rules(const world::World& world) {
  world::Rules rules;
  rules.reset(world, 0, 0, 0);
  return rules;
}

// A month of the base year clears at the base year's prices, flows and activities.
void expect_steady(const world::World& world) {
  world::MonthMarket month(world, {}, {});
  month.fill(resting_state(world), no_rules(world));
  auto solution = market::Solution::zeros(month.topology());
  const auto solver = market::make_newton_solver(month.topology());
  ASSERT_EQ(solver->solve(month.numbers(), solution, market::Start::cold).outcome, market::Outcome::solved);
  world::Equilibrium cleared;
  month.read(solution, cleared);
  const auto flows = test::node_flows(world);
  for (std::size_t n = 0; n < world.nodes(); ++n) {
    if (!cleared.quote[n].traded || flows.in[n] < 1e-6) continue;
    EXPECT_NEAR(cleared.price[n], world.base_price[n], 1e-5 * std::max(1.0, world.base_price[n])) << world.node_name(n);
  }
  for (std::size_t f = 0; f < world.facilities.size(); ++f)
    EXPECT_NEAR(cleared.activity[f], world.facilities[f].base_activity, 1e-6 * world.facilities[f].capacity)
        << world.facilities[f].id;
  for (std::size_t a = 0; a < world.arcs.size(); ++a)
    EXPECT_NEAR(cleared.arc_flow[a], world.arcs[a].base_flow,
                1e-6 * std::max(1.0, flows.in[world.node(world.arcs[a].product, world.arcs[a].to)]));
}

void expect_base_year(const world::World& world) {
  expect_balanced(world);
  expect_routes_calibrated(world);
  expect_facilities_calibrated(world);
  expect_segments_complete(world);
}

TEST(BaseYearOf, TheValidDatasetHolds) {
  const auto world = load(test::valid_folder());
  expect_base_year(world);
  expect_steady(world);
}

TEST(BaseYearOf, TheToyDatasetHolds) {
  const auto world = load(std::filesystem::path(LODESTONE_SOURCE_DIR) / "tests" / "insight" / "toy");
  expect_base_year(world);
  expect_steady(world);
}

TEST(BaseYearOf, TheReferenceDatasetHolds) {
  const auto world = load(std::filesystem::path(LODESTONE_SOURCE_DIR) / "data");
  expect_base_year(world);
  expect_steady(world);
}

TEST(BaseYearOf, TheReferenceDatasetHoldsIn2009) {
  ReadOptions options;
  options.base_year = 2009;
  const auto world = load(std::filesystem::path(LODESTONE_SOURCE_DIR) / "data", options);
  expect_base_year(world);
  expect_steady(world);
}

// A chain of ore, two joint oxides (one of them wanted less than made) and magnets, over two to five regions.
RawBuilder random_chain() {
  const auto number = [](int low, int high) { return static_cast<double>(*rc::gen::inRange(low, high + 1)); };
  const std::vector<std::string> all{"AAA", "BBB", "CCC", "DDD", "EEE"};
  const std::vector<std::string> ids(all.begin(), all.begin() + *rc::gen::inRange(2, 6));
  RawBuilder raw;
  raw.regions(ids).product("ore").product("oxide", Stage::separation).product("filler", Stage::separation);
  raw.product("magnet", Stage::magnet).process("mine", Stage::mining, {}, {{"ore", 1}});
  raw.process("split", Stage::separation, {{"ore", 1}}, {{"oxide", 0.3}, {"filler", 0.6}});
  raw.process("press", Stage::magnet, {{"oxide", 0.3}}, {{"magnet", 1}});
  double ore = 0;
  for (const auto& id : ids)
    if (const double made = number(0, 50); made > 0 || (id == ids.back() && ore == 0)) {
      raw.facility("mine-" + id, id, "mine", made + 1 + number(0, 20), made + 1, number(0, 8000));
      ore += made + 1;
    }
  double left = ore;
  for (const auto& id : ids) {
    const double taken = id == ids.back() ? left : std::min(left, number(0, 40));
    left -= taken;
    raw.facility("split-" + id, id, "split", taken + number(0, 20), taken, number(0, 5000));
    const double pressed = taken * 0.3 / 0.3 * number(0, 9) / 10;
    raw.facility("press-" + id, id, "press", pressed + number(0, 20), pressed, number(0, 40000));
  }
  test::Items shares;
  double total = 0;
  for (const auto& id : ids) total += shares.emplace_back(id, number(1, 10)).second;
  for (auto& share : shares) share.second /= total;
  raw.demand("magnet", shares).demand("oxide", shares).demand("filler", shares, ore * 0.6 * number(0, 10) / 10);
  for (const std::string product : {"ore", "oxide", "filler", "magnet"}) {
    raw.price(product, ids[0], number(1, 100) * (product == "filler" ? 10 : 1000));
    if (*rc::gen::arbitrary<bool>()) raw.price(product, ids[1], number(1, 100) * 1000, Incoterm::cif);
  }
  raw.freight(number(0, 2000), *rc::gen::inRange(0, 3)).stock("all", "all", number(0, 4));
  raw.tax(TaxKind::import_tariff, "all", ids[1], number(0, 145) / 100);
  raw.tax(TaxKind::export_vat, ids[0], "all", number(0, 13) / 100);
  return raw;
}

RC_GTEST_PROP(BaseYearOf, ARandomChainHoldsAndClears, ()) {
  const RawBuilder raw = random_chain();
  base::Diagnostics diagnostics;
  const auto world = raw.build(diagnostics);
  RC_ASSERT(diagnostics.errors() == 0);
  expect_base_year(world);
  expect_steady(world);
  RC_ASSERT(!::testing::Test::HasFailure());
}

// Figures as they are found: off by some percent, of every confidence, some flows known.
RawBuilder contradictory_chain() {
  RawBuilder raw = random_chain();
  const auto confidence = [] { return static_cast<world::Confidence>(*rc::gen::inRange(0, 4)); };
  for (auto& row : raw.raw.facilities) {
    row.provenance.confidence = confidence();
    row.base_output *= *rc::gen::inRange(98, 103) / 100.0;
    row.capacity = std::max(row.capacity, row.base_output);
  }
  for (auto& row : raw.raw.demand_shares) row.provenance.confidence = confidence();
  const auto& first = raw.raw.regions[0].id;
  for (const auto& region : raw.raw.regions)
    if (region.id != first && *rc::gen::inRange(0, 3) == 0) {
      raw.trade("oxide", first, region.id, *rc::gen::inRange(0, 10));
      raw.raw.trade.back().provenance.confidence = confidence();
    }
  return raw;
}

// Least squares find a base year, or say that none is near: never one that does not hold.
RC_GTEST_PROP(BaseYearOf, ContradictoryFiguresHoldsAndClears, ()) {
  const RawBuilder raw = contradictory_chain();
  base::Diagnostics diagnostics;
  const auto world = raw.build(diagnostics);
  RC_CLASSIFY(diagnostics.errors() == 0, "reconciled");
  RC_CLASSIFY(world.moved.size() > 3, "moved");
  if (diagnostics.errors() > 0) return;
  expect_base_year(world);
  expect_steady(world);
  RC_ASSERT(!::testing::Test::HasFailure());
}

RC_GTEST_PROP(BaseYearOf, ARandomChainIsTheSameEveryTime, ()) {
  const RawBuilder raw = random_chain();
  base::Diagnostics diagnostics;
  const auto first = raw.build(diagnostics), second = raw.build(diagnostics);
  RC_ASSERT(first.base_price == second.base_price);
  for (std::size_t a = 0; a < first.arcs.size(); ++a) RC_ASSERT(first.arcs[a].base_flow == second.arcs[a].base_flow);
}

}  // namespace
}  // namespace lodestone::dataset
