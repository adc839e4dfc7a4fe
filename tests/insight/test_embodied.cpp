// Tracing origin through a chain of three stages, by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "lodestone/insight/embodied.hpp"

namespace lodestone::insight {
namespace {

using world::ElementId;
using world::ProductId;
using world::RegionId;
using world::Stage;

/// Mines in AAA (6) and BBB (4). BBB sells 2 of its ore to AAA, which makes oxide of 8 and keeps 3 of it; CCC buys 5.
/// BBB makes oxide of its other 2 and sells it to CCC. CCC makes 7 of magnets and uses them. The plant in BBB is run
/// from AAA. Nothing takes time.
class Chain {
 public:
  explicit Chain(int sea = 0) {
    world.regions = {{"AAA", "First", false}, {"BBB", "Second", false}, {"CCC", "Third", false}};
    world.elements = {{"dy", "dysprosium"}};
    for (const auto& [id, stage] :
         {std::pair{"ore", Stage::mining}, {"oxide", Stage::separation}, {"magnet", Stage::magnet}}) {
      world::Product product;
      product.id = id;
      product.stage = stage;
      product.content = {1};
      world.products.push_back(product);
    }
    process(Stage::mining, {}, 0);
    process(Stage::separation, {0}, 1);
    process(Stage::magnet, {1}, 2);
    plant(0, 0, 0, 6);
    plant(0, 1, 1, 4);
    plant(1, 0, 0, 8);
    plant(1, 1, 0, 2);
    plant(2, 2, 2, 7);
    arc(0, 1, 0, 2, 0);
    arc(1, 0, 2, 5, sea);
    arc(1, 1, 2, 2, 0);
    for (const std::size_t r : {0u, 2u}) {
      world::Segment segment;
      segment.region = RegionId(r);
      segment.product = ProductId(r == 0 ? 1 : 2);
      segment.end_use = "use";
      segment.base_quantity = r == 0 ? 3 : 7;
      world.segments.push_back(segment);
    }
    for (const auto& facility : world.facilities) activity.push_back(facility.base_activity);
    for (const auto& route : world.arcs) flow.push_back(route.base_flow);
  }
  world::World world;
  std::vector<double> activity, flow;

 private:
  void process(Stage stage, const std::vector<std::size_t>& inputs, std::size_t output) {
    world::Process made;
    made.stage = stage;
    for (const auto p : inputs) made.inputs.push_back({ProductId(p), 1});
    made.outputs = {{ProductId(output), 1}};
    world.processes.push_back(made);
  }
  void plant(std::size_t process, std::size_t region, std::size_t control, double makes) {
    world::Facility facility;
    facility.process = world::ProcessId(process);
    facility.region = RegionId(region);
    facility.control = RegionId(control);
    facility.base_activity = facility.capacity = makes;
    world.facilities.push_back(facility);
  }
  void arc(std::size_t product, std::size_t from, std::size_t to, double flows, int lag) {
    world::Arc route;
    route.product = ProductId(product);
    route.from = RegionId(from);
    route.to = RegionId(to);
    route.base_flow = flows;
    route.lag = lag;
    world.arcs.push_back(route);
  }
};

const ElementId kDy(0);
const ProductId kMagnet(2);
const RegionId kAaa(0), kBbb(1), kCcc(2);

TEST(Embodied, AChainOfThreeStagesByHand) {
  const Chain chain;
  Trace trace(chain.world, kDy, false);
  trace.month({chain.flow, chain.activity, {}});
  // Ore in AAA: 6 of its own, 2 of BBB. Of the 7 of oxide in CCC 5 are AAA's (three quarters mined there), 2 BBB's.
  const auto mined = trace.origins(kMagnet, kCcc, Stage::mining);
  EXPECT_NEAR(mined[0], 5.0 / 7 * 0.75, 1e-12);
  EXPECT_NEAR(mined[1], 5.0 / 7 * 0.25 + 2.0 / 7, 1e-12);
  const auto separated = trace.origins(kMagnet, kCcc, Stage::separation);
  EXPECT_NEAR(separated[0], 5.0 / 7, 1e-12);
  EXPECT_NEAR(separated[1], 2.0 / 7, 1e-12);
  EXPECT_NEAR(trace.origins(kMagnet, kCcc, Stage::magnet)[2], 1, 1e-12);
  EXPECT_FALSE(trace.goes_through(kMagnet, Stage::metal));
}

TEST(Embodied, EmbodiedRelianceIsMoreThanImportRelianceShows) {
  const Chain chain;
  Trace trace(chain.world, kDy, false);
  trace.month({chain.flow, chain.activity, {}});
  EmbodiedQuestion question;
  question.product = kMagnet;
  question.origin = kAaa;
  question.element = kDy;
  const std::vector<double> use{3, 7};
  const auto found = embodied_in(trace, chain.world, question, {kCcc}, use);
  EXPECT_DOUBLE_EQ(found.use, 7);
  EXPECT_EQ(found.imported, 0);  // it makes its magnets itself
  EXPECT_EQ(found.directly, 0);
  EXPECT_NEAR(found.share[1], 5.0 / 7, 1e-12);
  EXPECT_TRUE(std::isnan(found.share[3]));
}

TEST(Embodied, ByControlThePlantAbroadCountsAtHome) {
  const Chain chain;
  Trace trace(chain.world, kDy, true);
  trace.month({chain.flow, chain.activity, {}});
  EXPECT_NEAR(trace.origins(kMagnet, kCcc, Stage::separation)[0], 1, 1e-12);
  EXPECT_NEAR(trace.origins(kMagnet, kCcc, Stage::mining)[0], 5.0 / 7 * 0.75, 1e-12);
}

TEST(Embodied, GoodsUnderWayKeepTheirOriginUntilTheyArrive) {
  Chain chain(2);
  Trace trace(chain.world, kDy, false);
  chain.flow[1] = 0;  // AAA ships nothing any more; two months of it are at sea
  for (const double share : {5.0 / 7, 5.0 / 7, 0.0}) {
    trace.month({chain.flow, chain.activity, {}});
    EXPECT_NEAR(trace.origins(kMagnet, kCcc, Stage::separation)[0], share, 1e-12);
  }
}

TEST(Embodied, WhatIsInStoreIsDilutedAndNotForgotten) {
  Chain chain;
  world::Stock stock;
  stock.product = ProductId(1);
  stock.region = kCcc;
  stock.quantity = 7;
  chain.world.stocks = {stock};
  Trace trace(chain.world, kDy, false);
  chain.flow[1] = 0;
  chain.flow[2] = 7;
  chain.activity[3] = 7;
  const std::vector<double> store{7};
  trace.month({chain.flow, chain.activity, store});
  // 7 of the old mixture and 7 of BBB.
  EXPECT_NEAR(trace.origins(ProductId(1), kCcc, Stage::separation)[0], 0.5 * 5 / 7, 1e-12);
  trace.month({chain.flow, chain.activity, store});
  EXPECT_NEAR(trace.origins(ProductId(1), kCcc, Stage::separation)[0], 0.25 * 5 / 7, 1e-12);
}

TEST(Embodied, SharesAddUpToOneWhereverGoodsWentThroughAStage) {
  Chain chain(1);
  Trace trace(chain.world, kDy, false);
  for (int m = 0; m < 24; ++m) {
    for (std::size_t a = 0; a < chain.flow.size(); ++a)
      chain.flow[a] = chain.world.arcs[a].base_flow * (1 + 0.5 * ((m * 7 + static_cast<int>(a) * 3) % 5 - 2));
    trace.month({chain.flow, chain.activity, {}});
    for (std::size_t p = 0; p < 3; ++p)
      for (std::size_t r = 0; r < 3; ++r)
        for (const auto stage : {Stage::mining, Stage::separation, Stage::magnet}) {
          const auto shares = trace.origins(ProductId(p), RegionId(r), stage);
          const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
          EXPECT_NEAR(sum, trace.goes_through(ProductId(p), stage) ? 1 : 0, 1e-12);
        }
  }
}

TEST(Embodied, ScrapFromBuyersIsRecycledAndNotMined) {
  Chain chain;
  world::Process collection;
  collection.stage = Stage::access;
  collection.outputs = {{ProductId(1), 1}};
  chain.world.processes.push_back(collection);
  world::Facility place;
  place.process = world::ProcessId(3);
  place.region = place.control = kCcc;
  place.transfer = world::Transfer::collection;
  place.base_activity = place.capacity = 7;
  chain.world.facilities.push_back(place);
  chain.activity.push_back(7);
  Trace trace(chain.world, kDy, false);
  trace.month({chain.flow, chain.activity, {}});
  EXPECT_NEAR(trace.origins(kMagnet, kCcc, Stage::mining)[trace.recycled()], 0.5, 1e-12);
}

}  // namespace
}  // namespace lodestone::insight
