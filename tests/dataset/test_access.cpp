// Access classes, worked out by hand: AAA mines all oxide and presses 60 t of magnets a month, BBB presses 40 t, all of
// it is used in CCC. A tenth of CCC's use, the class "safe", accepts no magnet from AAA; oxide of any origin will do as
// long as no rule says otherwise. BBB keeps half of its press apart for the class.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base_year_balance.hpp"
#include "lodestone/dynamics/mechanism.hpp"
#include "lodestone/market/solver.hpp"
#include "raw_builder.hpp"

namespace lodestone::dataset {
namespace {

using test::RawBuilder;
using ::testing::HasSubstr;
using world::Stage;
using world::Transfer;

RawBuilder class_regions(double leakage = 0.05, double use_share = 0.1) {
  RawBuilder raw;
  raw.regions({"AAA", "BBB", "CCC"}).product("oxide").product("magnet", Stage::magnet);
  raw.process("mine", Stage::mining, {}, {{"oxide", 1}});
  raw.process("press", Stage::magnet, {{"oxide", 1}}, {{"magnet", 1}});
  raw.facility("pit", "AAA", "mine", 120, 100, 60).facility("press-a", "AAA", "press", 80, 60, 500);
  raw.facility("press-b", "BBB", "press", 60, 40, 500).demand("magnet", {{"CCC", 1}});
  raw.price("oxide", "AAA", 100).price("magnet", "AAA", 1000).freight(10);
  for (const std::string product : {"magnet", "oxide"}) {
    AccessRow row;
    row.access = "safe";
    row.product = product;
    row.excluded = "AAA";
    row.in_force = product == "magnet";
    row.qualified = 0.5;
    row.leakage = leakage;
    row.leakage_cost = 0.5;
    if (row.in_force) {
      row.end_use = "use";
      row.users = "CCC";
      row.use_share = use_share;
    }
    raw.raw.access_classes.push_back(row);
  }
  return raw;
}

world::World build(const RawBuilder& raw) {
  base::Diagnostics diagnostics;
  auto world = raw.build(diagnostics);
  for (const auto& d : diagnostics.all()) ADD_FAILURE() << d.text();
  return world;
}

const world::Facility& facility(const world::World& world, const std::string& id) {
  const auto it =
      std::find_if(world.facilities.begin(), world.facilities.end(), [&](const auto& f) { return f.id == id; });
  if (it == world.facilities.end()) throw std::out_of_range(id);
  return *it;
}

double flow(const world::World& world, const std::string& product, const std::string& from, const std::string& to) {
  for (const auto& arc : world.arcs)
    if (world.products[arc.product.index()].id == product && world.regions[arc.from.index()].id == from &&
        world.regions[arc.to.index()].id == to)
      return arc.base_flow;
  return -1;
}

// A month of the base year, cleared under rules that a test may change first.
class Month {
 public:
  explicit Month(world::World world) : world_(std::move(world)) { rules_.reset(world_, 0, 0, 0); }
  [[nodiscard]] const world::World& world() const { return world_; }
  /// From now on oxide has to come from origins that the class accepts.
  Month& rule() {
    for (std::size_t f = 0; f < world_.facilities.size(); ++f)
      if (world_.facilities[f].transfer == Transfer::any_origin) rules_.activity_limit[f] = 0;
    return *this;
  }
  /// Nothing more of a product leaves a region.
  Month& ban(const std::string& product, const std::string& from) {
    for (std::size_t a = 0; a < world_.arcs.size(); ++a)
      if (world_.products[world_.arcs[a].product.index()].id == product &&
          world_.regions[world_.arcs[a].from.index()].id == from)
        rules_.arc_limit[a] = 0;
    return *this;
  }
  Month& clear() {
    world::State state;
    state.month = world_.start;
    const auto mechanisms = dynamics::mechanisms(world_, world::kNoGrowth);
    for (const auto& mechanism : mechanisms) mechanism->start(world_, state);
    for (const auto& mechanism : mechanisms) mechanism->expect(world_, state);
    world::MonthMarket month(world_, {}, {});
    month.fill(state, rules_);
    auto solution = market::Solution::zeros(month.topology());
    const auto solver = market::make_newton_solver(month.topology());
    EXPECT_EQ(solver->solve(month.numbers(), solution, market::Start::cold).outcome, market::Outcome::solved);
    month.read(solution, cleared_);
    return *this;
  }
  [[nodiscard]] double price(const std::string& product, const std::string& region) const {
    return cleared_.price[world_.node(world_.find_product(product), world_.find_region(region))];
  }
  [[nodiscard]] double used(const std::string& product) const {
    double sum = 0;
    for (std::size_t s = 0; s < world_.segments.size(); ++s)
      if (world_.products[world_.segments[s].product.index()].id == product) sum += cleared_.consumption[s];
    return sum;
  }
  [[nodiscard]] double passed(Transfer transfer) const {
    double sum = 0;
    for (std::size_t f = 0; f < world_.facilities.size(); ++f)
      if (world_.facilities[f].transfer == transfer) sum += cleared_.activity[f];
    return sum;
  }

 private:
  world::World world_;
  world::Rules rules_;
  world::Equilibrium cleared_;
};

TEST(AccessClass, PartOfPlantsFlowsAndUseIsKeptApart) {
  const auto world = build(class_regions());
  EXPECT_DOUBLE_EQ(facility(world, "press-b").base_activity, 20);
  EXPECT_DOUBLE_EQ(facility(world, "press-b-safe").base_activity, 20);
  EXPECT_DOUBLE_EQ(facility(world, "press-b-safe").capacity, 30);
  EXPECT_DOUBLE_EQ(facility(world, "press-a").base_activity, 60);
  EXPECT_NEAR(flow(world, "magnet-safe", "BBB", "CCC"), 10, 1e-9);
  EXPECT_NEAR(flow(world, "magnet", "BBB", "CCC"), 30, 1e-9);
  EXPECT_EQ(flow(world, "magnet-safe", "AAA", "CCC"), -1) << "a route from an excluded origin";
  // The class makes 20 and uses 10; its press takes 20 t of oxide of any origin.
  EXPECT_NEAR(facility(world, "downgrade-magnet-safe-BBB").base_activity, 10, 1e-9);
  EXPECT_NEAR(facility(world, "any-origin-oxide-safe-BBB").base_activity, 20, 1e-9);
  EXPECT_EQ(world.products[world.find_product("magnet-safe").index()].open, world.find_product("magnet"));
}

TEST(AccessClass, TheBaseYearClearsAsItWas) {
  Month month(build(class_regions()));
  month.clear();
  for (const std::string product : {"magnet", "magnet-safe"})
    EXPECT_NEAR(month.price(product, "CCC"), 1010, 1e-5) << product;
  EXPECT_NEAR(month.used("magnet"), 90, 1e-5);
  EXPECT_NEAR(month.used("magnet-safe"), 10, 1e-5);
}

TEST(AccessClass, AClosedOriginCannotServeItAtAnyPrice) {
  Month month(build(class_regions(0)));
  month.rule().clear();
  EXPECT_NEAR(month.used("magnet-safe"), 0, 1e-6);
  EXPECT_GT(month.price("magnet-safe", "CCC"), 19 * 1010.0) << "up to the choke price of 20 times the base price";
  EXPECT_LT(month.price("magnet", "CCC"), 3 * 1010.0);
}

TEST(AccessClass, WhatLeaksInIsBounded) {
  Month month(build(class_regions(0.05)));
  month.rule().clear();
  // 5 % of the 30 t of oxide that BBB's press could take for the class, and of the 10 t of magnets that CCC uses.
  EXPECT_NEAR(month.passed(Transfer::leakage), 1.5 + 0.5, 1e-6);
  EXPECT_NEAR(month.used("magnet-safe"), 2, 1e-6);
}

TEST(AccessClass, AGoodOfTheClassIsAlwaysGoodEnoughForOpenUse) {
  Month month(build(class_regions()));
  month.ban("magnet", "AAA").clear();
  // All that BBB makes of the class and CCC's class does not buy is used as open.
  EXPECT_GT(month.passed(Transfer::downgrade), 10);
  for (const char* region : {"BBB", "CCC"})
    EXPECT_GE(month.price("magnet-safe", region) + 0.02 * 1010, month.price("magnet", region)) << region;
  EXPECT_GT(month.price("magnet", "CCC"), 2 * 1010.0);
}

TEST(AccessClass, WhoCannotBeServedInTheBaseYearIsAnError) {
  base::Diagnostics diagnostics;
  (void)class_regions(0, 0.9).build(diagnostics);
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_THAT(diagnostics.all().front().text(), HasSubstr("'safe' needs 90 t/month of 'magnet' in CCC"));
}

TEST(AccessClass, WhatIsRecycledHasNoOrigin) {
  auto raw = class_regions();
  raw.product("swarf", Stage::recycling).process("recycle", Stage::recycling, {{"swarf", 1}}, {{"oxide", 0.5}});
  raw.facility("recycler", "BBB", "recycle", 10, 0, 50).price("swarf", "BBB", 20);
  const auto world = build(raw);
  EXPECT_EQ(world.processes[facility(world, "recycler").process.index()].id, "recycle");
}

}  // namespace
}  // namespace lodestone::dataset
