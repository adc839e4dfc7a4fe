#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <stdexcept>

#include "lodestone/ensemble/shared_work.hpp"

namespace lodestone::ensemble {
namespace {

std::vector<std::uint32_t> numbers(std::uint32_t count) {
  std::vector<std::uint32_t> out(count);
  std::iota(out.begin(), out.end(), 5U);
  return out;
}

Member made(std::uint32_t number) {
  return {number, "", {1.0 * number}};
}

TEST(SharedWork, BlocksShrinkSoThatAllEndTogether) {
  EXPECT_EQ(block_size(0, 2), 0U);
  EXPECT_EQ(block_size(1, 2), 1U);
  EXPECT_EQ(block_size(100, 2), 6U);
  EXPECT_EQ(block_size(100000, 2), 16U);
  EXPECT_EQ(block_size(100000, 1000), 12U);
}

TEST(SharedWork, AloneTheFirstProcessMakesAll) {
  const Ranks ranks;
  EXPECT_EQ(ranks.count(), 1);
  std::set<std::uint32_t> seen;
  std::size_t last = 0;
  int ended = 0;
  lead(ranks, {made, 3, [&](const Member& member) { return seen.insert(member.number).second; }, [&] { ++ended; }},
       numbers(200), [&](std::size_t finished) { last = finished; });
  EXPECT_EQ(seen.size(), 200U);
  EXPECT_EQ(*seen.begin(), 5U);
  EXPECT_EQ(last, 200U);
  EXPECT_EQ(ended, 1);
}

TEST(SharedWork, StopsWhenAskedAndPassesFailuresOn) {
  const Ranks ranks;
  int finished = 0;
  lead(ranks, {made, 2, [&](const Member&) { return ++finished < 10; }, [] {}}, numbers(1000), [](std::size_t) {});
  EXPECT_EQ(finished, 10);
  const Labour broken{[](std::uint32_t number) -> Member {
                        if (number == 20) throw std::runtime_error("out of paper");
                        return made(number);
                      },
                      2, [](const Member&) { return true; }, [] {}};
  EXPECT_THROW(lead(ranks, broken, numbers(1000), [](std::size_t) {}), std::runtime_error);
}

}  // namespace
}  // namespace lodestone::ensemble
