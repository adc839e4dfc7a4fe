// What is known at a date: rows that were published later change nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "dataset_cells.hpp"
#include "lodestone/dataset/dataset.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// Every number of a world, in order.
std::vector<double> numbers(const world::World& world) {
  std::vector<double> out = world.base_price;
  const auto add = [&](std::initializer_list<double> values) { out.insert(out.end(), values); };
  for (const auto& product : world.products) out.insert(out.end(), product.content.begin(), product.content.end());
  for (const auto& process : world.processes)
    for (const auto& items : {process.inputs, process.outputs})
      for (const auto& item : items) add({item.amount, static_cast<double>(process.lag)});
  for (const auto& f : world.facilities) {
    add({f.capacity, f.base_activity, f.cash_cost, f.support, f.planned_capacity});
    out.insert(out.end(), f.step_quantity.begin(), f.step_quantity.end());
    out.insert(out.end(), f.step_cost.begin(), f.step_cost.end());
    for (const auto& stake : f.stakes) add({stake.share});
  }
  for (const auto& s : world.segments)
    add({s.base_quantity, s.base_price, s.short_elasticity, s.long_elasticity, s.choke_price});
  for (const auto& a : world.arcs)
    add({a.base_flow, a.freight, static_cast<double>(a.lag), a.export_vat, a.base_tariff, a.wedge, a.switching});
  for (const auto& s : world.stocks) add({s.cover, s.quantity});
  for (const auto& p : world.parameters) add({p.value, p.low, p.high});
  for (const auto& p : world.published) add({p.share});
  for (const auto& p : world.past_prices) add({p.price});
  for (const auto& p : world.past_flows) add({p.flow});
  return out;
}

std::size_t known_from(const TableSpec& table) {
  return table.column("known_from");
}

// The days on which anything was published.
std::set<base::Date> publications(const fs::path& folder) {
  std::set<base::Date> days;
  for (const TableSpec& table : tables())
    test::rewrite(folder, table,
                  [&](const test::Cells& cells) { days.insert(*base::parse_date(cells[known_from(table)])); });
  return days;
}

// Halves every number of the rows that were published after a day; returns how many rows.
int spoil_later(const fs::path& folder, base::Date day) {
  int spoilt = 0;
  for (const TableSpec& table : tables())
    test::rewrite(folder, table, [&](test::Cells& cells) {
      if (*base::parse_date(cells[known_from(table)]) <= day) return;
      ++spoilt;
      for (std::size_t c = 0; c < cells.size(); ++c)
        if (table.columns[c].type == ColumnType::number && !cells[c].empty())
          cells[c] = std::to_string(std::stod(cells[c]) / 2);
    });
  return spoilt;
}

// The first day on which what was known makes a world.
std::optional<base::Date> first_usable(const fs::path& folder, const std::set<base::Date>& days) {
  for (const base::Date& day : days) {
    base::Diagnostics diagnostics;
    const auto raw = read(folder, diagnostics, {day, {}});
    if (diagnostics.has_errors()) continue;
    build(raw, diagnostics);
    if (!diagnostics.has_errors()) return day;
  }
  return std::nullopt;
}

TEST(AsOf, LaterFiguresOfTheReferenceDatasetDoNotReachTheWorld) {
  const lodestone::test::TemporaryFolder folder;
  fs::copy(fs::path(LODESTONE_SOURCE_DIR) / "data", folder.path(), fs::copy_options::recursive);
  const auto days = publications(folder.path());
  auto day = first_usable(folder.path(), days);
  ASSERT_TRUE(day.has_value());
  // When the dataset rests on the newest publication, what it leaves open is the day before the last one.
  if (*day == *days.rbegin()) day = *std::prev(days.end(), 2);
  base::Diagnostics before, after;
  const auto raw = read(folder.path(), before, {*day, {}});
  const auto shown = before.has_errors() ? std::vector<double>() : numbers(build(raw, before));
  EXPECT_GT(spoil_later(folder.path(), *day), 0) << day->text();
  const auto again = read(folder.path(), after, {*day, {}});
  EXPECT_NE(again.hash, raw.hash);
  const auto now = after.has_errors() ? std::vector<double>() : numbers(build(again, after));
  EXPECT_EQ(shown, now);  // to the last bit
  EXPECT_EQ(before.errors(), after.errors());
  EXPECT_EQ(before.warnings(), after.warnings());
}

// The valid dataset, a year later: every figure was revised, some plants are new.
void revise(const fs::path& folder) {
  for (const char* file :
       {"facilities.csv", "prices.csv", "trade.csv", "parameters.csv", "taxes.csv", "end_uses.csv"}) {
    const std::string text = test::slurp(folder / file);
    std::string later;
    test::rewrite(folder, table(file), [&](test::Cells& cells) {
      test::Cells revised = cells;
      revised[known_from(table(file))] = "2025-06-01";
      for (const char* column : {"cash_cost", "price", "flow", "value", "rate", "choke_multiple"})
        if (const auto c = table(file).column(column); c < cells.size()) {
          revised[c] = std::to_string(1.01 * std::stod(cells[c]));
        }
      later += test::line_of(revised);
    });
    test::spill(folder / file, text + later);
  }
}

TEST(AsOf, ARevisionIsUsedFromTheDayOfItsPublication) {
  const test::ValidCopy plain, copy;
  revise(copy.path());
  const auto before = load(copy.path(), {base::Date{2025, 5, 31}, {}});
  const auto since = load(copy.path(), {base::Date{2025, 6, 1}, {}});
  EXPECT_EQ(numbers(before), numbers(load(plain.path())));
  EXPECT_EQ(numbers(since), numbers(load(copy.path())));
  EXPECT_NE(numbers(since), numbers(before));
  EXPECT_DOUBLE_EQ(since.facilities[0].cash_cost, 3030);
  EXPECT_EQ(since.facilities.size(), before.facilities.size());
  EXPECT_EQ(before.as_of, (base::Date{2025, 5, 31}));
}

TEST(AsOf, WhatRefersToTheUnknownIsUnknownItself) {
  const test::ValidCopy copy;
  test::spill(copy.path() / "regions.csv",
              test::slurp(copy.path() / "regions.csv") + "NEW,Risen,country,toy figure,high,2024,,2025\n");
  test::spill(copy.path() / "trade.csv",
              test::slurp(copy.path() / "trade.csv") + "magnet,XREST,NEW,12,t/yr,toy figure,high,2024,,2024\n");
  base::Diagnostics diagnostics;
  const auto raw = read(copy.path(), diagnostics, {base::Date{2024, 12, 31}, {}});
  EXPECT_EQ(diagnostics.all().size(), 0u);
  EXPECT_EQ(raw.regions.size(), 2u);
  EXPECT_EQ(raw.trade.size(), 1u);
  EXPECT_EQ(raw.left_out.at("trade.csv").later, 1);
}

TEST(AsOf, BeforeEverythingIsOneError) {
  base::Diagnostics diagnostics;
  read(test::valid_folder(), diagnostics, {base::Date{1990, 1, 1}, {}});
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("nothing is known as of 1990-01-01"));
}

TEST(AsOf, AFileThatIsNotYetKnownIsNamed) {
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace("freight.csv", "all,1,USD/kg,1,toy figure,high,2024,,2024",
                           "all,1,USD/kg,1,toy figure,high,2024,,2025"));
  ASSERT_TRUE(copy.replace("freight.csv", "t,2,toy figure,high,2024,,2024", "t,2,toy figure,high,2024,,2025"));
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics, {base::Date{2024, 12, 31}, {}});
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("freight.csv: error: nothing in this file is known as of"));
}

// As of a day on which the usual base year's figures were not out, the last year whose figures were is used.
TEST(AsOf, TheBaseYearIsTheLastOneKnown) {
  const fs::path folder = fs::path(LODESTONE_SOURCE_DIR) / "data";
  const auto year_as_of = [&](const char* day, std::optional<int> asked = {}) {
    base::Diagnostics diagnostics;
    ReadOptions options;
    options.as_of = base::parse_date(day);
    options.base_year = asked;
    return read(folder, diagnostics, options).base_year;
  };
  EXPECT_EQ(year_as_of("2025-05-31"), 2023);
  EXPECT_EQ(year_as_of("2027-01-01"), 2024);
  EXPECT_EQ(year_as_of("2025-05-31", 2024), 2024);
}

// A run as of May 2025 can be made.
TEST(AsOf, MayOf2025MakesAWorld) {
  base::Diagnostics diagnostics;
  const auto raw = read(fs::path(LODESTONE_SOURCE_DIR) / "data", diagnostics, {base::parse_date("2025-05-31"), {}});
  ASSERT_FALSE(diagnostics.has_errors());
  const auto world = build(raw, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_GE(world.facilities.size(), 90U);
  for (const auto& facility : world.facilities) EXPECT_LE(facility.provenance.known_from, (base::Date{2025, 5, 31}));
}

}  // namespace
}  // namespace lodestone::dataset
