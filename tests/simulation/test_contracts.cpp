// Contracts on three regions: who has one is served first when goods are short, at a price that lags the spot price.
#include "tests/simulation/short_run.hpp"

namespace lodestone::simulation {
namespace {

/// What a route carries, and of that under contracts, month by month.
class RouteWatch final : public Sink {
 public:
  RouteWatch(const world::World& world, const char* product, const char* from, const char* to) {
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      if (world.arcs[a].product == world.find_product(product) && world.arcs[a].from == world.find_region(from) &&
          world.arcs[a].to == world.find_region(to))
        arc = a;
  }
  void month(const MonthRecord& record) override {
    watch.month(record);
    const auto& eq = record.equilibrium;
    flow.push_back(eq.arc_flow[arc]);
    promised.push_back(eq.arc_promised[arc]);
    asked.push_back(record.market.promised(world::ArcId(arc)));
    fob.push_back(eq.arc_fob[arc]);
    const bool any = !record.before.contract_price.empty();
    contract.push_back(any ? record.before.contract_price[arc] : 0);
    claim.push_back(eq.arc_claim[arc]);
    damages.push_back(any ? record.before.contract_damages[arc] : 0);
  }
  Watch watch;
  std::size_t arc = 0;
  std::vector<double> flow, promised, asked, fob, contract, claim, damages;
};

RouteWatch watched(const world::World& world, const std::string& levers, const char* to, int months = 24) {
  const auto scenario = policy::parse_scenario(
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = " +
          std::to_string(months) + "\n" + levers,
      "test.toml", world);
  Future future(world, scenario);
  RouteWatch watch(world, "dy-oxide", "HOM", to);
  EXPECT_EQ(future.run(watch), months);
  watch.watch.expect_sound();
  return watch;
}

/// Only the buyers in OTH have a contract.
world::World one_contract() {
  auto world = toy_world();
  for (auto& arc : world.arcs)
    arc.contracted = arc.product == world.find_product("dy-oxide") && arc.to == world.find_region("OTH") ? 0.8 : 0;
  return world;
}

const std::string kShortage =
    "[[levers]]\nid = \"fire\"\nkind = \"inspection\"\nactor = \"HOM\"\nplants = [\"home-plant\"]\nproducts = "
    "[\"dy-oxide\"]\n"
    "start = \"2024-04\"\nend = \"2024-10\"\nsource = \"test\"\nshare = 0.6\n";

TEST(Contracts, ServeTheirBuyersFirstWhenGoodsAreShort) {
  const auto with = one_contract();
  auto without = with;
  for (auto& arc : without.arcs) arc.contracted = 0;
  const auto claimed = watched(with, kShortage, "OTH"), spot = watched(without, kShortage, "OTH");
  EXPECT_GT(claimed.claim[5], 0) << "delivered at a loss to avoid damages";
  double more = 0;
  for (std::size_t m = 3; m < 9; ++m) more += claimed.flow[m] - spot.flow[m];
  EXPECT_GT(more, 0.02 * claimed.flow[0]);
}

// At base prices the contract changes nothing.
TEST(Contracts, ChangeNothingInTheBaseYear) {
  const auto quiet = watched(one_contract(), "", "OTH", 6);
  EXPECT_NEAR(quiet.promised[5], 0.8 * quiet.flow[5], 1e-6 * quiet.flow[5]);
  EXPECT_NEAR(quiet.contract[5], quiet.fob[5], 1e-6 * quiet.fob[5]);
  EXPECT_EQ(quiet.claim[5], 0);
}

// No claim costs more than its damages, and no month asks for more than governments let pass.
TEST(Contracts, AreSoft) {
  for (const auto& act : {kShortage, act("export-ban"), act("export-quota", "quantity = 3\nperiod = 12\n")}) {
    const auto run = watched(one_contract(), act, "OTH");
    for (std::size_t m = 0; m < run.flow.size(); ++m) {
      EXPECT_LE(run.claim[m], run.damages[m] * (1 + 1e-9)) << m;
      EXPECT_LE(run.promised[m], run.asked[m] * (1 + 1e-9) + 1e-12) << m;
      EXPECT_LE(run.promised[m], run.flow[m] + 1e-12) << m;
    }
  }
}

TEST(Contracts, LagTheSpotPriceUpAndDown) {
  const auto run = watched(one_contract(), kShortage, "OTH", 36);
  const auto peak = static_cast<std::size_t>(std::max_element(run.fob.begin(), run.fob.end()) - run.fob.begin());
  EXPECT_GT(run.fob[peak], 1.2 * run.fob[0]);
  EXPECT_LT(run.contract[peak], run.fob[peak]);
  EXPECT_LT(*std::max_element(run.contract.begin(), run.contract.end()), run.fob[peak]);
}

}  // namespace
}  // namespace lodestone::simulation
