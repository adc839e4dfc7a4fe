// Scenario discovery on constructed cases whose box is known.
#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/base/keyed_random.hpp"
#include "lodestone/explore/prim.hpp"

namespace lodestone::explore {
namespace {

struct Data {
  std::vector<std::vector<double>> points;
  std::vector<bool> cases;
};

template <class Of>
Data data(std::uint32_t n, std::size_t dimensions, Of is_case) {
  Data out;
  for (std::uint32_t i = 0; i < n; ++i) {
    std::vector<double> x;
    for (std::size_t d = 0; d <= dimensions; ++d)
      x.push_back(base::uniform({5, i, 1, static_cast<std::uint32_t>(d), 0}));
    const double luck = x.back();
    x.pop_back();
    out.cases.push_back(is_case(x, luck));
    out.points.push_back(std::move(x));
  }
  return out;
}

// Cases are x0 > 0.6 and x2 < 0.4, 24 % of the cube; two of the five inputs tell.
TEST(Prim, FindsTheBoxThatMadeTheCases) {
  const auto d = data(4000, 5, [](const auto& x, double) { return x[0] > 0.6 && x[2] < 0.4; });
  const auto found = prim(d.points, d.cases, {});
  ASSERT_FALSE(found.boxes.empty());
  const auto& box = found.boxes.front();
  ASSERT_EQ(box.restrictions.size(), 2u);
  EXPECT_EQ(box.restrictions[0].dimension, 0u);
  EXPECT_NEAR(box.restrictions[0].low, 0.6, 0.03);
  EXPECT_TRUE(std::isinf(box.restrictions[0].high));
  EXPECT_EQ(box.restrictions[1].dimension, 2u);
  EXPECT_NEAR(box.restrictions[1].high, 0.4, 0.03);
  for (const auto& r : box.restrictions) EXPECT_LT(r.quasi_p, 1e-6);
  EXPECT_GT(box.held_out.coverage, 0.93);
  EXPECT_GT(box.held_out.density, 0.93);
  EXPECT_NEAR(box.held_out.support, 0.16, 0.03);
  EXPECT_NEAR(found.share, 0.16, 0.02);
  EXPECT_EQ(found.trajectory.front().coverage, 1);
}

// Cases with 80 % chance inside and 5 % outside: density can be no more than 0.8.
TEST(Prim, ANoisyBoxHasTheDensityThatItWasMadeWith) {
  const auto d =
      data(6000, 4, [](const auto& x, double luck) { return luck < (x[1] < 0.5 && x[3] > 0.5 ? 0.8 : 0.05); });
  const auto found = prim(d.points, d.cases, {});
  ASSERT_FALSE(found.boxes.empty());
  const auto& box = found.boxes.front();
  ASSERT_EQ(box.restrictions.size(), 2u);
  EXPECT_NEAR(box.restrictions[0].high, 0.5, 0.05);
  EXPECT_NEAR(box.restrictions[1].low, 0.5, 0.05);
  EXPECT_NEAR(box.held_out.density, 0.8, 0.06);
  EXPECT_NEAR(box.held_out.coverage, 0.2 / (0.2 + 0.0375), 0.06);
}

TEST(Prim, TwoBoxesAreFoundOneAfterTheOther) {
  const auto d = data(6000, 3, [](const auto& x, double) { return x[0] < 0.3 || x[1] > 0.9; });
  const auto found = prim(d.points, d.cases, {});
  ASSERT_EQ(found.boxes.size(), 2u);
  ASSERT_EQ(found.boxes[0].restrictions.size(), 1u);
  EXPECT_NEAR(found.boxes[0].restrictions[0].high, 0.3, 0.03);
  EXPECT_GT(found.boxes[0].held_out.density, 0.95);
  ASSERT_EQ(found.boxes[1].restrictions.size(), 1u);
  EXPECT_EQ(found.boxes[1].restrictions[0].dimension, 1u);
  EXPECT_NEAR(found.boxes[1].restrictions[0].low, 0.9, 0.03);
}

// With many inputs and few points chance offers many boxes; what tells is found all the same.
TEST(Prim, ManyInputsThatTellNothingAreLeftOut) {
  const auto d = data(160, 80, [](const auto& x, double) { return x[70] < 0.3; });
  const auto found = prim(d.points, d.cases, {});
  ASSERT_FALSE(found.boxes.empty());
  ASSERT_EQ(found.boxes.front().restrictions.size(), 1u);
  EXPECT_EQ(found.boxes.front().restrictions[0].dimension, 70u);
  EXPECT_NEAR(found.boxes.front().restrictions[0].high, 0.3, 0.05);
}

// Two samples of 100, one moved by 0.2: D is near 0.2 and lambda = (sqrt(50) + 0.12 + 0.11 / sqrt(50)) D.
TEST(Prim, DistanceOfSamplesHasItsChance) {
  std::vector<double> a, b;
  for (int i = 0; i < 100; ++i) {
    a.push_back(i);
    b.push_back(i + 20);
  }
  const double root = std::sqrt(50.0), lambda = (root + 0.12 + 0.11 / root) * 0.2;
  const double exact =
      2 * std::exp(-2 * lambda * lambda) - 2 * std::exp(-8 * lambda * lambda) + 2 * std::exp(-18 * lambda * lambda);
  EXPECT_NEAR(chance_of_distance(a, b), exact, 1e-6);
  EXPECT_EQ(chance_of_distance(a, a), 1);
  EXPECT_EQ(chance_of_distance(a, {}), 1);
  EXPECT_LT(chance_of_distance({1, 1, 1, 1, 1, 1, 1, 1}, {2, 2, 2, 2, 2, 2, 2, 2}), 0.001);
}

TEST(Prim, FindsNothingWhereNothingTells) {
  const auto d = data(2000, 3, [](const auto&, double luck) { return luck < 0.3; });
  EXPECT_TRUE(prim(d.points, d.cases, {}).boxes.empty());
  EXPECT_TRUE(prim(d.points, std::vector<bool>(2000, false), {}).boxes.empty());
  EXPECT_TRUE(prim({}, {}, {}).boxes.empty());
}

// Values that repeat are taken off together: a switch of two values.
TEST(Prim, SwitchesAreSides) {
  auto d = data(2000, 3, [](const auto& x, double) { return x[1] > 0.5; });
  for (auto& point : d.points) point[1] = point[1] > 0.5 ? 2 : 1;
  const auto found = prim(d.points, d.cases, {});
  ASSERT_FALSE(found.boxes.empty());
  ASSERT_EQ(found.boxes.front().restrictions.size(), 1u);
  EXPECT_DOUBLE_EQ(found.boxes.front().restrictions[0].low, 1.5);
  EXPECT_EQ(found.boxes.front().held_out.density, 1);
}

}  // namespace
}  // namespace lodestone::explore
