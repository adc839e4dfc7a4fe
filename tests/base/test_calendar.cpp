#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "lodestone/base/calendar.hpp"

namespace lodestone::base {
namespace {

TEST(Calendar, MonthsCountFrom1970) {
  EXPECT_EQ(Month::of(1970, 1).count, 0);
  EXPECT_EQ(Month::of(2025, 4).text(), "2025-04");
  EXPECT_EQ((Month::of(2024, 12) + 1).text(), "2025-01");
  EXPECT_EQ(Month::of(2025, 1) - Month::of(2024, 1), 12);
  EXPECT_EQ(Month::of(1969, 12).text(), "1969-12");
  EXPECT_EQ(Month::of(1900, 1).text(), "1900-01");
  EXPECT_LT(Month::of(1999, 12), Month::of(2000, 1));
}

RC_GTEST_PROP(Calendar, MonthsAreReadAsTheyAreWritten, ()) {
  const Month month = Month::of(*rc::gen::inRange(1900, 2201), *rc::gen::inRange(1, 13));
  RC_ASSERT(parse_month(month.text()) == month);
  RC_ASSERT(Month::of(month.year(), month.month()) == month);
}

TEST(Calendar, DatesMayBeYearsMonthsOrDays) {
  EXPECT_EQ(parse_date("2024"), (Date{2024, 1, 1}));
  EXPECT_EQ(parse_date("2024", true), (Date{2024, 12, 31}));
  EXPECT_EQ(parse_date("2024-02"), (Date{2024, 2, 1}));
  EXPECT_EQ(parse_date("2024-02", true), (Date{2024, 2, 29}));
  EXPECT_EQ(parse_date("2023-02", true), (Date{2023, 2, 28}));
  EXPECT_EQ(parse_date("1900-02", true), (Date{1900, 2, 28}));
  EXPECT_EQ(parse_date("2024-05-31", true), (Date{2024, 5, 31}));
  EXPECT_EQ(Date({2024, 5, 1}).text(), "2024-05-01");
  EXPECT_EQ(Date({2024, 5, 17}).in_month(), Month::of(2024, 5));
}

TEST(Calendar, SpansMayBeQuartersHalvesAndFromOneToAnother) {
  EXPECT_EQ(parse_span("2011-Q3"), (Period{{2011, 7, 1}, {2011, 9, 30}}));
  EXPECT_EQ(parse_span("2011-H2"), (Period{{2011, 7, 1}, {2011, 12, 31}}));
  EXPECT_EQ(parse_span("2010-01..2010-10"), (Period{{2010, 1, 1}, {2010, 10, 31}}));
  EXPECT_EQ(parse_span("2010..2011-Q1"), (Period{{2010, 1, 1}, {2011, 3, 31}}));
  EXPECT_EQ(parse_span("2011-10-24"), (Period{{2011, 10, 24}, {2011, 10, 24}}));
  for (const char* text : {"2011-Q0", "2011-Q5", "2011-H3", "Q3", "2011..2010", "..2010", "2010..", "2010..2011..2012"})
    EXPECT_FALSE(parse_span(text).has_value()) << text;
}

TEST(Calendar, WhatIsNoDateIsRefused) {
  for (const char* text : {"", "24", "2024-", "2024-1", "2024-13", "2024-00", "2024-02-30", "2024/02", "2024-02-1",
                           "1899", "2201", "20x4", "+024", "-024", "2024-02-01 ", "2024-0a", "2024-04-31", "2024-1--1"})
    EXPECT_FALSE(parse_date(text).has_value()) << text;
  for (const char* text : {"2024", "2024-05-01", "2024-5", "May 2024"})
    EXPECT_FALSE(parse_month(text).has_value()) << text;
}

}  // namespace
}  // namespace lodestone::base
