// The short version of make soak-market: no month lost, each compared with a solver that shares nothing with ours.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/market/soak/soak.hpp"

namespace lodestone::market {
namespace {

// LODESTONE_RANDOM_MARKETS, as for the other random markets; 2000 of those are 100 here: 400 months.
std::uint64_t markets() {
  const char* asked = std::getenv("LODESTONE_RANDOM_MARKETS");
  return static_cast<std::uint64_t>(std::max(asked != nullptr ? std::atoi(asked) / 20 : 100, 5));
}

TEST(Soak, EveryMonthIsRight) {
  constexpr std::uint64_t kFirst = 9'000'000;
  test::SoakCount total;
  for (std::uint64_t k = 0; k < markets(); ++k) total.add(test::soak(kFirst + k, make_cascade_solver));
  for (const test::SoakFailure& failure : total.failures) ADD_FAILURE() << failure.seed << ": " << failure.what;
  EXPECT_EQ(total.solved, total.months);
  EXPECT_LE(total.worst_certificate, 1e-8);
  EXPECT_LT(10 * total.without_witness, total.months);  // nearly every month has a witness
}

// Seeds mean the same on every machine, and all kinds and sizes come up.
TEST(Soak, ShapesCoverWhatTheyPromise) {
  int largest = 0, straight = 0, tariffs = 0, spread = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const test::MarketShape shape = test::soak_shape(seed);
    largest = std::max(largest, shape.regions);
    straight += shape.straight ? 1 : 0;
    tariffs += shape.wedges ? 1 : 0;
    spread += shape.spread ? 1 : 0;
    EXPECT_GE(shape.regions, 1);
    EXPECT_LE(shape.products, 6);
  }
  EXPECT_EQ(largest, 80);
  EXPECT_GT(straight, 200);
  EXPECT_GT(tariffs, 400);
  EXPECT_GT(spread, 400);
}

// A solver that is wrong is found out: here one that hands out what it was given, and says that it is solved.
class Impostor final : public Solver {
 public:
  explicit Impostor(const Topology& topology) : topology_(topology) {}
  Report solve(const Numbers&, Solution& solution, Start) override {
    solution = Solution::zeros(topology_);
    return {Outcome::solved, {}};
  }
  [[nodiscard]] const char* name() const override { return "impostor"; }

 private:
  const Topology& topology_;
};

TEST(Soak, FindsOutAnImpostor) {
  const auto make = [](const Topology& topology) -> std::unique_ptr<Solver> {
    return std::make_unique<Impostor>(topology);
  };
  test::SoakCount total;
  for (std::uint64_t seed = 0; seed < 5; ++seed) total.add(test::soak(seed, make));
  EXPECT_GT(total.silent, total.months / 2);
  EXPECT_EQ(total.flagged, 0);
  EXPECT_FALSE(total.failures.empty());
}

}  // namespace
}  // namespace lodestone::market
