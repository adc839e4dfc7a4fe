// The futures of a scenario: any of them, by anybody, with the same bits.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/ensemble/engine.hpp"
#include "lodestone/insight/drivers.hpp"
#include "lodestone/insight/ensemble_report.hpp"
#include "lodestone/insight/futures.hpp"
#include "tests/insight/toy_dataset.hpp"
#include "tests/insight/written_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::insight {
namespace {

std::string text(const std::string& more) {
  return "[run]\nid = \"toy\"\ntitle = \"Toy\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = 12\n" +
         more;
}

const std::string kKeep = "[ensemble]\nkeep = [\"price(dy-oxide, FAR)\", \"max(price(dy-oxide, FAR)) > 50 USD/kg\"]\n";
const std::string kUncertain =
    "[[uncertain]]\nlever = \"licence\"\noption = \"approval-rate\"\ndistribution = \"uniform\"\nlow = 0.1\nhigh = "
    "0.9\nsource = \"test\"\n";

Futures futures(const std::string& more, int members = 8) {
  EnsembleRequest request;
  request.members = members;
  return Futures(toy_dataset(), text(more), "toy.toml", request);
}

TEST(Futures, AMemberIsTheSameAloneAndAmongOthersOnAnyThread) {
  const Futures all = futures(kKeep + licence());
  std::vector<std::vector<double>> by_threads[2];
  for (int threads = 1; threads <= 2; ++threads) {
    auto& made = by_threads[threads - 1];
    made.resize(8);
    ensemble::run({[&](std::uint32_t n) { return all.make(n); }, ensemble::all_but(8, {}), threads,
                   [&](const ensemble::Member& member) {
                     EXPECT_EQ(member.failure, "");
                     made[member.number] = member.values;
                     return true;
                   }});
  }
  EXPECT_EQ(by_threads[0], by_threads[1]);
  EXPECT_EQ(futures(kKeep + licence()).make(5).values, by_threads[0][5]);
  EXPECT_EQ(by_threads[0][0].size(), 13U);  // twelve months and one truth
  std::set<std::vector<double>> different(by_threads[0].begin(), by_threads[0].end());
  EXPECT_EQ(different.size(), 8U);
}

TEST(Futures, AddingALeverChangesNoDraw) {
  const Futures bare = futures(kKeep), acted = futures(kKeep + licence());
  for (std::size_t m = 0; m < 8; ++m) EXPECT_EQ(bare.design().draw(m), acted.design().draw(m));
}

// What a scenario adds to the uncertain comes last, groups of its own as well: ensembles of two policies share the
// draws of everything else.
TEST(Futures, AnUncertainLeverChangesNoOtherDraw) {
  const std::string grouped =
      "[[uncertain]]\nlever = \"licence\"\noption = \"approval-rate\"\ndistribution = \"uniform\"\nlow = 0.1\nhigh = "
      "0.9\ngroup = \"policy\"\ncorrelation = 0.5\nsource = \"test\"\n";
  const Futures bare = futures(kKeep + licence());
  for (const auto& more : {kUncertain, grouped}) {
    const Futures acted = futures(kKeep + more + licence());
    for (std::size_t m = 0; m < 8; ++m) {
      auto drawn = acted.design().draw(m);
      drawn.pop_back();
      EXPECT_EQ(bare.design().draw(m), drawn);
    }
  }
}

TEST(Futures, LeversNumbersAreDrawnToo) {
  const Futures all = futures(kKeep + kUncertain + licence());
  const auto& figures = all.design().figures();
  ASSERT_EQ(figures.back().id, "approval-rate of lever licence");
  std::set<double> rates;
  for (std::uint32_t m = 0; m < 8; ++m) {
    const auto drawn = all.design().draw(m);
    EXPECT_GT(drawn.back(), 0.1);
    EXPECT_LT(drawn.back(), 0.9);
    rates.insert(drawn.back());
    EXPECT_EQ(all.make(m).failure, "");
  }
  EXPECT_EQ(rates.size(), 8U);
}

TEST(Futures, ParametersOfOneFutureAreWhatItDrew) {
  const Futures all = futures(kKeep);
  const auto one = all.future(3);
  const auto drawn = all.design().draw(3);
  for (std::size_t f = 0; f < drawn.size(); ++f)
    if (all.design().figures()[f].id == "parameter stock-ceiling") {
      EXPECT_EQ(one.world->parameter("stock-ceiling"), drawn[f]);
    }
}

void expect_error(const std::string& more, const std::string& words) {
  expect_input_error([&] { futures(more); }, words);
}

TEST(Futures, WrongInputIsNamedWithItsPlace) {
  expect_error("[ensemble]\nkeep = [\"prize(dy-oxide, FAR)\"]\n", "toy.toml:8");
  expect_error("[ensemble]\nmembers = 0\n", "members");
  expect_error("[ensemble]\nmember = 5\n", "members");
  expect_error(kKeep +
                   "[[uncertain]]\nlever = \"licenze\"\noption = \"approval-rate\"\ndistribution = \"uniform\"\nlow "
                   "= 0\nhigh = 1\nsource = \"x\"\n" +
                   licence(),
               "licence");
  expect_error(kKeep +
                   "[[uncertain]]\nlever = \"licence\"\noption = \"approval-rat\"\ndistribution = \"uniform\"\nlow "
                   "= 0\nhigh = 1\nsource = \"x\"\n" +
                   licence(),
               "approval-rate");
  expect_error(kKeep +
                   "[[uncertain]]\nlever = \"licence\"\noption = \"approval-rate\"\ndistribution = \"uniform\"\nlow "
                   "= 0\nhigh = 7\nsource = \"x\"\n" +
                   licence(),
               "between 0 and 1");
  expect_error(kKeep +
                   "[[uncertain]]\nlever = \"licence\"\noption = \"approval-rate\"\ndistribution = \"unifrom\"\nlow "
                   "= 0\nhigh = 1\nsource = \"x\"\n" +
                   licence(),
               "uniform");
  EnsembleRequest request;
  request.sampling = "sobel";
  EXPECT_THROW(Futures(toy_dataset(), text(kKeep), "toy.toml", request), base::InputError);
}

TEST(EnsembleFile, HoldsWhatTheFuturesGaveAndTheirSpread) {
  const Futures all = futures(kKeep + licence());
  test::TemporaryFolder folder;
  const auto log = folder.path() / "members.log", file = folder.path() / "ensemble.nc";
  std::vector<std::vector<double>> values;
  {
    ensemble::MemberLog out(log, all.identity());
    for (std::uint32_t m = 0; m < 8; ++m) {
      auto member = all.make(m);
      values.push_back(member.values);
      if (m == 6) member = {6, "lost", {}};
      out.add(member);
    }
  }
  ensemble::MemberReader reader({log}, all.identity());
  ensemble::write_ensemble(file, all.facts(), all.kept(), all.design(), reader);
  const ensemble::EnsembleFile back(file);
  ASSERT_EQ(back.kept().size(), 2U);
  EXPECT_EQ(back.kept()[0].name, "price_dy_oxide_FAR");
  EXPECT_EQ(back.kept()[0].unit, "USD/t");
  EXPECT_TRUE(back.kept()[0].monthly);
  EXPECT_FALSE(back.kept()[1].monthly);
  EXPECT_EQ(back.failures()[6], "lost");
  const auto prices = back.values(0);
  ASSERT_EQ(prices.size(), 96U);
  for (std::size_t m = 0; m < 8; ++m)
    for (std::size_t t = 0; t < 12; ++t) {
      const double price = prices[m * 12 + t];
      EXPECT_TRUE(m == 6 ? std::isnan(price) : std::abs(price - values[m][t]) < 1e-6 * values[m][t]);
    }
  const auto answer = report(back);
  EXPECT_NE(answer.answer.find("7 futures"), std::string::npos);
  EXPECT_NE(answer.answer.find("1 more were dropped"), std::string::npos);
}

TEST(RankCorrelation, ByHand) {
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3, 4}, {10, 20, 300, 400}), 1);
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3, 4}, {4, 3, 2, 1}), -1);
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3}, {1, 3, 2}), 0.5);
  EXPECT_NEAR(rank_correlation({1, 1, 2, 2}, {1, 1, 2, 2}), 1, 1e-12);
  EXPECT_TRUE(std::isnan(rank_correlation({1, 1, 1}, {1, 2, 3})));
}

}  // namespace
}  // namespace lodestone::insight
