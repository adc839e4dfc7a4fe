#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "lodestone/policy/licence_queue.hpp"

namespace lodestone::policy {
namespace {

TEST(LicenceQueue, ApprovesAShareAfterTheDelay) {
  LicenceQueue queue({2, 0, 6, 0});
  queue.open_month(100, 0.6);
  EXPECT_EQ(queue.in_hand(), 0);
  EXPECT_EQ(queue.waiting(), 100);
  queue.close_month(0);
  queue.open_month(100, 0.6);
  EXPECT_EQ(queue.in_hand(), 0);
  queue.close_month(0);
  queue.open_month(100, 0.6);
  EXPECT_DOUBLE_EQ(queue.in_hand(), 60);
  EXPECT_DOUBLE_EQ(queue.refused(), 40);
  EXPECT_DOUBLE_EQ(queue.waiting(), 200);
}

TEST(LicenceQueue, SpreadsDecisionsEvenlyAroundTheDelay) {
  LicenceQueue queue({2, 1, 12, 0});
  // Of 90 in each of three months a third is decided after one, two and three months, and half of it approved.
  const double expected[] = {0, 15, 30, 45, 30, 15};
  for (int m = 0; m < 6; ++m) {
    queue.open_month(m < 3 ? 90 : 0, 0.5);
    EXPECT_DOUBLE_EQ(queue.in_hand(), expected[m]) << m;
    queue.close_month(queue.in_hand());
  }
  EXPECT_DOUBLE_EQ(queue.approved(), 135);
  EXPECT_NEAR(queue.waiting(), 0, 1e-12);
}

TEST(LicenceQueue, DecidesAtOnceWithoutDelay) {
  LicenceQueue queue({0, 0, 1, 0});
  queue.open_month(10, 0.5);
  EXPECT_DOUBLE_EQ(queue.in_hand(), 5);
  EXPECT_EQ(queue.waiting(), 0);
}

TEST(LicenceQueue, TheRateIsThatOfTheMonthOfDecision) {
  LicenceQueue queue({1, 0, 6, 0});
  queue.open_month(100, 0.0);
  queue.close_month(0);
  queue.open_month(0, 0.9);
  EXPECT_DOUBLE_EQ(queue.in_hand(), 90);
}

TEST(LicenceQueue, UseTakesTheOldestApprovalsFirst) {
  LicenceQueue queue({0, 0, 3, 0});
  queue.open_month(10, 1);  // lasts three months: this one and two more
  queue.close_month(0);
  queue.open_month(20, 1);
  queue.close_month(4);  // of the 10
  queue.open_month(0, 1);
  EXPECT_DOUBLE_EQ(queue.in_hand(), 26);
  queue.close_month(0);  // 6 of the first 10 lapse
  EXPECT_DOUBLE_EQ(queue.expired(), 6);
  queue.open_month(0, 1);
  EXPECT_DOUBLE_EQ(queue.in_hand(), 20);
  queue.close_month(15);
  EXPECT_DOUBLE_EQ(queue.expired(), 11);
  EXPECT_DOUBLE_EQ(queue.used(), 19);
  EXPECT_EQ(queue.in_hand(), 0);
}

TEST(LicenceQueue, WhatIsNotUsedInItsOnlyMonthLapses) {
  LicenceQueue queue({0, 0, 1, 0});
  queue.open_month(10, 1);
  queue.close_month(3);
  EXPECT_EQ(queue.in_hand(), 0);
  EXPECT_DOUBLE_EQ(queue.expired(), 7);
}

TEST(LicenceQueue, RefusedOrdersAreAppliedForAgain) {
  LicenceQueue queue({1, 0, 6, 0.5});
  queue.open_month(100, 0.2);
  queue.close_month(0);
  queue.open_month(0, 0.2);  // 20 approved, 80 refused
  queue.close_month(0);
  queue.open_month(0, 0.2);  // 40 of the 80 enter again
  EXPECT_DOUBLE_EQ(queue.refused(), 40);
  EXPECT_DOUBLE_EQ(queue.waiting(), 40);
  queue.close_month(0);
  queue.open_month(0, 0.2);  // 8 of them approved; 20 of the 40 refused before enter again
  EXPECT_DOUBLE_EQ(queue.in_hand(), 28);
  EXPECT_DOUBLE_EQ(queue.refused(), 52);
  EXPECT_DOUBLE_EQ(queue.waiting(), 20);
  EXPECT_DOUBLE_EQ(queue.applied(), 100);  // the same orders, counted once
}

TEST(LicenceQueue, GoodsLetPassDoSoInThatMonthOnly) {
  LicenceQueue queue({2, 0, 6, 0});
  queue.let_pass(50);
  queue.open_month(100, 1);
  EXPECT_DOUBLE_EQ(queue.in_hand(), 50);
  queue.close_month(30);
  queue.open_month(0, 1);
  EXPECT_EQ(queue.in_hand(), 0);
}

TEST(LicenceQueue, UseBeyondWhatIsInHandIsWhatIsInHand) {
  LicenceQueue queue({0, 0, 2, 0});
  queue.open_month(10, 1);
  queue.close_month(10.000001);  // a solver's tolerance
  EXPECT_DOUBLE_EQ(queue.used(), 10);
  queue.open_month(0, 1);
  EXPECT_EQ(queue.in_hand(), 0);
  queue.close_month(-1e-12);
  EXPECT_DOUBLE_EQ(queue.used(), 10);
}

RC_GTEST_PROP(LicenceQueue, LosesNothingAndNeverGoesBelowZero, ()) {
  const auto share = [](int percent) { return percent / 100.0; };
  const int delay = *rc::gen::inRange(0, 25);
  LicenceQueue queue(
      {delay, *rc::gen::inRange(0, delay + 1), *rc::gen::inRange(1, 13), share(*rc::gen::inRange(0, 101))});
  const double rate = share(*rc::gen::inRange(0, 101));
  const auto months = *rc::gen::inRange(1, 60);
  double in_hand_before = 0;
  for (int m = 0; m < months; ++m) {
    if (m == 0) queue.let_pass(*rc::gen::inRange(0, 50));
    queue.open_month(*rc::gen::inRange(0, 1000) / 7.0, rate);
    const double in_hand = queue.in_hand();
    RC_ASSERT(in_hand >= 0);
    RC_ASSERT(queue.waiting() >= 0);
    RC_ASSERT(queue.refused() >= -1e-9);
    RC_ASSERT(queue.approved() <= queue.applied() + 1e-9);
    const double used_before = queue.used();
    const double flow = share(*rc::gen::inRange(0, 151)) * in_hand;
    queue.close_month(flow);
    RC_ASSERT(std::abs(queue.used() - used_before - std::min(flow, in_hand)) <= 1e-9 * (1 + in_hand));
    const double scale = 1e-12 * (1 + queue.applied());
    RC_ASSERT(std::abs(queue.applied() - queue.waiting() - queue.refused() - queue.approved()) <= scale);
    RC_ASSERT(std::abs(queue.approved() - queue.in_hand() - queue.used() - queue.expired()) <= scale);
    in_hand_before = in_hand;
  }
  RC_ASSERT(in_hand_before <= queue.approved() + 1e-9);
}

}  // namespace
}  // namespace lodestone::policy
