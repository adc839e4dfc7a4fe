// Ensembles on the real chain as a user starts them: one thread, two, two processes under mpirun; what a future costs
// by part; what 100,000 futures of 17 years need of memory and disk.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/support/measure.hpp"
#include "bench/support/sequences.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/file_text.hpp"
#include "lodestone/insight/ensemble_report.hpp"
#include "lodestone/insight/futures.hpp"
#include "lodestone/simulation/future.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::bench {
namespace {

namespace fs = std::filesystem;
using ensemble::Kept;

constexpr int kMembers = 96, kMonths = 12;
constexpr std::uint32_t kMany = 100000;
constexpr int kLong = 204;
constexpr double kMillion = 1e6;

/// What a child process took.
struct Cost {
  double wall = 0, processor = 0, peak_mb = 0;  // s, s, MB
};

Cost cost_of(const std::function<int()>& child) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t process = ::fork();
  if (process == 0) ::_exit(child());
  int status = 0;
  rusage used{};
  if (process < 0 || ::wait4(process, &status, 0, &used) < 0 || status != 0)
    throw std::runtime_error("a measured program failed");
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
          seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) * 1024 / kMillion};
}

Cost program(const std::string& line) {
  return cost_of([&] {
    ::execl("/bin/sh", "sh", "-c", ("exec " + line + " >/dev/null 2>&1").c_str(), nullptr);
    return 9;
  });
}

std::uintmax_t size_of(const fs::path& out, const std::string& ending) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(out))
    if (entry.path().filename().string().ends_with(ending)) bytes += entry.file_size();
  return bytes;
}

struct Way {
  std::string name, start, threads;
  std::vector<double> rates, processor, peak;
};

insight::Table rates_table(const Options& options) {
  std::vector<Way> ways{{"1 thread", "", "1", {}, {}, {}}, {"2 threads", "", "2", {}, {}, {}}};
#ifdef LODESTONE_MPIRUN
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);  // as in a container
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
  ways.push_back(
      {"mpirun -n 2, a thread each", "'" LODESTONE_MPIRUN "' --oversubscribe --bind-to none -n 2 ", "1", {}, {}, {}});
#endif
  std::uintmax_t log = 0, results = 0;
  for (int pass = 0; pass < options.passes; ++pass)
    for (auto& way : ways) {
      const test::TemporaryFolder out;
      const auto cost = program(fmt::format(
          "{}'{}' ensemble '{}' --data '{}' --members {} --months {} --threads {} --out '{}'", way.start,
          LODESTONE_PROGRAM, licence_scenario(), data_folder(), kMembers, kMonths, way.threads, out.path().string()));
      way.rates.push_back(kMembers / cost.wall);
      way.processor.push_back(1000 * cost.processor / kMembers);
      way.peak.push_back(cost.peak_mb);
      log = size_of(out.path(), ".log");
      results = size_of(out.path(), "ensemble.nc");
    }
  insight::Table table{"rates",
                       fmt::format("{} futures of {} months, the program from start to end", kMembers, kMonths),
                       {{"how", "how", ""},
                        {"rate", "futures", "per second"},
                        {"spread", "10 % .. 90 % of passes", "per second"},
                        {"processor", "processor time", "ms/future"},
                        {"efficiency", "efficiency", ""},
                        {"peak", "peak memory of a process", "MB"}},
                       {},
                       fmt::format("Rates by the wall clock: other work on the machine lowers them. Efficiency: of two "
                                   "threads against twice one; of two processes against two threads. On the disk {} "
                                   "bytes a future in the log, {} in the results.",
                                   log / kMembers, results / kMembers)};
  for (std::size_t w = 0; w < ways.size(); ++w) {
    const double rate = median(ways[w].rates);
    const double efficiency = w == 0 ? 1 : w == 1 ? rate / (2 * median(ways[0].rates)) : rate / median(ways[1].rates);
    table.rows.push_back({ways[w].name, rate, spread(ways[w].rates), median(ways[w].processor),
                          insight::percent(efficiency), median(ways[w].peak)});
  }
  return table;
}

class Nowhere : public simulation::Sink {
 public:
  void month(const simulation::MonthRecord&) override {}
};

insight::Table parts_table(const Options& options) {
  base::Diagnostics diagnostics;
  auto raw = dataset::read(data_folder(), diagnostics);
  auto text = dataset::read_text(licence_scenario(), diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  insight::EnsembleRequest request;
  request.months = kLong;
  const insight::Futures futures(std::move(raw), *text, licence_scenario(), request);
  std::vector<double> world, market, months, whole;
  for (int pass = 0; pass < options.passes; ++pass) {
    const auto number = static_cast<std::uint32_t>(pass);
    const Stopwatch all;
    if (const auto member = futures.make(number); !member.failure.empty()) throw std::runtime_error(member.failure);
    whole.push_back(all.microseconds() / 1000);
    const Stopwatch draw;
    const auto one = futures.future(number);
    world.push_back(draw.microseconds() / 1000);
    const Stopwatch build;
    simulation::Future future(*one.world, one.scenario);
    market.push_back(build.microseconds() / 1000);
    const Stopwatch run;
    Nowhere nowhere;
    future.run(nowhere);
    months.push_back(run.microseconds() / 1000);
  }
  insight::Table table{"parts",
                       fmt::format("One future of {} months, by part", kLong),
                       {{"part", "part", ""}, {"median", "median", "ms"}, {"spread", "10 % .. 90 %", "ms"}},
                       {},
                       "Processor time, another future each pass; what is kept is the whole less the other parts."};
  table.rows.push_back({std::string("draw, base year, world"), median(world), spread(world)});
  table.rows.push_back({std::string("build the market"), median(market), spread(market)});
  table.rows.push_back({std::string("months: clear, certify, move on"), median(months), spread(months)});
  table.rows.push_back({std::string("evaluate what is kept"),
                        median(whole) - median(world) - median(market) - median(months), std::string()});
  table.rows.push_back({std::string("whole"), median(whole), spread(whole)});
  return table;
}

/// Writes and reports an ensemble whose futures are made of a formula.
int many_futures(const fs::path& folder) {
  const base::Distribution unit{base::Shape::uniform, 0, 0.5, 1};
  std::vector<ensemble::Uncertain> figures;
  for (int f = 0; f < 100; ++f) figures.push_back({fmt::format("figure {}", f), unit, "", 0});
  const ensemble::Design design(figures, ensemble::Sampling::sobol, 1, kMany);
  ensemble::EnsembleFacts facts;
  facts.members = kMany;
  facts.sampling = "sobol";
  facts.run.months = kLong;
  facts.run.start = base::Month::of(2025, 1);
  const std::vector<Kept> kept{{"one", "one", "USD/t", true}, {"two", "two", "t/month", true}};
  {
    ensemble::MemberLog log(folder / "members-0000.log", "many");
    ensemble::Member member;
    member.values.resize(2 * kLong);
    for (std::uint32_t m = 0; m < kMany; ++m) {
      member.number = m;
      for (std::size_t v = 0; v < member.values.size(); ++v)
        member.values[v] = 100 + std::sin(1.0 * m + static_cast<double>(v));
      log.add(member);
    }
  }
  {
    ensemble::MemberReader reader({folder / "members-0000.log"}, "many");
    ensemble::write_ensemble(folder / "ensemble.nc", facts, kept, design, reader);
  }
  return insight::report(ensemble::EnsembleFile(folder / "ensemble.nc")).answer.empty() ? 1 : 0;
}

insight::Table memory_table() {
  const test::TemporaryFolder folder;
  const auto cost = cost_of([&] { return many_futures(folder.path()); });
  insight::Table table{"memory",
                       fmt::format("{} futures of {} months: log, results, answer", kMany, kLong),
                       {{"what", "what", ""}, {"value", "value", ""}, {"unit", "unit", ""}},
                       {},
                       "Two series, 100 uncertain figures; one series is in memory at a time, so more of them take "
                       "more time and disk and no more memory. Values made of a formula."};
  table.rows.push_back({std::string("peak memory"), cost.peak_mb, std::string("MB")});
  table.rows.push_back({std::string("processor time"), cost.processor, std::string("s")});
  table.rows.push_back({std::string("results"), static_cast<double>(size_of(folder.path(), "ensemble.nc")) / kMillion,
                        std::string("MB")});
  return table;
}

int run(int argc, char** argv) {
  const auto options = read_options(argc, argv, 3);
  // Children first: what this process holds is not theirs.
  std::vector<insight::Table> tables{memory_table(), rates_table(options)};
  tables.push_back(parts_table(options));
  show("Ensembles on the real chain", tables, options);
  return 0;
}

}  // namespace
}  // namespace lodestone::bench

int main(int argc, char** argv) {
  return lodestone::bench::guarded(lodestone::bench::run, argc, argv);
}
