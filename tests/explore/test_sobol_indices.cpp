// Shares of variance against closed forms: a linear model, Ishigami's function, Sobol's g-function.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "lodestone/base/keyed_random.hpp"
#include "lodestone/explore/sobol_indices.hpp"

namespace lodestone::explore {
namespace {

using Point = std::vector<double>;

// Pick and freeze at random points; `groups` says which inputs move together.
template <class F>
SobolIndices indices_of(F f, std::size_t dimensions, std::uint32_t rows,
                        const std::vector<std::vector<std::size_t>>& groups) {
  const auto point = [&](std::uint32_t row, std::uint32_t which) {
    Point x(dimensions);
    for (std::size_t d = 0; d < dimensions; ++d)
      x[d] = base::uniform({11, row, which, static_cast<std::uint32_t>(d), 0});
    return x;
  };
  PickFreeze values;
  values.mixed.resize(groups.size());
  for (std::uint32_t j = 0; j < rows; ++j) {
    const Point a = point(j, 0), b = point(j, 1);
    values.a.push_back(f(a));
    values.b.push_back(f(b));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      Point mixed = a;
      for (const std::size_t d : groups[g]) mixed[d] = b[d];
      values.mixed[g].push_back(f(mixed));
    }
  }
  return sobol_indices(values, 3);
}

std::vector<std::vector<std::size_t>> each(std::size_t dimensions) {
  std::vector<std::vector<std::size_t>> out;
  for (std::size_t d = 0; d < dimensions; ++d) out.push_back({d});
  return out;
}

void expect_inside(const Interval& interval, double value, double slack) {
  EXPECT_LE(interval.low, value + slack);
  EXPECT_GE(interval.high, value - slack);
  EXPECT_LE(interval.low, interval.high);
}

// f = sum c_i x_i: S_i = ST_i = c_i^2 / sum c^2; variance sum c^2 / 12.
TEST(SobolIndices, OfALinearModel) {
  const auto s = indices_of([](const Point& x) { return 4 * x[0] + 2 * x[1] - x[2]; }, 3, 8192, each(3));
  EXPECT_NEAR(s.variance, 21.0 / 12, 0.05);
  EXPECT_NEAR(s.mean, 2.5, 0.03);
  const double exact[] = {16 / 21.0, 4 / 21.0, 1 / 21.0};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(s.groups[i].first, exact[i], 0.03);
    EXPECT_NEAR(s.groups[i].total, exact[i], 0.03);
    expect_inside(s.groups[i].first_interval, exact[i], 0.02);
    expect_inside(s.groups[i].total_interval, exact[i], 0.02);
  }
}

// f = sin x1 + a sin^2 x2 + b x3^4 sin x1 on (-pi, pi)^3, a = 7, b = 0.1.
TEST(SobolIndices, OfIshigamisFunction) {
  constexpr double a = 7, b = 0.1, pi = std::numbers::pi;
  const auto f = [](const Point& u) {
    const double x1 = pi * (2 * u[0] - 1), x2 = pi * (2 * u[1] - 1), x3 = pi * (2 * u[2] - 1);
    return std::sin(x1) + a * std::pow(std::sin(x2), 2) + b * std::pow(x3, 4) * std::sin(x1);
  };
  const double v1 = std::pow(1 + b * std::pow(pi, 4) / 5, 2) / 2, v2 = a * a / 8;
  const double v13 = b * b * std::pow(pi, 8) * (1 / 18.0 - 1 / 50.0), v = v1 + v2 + v13;
  const auto s = indices_of(f, 3, 32768, each(3));
  EXPECT_NEAR(v, 13.8446, 1e-4);
  EXPECT_NEAR(s.variance, v, 0.2);
  const double first[] = {v1 / v, v2 / v, 0}, total[] = {(v1 + v13) / v, v2 / v, v13 / v};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(s.groups[i].first, first[i], 0.02) << i;
    EXPECT_NEAR(s.groups[i].total, total[i], 0.02) << i;
    expect_inside(s.groups[i].first_interval, first[i], 0.01);
    expect_inside(s.groups[i].total_interval, total[i], 0.01);
  }
}

// g = prod (|4 x_i - 2| + a_i) / (1 + a_i): V_i = 1 / (3 (1 + a_i)^2), V = prod (1 + V_i) - 1.
TEST(SobolIndices, OfTheGFunction) {
  const std::vector<double> a{0, 1, 4.5, 9, 99, 99};
  const auto f = [&](const Point& x) {
    double g = 1;
    for (std::size_t i = 0; i < a.size(); ++i) g *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    return g;
  };
  double product = 1;
  std::vector<double> vi;
  for (const double ai : a) {
    vi.push_back(1 / (3 * (1 + ai) * (1 + ai)));
    product *= 1 + vi.back();
  }
  const double v = product - 1;
  const auto s = indices_of(f, a.size(), 32768, each(a.size()));
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_NEAR(s.groups[i].first, vi[i] / v, 0.02) << i;
    EXPECT_NEAR(s.groups[i].total, vi[i] * product / (1 + vi[i]) / v, 0.02) << i;
  }
}

// Inputs that move together have the shares of all that they do together: x0 x1 as one group is everything.
TEST(SobolIndices, OfGroups) {
  const auto s =
      indices_of([](const Point& x) { return (x[0] - 0.5) * (x[1] - 0.5) + 0 * x[2]; }, 3, 8192, {{0, 1}, {2}, {0}});
  EXPECT_NEAR(s.groups[0].first, 1, 0.05);
  EXPECT_NEAR(s.groups[0].total, 1, 0.05);
  EXPECT_NEAR(s.groups[1].total, 0, 1e-12);
  EXPECT_NEAR(s.groups[2].first, 0, 0.03);
  EXPECT_NEAR(s.groups[2].total, 1, 0.05);
}

TEST(SobolIndices, RowsWithoutAValueAreLeftOutAndWithoutVarianceThereIsNothing) {
  const double none = std::nan("");
  const auto s = sobol_indices({{1, 2, none, 4}, {2, 1, 3, 1}, {{1, 2, 2, none}}}, 1);
  EXPECT_EQ(s.rows, 2u);
  EXPECT_TRUE(std::isnan(sobol_indices({{1, 1}, {1, 1}, {{1, 1}}}, 1).groups[0].first));
  EXPECT_EQ(sobol_indices({{none}, {1}, {{1}}}, 1).rows, 0u);
}

}  // namespace
}  // namespace lodestone::explore
