// What was published later changes nothing in a run as of a day: every such figure of the shipped dataset is replaced
// by a random one, and the run comes out the same to the last bit.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "../dataset/dataset_cells.hpp"
#include "../support/temporary_folder.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/simulation/future.hpp"

namespace lodestone::insight {
namespace {

namespace fs = std::filesystem;
using dataset::TableSpec;

const base::Date kDay{2025, 5, 31};

// Everything that a month says.
class Everything : public simulation::Sink {
 public:
  std::vector<double> said;
  void month(const simulation::MonthRecord& record) override {
    const auto& e = record.equilibrium;
    for (const auto* values :
         {&e.price, &e.activity, &e.arc_flow, &e.consumption, &e.stock_release, &record.stock_after})
      said.insert(said.end(), values->begin(), values->end());
  }
};

std::vector<double> run(const fs::path& data) {
  dataset::ReadOptions options;
  options.as_of = kDay;
  const auto world = dataset::load(data, options);
  const auto scenario = policy::read_scenario(LODESTONE_SOURCE_DIR "/scenarios/licence-2025.toml", world);
  simulation::Future future(world, scenario);
  Everything everything;
  while (future.month() < base::Month::of(2025, 8) && future.step(everything)) {
  }
  return everything.said;
}

// Multiplies every number of the rows that were published after the day by a random factor; returns how many numbers.
int change_later(const fs::path& data, std::mt19937_64& random) {
  std::uniform_real_distribution<double> factor(0.2, 0.99);
  int changed = 0;
  for (const TableSpec& table : dataset::tables())
    dataset::test::rewrite(data, table, [&](dataset::test::Cells& cells) {
      if (*base::parse_date(cells[table.column("known_from")]) <= kDay) return;
      for (std::size_t c = 0; c < cells.size(); ++c)
        if (table.columns[c].type == dataset::ColumnType::number && !cells[c].empty()) {
          cells[c] = std::to_string(std::stod(cells[c]) * factor(random));
          ++changed;
        }
    });
  return changed;
}

TEST(AsOfRun, FiguresPublishedLaterChangeNotABit) {
  const fs::path data = fs::path(LODESTONE_SOURCE_DIR) / "data";
  const auto before = run(data);
  ASSERT_FALSE(before.empty());
  for (const unsigned seed : {1U, 2U, 3U}) {
    const lodestone::test::TemporaryFolder folder;
    fs::copy(data, folder.path(), fs::copy_options::recursive);
    std::mt19937_64 random(seed);
    EXPECT_GT(change_later(folder.path(), random), 1000) << seed;
    EXPECT_TRUE(run(folder.path()) == before) << seed;
  }
}

// The test can fail: a figure known on the day does change the run.
TEST(AsOfRun, FiguresKnownOnTheDayDo) {
  const fs::path data = fs::path(LODESTONE_SOURCE_DIR) / "data";
  const lodestone::test::TemporaryFolder folder;
  fs::copy(data, folder.path(), fs::copy_options::recursive);
  const TableSpec& table = dataset::table("facilities.csv");
  dataset::test::rewrite(folder.path(), table, [&](dataset::test::Cells& cells) {
    if (cells[0] == "kuantan-separation" && cells[table.column("valid_from")] == "2023")
      cells[table.column("cash_cost")] = "9";
  });
  EXPECT_FALSE(run(folder.path()) == run(data));
}

}  // namespace
}  // namespace lodestone::insight
