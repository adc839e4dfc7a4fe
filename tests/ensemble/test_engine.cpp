#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "lodestone/ensemble/engine.hpp"

namespace lodestone::ensemble {
namespace {

Member square(std::uint32_t number) {
  return {number, "", {static_cast<double>(number) * number}};
}

TEST(Engine, MakesEachFutureOnceWithAnyNumberOfThreads) {
  for (const int threads : {1, 2, 7}) {
    std::map<std::uint32_t, double> made;
    run({square, all_but(100, {3, 50, 400}), threads, [&](const Member& member) {
           EXPECT_TRUE(made.emplace(member.number, member.values[0]).second);
           return true;
         }});
    EXPECT_EQ(made.size(), 98U);
    EXPECT_FALSE(made.contains(3));
    EXPECT_EQ(made.at(99), 9801);
  }
}

TEST(Engine, StopsWhenAskedTo) {
  int finished = 0;
  run({square, all_but(1000, {}), 4, [&](const Member&) { return ++finished < 10; }});
  EXPECT_EQ(finished, 10);
}

TEST(Engine, AnExceptionOfAWorkerReachesTheCaller) {
  const Work work{[](std::uint32_t number) -> Member {
                    if (number == 20) throw std::runtime_error("out of paper");
                    return square(number);
                  },
                  all_but(1000, {}), 3, [](const Member&) { return true; }};
  EXPECT_THROW(run(work), std::runtime_error);
}

}  // namespace
}  // namespace lodestone::ensemble
