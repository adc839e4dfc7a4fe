#include <gtest/gtest.h>
#include <netcdf.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/store/results_writer.hpp"
#include "lodestone/store/series.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::store {
namespace {

namespace fs = std::filesystem;

/// Two regions, one oxide, one mine with its plant, one route, one user, one store.
world::World toy_world() {
  using namespace world;
  World w;
  w.id = "toy";
  w.title = "Two regions";
  w.base_year = 2024;
  w.start = base::Month::of(2024, 1);
  w.hash = "cafe";
  w.regions = {{"HOM", "Home", false}, {"FAR", "Far", false}};
  w.elements = {{"dy", "dysprosium"}};
  w.products = {{"dy-oxide", "Dy oxide", Stage::separation, "REO", {1.0}, {}, {}, {}}};
  w.processes = {{"make", "make", Stage::separation, {}, {{ProductId(0), 1.0}}, 0, {}}};
  Facility f;
  f.id = "plant";
  f.name = "Plant";
  f.region = f.control = RegionId(0);
  f.process = ProcessId(0);
  f.capacity = 10;
  f.base_activity = 8;
  f.cash_cost = 100;
  f.step_quantity = {10};
  f.step_cost = {100, 120};
  w.facilities = {f};
  Segment s;
  s.id = "magnets-far";
  s.region = RegionId(1);
  s.product = ProductId(0);
  s.end_use = "magnets";
  s.base_quantity = 8;
  s.base_price = 150;
  s.choke_price = 3000;
  w.segments = {s};
  Arc a;
  a.product = ProductId(0);
  a.from = RegionId(0);
  a.to = RegionId(1);
  a.base_flow = 8;
  a.freight = 5;
  a.lag = 1;
  a.switching = 0.5;
  w.arcs = {a};
  Stock h;
  h.region = RegionId(1);
  h.product = ProductId(0);
  h.cover = 2;
  h.quantity = 16;
  w.stocks = {h};
  Industry industry;
  industry.end_use = "magnets";
  industry.sector = "ELE";
  industry.region = RegionId(1);
  industry.value_added = 1000;
  industry.substitutable = 0.01;
  industry.inputs = {SegmentId(0)};
  w.industries = {industry};
  w.camps = {{"home-led", RegionId(0), {1, 0.25}, {}}};
  w.base_price = {120, 150};
  w.price_provenance.resize(2);
  return w;
}

/// A month with numbers that say where they stand.
class Month {
 public:
  Month() : market_(world_, {}, {}) {
    equilibrium_.forward_price = {121, 151};
    state_.demand_level = {0.9};
    state_.demand_trend = {1.5};
    state_.alignment = {1, 0.25};
    state_.risk = state_.news = {0, 0};
    state_.public_cost = {0, 0, 0};
    state_.at_sea.resize({1});
    state_.at_sea.fill(0, 3.5);
    rules_.arc_limit = {std::numeric_limits<double>::infinity()};
    rules_.arc_export_tax = rules_.arc_import_tariff = rules_.arc_refused = {0};
    equilibrium_.activity = {8};
    equilibrium_.capacity_rent = {0};
    equilibrium_.consumption = {7};
    equilibrium_.stock_release = {-1};
    equilibrium_.arc_rent = {2};
    equilibrium_.licensed_price = {0, 130};
    equilibrium_.weighted_price = {120, 135};
    equilibrium_.licensed_use = {0, 3};
  }
  void write(ResultsWriter& writer, int month) {
    state_.month = base::Month::of(2025, 1) + month;
    equilibrium_.price = {120.0 + month, 0};
    equilibrium_.quote = {{true, 120.0 + month, 120.0 + month}, {false, 40, std::numeric_limits<double>::infinity()}};
    equilibrium_.arc_flow = {month + 0.125};
    stock_after_ = {16.0 - month};
    accounts_.consumers = -7;
    accounts_.producers = 7;
    equilibrium_.certificate.gap = month * 1e-12;
    reactions_.in_force[1] = month >= 3 && month < 5;
    writer.month({state_.month, world_, market_, state_, rules_, equilibrium_, stock_after_, accounts_, mass_, state_,
                  reactions_});
  }

 private:
  world::World world_ = toy_world();
  world::MonthMarket market_;
  world::State state_;
  world::Rules rules_;
  world::Equilibrium equilibrium_;
  std::vector<double> stock_after_;
  world::ReactionsMonth reactions_{
      {{world::Verdict::decided, 0.5, 0.25, 1, false}}, {{0.3, 0, true}}, {true, false, false}};
  simulation::Accounts accounts_;
  simulation::MassBalance mass_;
};

RunFacts facts() {
  RunFacts f;
  f.id = "r0001-toy";
  f.scenario = "toy";
  f.title = "Toy";
  f.question = "Does it read back?";
  f.scenario_text = "[run]\nmonths = 14\n# ümlaut\n";
  f.dataset = "toy";
  f.dataset_hash = "cafe";
  f.as_of = "2025-05-31";
  f.overlays = "my-plants, yours";
  f.version = "0.0.1";
  f.seed = 5;
  f.start = base::Month::of(2025, 1);
  f.months = 14;
  f.method = "cascade";
  f.demand_growth = "central";
  f.levers = {
      {"licence", "export-licence", "HOM", base::Month::of(2025, 4), base::Month::of(2026, 4), "dy-oxide from HOM"},
      {"duty-1", "import-tariff", "FAR", base::Month::of(2180, 1), base::Month::of(2180, 1), "dy-oxide to FAR", "duty"},
      {"duty-2", "import-tariff", "FAR", base::Month::of(2180, 1), base::Month::of(2180, 1), "dy-oxide to FAR",
       "duty"}};
  f.rules = {{"duty", "FAR", "A duty", "test", "", {"price(dy-oxide; FAR) > 0.1 USD/kg"}}};
  return f;
}

void write_file(const fs::path& file, int months = 14) {
  ResultsWriter writer(file, facts());
  Month month;
  for (int m = 0; m < months; ++m) month.write(writer, m);
  EXPECT_EQ(writer.months_done(), months);
  writer.finish("complete", "");
}

std::string message_of(const fs::path& file) {
  try {
    const Results results(file);
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "no error";
}

// What a rule brought has the months in which it was in force; what it only held ready has none.
TEST(Results, DateWhatRulesBrought) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "results.nc";
  write_file(file);
  const Results results(file);
  const auto& levers = results.facts().levers;
  EXPECT_EQ(levers.at(1).rule, "duty");
  EXPECT_EQ(levers.at(1).start, base::Month::of(2025, 4));
  EXPECT_EQ(levers.at(1).end, base::Month::of(2025, 6));
  EXPECT_TRUE(levers.at(1).begins());
  EXPECT_FALSE(levers.at(2).begins());
  ASSERT_EQ(results.facts().rules.size(), 1U);
  EXPECT_EQ(results.facts().rules[0].conditions, std::vector<std::string>{"price(dy-oxide; FAR) > 0.1 USD/kg"});
}

TEST(Results, ReadBackToTheBit) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "results.nc";
  write_file(file);  // 14 months: one whole chunk and a rest
  EXPECT_FALSE(fs::exists(file.string() + ".part"));
  const Results results(file);
  EXPECT_EQ(results.status(), "complete");
  ASSERT_EQ(results.months().size(), 14U);
  EXPECT_EQ(results.months().front(), base::Month::of(2025, 1));
  EXPECT_EQ(results.months().back(), base::Month::of(2026, 2));
  EXPECT_EQ(results.facts().scenario_text, facts().scenario_text);
  EXPECT_EQ(results.facts().seed, 5U);
  EXPECT_EQ(results.facts().dataset_hash, "cafe");
  EXPECT_EQ(results.facts().as_of, "2025-05-31");
  EXPECT_EQ(results.facts().overlays, "my-plants, yours");
  ASSERT_EQ(results.facts().levers.size(), 3U);
  EXPECT_EQ(results.facts().levers[0].start, base::Month::of(2025, 4));
  EXPECT_EQ(results.labels("region"), (std::vector<std::string>{"HOM", "FAR"}));
  EXPECT_EQ(results.labels("industry"), (std::vector<std::string>{"magnets:FAR:ELE"}));
  EXPECT_EQ(results.labels("camp"), (std::vector<std::string>{"home-led"}));
  EXPECT_EQ(results.labels("arc"), (std::vector<std::string>{"dy-oxide:HOM>FAR"}));
  const auto& price = results.variable("price");
  EXPECT_EQ(price.units, "USD/t");
  EXPECT_EQ(price.dimensions, (std::vector<std::string>{"time", "product", "region"}));
  for (std::size_t m = 0; m < 14; ++m) {
    EXPECT_EQ(price.at(m, results.node(0, 0)), 120.0 + static_cast<double>(m));
    EXPECT_TRUE(std::isnan(price.at(m, results.node(0, 1)))) << "an untraded node has no price";
    EXPECT_EQ(results.variable("bid").at(m, 1), 40);
    EXPECT_TRUE(std::isnan(results.variable("ask").at(m, 1))) << "nobody could sell";
    EXPECT_EQ(results.variable("arc_flow").at(m), static_cast<double>(m) + 0.125);
    EXPECT_EQ(results.variable("stock_level").at(m), 16.0 - static_cast<double>(m));
    EXPECT_EQ(results.variable("reference_demand").at(m), 8 * 0.9);
    // 7 of 7.2 t: 1 - 7 / 7.2 is missing, of an industry grown by half.
    EXPECT_DOUBLE_EQ(results.variable("industry_covered").at(m), 7 / 7.2);
    EXPECT_DOUBLE_EQ(results.variable("value_added_lost").at(m), 1500 * (1 - 7 / 7.2 - 0.01));
    EXPECT_DOUBLE_EQ(results.variable("value_added_lost_most").at(m), 1500 * 0.99 * (1 - 7 / 7.2));
    EXPECT_EQ(results.variable("alignment").at(m, 1), 0.25);
    EXPECT_TRUE(std::isnan(results.variable("settlement").at(m, 1))) << "nobody has moved it";
    EXPECT_EQ(results.variable("arc_under_way").at(m), 3.5);
    EXPECT_TRUE(std::isnan(results.variable("arc_limit").at(m)));
    EXPECT_EQ(results.variable("certificate_worst").at(m), static_cast<double>(m) * 1e-12);
  }
}

TEST(Results, EverySeriesNamesUnitAndMeaning) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "results.nc", 1);
  const Results results(folder.path() / "results.nc");
  for (const auto& series : series()) {
    if (series.axis == Axis::limit || series.axis == Axis::release) {
      EXPECT_FALSE(results.has(series.name)) << "the toy has none";
      continue;
    }
    ASSERT_TRUE(results.has(series.name)) << series.name;
    EXPECT_EQ(results.variable(series.name).units, series.units);
    EXPECT_EQ(results.variable(series.name).long_name, series.long_name);
  }
}

TEST(Results, AFileWithoutFinishDoesNotCarryItsName) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "results.nc";
  {
    ResultsWriter writer(file, facts());
    Month month;
    month.write(writer, 0);
  }
  EXPECT_FALSE(fs::exists(file));
}

TEST(Results, NoMonthNoFile) {
  const test::TemporaryFolder folder;
  ResultsWriter writer(folder.path() / "results.nc", facts());
  writer.finish("failed", "month 2025-01 was not cleared");
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Results, SaysWhatIsWrongWithAFile) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "results.nc";
  EXPECT_NE(message_of(file).find("no such file"), std::string::npos);
  std::ofstream(file) << "not netCDF";
  EXPECT_NE(message_of(file).find("not a results file"), std::string::npos);
  fs::remove(file);
  write_file(file);
  for (const double share : {0.9, 0.5, 0.1, 0.0}) {
    fs::resize_file(file, static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(file)) * share));
    EXPECT_NE(message_of(file), "no error") << "truncated to " << share;
  }
}

TEST(Results, RefusesForeignFilesAndOtherSchemas) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "results.nc";
  int nc = -1;
  ASSERT_EQ(nc_create(file.c_str(), NC_NETCDF4, &nc), NC_NOERR);
  nc_close(nc);
  EXPECT_NE(message_of(file).find("did not write"), std::string::npos);
  fs::remove(file);
  write_file(file);
  ASSERT_EQ(nc_open(file.c_str(), NC_WRITE, &nc), NC_NOERR);
  const long long schema = 99;
  nc_put_att_longlong(nc, NC_GLOBAL, "schema_version", NC_INT64, 1, &schema);
  nc_close(nc);
  EXPECT_NE(message_of(file).find("schema version 99"), std::string::npos);
}

TEST(Results, UnknownNamesGiveTheNearest) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "results.nc", 2);
  const Results results(folder.path() / "results.nc");
  const auto message = [](const auto& act) -> std::string {
    try {
      act();
    } catch (const base::InputError& error) {
      return error.diagnostics().all().front().text();
    }
    return "no error";
  };
  EXPECT_NE(message([&] { (void)results.variable("prise"); }).find("did you mean 'price'"), std::string::npos);
  EXPECT_NE(message([&] { (void)results.index("region", "HOMM"); }).find("did you mean 'HOM'"), std::string::npos);
  EXPECT_NE(message([&] { (void)results.month_index(base::Month::of(2030, 1)); }).find("2025-01 to 2025-02"),
            std::string::npos);
}

}  // namespace
}  // namespace lodestone::store
