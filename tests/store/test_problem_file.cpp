// Clearing problems as files: what is written is read back bit by bit, and whatever is wrong is named with its place.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/store/problem_file.hpp"
#include "lodestone/store/whole_file.hpp"
#include "tests/support/random_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::store {
namespace {

namespace fs = std::filesystem;
using market::Index;

// Two nodes and a quota; a supply with slope, an arc with a tariff, a demand, and a column banned in the second period.
const std::string kSmall = R"({"schema_version": 1, "name": "by hand",
"nodes": 2, "rows": 3, "cols": 4, "price_scale": 10, "quantity_scale": 100,
"colptr": [0, 1, 4, 5, 6],
"rowidx": [0, 0, 1, 2, 1, 1],
"coef": [1, -1, 1, -1, -1, 1],
"finite_u": [1], "quad": [0, 2], "wedged": [1],
"row_names": ["home", "far", "quota"],
"periods": [
{"label": "2025-05", "c": [2, 1, -10, 7], "q": [1, 1], "u": [null], "w": [0.5], "group_b": [-3], "duals": [5, 8, 0]},
{"t": 4, "c": [2, 1, -10, 7], "q": [1, 1], "u": [2], "w": [0], "banned": [3], "b": [0, -0.5, -3], "objective": -12.5}
]})";

fs::path sequence(const std::string& name) {
  return fs::path(LODESTONE_SOURCE_DIR) / "tests/market/instances/sequences" / name;
}

std::string with(const std::string& old_words, const std::string& new_words) {
  std::string text = kSmall;
  const auto at = text.find(old_words);
  EXPECT_NE(at, std::string::npos) << old_words;
  return text.replace(at, old_words.size(), new_words);
}

std::string messages(const std::string& text) {
  try {
    (void)parse_problems(text, "month.json");
  } catch (const base::InputError& error) {
    std::string all;
    for (const auto& diagnostic : error.diagnostics().all()) all += diagnostic.text() + "\n";
    return all;
  }
  return "no error";
}

TEST(ProblemFile, EveryFieldFindsItsPlace) {
  const auto s = parse_problems(kSmall, "month.json");
  EXPECT_EQ(s.name, "by hand");
  EXPECT_EQ(s.topology.nodes, 2);
  EXPECT_EQ(s.topology.price_scale, std::vector<double>(3, 10.0));
  EXPECT_EQ(s.topology.money_scale, 1000);
  EXPECT_EQ(s.topology.col_start, (std::vector<Index>{0, 1, 4, 5, 6}));
  EXPECT_EQ(s.row_names, (std::vector<std::string>{"home", "far", "quota"}));
  EXPECT_TRUE(s.column_names.empty());
  ASSERT_EQ(s.periods.size(), 2u);
  const auto& first = s.periods[0];
  EXPECT_EQ(first.label, "2025-05");
  EXPECT_EQ(first.numbers.curvature, (std::vector<double>{1, 0, 1, 0}));
  EXPECT_EQ(first.numbers.upper, std::vector<double>(4, market::kUnlimited));
  EXPECT_EQ(first.numbers.wedge, (std::vector<double>{0, 0.5, 0, 0, 0, 0}));
  EXPECT_EQ(first.numbers.rhs, (std::vector<double>{0, 0, -3}));
  EXPECT_FALSE(first.reference.objective.has_value());
  EXPECT_EQ(first.reference.price, (std::vector<double>{5, 8, 0}));
  const auto& second = s.periods[1];
  EXPECT_EQ(second.label, "4");
  EXPECT_EQ(second.numbers.upper, (std::vector<double>{market::kUnlimited, 2, market::kUnlimited, 0}));
  EXPECT_EQ(second.numbers.rhs, (std::vector<double>{0, -0.5, -3}));
  EXPECT_EQ(second.reference.objective, -12.5);
}

// The reference calls a price unique when two solvers differed by at most 1e-4 of the price scale of 100.
constexpr double kPriceTolerance = 2e-2;

TEST(ProblemFile, SharedSequencesAreReadAsTheyWereMeant) {
  for (const char* name : {"small_s1.json", "smalltie_s1.json", "medium_s1.json", "large_s1.json"}) {
    const auto s = read_problems(sequence(name));
    EXPECT_TRUE(market::defects(s.topology).empty()) << name;
    EXPECT_DOUBLE_EQ(s.topology.quantity_scale(0) * 100, s.topology.money_scale) << name;
    ASSERT_GT(s.periods.size(), 10u) << name;
    for (const auto& period : s.periods) EXPECT_TRUE(market::defects(s.topology, period.numbers).empty()) << name;
    const auto& first = s.periods.front();
    const auto solver = market::make_newton_solver(s.topology);
    auto solution = market::Solution::zeros(s.topology);
    ASSERT_EQ(solver->solve(first.numbers, solution, market::Start::cold).outcome, market::Outcome::solved) << name;
    ASSERT_TRUE(first.reference.objective.has_value());
    EXPECT_NEAR(market::objective(first.numbers, solution.activity), *first.reference.objective,
                1e-8 * std::abs(*first.reference.objective))
        << name;
    for (std::size_t i = 0; i < solution.price.size(); ++i) {
      const auto& open = first.reference.not_unique;
      if (std::binary_search(open.begin(), open.end(), static_cast<Index>(i))) continue;
      EXPECT_NEAR(solution.price[i], first.reference.price[i], kPriceTolerance) << name << " row " << i;
    }
  }
}

void expect_same(const ProblemSequence& a, const ProblemSequence& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.topology.nodes, b.topology.nodes);
  EXPECT_EQ(a.topology.col_start, b.topology.col_start);
  EXPECT_EQ(a.topology.row_of, b.topology.row_of);
  EXPECT_EQ(a.topology.coef, b.topology.coef);
  EXPECT_EQ(a.topology.price_scale, b.topology.price_scale);
  EXPECT_EQ(a.topology.money_scale, b.topology.money_scale);
  EXPECT_EQ(a.row_names, b.row_names);
  EXPECT_EQ(a.column_names, b.column_names);
  ASSERT_EQ(a.periods.size(), b.periods.size());
  for (std::size_t k = 0; k < a.periods.size(); ++k) {
    const auto &p = a.periods[k], &q = b.periods[k];
    EXPECT_EQ(p.label, q.label);
    EXPECT_EQ(p.numbers.cost, q.numbers.cost);
    EXPECT_EQ(p.numbers.curvature, q.numbers.curvature);
    EXPECT_EQ(p.numbers.upper, q.numbers.upper);
    EXPECT_EQ(p.numbers.wedge, q.numbers.wedge);
    EXPECT_EQ(p.numbers.rhs, q.numbers.rhs);
    EXPECT_EQ(p.reference.objective, q.reference.objective);
    EXPECT_EQ(p.reference.price, q.reference.price);
    EXPECT_EQ(p.reference.not_unique, q.reference.not_unique);
  }
}

TEST(ProblemFile, WrittenAndReadBackIsTheSame) {
  const test::TemporaryFolder folder;
  for (const char* name : {"small_s1.json", "smalltie_s1.json"}) {
    const auto s = read_problems(sequence(name));
    write_whole(folder.path() / name, problems_json(s));
    expect_same(s, read_problems(folder.path() / name));
  }
  const auto s = parse_problems(kSmall, "month.json");
  expect_same(s, parse_problems(problems_json(s), "again.json"));
}

/// Numbers over thirty orders of magnitude, so that a lost digit shows.
double any_number(std::mt19937_64& random) {
  std::uniform_real_distribution<double> mantissa(-1, 1), exponent(-15, 15);
  return mantissa(random) * std::pow(10, exponent(random));
}

ProblemSequence any_sequence(std::mt19937_64& random) {
  const auto below = [&](int n) { return static_cast<Index>(random() % static_cast<unsigned>(n)); };
  ProblemSequence s;
  auto& t = s.topology;
  t.rows = below(6);
  t.nodes = below(t.rows + 1);
  t.cols = below(8);
  t.money_scale = std::abs(any_number(random)) + 1e-20;
  for (Index i = 0; i < t.rows; ++i) t.price_scale.push_back(std::abs(any_number(random)) + 1e-20);
  t.col_start = {0};
  for (Index j = 0; j < t.cols; ++j) {
    for (Index i = 0; i < t.rows; ++i) {
      if (below(2) == 0) continue;
      t.row_of.push_back(i);
      t.coef.push_back(any_number(random));
    }
    t.col_start.push_back(t.nonzeros());
  }
  s.name = below(2) == 0 ? "quotes \" and \\ and\ttabs" : "";
  if (below(2) == 0)
    for (Index i = 0; i < t.rows; ++i) s.row_names.push_back("row \xC3\xA9 " + std::to_string(i));
  if (below(2) == 0)
    for (Index j = 0; j < t.cols; ++j) s.column_names.push_back("arc>" + std::to_string(j));
  for (Index k = 1 + below(3); k > 0; --k) {
    Period p{"month " + std::to_string(k), market::Numbers::zeros(t), {}};
    for (auto& c : p.numbers.cost) c = any_number(random);
    for (auto& q : p.numbers.curvature) q = below(2) == 0 ? 0 : std::abs(any_number(random));
    for (auto& u : p.numbers.upper)
      if (below(3) > 0) u = below(2) == 0 ? 0 : std::abs(any_number(random));
    for (auto& w : p.numbers.wedge) w = below(3) > 0 ? 0 : std::abs(any_number(random));
    for (std::size_t i = below(2) == 0 ? 0 : t.nodes; i < p.numbers.rhs.size(); ++i)
      p.numbers.rhs[i] = any_number(random);
    if (below(2) == 0) p.reference.objective = any_number(random);
    if (below(2) == 0)
      for (Index i = 0; i < t.rows; ++i) p.reference.price.push_back(any_number(random));
    for (Index i = 0; i < t.rows; ++i)
      if (below(3) == 0) p.reference.not_unique.push_back(i);
    s.periods.push_back(std::move(p));
  }
  return s;
}

RC_GTEST_PROP(ProblemFile, AnySequenceComesBackBitByBit, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto s = any_sequence(random);
  expect_same(s, parse_problems(problems_json(s), "again.json"));
  RC_ASSERT(!::testing::Test::HasFailure());
}

struct Broken {
  const char* old_words;
  const char* new_words;
  const char* says;
};

TEST(ProblemFile, WhateverIsWrongIsNamedWithItsPlace) {
  const std::vector<Broken> cases{
      {"\"nodes\": 2,", "", "month.json:1:1: error: field 'nodes' is missing"},
      {"\"nodes\"", "\"nods\"",
       "month.json:2:9: error: unknown field 'nods'; expected a field of docs/problem_format.md; did you mean "
       "'nodes'?"},
      {"\"nodes\": 2", "\"nodes\": 4", "nodes = 4; expected at most rows = 3"},
      {"\"nodes\": 2", "\"nodes\": -2", "nodes = -2; expected a whole number"},
      {"\"nodes\": 2", "\"nodes\": 1.5", "nodes = 1.5; expected a whole number"},
      {"\"rows\": 3", "\"rows\": 2000000000", "rows = 2000000000; expected a whole number from 0 to 10000"},
      {"\"rows\": 3", "\"rows\": \"three\"", "rows is a text; expected a whole number"},
      {"\"cols\": 4", "\"cols\": 5", "colptr has 5 entries; expected cols + 1 = 6"},
      {"[0, 1, 4, 5, 6]", "[0, 4, 1, 5, 6]", "month.json:3:11: error: colptr does not rise"},
      {"[0, 1, 4, 5, 6]", "[0, 1, 4, 5, 7]", "colptr[4] is 7; expected a whole number from 0 to 6"},
      {"[0, 0, 1, 2, 1, 1]", "[0, 0, 1, 3, 1, 1]",
       "month.json:4:21: error: rowidx[3] is 3; expected a whole number from 0 to 2"},
      {"[0, 0, 1, 2, 1, 1]", "[0, 0, 1, 1, 1, 1]", "rowidx[3] is 1 after 1 in column 1; expected rows that ascend"},
      {"[0, 0, 1, 2, 1, 1]", "[0, 0, 1, 2, 1]", "rowidx has 5 entries; expected 6"},
      {"[0, 0, 1, 2, 1, 1]", "[0, null, 1, 2, 1, 1]", "rowidx[1] is null"},
      {"[1, -1, 1, -1, -1, 1]", "[1, 0, 1, -1, -1, 1]", "coef[1] is 0; expected a number other than 0"},
      {"[1, -1, 1, -1, -1, 1]", "[1, -1, 1, \"x\", -1, 1]", "month.json:5:20: error: a text; expected a number"},
      {"\"price_scale\": 10", "\"price_scale\": 0", "price_scale is 0; expected a number above 0"},
      {"\"price_scale\": 10", "\"price_scale\": [1, 2]", "price_scale has 2 entries; expected 3"},
      {"\"price_scale\": 10", "\"price_scale\": [1, 2, 3]", "money_scale is missing"},
      {"\"quantity_scale\": 100", "\"quantity_scale\": -1", "quantity_scale is -1; expected a number above 0"},
      {", \"quantity_scale\": 100", "", "field 'quantity_scale' is missing"},
      {"\"schema_version\": 1", "\"schema_version\": 9", "schema_version 9; expected 1"},
      {"\"finite_u\": [1]", "\"finite_u\": [4]", "finite_u[0] is 4; expected a whole number from 0 to 3"},
      {"\"quad\": [0, 2]", "\"quad\": [2, 2]", "quad[1] is 2 after 2; expected ascending"},
      {"\"wedged\": [1]", "\"wedged\": [6]", "wedged[0] is 6; expected a whole number from 0 to 5"},
      {"\"home\", ", "", "row_names has 2 entries; expected a list of 3 texts"},
      {"[\"home\", \"far\", \"quota\"]", "[\"home\", \"far\", true]", "true or false in row_names; expected a text"},
      {"\"c\": [2, 1, -10, 7]", "\"c\": [2, 1, -10]", "month.json:9:27: error: periods[0].c has 3 entries; expected 4"},
      {"\"c\": [2, 1, -10, 7]", "\"c\": [2, 1, null, 7]", "periods[0].c[2] is null; expected a number"},
      {"\"c\": [2, 1, -10, 7], ", "", "field 'periods[0].c' is missing; expected a list of 4 numbers"},
      {"\"q\": [1, 1]", "\"q\": [1, -1]", "periods[0].q[1] is -1; expected a number not below 0"},
      {"\"u\": [2]", "\"u\": [-2]",
       "month.json:10:50: error: periods[1].u[0] is -2; expected a number not below 0, or null"},
      {"\"w\": [0.5]", "\"w\": [-1]", "periods[0].w[0] is -1; expected a number above -1"},
      {"\"w\": [0.5], ", "", "field 'periods[0].w' is missing"},
      {"\"banned\": [3]", "\"banned\": [-1]", "periods[1].banned[0] is -1"},
      {"\"group_b\": [-3]", "\"group_b\": [-3, 0]", "periods[0].group_b has 2 entries; expected 1"},
      {"\"group_b\": [-3]", "\"group_b\": [-3], \"b\": [0, 0, 0]", "one of the two"},
      {"\"duals\": [5, 8, 0]", "\"duals\": [5, 8]", "periods[0].duals has 2 entries; expected 3"},
      {"\"objective\": -12.5", "\"objective\": \"low\"", "periods[1].objective is a text; expected a number"},
      {"\"c\": [2", "\"c\": [NaN", "month.json:9:28: error: this is not JSON: invalid literal"},
      {"\"c\": [2", "\"c\": [1e999", "number overflow"},
      {"\"name\": \"by hand\"", "\"name\": \"by \xFF hand\"", "ill-formed UTF-8"},
      {"\"name\": \"by hand\"", "\"name\": 3", "name is a number; expected a text"},
      {"\"name\": \"by hand\"", "\"nodes\": 2", "month.json:2:1: error: 'nodes' for the second time"},
      {"\"label\": \"2025-05\"", "\"label\": [[[[[[1]]]]]]", "nested deeper than"},
      {"{\"t\": 4", "[{\"t\": 4", "this is not JSON"},
  };
  for (const auto& broken : cases) {
    const auto found = messages(with(broken.old_words, broken.new_words));
    EXPECT_NE(found.find(broken.says), std::string::npos) << "expected " << broken.says << "\nfound    " << found;
  }
}

TEST(ProblemFile, TextsThatAreNoProblemAtAll) {
  EXPECT_NE(messages("").find("month.json:1:1: error: this is not JSON: unexpected end of input"), std::string::npos)
      << messages("");
  EXPECT_NE(messages("[]").find("the file holds a list of numbers; expected an object"), std::string::npos);
  EXPECT_NE(messages("3").find("the file holds a number; expected an object"), std::string::npos);
  const auto half = messages(kSmall.substr(0, kSmall.find("\"finite_u\"")));
  EXPECT_NE(half.find("month.json:5:31: error: this is not JSON: unexpected end of input; expected string literal"),
            std::string::npos)
      << half;
  EXPECT_NE(messages(kSmall + "x").find("month.json:11:3: error: this is not JSON"), std::string::npos)
      << messages(kSmall + "x");
  EXPECT_NE(messages(std::string(1'000'000, '[')).find("nested deeper than"), std::string::npos);
  EXPECT_NE(messages(with("\"periods\": [", "\"periods\": [3, ")).find("a number, as before it"), std::string::npos);
  const std::string none = kSmall.substr(0, kSmall.find("\"periods\"")) + "\"periods\": []}";
  EXPECT_NE(messages(none).find("expected a list of at least one period"), std::string::npos);
}

TEST(ProblemFile, EverythingWrongIsReportedAtOnceUpToAScreenful) {
  auto text = with("\"u\": [2]", "\"u\": [-2]");
  text.replace(text.find("\"w\": [0.5]"), 10, "\"w\": [-5]");
  const auto both = messages(text);
  EXPECT_NE(both.find("periods[0].w[0]"), std::string::npos);
  EXPECT_NE(both.find("periods[1].u[0]"), std::string::npos);
  std::string many = "\"quad\": [";
  for (int k = 0; k < 5000; ++k) many += "9, ";
  const auto found = messages(with("\"quad\": [", many));
  EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 21) << found;
  EXPECT_NE(found.find("4980 more errors"), std::string::npos) << found;
}

TEST(ProblemFile, PeriodsThatWouldNotFitIntoMemoryAreRefused) {
  constexpr int kEntries = 4000, kPeriods = 20000;
  std::string text =
      "{\"nodes\":4000,\"rows\":4000,\"cols\":1,\"price_scale\":1,\"quantity_scale\":1,\"colptr\":[0,4000],"
      "\"rowidx\":[";
  for (int k = 0; k < kEntries; ++k) text += (k > 0 ? "," : "") + std::to_string(k);
  text += "],\"coef\":[";
  for (int k = 0; k < kEntries; ++k) text += k > 0 ? ",1" : "1";
  text += "],\"periods\":[";
  for (int k = 0; k < kPeriods; ++k) text += k > 0 ? ",{\"c\":[1]}" : "{\"c\":[1]}";
  EXPECT_NE(messages(text + "]}").find("20000 periods of 8003 numbers"), std::string::npos);
}

TEST(ProblemFile, RandomBytesNeverCrashTheReader) {
  using namespace std::string_literals;
  const std::string special = "\",\n:[]{}\\-+.eE019ntf \0\xFF\xC3"s;
  std::mt19937_64 random(20250404);
  int accepted = 0, pure_noise = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    if (i % 4 == 0) {
      text.resize(random() % 200);
      for (char& c : text) c = static_cast<char>(random() % 256);
    } else {
      text = test::spoil(kSmall, special, random);
    }
    try {
      const auto s = parse_problems(text, "noise.json");
      ++accepted;
      if (i % 4 == 0) ++pure_noise;
      EXPECT_TRUE(market::defects(s.topology).empty());
      for (const auto& period : s.periods) EXPECT_TRUE(market::defects(s.topology, period.numbers).empty()) << text;
    } catch (const base::InputError& error) {
      EXPECT_TRUE(error.diagnostics().has_errors());
    }
  }
  EXPECT_EQ(pure_noise, 0);
  EXPECT_LT(accepted, 10'000);  // a changed digit or blank may pass
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(WholeFile, ReadingNamesWhatIsInTheWay) {
  const test::TemporaryFolder folder;
  const auto read = [&](const fs::path& file, std::uintmax_t most) { return refusal([&] { read_whole(file, most); }); };
  EXPECT_NE(read(folder.path() / "nowhere.json", 1 << 20).find("nowhere.json: error: no such file"), std::string::npos);
  EXPECT_NE(read(folder.path(), 1 << 20).find("a folder"), std::string::npos);
  EXPECT_NE(read("/dev/null", 1 << 20).find("a device or pipe"), std::string::npos);
  std::ofstream(folder.path() / "large") << std::string((2 << 20) + 1, 'x');
  EXPECT_NE(read(folder.path() / "large", 2 << 20).find("3 MB; expected a file of at most 2 MB"), std::string::npos);
}

TEST(WholeFile, WritingReplacesTheWholeFileOrNothing) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "month.json";
  write_whole(file, "first");
  write_whole(file, "second, longer");
  EXPECT_EQ(read_whole(file, 100), "second, longer");
  fs::create_directory(folder.path() / "taken");
  EXPECT_NE(refusal([&] { write_whole(folder.path() / "taken", "x"); }).find("cannot be written"), std::string::npos);
  EXPECT_NE(refusal([&] { write_whole(folder.path() / "no" / "folder", "x"); }).find("cannot be written"),
            std::string::npos);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 2)
      << "nothing is left over";
  EXPECT_NO_THROW(write_whole("/dev/null", "gone"));
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
}

}  // namespace
}  // namespace lodestone::store
