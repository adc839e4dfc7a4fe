// What spreads through an input-output table, by hand.
#include <gtest/gtest.h>

#include "lodestone/insight/economy.hpp"

namespace lodestone::insight {
namespace {

/// Steel sells 20 to cars and 10 to itself; cars sell 5 to steel; services sell 10 to cars and buy 10 cars.
Economy three_sectors() {
  Economy economy;
  economy.region = {"AAA", "AAA", "BBB"};
  economy.sector = {"STE", "CAR", "SER"};
  economy.output = {50, 100, 80};
  economy.value_added = {25, 60, 70};
  economy.flow = {10, 20, 0,   // steel
                  5,  0,  10,  // cars
                  0,  10, 0};  // services
  return economy;
}

TEST(Economy, SuppliersSellLessToThoseWhoLose) {
  // Cars lose 6 of 60: a tenth, 10 of output. Steel sells 2 less to them, and 10/50 of what it makes to itself:
  // x = 2 + 0.2 x = 2.5, half of it value added. Services sell 1 less.
  const auto effects = spread(three_sectors(), {0, 6, 0});
  EXPECT_DOUBLE_EQ(effects.direct[1], 6);
  EXPECT_NEAR(effects.suppliers[0], 2.5 * 0.5, 1e-12);
  EXPECT_NEAR(effects.suppliers[2], 1 * 70.0 / 80, 1e-12);
  EXPECT_EQ(effects.suppliers[1], 0);
}

TEST(Economy, CustomersGetLessAtMost) {
  // A tenth of the cars is missing: steel lacks 0.5 of its inputs and what it does not make it does not have either,
  // x = 0.5 + 0.2 x; services lack 1.
  const auto effects = spread(three_sectors(), {0, 6, 0});
  EXPECT_NEAR(effects.customers[0], 0.625 * 0.5, 1e-12);
  EXPECT_NEAR(effects.customers[2], 1 * 70.0 / 80, 1e-12);
  EXPECT_EQ(effects.customers[1], 0);
}

TEST(Economy, NothingSpreadsFromNothing) {
  const auto effects = spread(three_sectors(), {0, 0, 0});
  for (const auto* each : {&effects.direct, &effects.suppliers, &effects.customers})
    for (const double value : *each) EXPECT_EQ(value, 0);
}

const std::string kEnd = ",toy,high,2014,2014,2016\n";
const std::string kCommon = ",source,confidence,valid_from,valid_to,known_from\n";
const std::string kOutput =
    "region,sector,gross_output,value_added" + kCommon + "AAA,STE,50,25" + kEnd + "AAA,CAR,100,60" + kEnd;

int errors_of(const std::string& output, const std::string& flows) {
  base::Diagnostics diagnostics;
  (void)read_economy({"output.csv", output}, {"flows.csv", flows}, diagnostics);
  return diagnostics.errors();
}

TEST(Economy, IsReadFromTwoFiles) {
  base::Diagnostics diagnostics;
  const auto flows = "region,sector,to,STE,CAR" + kCommon + "AAA,STE,AAA,10,20" + kEnd + "AAA,CAR,AAA,5,0" + kEnd;
  const auto economy = read_economy({"output.csv", kOutput}, {"flows.csv", flows}, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(economy.entry("AAA", "CAR"), 1u);
  EXPECT_EQ(economy.entry("AAA", "SER"), 2u);
  EXPECT_EQ(economy.flow, (std::vector<double>{10, 20, 5, 0}));
  EXPECT_EQ(economy.regions(), (std::vector<std::string>{"AAA"}));
}

TEST(Economy, SaysWhatIsWrongWithAFile) {
  const auto head = "region,sector,to,STE,CAR" + kCommon;
  EXPECT_EQ(errors_of(kOutput, head + "AAA,STE,AAA,ten,20" + kEnd), 1);
  EXPECT_EQ(errors_of(kOutput, head + "AAA,SER,AAA,1,20" + kEnd), 1);
  EXPECT_EQ(errors_of(kOutput, head + "AAA,STE,BBB,1,20" + kEnd), 1);
  EXPECT_EQ(errors_of(kOutput, "region,sector,to,STE" + kCommon), 1);
  EXPECT_EQ(errors_of(kOutput + "AAA,CAR,100,60" + kEnd, head), 1);
}

}  // namespace
}  // namespace lodestone::insight
