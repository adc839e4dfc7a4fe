// A price is taken apart: the parts add up to it, in every node and month.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "lodestone/insight/why.hpp"
#include "tests/insight/written_run.hpp"

namespace lodestone::insight {
namespace {

constexpr double kRounding = 1e-6;  // of the price

double sum_of(const std::vector<Part>& parts) {
  return std::accumulate(parts.begin(), parts.end(), 0.0,
                         [](double sum, const Part& part) { return sum + part.value; });
}

const Part* find(const Explanation& explanation, const std::string& id) {
  for (const auto& part : explanation.parts)
    if (part.id == id) return &part;
  return nullptr;
}

/// Explains every node of every month and demands that the parts add up. Returns the carriers met.
std::set<Carrier> expect_parts_add_up(const Replay& replay) {
  std::set<Carrier> met;
  const auto& world = replay.world();
  replay.all([&](const simulation::MonthRecord& record) {
    for (std::size_t p = 0; p < world.products.size(); ++p)
      for (std::size_t r = 0; r < world.regions.size(); ++r) {
        const auto explanation = explain(record, world::ProductId(p), world::RegionId(r));
        const auto where =
            world.node_name(world.node(world::ProductId(p), world::RegionId(r))) + ", " + record.month.text();
        const double scale = std::max(std::abs(explanation.price), 1.0);
        EXPECT_NEAR(sum_of(explanation.parts), explanation.price, 1e-9 * scale) << where;
        if (const Part* rounding = find(explanation, "rounding"); rounding != nullptr && explanation.traded) {
          EXPECT_LE(std::abs(rounding->value), kRounding * scale) << where;
        }
        for (const auto& part : explanation.parts)
          EXPECT_TRUE(part.assumed >= 0 && part.assumed <= 1) << where << ": " << part.id;
        if (explanation.traded) met.insert(explanation.carrier);
      }
  });
  return met;
}

TEST(Why, PartsAddUpInEveryNodeAndMonthOfTheToyWorld) {
  auto world = std::make_unique<world::World>(toy_world());
  auto scenario = toy_scenario(*world, licence());
  const auto met = expect_parts_add_up(Replay(std::move(world), std::move(scenario)));
  EXPECT_TRUE(met.contains(Carrier::import));
  EXPECT_TRUE(met.contains(Carrier::facility));
}

TEST(Why, PartsAddUpInEveryNodeAndMonthOfTheRealChain) {
  auto world = std::make_unique<world::World>(dataset::load(LODESTONE_SOURCE_DIR "/data"));
  auto scenario = policy::read_scenario(LODESTONE_SOURCE_DIR "/scenarios/licence-2025.toml", *world);
  expect_parts_add_up(Replay(std::move(world), std::move(scenario)));
}

TEST(Why, NamesTheLicenceAndWhatThePriceWouldBeWithoutIt) {
  auto world = std::make_unique<world::World>(toy_world());
  auto scenario = toy_scenario(*world, licence());
  const auto product = world->find_product("dy-oxide");
  const auto region = world->find_region("OTH");
  const Replay replay(std::move(world), std::move(scenario));
  const auto answer = why(replay, product, region, base::Month::of(2024, 8));
  ASSERT_TRUE(answer.explanation.traded);
  ASSERT_EQ(answer.without.size(), 1u);
  EXPECT_EQ(answer.without[0].lever, "licence");
  EXPECT_LT(answer.without[0].price, answer.explanation.price);
  const auto page = report(answer, replay);
  EXPECT_NE(page.answer.find("USD/kg ="), std::string::npos) << page.answer;
  EXPECT_NE(page.answer.find("without licence"), std::string::npos) << page.answer;
}

TEST(Why, InAQuietMonthThereIsNoRentAndThePriceIsThatOfTheBaseYear) {
  auto world = std::make_unique<world::World>(toy_world());
  auto scenario = toy_scenario(*world, licence());
  const auto product = world->find_product("dy-oxide");
  const auto region = world->find_region("OTH");
  const double base_price = world->base_price[world->node(product, region)];
  const Replay replay(std::move(world), std::move(scenario));
  replay.at(base::Month::of(2024, 2), [&](const simulation::MonthRecord& record) {
    const auto explanation = explain(record, product, region);
    EXPECT_NEAR(explanation.price, base_price, 1e-4 * base_price);
    const Part* rent = find(explanation, "licence-rent");
    EXPECT_TRUE(rent == nullptr || std::abs(rent->value) < 1e-6 * base_price);
  });
}

}  // namespace
}  // namespace lodestone::insight
