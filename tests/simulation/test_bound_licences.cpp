// Licences that are bound to the end user, on three regions: holders pay what goods cost at home, others the spot
// price.
#include "tests/simulation/short_run.hpp"

namespace lodestone::simulation {
namespace {

/// Prices in OTH of dysprosium oxide, and what holders use and keep, month by month.
class LicenceWatch final : public Sink {
 public:
  explicit LicenceWatch(const world::World& world)
      : home_(world.node(world.find_product("dy-oxide"), world.find_region("HOM"))),
        there_(world.node(world.find_product("dy-oxide"), world.find_region("OTH"))) {}
  void month(const MonthRecord& record) override {
    watch.month(record);
    const auto& eq = record.equilibrium;
    home.push_back(eq.price[home_]);
    spot.push_back(eq.price[there_]);
    licensed.push_back(eq.licensed_price[there_]);
    weighted.push_back(eq.weighted_price[there_]);
    used.push_back(eq.licensed_use[there_]);
    kept.push_back(record.after.licensed_store[there_]);
  }
  Watch watch;
  std::vector<double> home, spot, licensed, weighted, used, kept;

 private:
  std::size_t home_, there_;
};

LicenceWatch watched(const world::World& world, const std::string& more) {
  const auto scenario = policy::parse_scenario(
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = 24\n" +
          act("export-licence", "delay = 0\nexpiry = 1\n" + more),
      "test.toml", world);
  Future future(world, scenario);
  LicenceWatch watch(world);
  EXPECT_EQ(future.run(watch), 24);
  watch.watch.expect_sound();
  return watch;
}

TEST(BoundLicences, HoldersPayThePriceAtHomeAndOthersTheSpotPrice) {
  const auto world = toy_world();
  const auto bound = watched(world, "approval-rate = 0.5\nbound = true\n");
  double freight = 0, wedge = 0, landed = 0, left = 0;
  for (const auto& arc : world.arcs)
    if (arc.product == world.find_product("dy-oxide") && arc.from == world.find_region("HOM") &&
        arc.to == world.find_region("OTH")) {
      freight = arc.freight;
      wedge = arc.wedge;
      landed = 1 + arc.base_tariff;
      left = 1 + arc.export_vat;
    }
  EXPECT_EQ(bound.licensed[2], 0) << "before the act";
  for (std::size_t m = 6; m < 15; ++m) {
    EXPECT_NEAR(bound.licensed[m], landed * (left * bound.home[m - 1] + freight) + wedge, 1e-6 * bound.licensed[m])
        << m;
    EXPECT_GT(bound.spot[m], 1.5 * bound.licensed[m]) << m;
    EXPECT_GT(bound.used[m], 0) << m;
    EXPECT_GT(bound.weighted[m], bound.licensed[m]) << m;
    EXPECT_LT(bound.weighted[m], bound.spot[m]) << m;
  }
  EXPECT_EQ(bound.licensed[20], 0) << "the act is over and what set out under it has come";
}

TEST(BoundLicences, SegmentTheMarket) {
  const auto world = toy_world();
  const auto bound = watched(world, "approval-rate = 0.5\nbound = true\n");
  const auto free = watched(world, "approval-rate = 0.5\n");
  EXPECT_LT(bound.weighted[10], bound.spot[10]) << "part of what is used costs no more than at home";
  EXPECT_EQ(highest(free.licensed), 0);
  EXPECT_EQ(free.weighted[10], free.spot[10]) << "everybody pays the spot price";
}

// Twice what users need may leave; holders order no more than they use.
TEST(BoundLicences, HoldersKeepWhatTheyDoNotUse) {
  const auto world = toy_world();
  const auto bound = watched(world, "approval-rate = 1\npanic = 2\nbound = true\n");
  EXPECT_GT(highest(bound.kept), 0);
  EXPECT_EQ(bound.kept[20], 0) << "the act is over: anybody's";
  for (std::size_t m = 8; m < 15; ++m) EXPECT_LE(bound.licensed[m], bound.spot[m] * 1.05) << m;
}

}  // namespace
}  // namespace lodestone::simulation
