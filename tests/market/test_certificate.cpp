// What the certificate must see: each kind of wrong, in units of the scales, and named with the caller's words.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "lodestone/market/certificate.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using test::TinyProblem;
using testing::HasSubstr;

// Supply at 2 + x, demand at 10 - x: x = 4, price 6. Money scale 1000, price scale 10.
class CertificateTest : public testing::Test {
 protected:
  CertificateTest() : problem_(1, 0, 10, 1000) {
    problem_.supply(0, 2, 1);
    problem_.demand(0, 10, 1);
    exact_ = {.activity = {4, 4}, .price = {6}};
  }
  Certificate of(const Solution& solution) { return certify(problem_.topology, problem_.numbers, solution); }
  TinyProblem problem_;
  Solution exact_;
};

TEST_F(CertificateTest, ExactOptimumHolds) {
  EXPECT_EQ(of(exact_).worst(), 0);
  EXPECT_TRUE(of(exact_).holds(0));
}

TEST_F(CertificateTest, WrongPriceIsMeasuredInPriceScales) {
  exact_.price[0] = 6.5;                              // 0.5 of a price scale of 10
  EXPECT_NEAR(of(exact_).stationarity, 0.05, 1e-15);  // the seller would earn 0.5 on one more unit
  exact_.activity[1] = 0;                             // the buyer's loss of 0.35 is cut off at 0
  exact_.price[0] = 13.5;
  EXPECT_NEAR(of(exact_).stationarity, 0.75, 1e-15);
}

TEST_F(CertificateTest, ShortfallIsMeasuredInQuantityScales) {
  exact_.activity[0] = 3;  // one unit short, quantity scale 100
  const Certificate c = of(exact_);
  EXPECT_NEAR(c.feasibility, 0.01, 1e-15);
  EXPECT_NEAR(c.complementarity, 0.01, 1e-15);
  EXPECT_EQ(c.worst_row, 0);
}

TEST_F(CertificateTest, SurplusAtAPriceIsNotComplementary) {
  exact_.activity[0] = 5;
  EXPECT_EQ(of(exact_).feasibility, 0);
  EXPECT_NEAR(of(exact_).complementarity, 0.01, 1e-15);
}

TEST_F(CertificateTest, BoundsAndNegativePricesCount) {
  problem_.numbers.upper[0] = 3;
  EXPECT_NEAR(of(exact_).bounds, 0.01, 1e-15);
  exact_.price[0] = -1;
  EXPECT_NEAR(of(exact_).bounds, 0.1, 1e-15);
}

TEST_F(CertificateTest, WedgesEnterThePriceNotTheBalance) {
  problem_.numbers.wedge[1] = 1;  // the buyer pays double: 2 p = 10 - x, p = 2 + x -> x = 2, p = 4
  EXPECT_GT(of(exact_).ad_valorem, 1e-3);
  EXPECT_EQ(of({.activity = {2, 2}, .price = {4}}).worst(), 0);
}

TEST_F(CertificateTest, GapIsRelativeToMoney) {
  exact_.price[0] = 7;  // buyer's loss at the margin 1 a unit on 4 units, seller's gain on an unlimited column
  EXPECT_GT(of(exact_).gap, 1e-3);
}

TEST_F(CertificateTest, NothingThatIsNotANumberPasses) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Solution wrong = exact_;
  wrong.activity[1] = nan;
  EXPECT_FALSE(of(wrong).holds(1e300));
  wrong = exact_;
  wrong.price[0] = nan;
  EXPECT_FALSE(of(wrong).holds(1e300));
  EXPECT_EQ(of(wrong).worst_row, 0);
}

TEST_F(CertificateTest, ExplainsInTheCallersWords) {
  const std::vector<std::string> rows{"oxide in Japan"}, columns{"mine", "magnets"};
  EXPECT_THAT(explain(of(exact_), 1e-8, rows, columns), HasSubstr("cleared: largest residual"));
  Solution wrong = exact_;
  wrong.activity[0] = 0;
  EXPECT_THAT(explain(of(wrong), 1e-8, rows, columns), HasSubstr("'mine' earns or loses money"));
  problem_.numbers.curvature = {0, 0};
  problem_.numbers.cost = {6, -6};
  wrong = exact_;
  wrong.activity[0] = 3;
  EXPECT_THAT(explain(of(wrong), 1e-8, rows, columns), HasSubstr("'oxide in Japan' is short"));
  EXPECT_THAT(explain(of(wrong), 1e-8, {}, {}), HasSubstr("'row 0' is short"));
}

// Earning money on every unit without end is no equilibrium, however many units were sold.
TEST(Certificate, HugeActivityDoesNotHideAMargin) {
  TinyProblem p(1);
  p.supply(0, -1, 0);
  p.demand(0, 3, 0);
  const auto c = certify(p.topology, p.numbers, {.activity = {1e23, 1e23}, .price = {1}});
  EXPECT_NEAR(c.stationarity, 2, 1e-12);
  EXPECT_FALSE(c.holds(kTolerance));
}

TEST(Defects, NamesEveryFault) {
  TinyProblem p(1);
  p.supply(0, 1, 1);
  EXPECT_THAT(defects(p.topology), testing::IsEmpty());
  EXPECT_THAT(defects(p.topology, p.numbers), testing::IsEmpty());
  p.numbers.cost[0] = std::nan("");
  p.numbers.upper[0] = -1;
  p.numbers.wedge[0] = -1;
  EXPECT_THAT(defects(p.topology, p.numbers), testing::SizeIs(3));
  p.topology.row_of[0] = 7;
  p.topology.price_scale[0] = 0;
  EXPECT_THAT(defects(p.topology), testing::SizeIs(2));
  p.topology.col_start = {0};
  EXPECT_THAT(defects(p.topology), testing::Contains(HasSubstr("col_start")));
}

TEST(Problem, ObjectiveAndScales) {
  TinyProblem p(2, 0, 5, 100);
  p.add({{0, -2}, {1, 0.5}}, 3, 4);
  EXPECT_EQ(p.topology.activity_value(0), 10);
  EXPECT_EQ(p.topology.quantity_scale(1), 20);
  EXPECT_EQ(objective(p.numbers, std::vector<double>{2}), 3 * 2 + 4 * 2 * 2 / 2.0);
  EXPECT_TRUE(is_symmetric(p.numbers));
  p.numbers.wedge[0] = 0.1;
  EXPECT_FALSE(is_symmetric(p.numbers));
}

}  // namespace
}  // namespace lodestone::market
