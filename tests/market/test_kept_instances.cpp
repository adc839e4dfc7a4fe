// Every market that a solver once failed on. One bug, one file; the name inside says what was hard.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "lodestone/store/problem_file.hpp"
#include "shared_body.hpp"
#include "tests/support/agreement.hpp"

namespace lodestone::market {
namespace {

std::vector<std::string> kept() {
  std::vector<std::string> out;
  for (const auto& file : std::filesystem::directory_iterator(LODESTONE_SOURCE_DIR "/tests/market/instances")) {
    if (file.path().extension() == ".json") out.push_back(file.path().stem().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class KeptInstance : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Market, KeptInstance, testing::ValuesIn(kept()), [](const auto& one) { return one.param; });

TEST_P(KeptInstance, IsSolvedByEveryMethod) {
  const store::ProblemSequence sequence =
      store::read_problems(LODESTONE_SOURCE_DIR "/tests/market/instances/" + GetParam() + ".json");
  for (const store::Period& period : sequence.periods) {
    const Solution reference = test::solved(test::kReference, sequence.topology, period.numbers);
    test::solved(test::kInteriorPoint, sequence.topology, period.numbers);
    for (const test::Method& method : {test::kNewton, test::kCascade}) {
      const Solution found = test::solved(method, sequence.topology, period.numbers);
      EXPECT_LE(test::difference(sequence.topology, period.numbers, reference, found).worst(), 1e-8) << method.name;
    }
  }
}

}  // namespace
}  // namespace lodestone::market
