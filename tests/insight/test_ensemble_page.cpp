// What an ensemble says of itself, in words and as a page.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/ensemble_page.hpp"
#include "lodestone/insight/ensemble_report.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/insight/html_page.hpp"
#include "lodestone/insight/kept_words.hpp"
#include "lodestone/insight/svg_lines.hpp"
#include "tests/insight/toy_dataset.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

// Twelve months of 40 futures made of a formula, so that every number on the page can be told by hand: future m has a
// price of (m + 1) USD/kg that is threefold in month 6, and magnets as they are.
class EnsemblePage : public ::testing::Test {
 protected:
  void SetUp() override { write(40); }
  void write(int members) {
    EnsembleRequest request;
    request.members = members;
    request.keep = {"price(magnet, FAR)", "price(dy-oxide, FAR)", "max(price(dy-oxide, FAR)) > 50 USD/kg"};
    const std::string text =
        "[run]\nid = \"toy\"\ntitle = \"Toy\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = 12\n"
        "[ensemble]\nkeep = [\"wanted(dy-oxide, all) - consumption(dy-oxide, all)\"]\n" +
        licence();
    auto raw = toy_dataset();
    for (std::size_t p = 0; p < raw.parameters.size(); p += 2)
      raw.parameters[p].provenance.confidence = world::Confidence::assumed;
    const Futures futures(std::move(raw), text, "toy.toml", request);
    const auto log = folder_.path() / fmt::format("{}.log", members),
               file = folder_.path() / fmt::format("{}.nc", members);
    {
      ensemble::MemberLog out(log, futures.identity());
      for (std::uint32_t m = 0; m < static_cast<std::uint32_t>(members); ++m) {
        ensemble::Member member{m, "", {}};
        for (int t = 0; t < 12; ++t) member.values.push_back(0.25);
        for (int t = 0; t < 12; ++t) member.values.push_back(60000);
        for (int t = 0; t < 12; ++t) member.values.push_back((m + 1) * 1000.0 * (t == 6 ? 3 : 1));
        member.values.push_back(3.0 * (m + 1) > 50 ? 1 : 0);
        if (m == 39) member = {m, "month 2024-05 missed its certificate", {}};
        out.add(member);
      }
    }
    ensemble::MemberReader reader({log}, futures.identity());
    ensemble::write_ensemble(file, futures.facts(), futures.kept(), futures.design(), reader);
    file_ = std::make_unique<ensemble::EnsembleFile>(file);
  }
  test::TemporaryFolder folder_;
  std::unique_ptr<ensemble::EnsembleFile> file_;
};

TEST_F(EnsemblePage, TheAnswerLeadsWithWhatMovesMostByName) {
  const auto answer = report(*file_);
  // 39 futures: prices 1 to 39, median 20; peaks 3 to 117, median 60, 5 % and 95 % at 1.9 and 37.1 steps: 8.7, 111.3.
  EXPECT_NE(answer.answer.find("39 futures of 12 months: the price of Dy oxide in Far goes from 20 to 60 USD/kg at its "
                               "peak in the median future (x 3), in 90 % of them to between 8.7 and 111"),
            std::string::npos)
      << answer.answer;
  EXPECT_NE(answer.answer.find("> 50 USD/kg in 23 of 39; 1 more were dropped"), std::string::npos) << answer.answer;
}

TEST_F(EnsemblePage, FansHoldTheMonthsQuantilesWhatMovesMostFirst) {
  const auto page = ensemble_page(*file_, {});
  const auto& futures = page.sections.front();
  const auto& lead = std::get<LineChart>(std::get<std::vector<Chart>>(futures.blocks[1]).front());
  EXPECT_EQ(lead.title, "Price of Dy oxide in Far");
  ASSERT_EQ(lead.bands.size(), 2U);
  EXPECT_NEAR(lead.bands[0].low[6], 8.7, 1e-5);
  EXPECT_NEAR(lead.bands[1].high[0], 29.5, 1e-5);
  EXPECT_EQ(lead.lines[1].values[6], 60);
  const auto& others = std::get<std::vector<Chart>>(futures.blocks[2]);
  EXPECT_EQ(std::get<LineChart>(others[0]).title, "Price of magnet in Far");
  EXPECT_EQ(std::get<LineChart>(others[1]).title, "Dy oxide that users go without");
  EXPECT_EQ(std::get<Folded>(futures.blocks[3]).table.rows.size(), 12U);
  EXPECT_NE(page.warning.find("1 of 40"), std::string::npos);
}

TEST_F(EnsemblePage, IsOnePageThatNamesDroppedFuturesAndWhatIsAssumed) {
  const auto page = ensemble_page(*file_, {});
  const std::string text = html(page);
  EXPECT_NE(text.find("class=\"band outside\""), std::string::npos);
  EXPECT_NE(text.find("missed its certificate"), std::string::npos);
  EXPECT_NE(text.find("lodestone run"), std::string::npos);
  EXPECT_GT(page.assumed.front().share, 0);
  EXPECT_LT(page.assumed.front().share, 1);
}

TEST_F(EnsemblePage, OfTooFewFuturesSaysThatNothingStandsOut) {
  write(6);
  const auto page = ensemble_page(*file_, {});
  const auto assumed = static_cast<double>(std::count(file_->assumed().begin(), file_->assumed().end(), true));
  EXPECT_EQ(page.head.drivers,
            std::vector<std::string>{"no figure stands out from chance in 6 futures; more of them would tell"});
  EXPECT_DOUBLE_EQ(page.head.assumed_share, assumed / static_cast<double>(file_->assumed().size()));
  EXPECT_EQ(page.assumed_says, "of the uncertain figures, each counted once");
}

TEST(SvgLines, ABandGoesAlongItsUpperEdgeAndBackAlongTheLower) {
  LineChart chart;
  chart.months = {base::Month::of(2024, 1), base::Month::of(2024, 2)};
  chart.lines = {{"median", Tone::outside, {5, 5}}};
  chart.bands = {{{0, 0}, {10, 10}, Tone::outside}, {{0, std::nan("")}, {std::nan(""), 1}, Tone::muted}};
  chart.from_zero = true;
  const auto svg = svg_lines(chart, 400, "k", "c");
  const auto begin = svg.find("band outside\" d=\"") + 17;
  const auto path = svg.substr(begin, svg.find('"', begin) - begin);
  EXPECT_EQ(std::count(path.begin(), path.end(), 'L'), 3) << path;
  EXPECT_EQ(path.back(), 'Z');
  EXPECT_NE(path.find(" 30.0L"), std::string::npos) << path;  // 10 is the top of the axis
  EXPECT_EQ(svg.find("band muted"), std::string::npos);
}

TEST(KeptWords, NameProductsAndPlaces) {
  base::Diagnostics diagnostics;
  const auto world = dataset::build(toy_dataset(), diagnostics);
  EXPECT_EQ(kept_words("price(dy-oxide, FAR)", world), "price of Dy oxide in Far");
  EXPECT_EQ(kept_words("wanted(magnet, all) - consumption(magnet, all)", world), "magnet that users go without");
  EXPECT_EQ(kept_words("wanted(magnet, all) - consumption(dy-oxide, all)", world), "");
  EXPECT_EQ(kept_words("price(no-such, FAR)", world), "");
}

}  // namespace
}  // namespace lodestone::insight
