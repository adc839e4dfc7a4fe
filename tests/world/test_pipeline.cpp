#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "lodestone/world/state.hpp"

namespace lodestone::world {
namespace {

TEST(Pipeline, WhatEntersArrivesAfterItsLag) {
  Pipeline pipeline;
  pipeline.resize({2, 0, 1});
  pipeline.advance({5, 7, 3});  // the carrier without lag keeps nothing
  EXPECT_EQ(pipeline.arriving(0), 0);
  EXPECT_EQ(pipeline.arriving(1), 0);
  EXPECT_EQ(pipeline.arriving(2), 3);
  pipeline.advance({6, 0, 0});
  EXPECT_EQ(pipeline.arriving(0), 5);
  EXPECT_EQ(pipeline.under_way(0), 11);
  EXPECT_EQ(pipeline.arriving(2), 0);
  pipeline.advance({0, 0, 0});
  EXPECT_EQ(pipeline.arriving(0), 6);
}

TEST(Pipeline, ASteadyStateStays) {
  Pipeline pipeline;
  pipeline.resize({3});
  pipeline.fill(0, 4);
  for (int month = 0; month < 5; ++month) {
    EXPECT_EQ(pipeline.arriving(0), 4);
    EXPECT_EQ(pipeline.under_way(0), 12);
    pipeline.advance({4});
  }
}

RC_GTEST_PROP(Pipeline, LosesNothing, ()) {
  const auto lag = *rc::gen::inRange(1, 6);
  const auto entering = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
  Pipeline pipeline;
  pipeline.resize({lag});
  double arrived = 0;
  for (const int quantity : entering) {
    arrived += pipeline.arriving(0);
    pipeline.advance({static_cast<double>(quantity)});
  }
  RC_ASSERT(arrived + pipeline.under_way(0) == std::accumulate(entering.begin(), entering.end(), 0.0));
}

}  // namespace
}  // namespace lodestone::world
