// Membership in camps by hand: what moves it, and what it moves when it is switched on.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/dynamics/camps.hpp"
#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {
namespace {

using world::PlantStage;
using world::RegionId;

/// CCC leads a camp that HHH belongs to by 0.4; CCC sells HHH 10 t at 100 USD and OOO 30 t. OOO belongs to none. CCC
/// builds a mine in HHH: 1000 t a year for 1 USD each, a million.
class Camps {
 public:
  explicit Camps(double effect = 0) {
    world.regions = {{"CCC", "Leader", false}, {"HHH", "Host", false}, {"OOO", "Other", false}};
    world::Product ore;
    ore.id = "ore";
    world.products = {ore};
    world.base_price = {100, 100, 100};
    world::Process mining;
    mining.outputs = {{world::ProductId(0), 1}};
    world.processes = {mining};
    world::Facility mine;
    mine.region = RegionId(1);
    mine.control = RegionId(0);
    mine.process = world::ProcessId(0);
    mine.planned_capacity = 1000.0 / 12;
    mine.construction.capex = 1000;
    world.facilities = {mine};
    for (const auto& [to, flow] : {std::pair{1, 10.0}, {2, 30.0}}) {
      world::Arc arc;
      arc.product = world::ProductId(0);
      arc.from = RegionId(0);
      arc.to = RegionId(to);
      arc.base_flow = flow;
      world.arcs.push_back(arc);
    }
    world.camps = {{"ccc-led", RegionId(0), {1, 0.4, 0}, {}}};
    for (const auto& [id, value] : std::initializer_list<std::pair<const char*, double>>{{"alignment-effect", effect},
                                                                                         {"goodwill-investment", 1},
                                                                                         {"goodwill-loss", 2},
                                                                                         {"goodwill-backlash", 0.1},
                                                                                         {"goodwill-pressure", 0.2},
                                                                                         {"alignment-half-life", 12},
                                                                                         {"settlement-speed", 0.5},
                                                                                         {"camp-friction", 0.1},
                                                                                         {"settlement-saving", 0.02},
                                                                                         {"camp-premium", 0.05}}) {
      world::Parameter parameter;
      parameter.id = id;
      parameter.value = value;
      world.parameters.push_back(parameter);
    }
    state.plants = {{.stage = PlantStage::financing}};
    state.control = {RegionId(0)};
    state.backlash = {0, 0, 0};
    state.royalty_due = {0};
    state.withheld = {0, 0};
    month.activity = {0};
    month.arc_flow = {10, 30};
    mechanism = alignment(world);
    mechanism->start(world, state);
  }
  void age() { mechanism->age(world, market, month, state); }
  /// Comes back half of the way in a year.
  [[nodiscard]] static double back(double a) { return a + (1 - std::exp2(-1.0 / 12)) * (0.4 - a); }
  [[nodiscard]] double membership() const { return state.alignment[1]; }

  world::World world;
  world::State state;
  world::Equilibrium month;
  world::MonthMarket market{world, {}, {}};
  std::unique_ptr<Mechanism> mechanism;
};

TEST(Alignment, StaysWhereNothingHappens) {
  Camps camps;
  for (int m = 0; m < 24; ++m) camps.age();
  EXPECT_DOUBLE_EQ(camps.membership(), 0.4);
  EXPECT_EQ(camps.state.alignment[0], 1);
  EXPECT_EQ(camps.state.alignment[2], 0);
  EXPECT_EQ(camps.state.courted[1], 0);
}

TEST(Alignment, AnInvestmentWinsWhatIsMissingOnce) {
  Camps camps;
  camps.state.plants[0].stage = PlantStage::construction;
  camps.age();
  // A million of a million: 1 - 1/e of the missing 0.6.
  const double won = 0.4 + 0.6 * (1 - std::exp(-1.0));
  EXPECT_NEAR(camps.membership(), Camps::back(won), 1e-12);
  EXPECT_NEAR(camps.state.courted[1], Camps::back(won) - 0.4, 1e-12);
  camps.age();
  EXPECT_NEAR(camps.membership(), Camps::back(Camps::back(won)), 1e-12);
}

TEST(Alignment, AClosedProjectEstrangesTwiceAsMuch) {
  Camps camps;
  camps.state.plants[0].stage = PlantStage::construction;
  camps.age();
  const double before = camps.membership();
  camps.state.plants[0].stage = PlantStage::closed;
  camps.age();
  EXPECT_NEAR(camps.membership(), Camps::back(before * std::exp(-2.0)), 1e-12);
}

TEST(Alignment, RenegotiationCountsAsALoss) {
  Camps camps;
  camps.state.royalty_due = {1000};
  camps.month.activity = {100};  // 0.1 million
  camps.age();
  EXPECT_NEAR(camps.membership(), Camps::back(0.4 * std::exp(-0.2)), 1e-12);
}

TEST(Alignment, ProtestTurnsOnWhoControlsWhatStands) {
  Camps camps;
  camps.state.backlash = {0, 0.5, 0};
  camps.state.plants[0].installed = 5;
  camps.age();
  EXPECT_NEAR(camps.membership(), Camps::back(0.4 * (1 - 0.1 * 0.5)), 1e-12);
}

TEST(Alignment, PressureOfTheLeaderEstranges) {
  Camps camps;
  camps.state.withheld = {5, 0};  // half of what HHH imports
  camps.age();
  EXPECT_NEAR(camps.membership(), Camps::back(0.4 * (1 - 0.2 * 0.5)), 1e-12);
}

TEST(Alignment, SettlementFollowsTradeWithTheLeader) {
  Camps camps;
  EXPECT_DOUBLE_EQ(camps.state.settlement[1], 0.4);  // all of its trade is with the leader
  camps.state.plants[0].stage = PlantStage::construction;
  camps.age();
  EXPECT_NEAR(camps.state.settlement[1], 0.4 + 0.5 * (camps.membership() - 0.4), 1e-12);
}

TEST(Alignment, DoesNothingUnlessSwitchedOn) {
  Camps camps;
  camps.state.alignment[1] = 0.1;
  camps.mechanism->expect(camps.world, camps.state);
  EXPECT_EQ(camps.state.friction, (std::vector<double>{0, 0}));
  EXPECT_EQ(camps.state.camp_premium, (std::vector<double>{0}));
}

TEST(Alignment, DistanceCostsTradeAndProjectsWhenSwitchedOn) {
  Camps camps(1);
  camps.mechanism->expect(camps.world, camps.state);
  EXPECT_EQ(camps.state.friction[0], 0);
  camps.state.alignment[1] = 0.1;    // 0.3 further away
  camps.state.settlement[1] = 0.35;  // 0.05 less
  camps.mechanism->expect(camps.world, camps.state);
  EXPECT_NEAR(camps.state.friction[0], 100 * (0.1 * 0.3 + 0.02 * 0.05), 1e-12);
  EXPECT_EQ(camps.state.friction[1], 0);
  EXPECT_NEAR(camps.state.camp_premium[0], 0.05 * 0.3, 1e-12);
}

TEST(Alignment, IsWhatTwoPlacesHaveInCommon) {
  // Two camps, three places.
  const std::vector<double> membership{1, 0.4, 0.2, 0, 0.3, 0.9};
  EXPECT_DOUBLE_EQ(camp_distance(membership, 3, RegionId(0), RegionId(1)), 0.6);
  EXPECT_DOUBLE_EQ(camp_distance(membership, 3, RegionId(1), RegionId(2)), 0.7);
  EXPECT_EQ(camp_distance(membership, 3, RegionId(1), RegionId(1)), 0);
}

}  // namespace
}  // namespace lodestone::dynamics
