// Lemke's method on problems small enough to be checked by hand.
#include <gtest/gtest.h>

#include <initializer_list>

#include "lodestone/market/lemke.hpp"

namespace lodestone::market {
namespace {

DenseMatrix matrix(Index size, std::initializer_list<double> values) {
  DenseMatrix out(size, size);
  std::size_t k = 0;
  for (const double v : values) out.values[k++] = v;
  return out;
}

TEST(Lemke, NothingToDoWhereQIsNotNegative) {
  const LemkeResult r = solve_lemke(matrix(2, {1, 0, 0, 1}), {0, 3});
  EXPECT_EQ(r.end, LemkeEnd::solved);
  EXPECT_EQ(r.pivots, 0);
  EXPECT_EQ(r.z, (std::vector<Real>{0, 0}));
}

TEST(Lemke, TwoActivitiesThatHinderEachOther) {
  const LemkeResult r = solve_lemke(matrix(2, {2, 1, 1, 2}), {-5, -6});
  ASSERT_EQ(r.end, LemkeEnd::solved);
  EXPECT_NEAR(static_cast<double>(r.z[0]), 4.0 / 3, 1e-15);
  EXPECT_NEAR(static_cast<double>(r.z[1]), 7.0 / 3, 1e-15);
}

TEST(Lemke, OneOfTwoIsIdle) {
  const LemkeResult r = solve_lemke(matrix(2, {1, 2, 2, 1}), {-1, 5});
  ASSERT_EQ(r.end, LemkeEnd::solved);
  EXPECT_EQ(r.z, (std::vector<Real>{1, 0}));
}

// min x subject to x >= 2 and -x >= -1: a ray shows that nothing satisfies both.
TEST(Lemke, RayWhereThereIsNoSolution) {
  EXPECT_EQ(solve_lemke(matrix(3, {0, -1, 1, 1, 0, 0, -1, 0, 0}), {1, -2, 1}).end, LemkeEnd::ray);
}

// Murty's example: all ratios tie at the start, and the path is as long as it can be, 2^n - 1.
TEST(Lemke, TiesEverywhereAndALongWay) {
  const Index n = 6;
  DenseMatrix a(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) a.row(i)[j] = i == j ? 1 : i > j ? 2 : 0;
  }
  const LemkeResult r = solve_lemke(a, std::vector<Real>(n, -1));
  ASSERT_EQ(r.end, LemkeEnd::solved);
  EXPECT_LE(r.pivots, 64);
  EXPECT_EQ(r.z[0], 1);
  for (Index i = 1; i < n; ++i) EXPECT_EQ(r.z[static_cast<std::size_t>(i)], 0) << i;
}

}  // namespace
}  // namespace lodestone::market
