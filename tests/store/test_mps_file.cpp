// A month as a quadratic program for other solvers.
#include <gtest/gtest.h>

#include <ClpSimplex.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>

#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/store/mps_file.hpp"
#include "lodestone/store/problem_file.hpp"
#include "lodestone/store/whole_file.hpp"
#include "tests/support/coin_reader.hpp"
#include "tests/support/ipopt_solver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::store {
namespace {

using market::Index;
using market::Numbers;
using market::Solution;
using market::Start;
using market::Topology;
using market::test::CoinProgram;

/// Two regions and two goods; a tariff of 60 % on one road and a royalty of 10 % on what a plant earns.
ProblemSequence with_wedges() {
  return parse_problems(R"({"nodes": 4, "rows": 5, "cols": 9, "price_scale": 10, "quantity_scale": 10,
    "colptr": [0, 1, 2, 4, 6, 9, 11, 12, 13, 13],
    "rowidx": [0, 1, 0, 2, 1, 3, 2, 3, 4, 0, 1, 2, 3],
    "coef": [1, 1, -1, 0.5, -1, 0.5, -1, 1, -1, -1, 1, -1, -1],
    "finite_u": [0, 5], "quad": [0, 1, 4, 5, 6, 7], "wedged": [3, 6],
    "row_names": ["ore home", "ore far", "metal home", "metal far", "quota of metal"],
    "column_names": ["mine home", "mine far", "smelt home", "smelt far", "metal home>far", "ore home>far", "use home", "use far", "idle"],
    "periods": [{"label": "1", "c": [1, 3, 2, 8, 0.3, 0.2, -20, -30, 0], "q": [0.5, 0.5, 0.1, 0.1, 1, 1], "u": [9, 0],
                 "w": [-0.1, 0.6], "group_b": [-4]}]})",
                        "wedges.json");
}

Solution solved(const Topology& topology, const Numbers& numbers) {
  auto solution = Solution::zeros(topology);
  const auto report = market::make_newton_solver(topology)->solve(numbers, solution, Start::cold);
  EXPECT_EQ(report.outcome, market::Outcome::solved);
  EXPECT_TRUE(market::certify(topology, numbers, solution).holds(market::kTolerance));
  return solution;
}

TEST(MpsFile, MoneyFixedAtTheMonthsPricesLeavesTheSolution) {
  const auto s = with_wedges();
  const auto& numbers = s.periods[0].numbers;
  const auto solution = solved(s.topology, numbers);
  const auto program = linearised(s.topology, numbers, solution.price);
  EXPECT_TRUE(market::is_symmetric(program));
  EXPECT_TRUE(market::certify(s.topology, program, solution).holds(1e-10)) << "the same point solves both";
  const auto again = solved(s.topology, program);
  for (std::size_t j = 0; j < again.activity.size(); ++j) EXPECT_NEAR(again.activity[j], solution.activity[j], 1e-8);
  EXPECT_GT(solution.activity[4], 0.1) << "the road with the tariff must be used, or the test says nothing";
  EXPECT_GT(std::abs(program.cost[4] - numbers.cost[4]), 0.1);
}

TEST(MpsFile, WedgesAreNotForgottenSilently) {
  const auto s = with_wedges();
  EXPECT_THROW(mps_text(s.topology, s.periods[0].numbers, "x", {}, {}, {}), std::invalid_argument);
}

TEST(MpsFile, NamesAreTheCallersWhereMpsCanHoldThem) {
  const auto s = with_wedges();
  const auto program = linearised(s.topology, s.periods[0].numbers, std::vector<double>(5, 1.0));
  const auto named = mps_text(s.topology, program, "a month", s.row_names, s.column_names, {"first\nline", "second"});
  EXPECT_TRUE(named.starts_with("* first line\n* second\nNAME a_month FREE\n")) << named.substr(0, 80);
  EXPECT_NE(named.find(" G quota_of_metal\n"), std::string::npos);
  EXPECT_NE(named.find(" metal_home>far quota_of_metal -1\n"), std::string::npos);
  EXPECT_NE(named.find(" FX BND ore_home>far 0\n"), std::string::npos);
  EXPECT_NE(named.find(" UP BND mine_home 9\n"), std::string::npos);
  EXPECT_NE(named.find(" idle COST 0\n"), std::string::npos) << "a column without entries is named all the same";
  const std::vector<std::string> alike{"ore a", "ore_a", "b", "c", "d"};
  EXPECT_NE(mps_text(s.topology, program, "", alike, {}, {}).find(" G R1\n"), std::string::npos);
  const std::vector<std::string> number{"1e5", "a", "b", "c", "d"};
  EXPECT_NE(mps_text(s.topology, program, "", number, {}, {}).find(" G R0\n"), std::string::npos);
}

void expect_close(const std::vector<double>& found, const std::vector<double>& expected, const char* what) {
  ASSERT_EQ(found.size(), expected.size()) << what;
  for (std::size_t k = 0; k < found.size(); ++k) {
    if (found[k] == expected[k]) continue;                                                  // also both unlimited
    EXPECT_NEAR(found[k], expected[k], 4e-16 * std::abs(expected[k])) << what << " " << k;  // Coin rounds as it reads
  }
}

void expect_same_program(const Topology& topology, const Numbers& numbers, const CoinProgram& read) {
  EXPECT_EQ(read.topology.col_start, topology.col_start);
  EXPECT_EQ(read.topology.row_of, topology.row_of);
  expect_close(read.topology.coef, topology.coef, "coefficient");
  expect_close(read.numbers.cost, numbers.cost, "cost");
  expect_close(read.numbers.curvature, numbers.curvature, "curvature");
  expect_close(read.numbers.upper, numbers.upper, "bound");
  expect_close(read.numbers.rhs, numbers.rhs, "right-hand side");
}

TEST(MpsFile, CoinsReaderFindsEveryNumber) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "month.mps";
  const auto check = [&](const ProblemSequence& s, const Numbers& program) {
    write_whole(file, mps_text(s.topology, program, s.name, s.row_names, s.column_names, {"a comment"}));
    expect_same_program(s.topology, program, market::test::read_with_coin(file));
  };
  const auto s = with_wedges();
  check(s, linearised(s.topology, s.periods[0].numbers, solved(s.topology, s.periods[0].numbers).price));
  const std::string folder_of_sequences = LODESTONE_SOURCE_DIR "/tests/market/instances/sequences/";
  for (const char* name : {"small_s1.json", "smalltie_s1.json", "medium_s1.json"}) {
    const auto sequence = read_problems(folder_of_sequences + name);
    check(sequence, sequence.periods.front().numbers);
    check(sequence, sequence.periods.back().numbers);
  }
}

void expect_ipopt_agrees(const Topology& topology, const Solution& ours, const std::filesystem::path& file) {
  const auto difference = market::test::difference_to_ipopt(topology, ours, market::test::read_with_coin(file), {});
  EXPECT_LT(difference.objective, 1e-7);
  EXPECT_LT(difference.price, 1e-4);
}

/// The month with wedges, solved and written as a program.
struct Exported {
  ProblemSequence sequence = with_wedges();
  Solution solution = solved(sequence.topology, sequence.periods[0].numbers);
  Numbers program = linearised(sequence.topology, sequence.periods[0].numbers, solution.price);

  explicit Exported(const std::filesystem::path& file) {
    const auto& s = sequence;
    write_whole(file, mps_text(s.topology, program, "wedges", s.row_names, s.column_names, {}));
  }
};

TEST(MpsFile, IpoptFindsTheMonthsObjectiveAndPrices) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "month.mps";
  const Exported month(file);
  expect_ipopt_agrees(month.sequence.topology, month.solution, file);

  const auto small = read_problems(LODESTONE_SOURCE_DIR "/tests/market/instances/sequences/small_s1.json");
  const auto& later = small.periods[17].numbers;
  write_whole(file, mps_text(small.topology, later, small.name, {}, {}, {}));
  expect_ipopt_agrees(small.topology, solved(small.topology, later), file);
}

TEST(MpsFile, ClpReadsAndSolvesTheMonth) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "month.mps";
  const Exported month(file);
  ClpSimplex clp;
  clp.setLogLevel(0);
  ASSERT_EQ(clp.readMps(file.c_str(), true), 0);
  EXPECT_EQ(clp.getColumnName(4), "metal_home>far");
  clp.primal();
  ASSERT_EQ(clp.status(), 0);
  const double objective = market::objective(month.program, month.solution.activity);
  EXPECT_NEAR(clp.objectiveValue(), objective, 1e-6 * std::abs(objective));
  for (Index i = 0; i < month.sequence.topology.rows; ++i)
    EXPECT_NEAR(clp.getRowPrice()[i], month.solution.price[i], 1e-3) << month.sequence.row_names[i];
}

}  // namespace
}  // namespace lodestone::store
