// Mechanisms that meet: sign and size of what two of them do together, on three regions.
#include "tests/simulation/short_run.hpp"

namespace lodestone::simulation {
namespace {

constexpr const char* kLicence = "approval-rate = 0.5\ndelay = 2\nexpiry = 6\n";

std::vector<double> oxide_abroad(const world::World& world, const Watch& watch) {
  return price_path(world, watch, "dy-oxide", "OTH");
}

/// A standing rule of the buyers for two months of use from January 2024 on, filled within a year.
std::string reserve(const world::World& world, double ceiling_over_base) {
  const double base = world.base_price[world.node(world.find_product("dy-oxide"), world.find_region("OTH"))];
  return "[[levers]]\nid = \"reserve\"\nkind = \"stockpile\"\nactor = \"OTH\"\nproducts = [\"dy-oxide\"]\n"
         "start = \"2024-01\"\nend = \"2027-01\"\nsource = \"test\"\ntarget = 2\nfill-months = 12\nceiling-price = " +
         std::to_string(ceiling_over_base * base / 1000) + "\n";
}

// A reserve of a month of use against a licence that halves trade: it stands in for what is refused and lowers the
// peak; what it sells it sells out of its store, never more.
TEST(Pairs, AStockpileSoftensALicence) {
  auto world = toy_world();
  add_holder(world, "dy-oxide", "OTH", world::Holder::government, 2);
  const auto licence = act("export-licence", kLicence);
  const Watch bare = run_under(world, licence), kept = run_under(world, licence + reserve(world, 1.0001));
  const auto without = oxide_abroad(world, bare), with = oxide_abroad(world, kept);
  EXPECT_LT(highest(with), 0.95 * highest(without));
  EXPECT_LT(kept.in_store[14].back(), 0.5 * kept.in_store[2].back()) << "sold while trade was refused";
  EXPECT_NEAR(kept.in_store[2].back(), bare.in_store[2].back(), 1e-6) << "full before the act";
}

// Filling it is a use like any other: the price rises while it buys, and where it is above the ceiling nothing is
// bought.
TEST(Pairs, FillingAStockpileRaisesThePriceUpToItsCeiling) {
  auto world = toy_world();
  add_holder(world, "dy-oxide", "OTH", world::Holder::government, 0);
  const Watch bought = run_under(world, reserve(world, 1.1));
  const auto path = oxide_abroad(world, bought);
  EXPECT_GT(highest(path), 1.005);
  for (std::size_t m = 1; m < path.size(); ++m)
    if (bought.in_store[m].back() > bought.in_store[m - 1].back() + 1e-9) {
      EXPECT_LE(path[m], 1.1 + 1e-6) << "it buys in month " << m;
    }
  EXPECT_GT(bought.in_store.back().back(), 0);
}

// Buyers see two months of use with traders: they lay in less, and traders sell into the peak.
TEST(Pairs, StocksWithTradersCalmPanic) {
  const auto bare = toy_world();
  auto world = toy_world();
  add_holder(world, "dy-oxide", "OTH", world::Holder::commercial, 4);
  world.stocks.back().quantity = world.stocks.back().room / 2;
  const auto licence = act("export-licence", kLicence);
  const Watch calm = run_under(world, licence);
  const auto without = oxide_abroad(bare, run_under(bare, licence)), with = oxide_abroad(world, calm);
  EXPECT_NEAR(with[1], 1, 1e-6) << "at base prices they neither buy nor sell";
  EXPECT_LT(highest(with), 0.9 * highest(without));
  EXPECT_LT(calm.in_store[9].back(), 0.5 * calm.in_store[0].back());
}

// Panic lifts the price, which draws in bets: a higher peak, and a deeper fall when they must sell. The money that they
// end with is what they began with, less what they lost: never negative (watched), never more than sales brought.
TEST(Pairs, SpeculationRidesOnPanic) {
  const auto bare = toy_world();
  auto world = toy_world();
  add_holder(world, "dy-oxide", "OTH", world::Holder::speculative, 1);
  const auto licence = act("export-licence", kLicence);
  const Watch bet = run_under(world, licence, 48);
  const auto without = oxide_abroad(bare, run_under(bare, licence, 48)), with = oxide_abroad(world, bet);
  EXPECT_GE(highest(with), highest(without));
  double most = 0;
  for (const auto& month : bet.in_store) most = std::max(most, month.back());
  EXPECT_GT(most, 0.02 * world.stocks.back().cover);
  EXPECT_LT(bet.in_store.back().back(), 0.5 * most) << "sold again";
}

// Panic and destocking: the higher the cover that fear asks for, the higher the peak, the deeper the fall from it, and
// the longer what was laid in keeps the price down: two and a half years after the act it still does.
TEST(Pairs, MorePanicMoreDestocking) {
  auto calm = toy_world(), afraid = toy_world();
  set_parameter(calm, "risk-cover", 0.5);
  set_parameter(afraid, "risk-cover", 3);
  const auto quota = act("export-quota", "quantity = 3\nperiod = 12\n");
  const auto low = oxide_abroad(calm, run_under(calm, quota, 48)),
             high = oxide_abroad(afraid, run_under(afraid, quota, 48));
  const auto fall = [](const std::vector<double>& path) {
    return highest(path) / *std::min_element(path.begin() + 16, path.end());
  };
  EXPECT_GT(highest(high), 1.2 * highest(low));
  EXPECT_GT(fall(high), 1.1 * fall(low));
  EXPECT_LT(high.back(), 0.9 * low.back());
}

TEST(Pairs, PricesDoNotSawWithEveryHolder) {
  const auto world = toy_with_all_holders();
  for (const auto& levers : {act("export-ban"), act("export-licence", kLicence),
                             act("export-quota", "quantity = 3\nperiod = 12\n"), act("export-tax", "rate = 0.5\n")}) {
    const Watch watch = run_under(world, levers + reserve(world, 1.05), 36);
    for (const char* region : {"HOM", "OTH"})
      EXPECT_LE(turns(price_path(world, watch, "dy-oxide", region)), 5) << levers << region;
  }
}

}  // namespace
}  // namespace lodestone::simulation
