// Pages as HTML: what comes from data cannot become markup, and scales and charts say what their numbers say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <regex>

#include "lodestone/insight/html_blocks.hpp"
#include "lodestone/insight/html_page.hpp"
#include "lodestone/insight/html_text.hpp"
#include "lodestone/insight/svg_axis.hpp"
#include "lodestone/insight/svg_bars.hpp"
#include "lodestone/insight/svg_lines.hpp"

namespace lodestone::insight {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

LineChart two_lines() {
  LineChart chart;
  chart.id = "price";
  chart.title = "Dy <oxide>";
  chart.unit = "USD/kg";
  chart.says = "a & b";
  for (int m = 0; m < 4; ++m) chart.months.push_back(base::Month::of(2025, 1) + m);
  chart.lines = {{"Far", Tone::outside, {10, 20, kNone, 400}, true}, {"Home", Tone::inside, {10, 9, 8, 10}}};
  return chart;
}

TEST(Escaped, LeavesNothingThatOpensATagOrEndsAnAttribute) {
  EXPECT_EQ(escaped("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(escaped("10⁻⁸ – Ünal"), "10⁻⁸ – Ünal");
}

TEST(Escaped, DropsControlsAndReplacesWhatIsNoText) {
  EXPECT_EQ(escaped(std::string("a\0b\x1b[31m\n", 9)), "ab[31m\n");
  EXPECT_EQ(escaped("\xff|\xc3"), "\xEF\xBF\xBD|\xEF\xBF\xBD");        // no beginning; cut off
  EXPECT_EQ(escaped("\xed\xa0\x80").find('\xed'), std::string::npos);  // a surrogate
  EXPECT_EQ(escaped("\xc0\xbc"), "\xEF\xBF\xBD\xEF\xBF\xBD");          // '<' in a form that is too long
}

TEST(Html, ShowsAShareOfAssumedFiguresOnlyWhereThereIsOne) {
  Page page;
  page.head.assumed_share = 0.25;
  EXPECT_THAT(html(page), HasSubstr("id=\"assumed-share\" data-value=\"0.25\""));
  page.head.assumed_share = kNone;
  EXPECT_THAT(html(page), Not(HasSubstr("id=\"assumed-share\"")));
}

TEST(ValueScale, IsLogarithmicOnlyBeyondADecade) {
  EXPECT_FALSE(value_scale({10, 100}, 5).log);
  EXPECT_TRUE(value_scale({10, 101}, 5).log);
  EXPECT_FALSE(value_scale({0, 1000}, 5).log) << "0 has no logarithm";
  EXPECT_FALSE(value_scale({-1, 1000}, 5).log);
  EXPECT_FALSE(value_scale({10, 1000}, 5, true).log) << "how far from 0 is the point";
}

TEST(ValueScale, StartsAtZeroAndEndsAtARoundNumber) {
  const auto scale = value_scale({3, kNone, 18}, 4);
  EXPECT_EQ(scale.low, 0);
  EXPECT_THAT(scale.ticks, ElementsAre(0, 5, 10, 15, 20));
  EXPECT_DOUBLE_EQ(scale.share(10), 0.5);
  const auto below = value_scale({-30, 60}, 5);
  EXPECT_THAT(below.ticks, ElementsAre(-40, -20, 0, 20, 40, 60));
}

TEST(ValueScale, PutsAMultipleOfTenAtTheSameDistance) {
  const auto scale = value_scale({1, 10000}, 6);
  EXPECT_DOUBLE_EQ(scale.share(1), 0);
  EXPECT_DOUBLE_EQ(scale.share(100), 0.5);
  EXPECT_DOUBLE_EQ(scale.share(10000), 1);
  EXPECT_EQ(tick_text(1e-8), "10⁻⁸");
  EXPECT_EQ(tick_text(1e-12), "10⁻¹²");
  EXPECT_EQ(tick_text(2000), "2,000");
}

TEST(ValueScale, StandsWithoutValues) {
  const auto scale = value_scale({kNone}, 5);
  EXPECT_LT(scale.low, scale.high);
  EXPECT_TRUE(std::isfinite(scale.share(3)));
}

TEST(MonthTicks, AreYearsOrTheEnds) {
  std::vector<base::Month> months;
  for (int m = 0; m < 24; ++m) months.push_back(base::Month::of(2024, 12) + m);
  const auto years = month_ticks(months, 10);
  ASSERT_EQ(years.size(), 2u);
  EXPECT_EQ(years[0].words, "2025");
  EXPECT_EQ(years[0].at, 1);
  months.resize(3);
  const auto ends = month_ticks(months, 10);
  ASSERT_EQ(ends.size(), 2u);
  EXPECT_EQ(ends[0].words, "2024-12");
  EXPECT_EQ(ends[1].words, "2025-02");
}

TEST(LineChart, NamesItsLinesAndBreaksWhereNothingIsKnown) {
  const auto svg = svg_lines(two_lines(), 360, "k", "narrow");
  EXPECT_THAT(svg, HasSubstr("Far 400"));
  EXPECT_THAT(svg, HasSubstr("Home 10"));
  EXPECT_THAT(svg, HasSubstr("400 in 2025-04"));
  EXPECT_THAT(svg, HasSubstr("USD/kg, log scale"));
  EXPECT_THAT(svg, HasSubstr("<title id=\"k-t\">Dy &lt;oxide&gt;</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"k-d\">a &amp; b</desc>"));
  std::smatch path;
  ASSERT_TRUE(std::regex_search(svg, path, std::regex("class=\"line outside\" d=\"([^\"]*)\"")));
  EXPECT_EQ(count(path[1], "M"), 2u) << path[1];
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
}

TEST(LineChart, ShadesOverlappingMeasuresOnceAndNamesEach) {
  auto chart = two_lines();
  chart.acts = {{"one", chart.months[1], chart.months[3]},
                {"two", chart.months[2], chart.months[3] + 5},
                {"long over", chart.months[0] + -9, chart.months[0] + -3}};
  const auto svg = svg_lines(chart, 360, "k", "narrow");
  EXPECT_EQ(count(svg, "class=\"shade\""), 1u);
  EXPECT_THAT(svg, HasSubstr(">one<"));
  EXPECT_THAT(svg, HasSubstr(">two<"));
  EXPECT_THAT(svg, Not(HasSubstr("long over")));
}

TEST(LineChart, MeasuresShareALaneWhereTheyCoverNobody) {
  auto chart = two_lines();
  while (chart.months.size() < 60) chart.months.push_back(chart.months.back() + 1);
  chart.lines[0].values.assign(60, 10.0);
  const auto height = [&] {
    const auto svg = svg_lines(chart, 760, "k", "wide");
    std::smatch box;
    std::regex_search(svg, box, std::regex("viewBox=\"0 0 760 ([0-9]+)\""));
    return std::stoi(box[1]);
  };
  const auto act = [&](int from, int to) { return Act{"act", chart.months[0] + from, chart.months[0] + to}; };
  chart.acts = {act(0, 10)};
  const int one = height();
  chart.acts = {act(0, 10), act(30, 40)};
  EXPECT_EQ(height(), one);
  chart.acts = {act(0, 10), act(5, 40)};
  EXPECT_GT(height(), one);
  chart.acts.assign(20, act(0, 60));
  EXPECT_THAT(svg_lines(chart, 760, "k", "wide"), HasSubstr("and 14 more"));
}

TEST(Fitted, CutsWordsToTheirRoomAndNeverACharacter) {
  EXPECT_EQ(fitted("short", 10, 100), "short");
  const auto cut = fitted("äöüäöüäöüäöü", 10, 40);
  EXPECT_LE(text_width(cut, 10), 40);
  EXPECT_EQ(escaped(cut), cut) << "no half character";
  EXPECT_TRUE(cut.ends_with("…"));
}

TEST(LineChart, LabelsOfLinesThatEndTogetherStandApart) {
  auto chart = two_lines();
  chart.lines[0].values = chart.lines[1].values;
  const auto svg = svg_lines(chart, 360, "k", "narrow");
  std::vector<double> heights;
  const std::regex label("y=\"([0-9.]+)\" text-anchor=\"start\" class=\"name");
  for (std::sregex_iterator it(svg.begin(), svg.end(), label), end; it != end; ++it)
    heights.push_back(std::stod((*it)[1]));
  ASSERT_EQ(heights.size(), 2u);
  EXPECT_GE(std::abs(heights[0] - heights[1]), 12);
}

TEST(BarChart, SharesFillTheRowAndAmountsMayBeNegative) {
  BarChart shares{"s", "Shares", "share", "", {{"2024", {{"Home", 0.75, Tone::inside}, {"Far", 0.25, Tone::outside}}}},
                  true};
  const auto svg = svg_bars(shares, 400, "k", "narrow");
  EXPECT_THAT(svg, HasSubstr("width=\"300.0\""));
  EXPECT_THAT(svg, HasSubstr("width=\"100.0\""));
  EXPECT_THAT(svg, HasSubstr("Home 75 %"));
  BarChart money{"m", "Money", "USD", "", {{"paid", {{"", -10, Tone::outside}}}, {"got", {{"", 10, Tone::inside}}}}};
  const auto bars = svg_bars(money, 400, "k", "narrow");
  EXPECT_THAT(bars, HasSubstr(">-10<"));
  std::smatch bar;
  ASSERT_TRUE(
      std::regex_search(bars, bar, std::regex("bar outside\" x=\"[0-9.]+\" y=\"[0-9.]+\" width=\"([0-9.]+)\"")));
  const double paid = std::stod(bar[1]);
  ASSERT_TRUE(std::regex_search(bars, bar, std::regex("bar inside\" x=\"[0-9.]+\" y=\"[0-9.]+\" width=\"([0-9.]+)\"")));
  EXPECT_DOUBLE_EQ(paid, std::stod(bar[1]));
}

TEST(BarChart, PartsWithoutRoomAreNamedAboveTheBarInShortWhereNeeded) {
  BarChart chart{"s", "Shares", "", "", {{"2024", {}}}, true};
  chart.rows[0].parts = {{"Home", 0.96, Tone::inside, "HOM"}, {"Far Republic", 0.04, Tone::outside, "FAR"}};
  EXPECT_THAT(svg_bars(chart, 360, "k", "narrow"), HasSubstr(">Far Republic 4.0 %</tspan>"));
  EXPECT_THAT(svg_bars(chart, 120, "k", "narrow"), HasSubstr(">FAR 4.0 %</tspan>"));
}

TEST(HtmlTable, KeepsTheFullNumberAndMarksWhatNoDocumentGives) {
  const Table table{"t",
                    "Title",
                    {{"what", "what", ""}, {"price", "price", "USD/kg"}, {"confidence", "confidence", ""}},
                    {{std::string("<b>"), 2101.0325, std::string("assumed")},
                     {std::string("x"), std::monostate{}, std::string("high")}},
                    ""};
  const auto text = html_table(table);
  EXPECT_THAT(text, HasSubstr("data-value=\"2101.0325\">2,101<"));
  EXPECT_THAT(text, HasSubstr("<mark>assumed</mark>"));
  EXPECT_EQ(count(text, "<mark>"), 1u);
  EXPECT_THAT(text, HasSubstr("&lt;b&gt;"));
  EXPECT_THAT(text, HasSubstr("price (USD/kg)"));
}

TEST(HtmlChart, HoldsItsNumbersForThoseWhoDoNotSeeIt) {
  const auto text = html_chart(two_lines());
  for (const char* words : {"<figcaption>Dy &lt;oxide&gt;", "<details>", "2025-04", "data-value=\"400\""})
    EXPECT_THAT(text, HasSubstr(words));
}

Page page_of(const std::string& words) {
  Page page;
  page.kicker = words;
  page.head.question = words;
  page.head.answer = words;
  page.head.drivers = {words};
  page.head.assumed = words;
  page.assumed = {{words, 0.5}};
  auto chart = two_lines();
  chart.title = chart.unit = chart.says = chart.lines[0].name = words;
  chart.acts = {{words, chart.months[0], chart.months[1]}};
  const BarChart bars{"b", words, words, words, {{words, {{words, 0.9, Tone::inside}, {words, 0.1, Tone::muted}}}},
                      true};
  const HeatTable heat{"h", words, words, words, {words}, {words}, {words}, {{0.5}}};
  const Table table{"t", words, {{"a", words, words}}, {{words}}, words};
  page.sections = {
      {"one", words, {words, std::vector<Chart>{chart, bars}, heat, table, Folded{table}, Listing{words, words}}}};
  page.colophon = words;
  return page;
}

TEST(Html, NoWordOfThePageBecomesMarkup) {
  const std::string hostile = "\"'><script>alert(1)</script><img src=x onerror=y>&";
  const auto odd = html(page_of(hostile)), plain = html(page_of(std::string(hostile.size(), 'w')));  // as much room
  EXPECT_EQ(count(odd, "<script"), 0u);
  EXPECT_EQ(count(odd, "<img"), 0u);
  EXPECT_EQ(count(plain, "<"), count(odd, "<"));
  EXPECT_EQ(count(plain, ">"), count(odd, ">"));
  EXPECT_EQ(count(plain, "\""), count(odd, "\""));
}

TEST(Html, LoadsNothingAndForbidsIt) {
  const auto text = html(page_of("words"));
  EXPECT_THAT(text, HasSubstr("default-src 'none'"));
  for (const char* loads : {" src=", "url(", "@import", "http://", "https://"})
    EXPECT_THAT(text, Not(HasSubstr(loads)));
}

TEST(Html, EveryIdStandsOnce) {
  const auto text = html(page_of("words"));
  std::map<std::string, int> ids;
  const std::regex id(" id=\"([^\"]*)\"");
  for (std::sregex_iterator it(text.begin(), text.end(), id), end; it != end; ++it) ++ids[(*it)[1]];
  ids.erase("table-t");  // shown twice in this test
  for (const auto& [name, times] : ids) EXPECT_EQ(times, 1) << name;
}

}  // namespace
}  // namespace lodestone::insight
