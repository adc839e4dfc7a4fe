// What expressions read of projects, their worth, plants' margins and public money; and functions that look back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/dynamics/projects.hpp"
#include "lodestone/insight/expression.hpp"
#include "lodestone/insight/kept.hpp"
#include "lodestone/simulation/future.hpp"
#include "tests/insight/written_run.hpp"

namespace lodestone::insight {
namespace {

using ::testing::HasSubstr;

const std::string kGrant =
    "[[levers]]\nid = \"gift\"\nkind = \"grant\"\nactor = \"OTH\"\nproducts = [\"ore\"]\nplants = [\"cheap\"]\nstart = "
    "\"2024-01\"\nend = \"2026-01\"\nbudget = 1\nshare = 0.5\nsource = \"test\"\n";

// The toy world with three projects far away: one that opens in July, one that nobody pays for, and one that is paid
// for in the first month, half of it by a government.
class ExpressionsOnProjects : public ::testing::Test {
 protected:
  world::World world_ = toy_world();
  base::Diagnostics diagnostics_;
  Probes probes_;

  void SetUp() override {
    world_.facilities.push_back(plan_like(world_, "built", world::FacilityStatus::building));
    world_.facilities.back().opens = base::whole_month(base::Month::of(2024, 7));
    world_.facilities.back().provenance.known_from = {2024, 8, 1};  // seen: the date holds
    world_.facilities.push_back(plan_like(world_, "dear", world::FacilityStatus::planned));
    world_.facilities.back().opens = base::whole_month(base::Month::of(2024, 4));
    world_.facilities.back().construction.capex = 1e9;
    world_.facilities.push_back(plan_like(world_, "cheap", world::FacilityStatus::planned));
    world_.facilities.back().opens = base::whole_month(base::Month::of(2024, 4));
  }

  static dataset::Money money() {
    base::Diagnostics diagnostics;
    return dataset::Money(dataset::read(std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy", diagnostics));
  }

  double one(const std::string& text, const std::string& levers = "") {
    const auto scenario = toy_scenario(world_, levers, 18);
    const auto rates = money();
    const Grounds grounds = grounds_of(world_, rates, scenario);
    Probes probes;
    const auto expression = compile(text, {"p.toml", 1, 1}, grounds, probes, diagnostics_);
    if (!expression) throw base::InputError(diagnostics_);
    Recorder recorder(probes, scenario.start);
    simulation::Future future(world_, scenario);
    future.run(recorder);
    const Track track = recorder.take();
    const Values values = expression->rule({track, {}, 0, 0, nullptr});
    EXPECT_EQ(values.size(), 1u);
    return values.front();
  }

  std::string error(const std::string& text, bool may_leave = false) {
    diagnostics_ = {};
    const auto rates = money();
    Grounds grounds{world_, rates, base::Month::of(2024, 1), 18};
    grounds.may_leave_run = may_leave;
    if (compile(text, {"p.toml", 3, 5}, grounds, probes_, diagnostics_)) return "no error";
    return diagnostics_.all().front().text();
  }
};

TEST_F(ExpressionsOnProjects, CountThoseThatAreSoFar) {
  EXPECT_EQ(one("at(projects(ore, FAR, announced), 2024-01)"), 3);
  EXPECT_EQ(one("at(projects(ore, HOM, announced), 2024-01)"), 0);
  EXPECT_EQ(one("at(projects(dy-oxide, all, announced), 2024-01)"), 0);  // they are mines
  EXPECT_EQ(one("at(projects(stage mining, FAR by control, due), 2024-04)"), 2);
  EXPECT_EQ(one("at(projects(ore, FAR, due), 2024-07)"), 3);
  EXPECT_EQ(one("at(projects(ore, FAR, financed), 2024-01)"), 1);
  EXPECT_EQ(one("at(projects(ore, FAR, financed), 2024-03)"), 2);
  EXPECT_EQ(one("at(projects(ore, FAR, permitted), 2024-01)"), 3);
  EXPECT_EQ(one("at(projects(ore, FAR, producing), 2024-06)"), 0);
  EXPECT_EQ(one("first_month(project(built, producing) > 0)"), base::Month::of(2024, 7).count);
  EXPECT_EQ(one("max(projects(ore, FAR, suspended) + projects(ore, FAR, closed))"), 0);
}

TEST_F(ExpressionsOnProjects, SayWhatHoldsThemBack) {
  EXPECT_EQ(one("sum(stalled(dear, price))"), 17);  // the first month clears before anybody has judged it
  EXPECT_EQ(one("sum(stalled(dear, money)) + sum(stalled(built, price))"), 0);
}

// NPV = cost (worth - 1): a t of capacity earns (margin - cash cost) on 85 % of its months for its life, from when it
// is built and half ramped up; the cost is capex with its overrun.
TEST_F(ExpressionsOnProjects, NetPresentValueIsTheLendersOwn) {
  const double rate = world_.parameter("hurdle-rate"), life = world_.parameter("plant-life");
  const double slip = world_.parameter("construction-slip"), overrun = world_.parameter("cost-overrun");
  const double margin = world_.base_price[world_.node(world_.find_product("ore"), world_.find_region("FAR"))];
  const double wait = (4 * slip + 6 / 2.0) / 12;
  const double earned = 0.85 * (margin - 100) * (1 - std::pow(1 + rate, -life)) / rate * std::pow(1 + rate, -wait);
  EXPECT_NEAR(one("at(npv(built), 2024-01)") / (12 * 10 * (earned - 10 * overrun)), 1, 1e-9);
  EXPECT_LT(one("at(npv(dear), 2024-01)"), 0);
  EXPECT_TRUE(std::isnan(one("at(npv(home-mine), 2024-01)")));
}

TEST_F(ExpressionsOnProjects, MarginsAndCostsAreThoseOfTheMonth) {
  EXPECT_NEAR(one("at(cash_cost(ore, all), 2024-01)"), (100 * 3000 + 25 * 5000) / 125.0, 1e-6);
  EXPECT_NEAR(one("at(margin(ore, HOM), 2024-01) - at(production(ore, HOM), 2024-01) * "
                  "(at(price(ore, HOM), 2024-01) - 3 USD/kg)"),
              0, 1e-3);
}

TEST_F(ExpressionsOnProjects, PublicMoneyIsThatOfTheActorsLevers) {
  const double half = 0.5 * 10 * world_.parameter("cost-overrun") * 12 * 10;
  EXPECT_NEAR(one("sum(public_cost(OTH))", kGrant), half, 1e-6);
  EXPECT_NEAR(one("sum(public_cost(all))", kGrant), half, 1e-6);
  EXPECT_EQ(one("sum(public_cost(HOM + FAR))", kGrant), 0);
  EXPECT_NEAR(one("sum(public_investment(FAR))", kGrant), half, 1e-6);  // where it is built
  EXPECT_NEAR(one("sum(private_investment(FAR))", kGrant), half, 1e-6);
  EXPECT_NEAR(one("sum(private_investment(FAR))"), 2 * half, 1e-6);
}

TEST_F(ExpressionsOnProjects, FunctionsLookBack) {
  const std::string price = "price(dy-oxide, FAR)";
  EXPECT_EQ(one("at(ago(" + price + ", 3 months), 2024-06) - at(" + price + ", 2024-03)", licence()), 0);
  EXPECT_TRUE(std::isnan(one("at(ago(" + price + ", 3 months), 2024-03)")));
  EXPECT_NEAR(one("at(trailing(" + price + ", 3 months), 2024-06) - mean(" + price + ", 2024-Q2)", licence()), 0, 1e-9);
  EXPECT_TRUE(std::isnan(one("at(trailing(" + price + ", 3 months), 2024-02)")));
  // A year from April on without exports.
  EXPECT_EQ(one("longest(exports(dy-oxide, HOM) < 1 kg/month)", licence()), 12);
  EXPECT_EQ(one("longest(exports(dy-oxide, HOM) < 1 kg/month, 2024-01 .. 2024-06)", licence()), 3);
  EXPECT_EQ(one("longest(exports(dy-oxide, HOM) < 1 kg/month, 2024-01 .. 2024-03)", licence()), 0);
}

TEST_F(ExpressionsOnProjects, ErrorsPointAtTheWord) {
  EXPECT_THAT(error("max(projects(ore, FAR, producin))"), HasSubstr("p.toml:3:28: error: 'producin'"));
  EXPECT_THAT(error("max(projects(ore, FAR, producin))"), HasSubstr("did you mean 'producing'"));
  EXPECT_THAT(error("max(stalled(dear, prise))"), HasSubstr("did you mean 'price'"));
  EXPECT_THAT(error("max(ago(price(ore, HOM), 3 t))"), HasSubstr("a number of months"));
  EXPECT_THAT(error("max(ago(3 t, 3 months))"), HasSubstr("a number for every month"));
  EXPECT_THAT(error("max(public_cost(NOBODY))"), HasSubstr("'NOBODY'"));
}

TEST_F(ExpressionsOnProjects, MayNameTimesBeyondTheRunWhereThatIsAllowed) {
  EXPECT_THAT(error("sum(production(ore, HOM), 2030) > 1 t"), HasSubstr("months of the run"));
  EXPECT_EQ(error("sum(production(ore, HOM), 2030) > 1 t", true), "no error");
  const auto rates = money();
  Grounds grounds{world_, rates, base::Month::of(2024, 1), 18};
  grounds.may_leave_run = true;
  const auto far = compile("at(price(ore, HOM), 2024-03) > 2 * mean(price(ore, HOM), 2030)", {"p.toml", 1, 1}, grounds,
                           probes_, diagnostics_);
  ASSERT_TRUE(far.has_value());
  EXPECT_EQ(far->earliest, base::Month::of(2024, 3));
  EXPECT_EQ(far->latest, base::Month::of(2030, 12));
}

}  // namespace
}  // namespace lodestone::insight
