// One future of three years, and one of seventeen, on the real chain: reading, simulating, clearing alone, writing,
// memory.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/support/measure.hpp"
#include "bench/support/sequences.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/simulation/future.hpp"
#include "lodestone/store/results_writer.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::bench {
namespace {

constexpr int kLengths[] = {36, 204};  // months

/// Takes a future's months and keeps nothing.
class Nowhere : public simulation::Sink {
 public:
  void month(const simulation::MonthRecord& record) override {
    worst = std::max(worst, record.equilibrium.certificate.worst());
  }
  double worst = 0;
};

/// Keeps every month as the problem that it clears.
class Problems : public simulation::Sink {
 public:
  void month(const simulation::MonthRecord& record) override {
    if (months.empty()) topology = record.market.topology();
    months.push_back(record.market.numbers());
  }
  market::Topology topology;
  std::vector<market::Numbers> months;
};

/// Milliseconds that clearing a future's months takes, one after the other, by the production solver and nothing else.
double clear_alone(const world::World& world, const policy::Scenario& scenario) {
  Problems problems;
  simulation::Future future(world, scenario);
  future.run(problems);
  const auto solver = market::make_cascade_solver(problems.topology);
  market::Solution solution = market::Solution::zeros(problems.topology);
  const Stopwatch watch;
  for (std::size_t m = 0; m < problems.months.size(); ++m)
    solver->solve(problems.months[m], solution, m == 0 ? market::Start::cold : market::Start::warm);
  return watch.microseconds() / 1000;
}

/// Passes months on and counts the time that takes.
class Timed : public simulation::Sink {
 public:
  explicit Timed(simulation::Sink& next) : next_(next) {}
  void month(const simulation::MonthRecord& record) override {
    const Stopwatch watch(Stopwatch::Clock::wall);
    next_.month(record);
    microseconds += watch.microseconds();
  }
  double microseconds = 0;

 private:
  simulation::Sink& next_;
};

/// Milliseconds of each stage, one entry per pass.
struct Stages {
  int months = 0;
  std::vector<double> load, scenario, build, simulate, clear, ratio, write, written_mb;
  double worst_certificate = 0;
};

void one_pass(const std::filesystem::path& file, Stages& out) {
  const Stopwatch load;
  const auto world = dataset::load(data_folder());
  out.load.push_back(load.microseconds() / 1000);

  const Stopwatch read;
  auto scenario = policy::read_scenario(licence_scenario(), world);
  out.scenario.push_back(read.microseconds() / 1000);
  scenario.months = out.months;

  const Stopwatch build;
  simulation::Future future(world, scenario);
  out.build.push_back(build.microseconds() / 1000);
  Nowhere nowhere;
  const Stopwatch simulate;
  future.run(nowhere);
  out.simulate.push_back(simulate.microseconds() / 1000);
  out.worst_certificate = std::max(out.worst_certificate, nowhere.worst);
  out.clear.push_back(clear_alone(world, scenario));
  out.ratio.push_back(out.simulate.back() / out.clear.back());

  store::ResultsWriter writer(file, insight::facts_of(world, scenario, "cascade"));
  Timed timed(writer);
  simulation::Future again(world, scenario);
  again.run(timed);
  const Stopwatch finish(Stopwatch::Clock::wall);
  writer.finish("complete", "");
  out.write.push_back((timed.microseconds + finish.microseconds()) / 1000);
  out.written_mb.push_back(static_cast<double>(std::filesystem::file_size(file)) / (1 << 20));
}

insight::Table table_of(const Stages& stages, double memory_before) {
  insight::Table table{
      fmt::format("future_{}", stages.months),
      fmt::format("One future of {} months", stages.months),
      {{"what", "what", ""}, {"median", "median", ""}, {"spread", "10 % .. 90 % of passes", ""}, {"unit", "", ""}},
      {},
      ""};
  const auto add = [&](const char* what, const std::vector<double>& values, const char* unit) {
    table.rows.push_back({std::string(what), median(values), spread(values), std::string(unit)});
  };
  std::vector<double> rates;
  for (const double time : stages.simulate) rates.push_back(stages.months / (time / 1000));
  add("read and check the dataset", stages.load, "ms");
  add("read the scenario", stages.scenario, "ms");
  add("build the market", stages.build, "ms");
  add("simulate", stages.simulate, "ms");
  add("simulated months", rates, "per second");
  add("clear the same months, nothing else", stages.clear, "ms");
  std::vector<double> each;
  for (const double time : stages.clear) each.push_back(time / stages.months);
  add("clear a month of them", each, "ms");
  add("a whole future over clearing its months", stages.ratio, "times");
  add("write the results", stages.write, "ms");
  add("size of the results", stages.written_mb, "MiB");
  table.rows.push_back({std::string("peak memory"), peak_memory(),
                        fmt::format("{} before", insight::readable(memory_before)), std::string("MiB")});
  table.note = fmt::format(
      "data/ and scenarios/licence-2025.toml; largest certificate residual {:.1e}. Processor time; for writing "
      "(netCDF-4 "
      "with deflate, brought to the disk) the wall's.",
      stages.worst_certificate);
  return table;
}

int run(int argc, char** argv) {
  const auto options = read_options(argc, argv, 9);
  const double before = peak_memory();
  const test::TemporaryFolder folder;
  std::vector<insight::Table> tables;
  for (const int months : kLengths) {
    Stages stages;
    stages.months = months;
    for (int pass = 0; pass < options.passes; ++pass)
      one_pass(folder.path() / fmt::format("results-{}-{}.nc", months, pass), stages);
    tables.push_back(table_of(stages, before));
  }
  show("One future on the real chain", tables, options);
  return 0;
}

}  // namespace
}  // namespace lodestone::bench

int main(int argc, char** argv) {
  return lodestone::bench::guarded(lodestone::bench::run, argc, argv);
}
