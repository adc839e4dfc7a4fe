#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "lodestone/world/demand_curve.hpp"

namespace lodestone::world {
namespace {

Segment segment(double elasticity, double choke_multiple) {
  Segment out;
  out.base_quantity = 40;
  out.base_price = 50000;
  out.short_elasticity = elasticity;
  out.long_elasticity = 2 * elasticity;
  out.choke_price = choke_multiple * out.base_price;
  return out;
}

DemandCurve curve_of(const std::vector<Segment>& segments) {
  std::vector<SegmentId> which;
  for (std::size_t s = 0; s < segments.size(); ++s) which.emplace_back(s);
  return demand_curve(segments, which);
}

double interpolate(const DemandCurve& curve, double price, std::size_t segment = 0) {
  const double* quantity = curve.quantity.data() + segment * curve.price.size();
  if (price <= curve.price.front()) return quantity[0];
  for (std::size_t k = 1; k < curve.price.size(); ++k)
    if (price <= curve.price[k]) {
      const double share = (price - curve.price[k - 1]) / (curve.price[k] - curve.price[k - 1]);
      return quantity[k - 1] + share * (quantity[k] - quantity[k - 1]);
    }
  return 0;
}

TEST(DemandCurve, FollowsItsElasticityBetweenTheEnds) {
  const Segment s = segment(-0.2, 60);
  EXPECT_DOUBLE_EQ(demand_at(s, 1, s.base_price), 40);
  EXPECT_DOUBLE_EQ(demand_at(s, 0.5, s.base_price), 20);
  EXPECT_NEAR(demand_at(s, 1, 2 * s.base_price), 40 * std::pow(2, -0.2), 1e-12);
  // Ten times the price: 40 * 10^-0.2 = 25.2 t.
  EXPECT_NEAR(demand_at(s, 1, 10 * s.base_price), 25.238, 1e-3);
}

TEST(DemandCurve, StopsAtTheChokePriceAndStopsGrowingBelowAFifth) {
  const Segment s = segment(-0.2, 60);
  EXPECT_EQ(demand_at(s, 1, 60 * s.base_price), 0);
  EXPECT_GT(demand_at(s, 1, 59.9 * s.base_price), 0);
  EXPECT_DOUBLE_EQ(demand_at(s, 1, 0), demand_at(s, 1, 0.2 * s.base_price));
}

TEST(DemandCurve, LinearPiecesStayWithinOnePercent) {
  for (const double elasticity : {-0.02, -0.1, -0.2, -0.4})
    for (const double choke : {3.0, 20.0, 60.0, 200.0}) {
      const Segment s = segment(elasticity, choke);
      const DemandCurve points = curve_of({s});
      for (double relative = 0.2; relative <= kDropStart * choke; relative *= 1.013) {
        const double exact = demand_at(s, 1, relative * s.base_price);
        EXPECT_NEAR(interpolate(points, relative * s.base_price) / exact, 1, 0.01)
            << "elasticity " << elasticity << ", choke " << choke << ", at " << relative;
      }
    }
}

TEST(DemandCurve, LinearPiecesAreExactAtTheBaseAndFallStrictly) {
  for (const double choke : {1.0005, 1.5, 20.0, 200.0}) {
    const Segment s = segment(-0.15, choke);
    const DemandCurve points = curve_of({s});
    EXPECT_DOUBLE_EQ(interpolate(points, s.base_price), s.base_quantity);
    EXPECT_TRUE(std::is_sorted(points.price.begin(), points.price.end(), std::less_equal<>()));
    EXPECT_TRUE(std::is_sorted(points.quantity.begin(), points.quantity.end(), std::greater_equal<>()));
    for (std::size_t k = 1; k < points.price.size(); ++k) {
      EXPECT_GT(points.price[k], points.price[k - 1]);
      EXPECT_LT(points.quantity[k], points.quantity[k - 1]);
    }
    EXPECT_EQ(points.quantity.back(), 0);
  }
}

TEST(DemandCurve, SegmentsThatShareTheirPointsStayWithinOnePercentEach) {
  const std::vector<Segment> all = {segment(-0.03, 100), segment(-0.4, 3), segment(-0.1, 25), segment(-0.2, 24.9)};
  const DemandCurve curve = curve_of(all);
  EXPECT_TRUE(std::is_sorted(curve.price.begin(), curve.price.end(), std::less_equal<>()));
  for (std::size_t s = 0; s < all.size(); ++s) {
    for (double price = 0.2 * 50000; price <= kDropStart * all[s].choke_price; price *= 1.013)
      EXPECT_NEAR(interpolate(curve, price, s) / demand_at(all[s], 1, price), 1, 0.01) << s << " at " << price;
    EXPECT_DOUBLE_EQ(interpolate(curve, 50000, s), 40);
    EXPECT_EQ(interpolate(curve, all[s].choke_price, s), 0);
    double use = 0;
    for (std::size_t k = 0; k < curve.pieces(); ++k) {
      EXPECT_GE(curve.width(s, k), 0);
      use += curve.width(s, k);
    }
    EXPECT_NEAR(use, demand_at(all[s], 1, 0), 1e-12);
  }
}

// Four points below P0 and one around it for both; above it as many as one segment needs, and the drop of each.
TEST(DemandCurve, SegmentsTogetherTakeHardlyMorePiecesThanOne) {
  EXPECT_EQ(curve_of({segment(-0.1, 25)}).pieces(), 15);
  EXPECT_EQ(curve_of({segment(-0.1, 25), segment(-0.2, 25), segment(-0.3, 25)}).pieces(), 15);
  EXPECT_LE(curve_of({segment(-0.1, 25), segment(-0.2, 20), segment(-0.3, 30)}).pieces(), 21);
}

}  // namespace
}  // namespace lodestone::world
