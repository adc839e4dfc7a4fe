// The bottleneck rule by hand.
#include <gtest/gtest.h>

#include "lodestone/world/damage.hpp"

namespace lodestone::world {
namespace {

/// Cars need 10 t of magnets a month, a fifth of them of an access class, and 4 t of glass.
class Cars {
 public:
  Cars() {
    world.regions = {{"AAA", "First", false}};
    for (const char* id : {"magnet", "glass", "magnet-defence"}) {
      Product product;
      product.id = id;
      world.products.push_back(product);
    }
    world.products[2].open = ProductId(0);
    const auto segment = [&](std::size_t product, double quantity, double price) {
      Segment s;
      s.region = RegionId(0);
      s.product = ProductId(product);
      s.end_use = "cars";
      s.base_quantity = quantity;
      s.base_price = price;
      world.segments.push_back(s);
    };
    segment(0, 8, 100);
    segment(1, 4, 50);
    segment(2, 2, 100);
    Industry industry;
    industry.end_use = "cars";
    industry.region = RegionId(0);
    industry.value_added = 1000;
    industry.substitutable = 0.25;
    industry.inputs = {SegmentId(0), SegmentId(1), SegmentId(2)};
    world.industries = {industry};
    state.demand_level = state.demand_trend = {1, 1, 1};
  }
  [[nodiscard]] Damage of(const std::vector<double>& used) const {
    return damage_of(world, world.industries[0], state, used);
  }
  World world;
  State state;
};

TEST(Damage, IsNothingWhereEverythingIsThere) {
  const Cars cars;
  const auto damage = cars.of({8, 4, 2});
  EXPECT_EQ(damage.coverage.share, 1);
  EXPECT_EQ(damage.lost, 0);
  EXPECT_EQ(damage.most, 0);
}

TEST(Damage, FollowsTheScarcestInputAndNotTheirSum) {
  const Cars cars;
  // Magnets: 3 + 1 of 10 t; glass: 3 of 4 t.
  const auto damage = cars.of({3, 3, 1});
  EXPECT_DOUBLE_EQ(damage.coverage.share, 0.4);
  EXPECT_EQ(damage.coverage.product, ProductId(0));
  EXPECT_DOUBLE_EQ(damage.lost, 1000 * (0.6 - 0.25));
  EXPECT_DOUBLE_EQ(damage.most, 1000 * 0.75 * 0.6);
}

TEST(Damage, BeginsWhereWhatCanBeDoneWithoutEnds) {
  const Cars cars;
  const auto damage = cars.of({8, 3.2, 2});  // a fifth of the glass is missing
  EXPECT_EQ(damage.lost, 0);
  EXPECT_NEAR(damage.most, 1000 * 0.75 * 0.2, 1e-9);
}

TEST(Damage, IsOfAnIndustryThatHasGrownAsItsUse) {
  Cars cars;
  cars.state.demand_trend = {2, 2, 2};
  cars.state.demand_level = {2, 2, 2};
  EXPECT_DOUBLE_EQ(cars.of({0, 8, 0}).lost, 2000 * 0.75);
}

TEST(Damage, DoesNotCountWhatWasDesignedOut) {
  Cars cars;
  cars.state.demand_level = {0.5, 1, 0.5};  // half of the magnets are no longer wanted
  EXPECT_EQ(cars.of({4, 4, 1}).most, 0);
}

}  // namespace
}  // namespace lodestone::world
