// The sparse factor against the dense one.
#include <gtest/gtest.h>

#include <random>

#include "lodestone/market/dense_lu.hpp"
#include "lodestone/market/sparse_lu.hpp"

namespace lodestone::market {
namespace {

struct Pair {
  Index a, b;
};

std::vector<Pair> random_pairs(Index size, int count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Pair> out;
  while (static_cast<int>(out.size()) < count) {
    const Pair p{static_cast<Index>(random() % size), static_cast<Index>(random() % size)};
    if (p.a != p.b) out.push_back(p);
  }
  return out;
}

// Solves a random diagonally dominant system both ways.
void compare(SparseLu& sparse, Index size, const std::vector<Pair>& pairs, bool symmetric) {
  std::mt19937 random(7);
  const auto number = [&random] { return static_cast<double>(random() % 1000) / 1000 - 0.5; };
  DenseLu dense(size);
  dense.set_zero();
  sparse.start_pattern();
  for (const Pair& p : pairs) sparse.link(p.a, p.b);
  sparse.analyse();
  sparse.set_zero();
  for (Index i = 0; i < size; ++i) {
    sparse.add_diagonal(i, 10.0 + i);
    dense.add(i, i, 10.0 + i);
  }
  for (const Pair& p : pairs) {
    const double ab = number(), ba = symmetric ? ab : number();
    const Index slot = sparse.slot(p.a, p.b);
    ASSERT_GE(slot, 0);
    sparse.add_pair(slot, ab, ba);
    dense.add(p.a, p.b, ab);
    dense.add(p.b, p.a, ba);
  }
  ASSERT_TRUE(sparse.factor(symmetric));
  ASSERT_TRUE(dense.factor());
  std::vector<double> rhs(static_cast<std::size_t>(size));
  for (double& v : rhs) v = number();
  std::vector<double> x = rhs, y = rhs;
  sparse.solve(x);
  dense.solve(y);
  for (Index i = 0; i < size; ++i) EXPECT_NEAR(x[i], y[i], 1e-12) << i;
  // u' (A^-1 v) = (A^-T u)' v
  std::vector<double> u(rhs.rbegin(), rhs.rend()), ut = u;
  sparse.solve_transposed(ut);
  double left = 0, right = 0;
  for (Index i = 0; i < size; ++i) {
    left += u[i] * x[i];
    right += ut[i] * rhs[i];
  }
  EXPECT_NEAR(left, right, 1e-12);
}

TEST(SparseLu, MatchesDenseOnRandomPatterns) {
  for (const Index size : {1, 2, 5, 63, 64, 65, 130}) {
    SparseLu lu(size);
    for (const int density : {0, 1, 3}) {
      if (size == 1 && density > 0) continue;
      lu.forget();
      compare(lu, size, random_pairs(size, density * size, 3), true);
      compare(lu, size, random_pairs(size, density * size, 4), false);
    }
  }
}

TEST(SparseLu, TreesHaveNoFill) {
  const Index size = 100;
  SparseLu lu(size);
  lu.start_pattern();
  for (Index i = 1; i < size; ++i) lu.link(i, i / 3);
  lu.analyse();
  EXPECT_EQ(lu.fill(), size - 1);
}

TEST(SparseLu, KeepsEarlierLinksWhileTheyAreCheap) {
  SparseLu lu(50);
  std::vector<Pair> chain;
  for (Index i = 1; i < 50; ++i) chain.push_back({i - 1, i});
  compare(lu, 50, chain, true);
  chain.pop_back();
  compare(lu, 50, chain, true);
  EXPECT_GE(lu.slot(48, 49), 0);
  const auto dense = random_pairs(50, 600, 5);
  compare(lu, 50, dense, true);
  compare(lu, 50, chain, true);
  EXPECT_LE(lu.fill(), 49 * 3 / 2 + 600 * 3) << "a dense month must not stay for ever";
  compare(lu, 50, chain, true);
}

// Two markets of two rows: what is asked of one says nothing of the other, and is right in the one.
TEST(SparseLu, SolvesInTheMarketThatIsAsked) {
  SparseLu lu(4);
  lu.start_pattern();
  lu.link(0, 2);
  lu.link(1, 3);
  lu.analyse();
  lu.set_zero();
  for (Index i = 0; i < 4; ++i) lu.add_diagonal(i, 2);
  lu.add_pair(lu.slot(0, 2), 1, 1);
  lu.add_pair(lu.slot(1, 3), 1, 1);
  ASSERT_TRUE(lu.factor(true));
  std::vector<double> one{3, 0, 0, 0}, both{3, 3, 0, 0};
  lu.solve(one);
  lu.solve(both);
  const std::vector<double> in_one{2, 0, -1, 0}, in_both{2, 2, -1, -1};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_DOUBLE_EQ(one[i], in_one[i]) << i;
    EXPECT_DOUBLE_EQ(both[i], in_both[i]) << i;
  }
}

// Links that come later find their place in the order found before.
TEST(SparseLu, KeepsItsOrderWhenLinksCome) {
  SparseLu lu(60);
  std::vector<Pair> pairs = random_pairs(60, 40, 8);
  for (int more = 0; more < 10; ++more) {
    compare(lu, 60, pairs, more % 2 == 0);
    for (const Pair& p : random_pairs(60, 4, 20 + static_cast<unsigned>(more))) pairs.push_back(p);
  }
}

TEST(SparseLu, HoldsRowsThatAreOnlyRounding) {
  SparseLu lu(2);
  lu.start_pattern();
  lu.link(0, 1);
  lu.analyse();
  lu.set_zero();
  lu.add_diagonal(0, 1);
  lu.add_diagonal(1, 1);
  lu.add_pair(lu.slot(0, 1), -1, -1);
  EXPECT_TRUE(lu.factor(true));  // singular: the second row keeps its diagonal
  lu.set_zero();
  EXPECT_FALSE(lu.factor(true));
}

TEST(DenseLu, PivotsWhereTheDiagonalIsZero) {
  DenseLu lu(2);
  lu.set_zero();
  lu.add(0, 1, 2);
  lu.add(1, 0, 4);
  ASSERT_TRUE(lu.factor());
  std::vector<double> v{2, 4};
  lu.solve(v);
  EXPECT_DOUBLE_EQ(v[0], 1);
  EXPECT_DOUBLE_EQ(v[1], 1);
  lu.set_zero();
  EXPECT_FALSE(lu.factor());
}

}  // namespace
}  // namespace lodestone::market
