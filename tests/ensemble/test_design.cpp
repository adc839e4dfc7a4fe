#include <gtest/gtest.h>

#include <cmath>

#include "lodestone/ensemble/design.hpp"
#include "lodestone/ensemble/statistics.hpp"

namespace lodestone::ensemble {
namespace {

using base::Shape;

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
  const auto n = static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ma += a[i] / n;
    mb += b[i] / n;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
    ab += (a[i] - ma) * (b[i] - mb);
  }
  return ab / std::sqrt(aa * bb);
}

TEST(Design, FiguresOfAGroupMoveTogetherAndOthersDoNot) {
  const base::Distribution unit{Shape::uniform, 0, 0.5, 1};
  const Design design({{"a", unit, "oil", 0.8}, {"b", unit, "oil", 0.8}, {"c", unit, "oil", -0.8}, {"d", unit, "", 0}},
                      Sampling::sobol, 1, 4096);
  std::vector<std::vector<double>> drawn(4);
  for (std::size_t m = 0; m < 4096; ++m) {
    const auto draw = design.draw(m);
    for (std::size_t f = 0; f < 4; ++f) drawn[f].push_back(draw[f]);
  }
  // Gaussian copula: rank correlation 6/pi asin(r/2) with r = 0.64.
  const double expected = 6 / M_PI * std::asin(0.32);
  EXPECT_NEAR(correlation(drawn[0], drawn[1]), expected, 0.02);
  EXPECT_NEAR(correlation(drawn[0], drawn[2]), -expected, 0.02);
  EXPECT_NEAR(correlation(drawn[0], drawn[3]), 0, 0.03);
  for (auto& one : drawn) {  // each alone is as it would be without the others
    const Spread s = spread_of(one);
    EXPECT_NEAR(s.mean, 0.5, 0.01);
    EXPECT_NEAR(s.quantiles[0], 0.05, 0.01);
    EXPECT_NEAR(s.quantiles[4], 0.95, 0.01);
  }
}

TEST(Design, MonteCarloDrawsStayWhenAFigureIsAddedBehind) {
  const base::Distribution unit{Shape::uniform, 0, 0.5, 1};
  const Design one({{"a", unit, "", 0}}, Sampling::monte_carlo, 1, 10);
  const Design two({{"a", unit, "", 0}, {"b", unit, "", 0}}, Sampling::monte_carlo, 1, 10);
  for (std::size_t m = 0; m < 10; ++m) EXPECT_EQ(one.draw(m)[0], two.draw(m)[0]);
}

TEST(Design, WhatIsAddedBehindChangesNoDrawWithGroupsAndSobolPoints) {
  const base::Distribution unit{Shape::uniform, 0, 0.5, 1};
  const std::vector<Uncertain> before{{"a", unit, "oil", 0.8}, {"b", unit, "", 0}, {"c", unit, "oil", 0.5}};
  auto after = before;
  after.push_back({"d", unit, "gas", 0.3});
  after.push_back({"e", unit, "oil", 0.3});
  const Design one(before, Sampling::sobol, 7, 64), two(after, Sampling::sobol, 7, 64);
  for (std::size_t m = 0; m < 64; ++m) {
    auto drawn = two.draw(m);
    drawn.resize(3);
    EXPECT_EQ(one.draw(m), drawn);
  }
}

}  // namespace
}  // namespace lodestone::ensemble
