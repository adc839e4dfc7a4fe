// Structural switches and events that may come: what a future draws of them, and what that changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/futures.hpp"
#include "tests/insight/toy_dataset.hpp"
#include "tests/insight/written_run.hpp"

namespace lodestone::insight {
namespace {

const std::string kRun =
    "[run]\nid = \"toy\"\ntitle = \"Toy\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = 24\n"
    "[ensemble]\nkeep = [\"price(dy-oxide, FAR)\"]\n";
// Once in two years on average, from the licence's start in 2024-04 until a year later.
const std::string kHazard = "[[hazards]]\nlever = \"licence\"\nrate = 0.5\nuntil = \"2025-04\"\nsource = \"test\"\n";

dataset::UncertaintyRow switch_row(dataset::UncertainKind kind) {
  dataset::UncertaintyRow row;
  row.kind = kind;
  row.of = "all";
  row.shape = base::Shape::either;
  row.central = 0.75;
  row.high = 1;
  return row;
}

dataset::RawDataset toy(bool switches) {
  auto raw = toy_dataset();
  using enum dataset::UncertainKind;
  if (switches)
    for (const auto kind : {expectation_rule, stock_rule, evasion_rule, substitution})
      raw.uncertainty.push_back(switch_row(kind));
  return raw;
}

Futures futures(const std::string& more, bool switches = false, int members = 64) {
  EnsembleRequest request;
  request.members = members;
  return Futures(toy(switches), kRun + more, "toy.toml", request);
}

std::size_t figure(const Futures& all, const std::string& id) {
  const auto& figures = all.design().figures();
  const auto it = std::find_if(figures.begin(), figures.end(), [&](const auto& f) { return f.id == id; });
  EXPECT_NE(it, figures.end()) << id;
  return static_cast<std::size_t>(it - figures.begin());
}

TEST(Hazards, ALeverBeginsWhenItsEventComesOrNotAtAll) {
  const auto all = futures(kHazard + licence());
  const auto when = figure(all, "months until lever licence begins");
  int come = 0;
  for (std::uint32_t m = 0; m < 64; ++m) {
    const double months = all.design().draw(m)[when];
    const auto one = all.future(m);
    if (months >= 12) {
      EXPECT_TRUE(one.scenario.levers.empty());
      continue;
    }
    ++come;
    ASSERT_EQ(one.scenario.levers.size(), 1U);
    const auto& head = one.scenario.levers[0]->head();
    EXPECT_EQ(head.start, base::Month::of(2024, 4) + static_cast<int>(months));
    EXPECT_EQ(head.end - head.start, 12) << "as long as the file says";
    EXPECT_EQ(head.announced, head.start);
  }
  // 1 - exp(-0.5) = 39 % of 64 are 25; Sobol points are even.
  EXPECT_NEAR(come, 25, 2);
  EXPECT_EQ(all.make(0).failure, "");
}

TEST(Hazards, APlainRunIsTheStoryWithoutThem) {
  base::Diagnostics diagnostics;
  const auto world = dataset::build(toy(false), diagnostics);
  EXPECT_TRUE(policy::parse_scenario(kRun + kHazard + licence(), "toy.toml", world).levers.empty());
}

TEST(Hazards, AddingOneChangesNoOtherDraw) {
  const auto without = futures(licence()), with = futures(kHazard + licence());
  for (std::size_t m = 0; m < 64; ++m) {
    auto draw = with.design().draw(m);
    draw.pop_back();
    EXPECT_EQ(draw, without.design().draw(m));
  }
}

void expect_error(const std::string& more, const std::string& words) {
  expect_input_error([&] { futures(more); }, words);
}

TEST(Hazards, WrongOnesAreNamedWithTheirPlace) {
  const auto hazard = [](const std::string& lever, const std::string& rate, const std::string& until) {
    return "[[hazards]]\nlever = \"" + lever + "\"\nrate = " + rate + "\nuntil = \"" + until +
           "\"\nsource = \"test\"\n" + licence();
  };
  expect_error(hazard("licenze", "0.5", "2025-04"), "did you mean 'licence'");
  expect_error(hazard("licence", "0", "2025-04"), "toy.toml:11");
  expect_error(hazard("licence", "0.5", "2024-04"), "a month after the lever's start, 2024-04");
  expect_error(kHazard + kHazard + licence(), "again");
}

TEST(StructuralSwitches, TurnTheirRuleOffInAQuarterOfTheFutures) {
  const auto all = futures(licence(), true);
  const auto base = futures(licence());
  const auto expectation = figure(all, "expectation-rule of all"), stock = figure(all, "stock-rule of all"),
             evasion = figure(all, "evasion-rule of all"), substitution = figure(all, "substitution of all");
  int off[4] = {0, 0, 0, 0};
  for (std::uint32_t m = 0; m < 64; ++m) {
    const auto draw = all.design().draw(m);
    const auto one = all.future(m), same = base.future(m);
    const auto& world = *one.world;
    EXPECT_EQ(world.parameter("forward-price-adaptation"),
              draw[expectation] * same.world->parameter("forward-price-adaptation"));
    EXPECT_EQ(world.parameter("risk-cover"), draw[stock] * same.world->parameter("risk-cover"));
    EXPECT_EQ(world.parameter("speculation-pace"), draw[stock] * same.world->parameter("speculation-pace"));
    EXPECT_EQ(world.parameter("evasion-start"), draw[evasion] * same.world->parameter("evasion-start"));
    for (std::size_t s = 0; s < world.segments.size(); ++s)
      EXPECT_DOUBLE_EQ(world.segments[s].long_elasticity, draw[substitution] == 0
                                                              ? world.segments[s].short_elasticity
                                                              : same.world->segments[s].long_elasticity);
    off[0] += draw[expectation] == 0;
    off[1] += draw[stock] == 0;
    off[2] += draw[substitution] == 0;
    off[3] += draw[evasion] == 0;
    if (m < 8) {
      EXPECT_EQ(all.make(m).failure, "");
    }
  }
  for (const int count : off) EXPECT_EQ(count, 16);
}

}  // namespace
}  // namespace lodestone::insight
