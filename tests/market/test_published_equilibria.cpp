// Spatial price equilibria from the literature, with data and solutions as published (sources in the files).
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "shared_body.hpp"
#include "tests/support/tiny_problem.hpp"

namespace lodestone::market {
namespace {

using nlohmann::json;
using test::Method;
using test::TinyProblem;

constexpr double kPrinted = 1e-8;  // the solutions are printed with nine decimals

json read(const std::string& name) {
  std::ifstream in(LODESTONE_SOURCE_DIR "/tests/market/instances/spe/" + name + ".json");
  EXPECT_TRUE(in.good()) << name;
  return json::parse(in);
}

class PublishedEquilibrium : public testing::TestWithParam<Method> {
 protected:
  static Solution solved(const TinyProblem& p) { return test::solved(GetParam(), p.topology, p.numbers); }
};
INSTANTIATE_TEST_SUITE_P(Market, PublishedEquilibrium,
                         testing::Values(test::kNewton, test::kHomotopy, test::kReference), test::method_name);

// Miranda and Fackler 2002, three countries. Columns: supply and demand of each country, then the six routes.
TinyProblem three_countries(const json& data, const json& demand, bool trade) {
  TinyProblem p(3, 0, 10, 100);
  for (Index i = 0; i < 3; ++i) p.supply(i, data["inverse_supply"]["intercept"][i], data["inverse_supply"]["slope"][i]);
  for (Index i = 0; i < 3; ++i) p.demand(i, demand["intercept"][i], demand["slope"][i]);
  for (Index i = 0; trade && i < 3; ++i) {
    for (Index j = 0; j < 3; ++j) {
      if (i != j) p.arc(i, j, data["transport_cost_from_to"][i][j]);
    }
  }
  return p;
}

TEST_P(PublishedEquilibrium, MirandaFacklerThreeCountries) {
  const json data = read("miranda_fackler_3country");
  for (const auto& [demand, name] : {std::pair{"inverse_demand_as_in_code", "code_slopes"},
                                     std::pair{"inverse_demand_as_in_text_table", "text_table_slopes"}}) {
    const json& expected = data["solution"][name];
    const Solution s = solved(three_countries(data, data[demand], true));
    for (Index i = 0; i < 3; ++i) {
      EXPECT_NEAR(s.price[i], expected["supply_price"][i].get<double>(), kPrinted) << name << i;
      EXPECT_NEAR(s.activity[i], expected["supply"][i].get<double>(), kPrinted) << name << i;
      EXPECT_NEAR(s.activity[3 + i], expected["demand"][i].get<double>(), kPrinted) << name << i;
    }
    const Solution alone = solved(three_countries(data, data[demand], false));
    for (Index i = 0; i < 3; ++i) {
      EXPECT_NEAR(alone.price[i], data["solution"]["autarky"][name]["price"][i].get<double>(), kPrinted) << name << i;
      EXPECT_NEAR(alone.activity[i], data["solution"]["autarky"][name]["quantity"][i].get<double>(), kPrinted);
    }
  }
}

// The net exports are unique, single routes need not be where two ways cost the same.
TEST_P(PublishedEquilibrium, MirandaFacklerFlowsAddUp) {
  const json data = read("miranda_fackler_3country");
  const TinyProblem p = three_countries(data, data["inverse_demand_as_in_code"], true);
  const Solution s = solved(p);
  double freight = 0, expected = 0;
  for (Index j = 6; j < 12; ++j) freight += p.numbers.cost[j] * s.activity[j];
  const json& flows = data["solution"]["code_slopes"]["flows_from_to"];
  for (Index i = 0; i < 3; ++i) {
    for (Index j = 0; j < 3; ++j) {
      expected += flows[i][j].get<double>() * data["transport_cost_from_to"][i][j].get<double>();
    }
  }
  EXPECT_NEAR(freight, expected, 1e-6);
}

// Two producers with cost q + q^2 / 2 against P = 30 - 4 Q. A conjecture cv about the rival adds 4 cv to the slope of
// the marginal cost: price taking 0, Cournot 1, joint monopoly 2.
TEST_P(PublishedEquilibrium, CournotDuopolyWithConjectures) {
  const json expected = read("cournot_duopoly_conjectural_variation")["solution"];
  for (const auto& [name, cv] :
       {std::pair{"price_taking", 0.0}, std::pair{"cournot", 1.0}, std::pair{"joint_monopoly", 2.0}}) {
    TinyProblem p(1, 0, 10, 100);
    p.supply(0, 1, 1 + 4 * cv);
    p.supply(0, 1, 1 + 4 * cv);
    p.demand(0, 30, 4);
    const Solution s = solved(p);
    EXPECT_NEAR(s.activity[0], expected[name]["q"].get<double>(), kPrinted) << name;
    EXPECT_NEAR(s.activity[1], expected[name]["q"].get<double>(), kPrinted) << name;
    EXPECT_NEAR(s.price[0], expected[name]["P"].get<double>(), kPrinted) << name;
  }
}

// Dantzig's transport problem as an equilibrium (GAMS library, TRANSMCP). Rows: two plants, three markets; columns:
// plant capacities, then routes, plant by plant.
struct Transport {
  explicit Transport(const json& data, bool cheap_chicago) : problem(5, 0, 0.1, 100) {
    for (Index i = 0; i < 2; ++i) problem.supply(i, 0, 0, data["capacity"][i]);
    for (Index i = 0; i < 2; ++i) {
      for (Index j = 0; j < 3; ++j) {
        const double distance = data["distance_1000_miles"][i][j], freight = data["freight"];
        problem.arc(i, 2 + j, freight * distance / 1000 * (cheap_chicago && i == 0 && j == 1 ? 0.5 : 1));
      }
    }
  }
  TinyProblem problem;
};

TEST_P(PublishedEquilibrium, TransportWithFixedDemand) {
  const json data = read("transmcp_dantzig_rutherford");
  for (const auto& [name, cheap] : {std::pair{"fixed", false}, std::pair{"counterfactual_fixed", true}}) {
    Transport t(data, cheap);
    for (Index j = 0; j < 3; ++j) t.problem.numbers.rhs[2 + j] = data["reference_demand"][j];
    const Solution s = solved(t.problem);
    const json& expected = data["solution"][name];
    for (Index i = 0; i < 2; ++i) EXPECT_NEAR(s.price[i], expected["w"][i].get<double>(), kPrinted) << name;
    for (Index j = 0; j < 3; ++j) EXPECT_NEAR(s.price[2 + j], expected["p"][j].get<double>(), kPrinted) << name;
    EXPECT_NEAR(s.activity[2 + 1], 300, 1e-6) << name;  // Seattle to Chicago
    if (cheap) continue;
    EXPECT_NEAR(objective(t.problem.numbers, s.activity), expected["total_cost"].get<double>(), 1e-6);
  }
}

// Demand b (pbar / p)^e is not linear: it is replaced by its tangent at the last prices until they stay where they are.
TEST_P(PublishedEquilibrium, TransportWithPriceResponsiveDemand) {
  const json data = read("transmcp_dantzig_rutherford");
  const json& expected = data["solution"]["counterfactual_flexible"];
  Transport t(data, true);
  for (Index j = 0; j < 3; ++j) t.problem.demand(2 + j, 0, 1);
  std::vector<double> price = data["solution"]["fixed"]["p"];
  Solution s;
  double moved = 1;
  for (int round = 0; round < 60 && moved > 1e-12; ++round) {
    for (Index j = 0; j < 3; ++j) {
      const double e = data["elasticity"][j], pbar = data["solution"]["fixed"]["p"][j];
      const double d = data["reference_demand"][j].get<double>() * std::pow(pbar / price[j], e);
      t.problem.numbers.curvature[8 + j] = price[j] / (e * d);  // -dp/dd on the curve
      t.problem.numbers.cost[8 + j] = -(price[j] + price[j] / e);
    }
    s = solved(t.problem);
    moved = 0;
    for (Index j = 0; j < 3; ++j) {
      moved = std::max(moved, std::abs(s.price[2 + j] - price[j]));
      price[j] = s.price[2 + j];
    }
  }
  EXPECT_LE(moved, 1e-12);
  for (Index i = 0; i < 2; ++i) EXPECT_NEAR(s.price[i], expected["w"][i].get<double>(), kPrinted);
  for (Index j = 0; j < 3; ++j) EXPECT_NEAR(s.price[2 + j], expected["p"][j].get<double>(), kPrinted);
  for (Index i = 0; i < 2; ++i) {
    for (Index j = 0; j < 3; ++j) {
      EXPECT_NEAR(s.activity[2 + 3 * i + j], expected["x"][i][j].get<double>(), 1e-5) << i << j;
    }
  }
}

}  // namespace
}  // namespace lodestone::market
