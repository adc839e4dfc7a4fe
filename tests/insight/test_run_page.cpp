// The page of a run of the toy world: all its sections, and the numbers of its answer and results.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/html_page.hpp"
#include "lodestone/insight/run_page.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RunPage : public ::testing::Test {
 protected:
  /// A run of the toy world as `lodestone run` leaves it.
  Page page_of(const std::string& levers, const std::string& status = "complete", const std::string& message = "") {
    const store::RunFolder run(folder_.path(), "r0001-toy");
    auto scenario = toy_scenario(world_, levers);
    std::filesystem::create_directories(run.path());
    run.create(scenario.text, std::string(LODESTONE_SOURCE_DIR) + "/tests/insight/toy");
    written(world_, scenario, run.results(), status, message);
    replay_ = std::make_unique<Replay>(run);
    store::RunRow row;
    row.id = "r0001-toy";
    row.created = "2026-01-02T03:04:05Z";
    return run_page(*replay_, row, backtests_);
  }
  template <class What>
  std::vector<What> all(const Page& page, const std::string& section) const {
    std::vector<What> found;
    for (const auto& one : page.sections)
      for (const auto& block : one.blocks) {
        if (one.id != section) continue;
        if constexpr (std::is_same_v<What, LineChart> || std::is_same_v<What, BarChart>) {
          if (const auto* charts = std::get_if<std::vector<Chart>>(&block))
            for (const auto& chart : *charts)
              if (const auto* wanted = std::get_if<What>(&chart)) found.push_back(*wanted);
        } else if (const auto* wanted = std::get_if<What>(&block)) {
          found.push_back(*wanted);
        }
      }
    return found;
  }
  world::World world_ = toy_world();
  test::TemporaryFolder folder_;
  std::unique_ptr<Replay> replay_;
  std::vector<ClassScore> backtests_;
};

TEST_F(RunPage, HasEverySectionInOrder) {
  const auto page = page_of(licence());
  std::vector<std::string> ids;
  for (const auto& section : page.sections) {
    ids.push_back(section.id);
    EXPECT_FALSE(section.blocks.empty()) << section.id;
  }
  EXPECT_THAT(ids, ElementsAre("prices", "measures", "shares", "embodied", "stocks", "unmet", "damage", "money",
                               "projects", "certificates", "validation", "sources", "reproduce"));
}

TEST_F(RunPage, BeginsWithTheAnswerOfTheRun) {
  const auto page = page_of(licence());
  const auto expected = answer(*replay_->results(), world_);
  EXPECT_EQ(page.head.question, "What happens?");
  EXPECT_EQ(page.head.answer, expected.answer);
  EXPECT_EQ(page.head.drivers, expected.drivers);
  EXPECT_EQ(page.head.assumed_share, expected.assumed_share);
  ASSERT_EQ(page.assumed.size(), 4u);
  double mean = 0;
  for (const auto& meter : page.assumed) mean += meter.share / 4;
  EXPECT_NEAR(mean, expected.assumed_share, 1e-12);
}

TEST_F(RunPage, ShowsPricesOfTheHeadlineInsideAndOutsideAndItsMeasure) {
  const auto page = page_of(licence());
  const auto charts = all<LineChart>(page, "prices");
  ASSERT_FALSE(charts.empty());
  const auto& first = charts.front();
  EXPECT_EQ(first.title, "Dy oxide");
  ASSERT_EQ(first.lines.size(), 3u);  // with evasion the price rises most where a contract is
  EXPECT_EQ(first.lines[2].name, "under contract");
  const auto& results = *replay_->results();
  const auto node = world_.node(world_.find_product("dy-oxide"), world_.find_region("HOM"));
  ASSERT_EQ(first.lines[1].values.size(), 18u);
  for (std::size_t m = 0; m < 18; ++m)
    EXPECT_DOUBLE_EQ(first.lines[1].values[m], results.variable("price").at(m, node) / 1000);
  ASSERT_EQ(first.acts.size(), 1u);
  EXPECT_EQ(first.acts[0].from.text(), "2024-04");
  EXPECT_EQ(first.acts[0].to.text(), "2025-04");
}

TEST_F(RunPage, TakesTheHighestPriceApartIntoPartsThatAddUp) {
  const auto page = page_of(licence());
  const auto charts = all<BarChart>(page, "prices");
  ASSERT_EQ(charts.size(), 1u);
  const auto& rows = charts[0].rows;
  const Peak peak = largest_rise(*replay_->results(), world_, viewpoint(world_));
  ASSERT_EQ(rows.back().label, "price");
  EXPECT_DOUBLE_EQ(rows.back().parts.at(0).value, peak.price / 1000);
  double sum = 0;
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) sum += rows[i].parts.at(0).value;
  EXPECT_NEAR(sum, peak.price / 1000, 1e-9 * peak.price);
  EXPECT_TRUE(all<BarChart>(page_of(""), "prices").empty()) << "a price that did not rise is not taken apart";
}

TEST_F(RunPage, SharesOfEveryRowAddUpToOne) {
  const auto page = page_of(licence());
  const auto charts = all<BarChart>(page, "shares");
  ASSERT_FALSE(charts.empty());
  for (const auto& chart : charts)
    for (const auto& row : chart.rows) {
      double sum = 0;
      for (const auto& part : row.parts) sum += part.value;
      EXPECT_NEAR(sum, row.parts.empty() ? 0 : 1, 1e-9) << chart.title << " " << row.label;
    }
}

TEST_F(RunPage, StocksAreMonthsOfTheUseBefore) {
  const auto page = page_of("");
  const auto charts = all<LineChart>(page, "stocks");
  ASSERT_FALSE(charts.empty());
  // A quiet run: stocks stay at their target cover of the usual use, and nothing is infinite.
  for (const auto& chart : charts)
    for (const auto& line : chart.lines) {
      EXPECT_GT(line.values.front(), 0) << chart.title;
      EXPECT_NEAR(line.values.back(), line.values.front(), 0.02 * line.values.front()) << chart.title << line.name;
    }
}

TEST_F(RunPage, NobodyGivesUpUseInAQuietRunAndSomebodyUnderABan) {
  const auto quiet = all<HeatTable>(page_of(""), "unmet");
  ASSERT_EQ(quiet.size(), 1u);
  for (const auto& row : quiet[0].values)
    for (const double value : row) EXPECT_FALSE(value > 1e-3) << value;
  const auto banned = all<HeatTable>(page_of(licence()), "unmet");
  double most = 0;
  for (const auto& row : banned.at(0).values)
    for (const double value : row) most = std::isnan(value) ? most : std::max(most, value);
  EXPECT_GT(most, 0.01);
  EXPECT_LE(most, 1);
}

ClassScore class_score(const std::string& name, Evidence evidence, const std::string& stage, const std::string& kind) {
  return {name, "Case " + name, evidence, stage, kind, 4, std::log(1.5), std::log(3), std::nan(""), 4, 3};
}

TEST_F(RunPage, ShowsBacktestsOfItsClassOfProductHoldOutsFirst) {
  backtests_ = {class_score("a", Evidence::fitted, "separation", "price"),
                class_score("b", Evidence::hold_out, "separation", "ratio"),
                class_score("c", Evidence::hold_out, "mining", "price"),
                class_score("d", Evidence::hold_out, "separation", "quantity")};
  const auto page = page_of(licence());  // its headline is an oxide
  const auto charts = all<BarChart>(page, "validation");
  ASSERT_FALSE(charts.empty());
  const auto& rows = charts.back().rows;
  ASSERT_EQ(rows.size(), 6u);  // two cases: a heading, the model, no change; the elasticity says nothing
  EXPECT_EQ(rows[0].label, "b (hold-out): 4 ratios");
  EXPECT_EQ(rows[3].label, "a (in sample): 4 prices");
  EXPECT_NEAR(rows[1].parts.at(0).value, 1.5, 1e-12);
  EXPECT_NEAR(rows[2].parts.at(0).value, 3, 1e-12);
  std::string said;
  for (const auto& words : all<std::string>(page, "validation")) said += words;
  EXPECT_THAT(said, HasSubstr("2 cases of what happened hold 8 prices and price ratios"));
  EXPECT_THAT(said, HasSubstr("nothing was fitted to 1 of them"));
  EXPECT_THAT(said, HasSubstr("in 6 of 8"));
  const auto folded = all<Folded>(page, "validation");
  ASSERT_FALSE(folded.empty());
  EXPECT_TRUE(std::any_of(folded.begin(), folded.end(), [](const Folded& f) { return f.table.rows.size() == 4; }));
}

TEST_F(RunPage, SaysWhenNoCaseIsOfItsClassAndWhenNoneAreAtHand) {
  backtests_ = {class_score("c", Evidence::hold_out, "mining", "price")};
  std::string said;
  for (const auto& words : all<std::string>(page_of(licence()), "validation")) said += words;
  EXPECT_THAT(said, HasSubstr("No case of what happened holds prices of this class of product"));
  backtests_.clear();
  said.clear();
  for (const auto& words : all<std::string>(page_of(licence()), "validation")) said += words;
  EXPECT_THAT(said, HasSubstr("were not at hand"));
}

TEST_F(RunPage, CertificateChartIsOfEveryMonthAndBelowItsBound) {
  const auto page = page_of("");
  const auto charts = all<LineChart>(page, "certificates");
  ASSERT_EQ(charts.size(), 1u);
  ASSERT_TRUE(charts[0].bound);
  for (const double value : charts[0].lines.at(0).values) EXPECT_FALSE(value > charts[0].bound->value) << value;
}

TEST_F(RunPage, SaysThatThereAreNoProjectsWhenThereAreNone) {
  const auto words = all<std::string>(page_of(""), "projects");
  ASSERT_FALSE(words.empty());
  EXPECT_THAT(words[0], HasSubstr("only the plants of the base year"));
}

TEST_F(RunPage, SourcesAreThoseOfTheDatasetWithAssumedOnesMarked) {
  const auto page = page_of(licence());
  std::set<std::string> known;
  for (const auto& f : world_.facilities) known.insert(f.provenance.source);
  for (const auto& s : world_.segments) known.insert(s.provenance.source);
  for (const auto& a : world_.arcs) known.insert(a.provenance.source);
  for (const auto& p : world_.price_provenance) known.insert(p.source);
  const auto tables = all<Table>(page, "sources");
  ASSERT_FALSE(tables.empty());
  ASSERT_FALSE(tables[0].rows.empty());
  for (const auto& row : tables[0].rows) EXPECT_TRUE(known.contains(std::get<std::string>(row.back())));
}

TEST_F(RunPage, TellsHowToMakeTheRunAgain) {
  const auto text = html(page_of(licence()));
  EXPECT_THAT(text, HasSubstr(world_.hash));
  EXPECT_THAT(text, HasSubstr("lodestone run scenario.toml --data data --months 18 --seed 1"));
  EXPECT_THAT(text, HasSubstr("approval-rate = 0.0"));
}

TEST_F(RunPage, WarnsOfARunThatWasStopped) {
  EXPECT_TRUE(page_of("").warning.empty());
  const auto page = page_of("", "interrupted", "stopped by <hand>");
  EXPECT_EQ(page.warning, "This run is interrupted: 18 of 18 months were cleared. stopped by <hand>");
  EXPECT_THAT(html(page), HasSubstr("stopped by &lt;hand&gt;"));
}

TEST_F(RunPage, IsTheSameBytesEachTime) {
  EXPECT_EQ(html(page_of(licence())), html(page_of(licence())));
}

}  // namespace
}  // namespace lodestone::insight
