#include "bench/support/measure.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <fstream>
#include <limits>
#include <numeric>
#include <string_view>
#include <thread>

#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"

namespace lodestone::bench {
namespace {

double now(Stopwatch::Clock clock) {
  timespec time{};
  ::clock_gettime(clock == Stopwatch::Clock::wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e6 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_nsec);
}

}  // namespace

Stopwatch::Stopwatch(Clock clock) : clock_(clock), begin_(now(clock)) {}

double Stopwatch::microseconds() const {
  return now(clock_) - begin_;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const auto above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

double median(const std::vector<double>& values) {
  return quantile(values, 0.5);
}

std::string spread(const std::vector<double>& values) {
  return fmt::format("{} .. {}", insight::readable(quantile(values, 0.1)), insight::readable(quantile(values, 0.9)));
}

std::vector<double> Times::months() const {
  std::vector<double> out;
  for (std::size_t month = 0; !by.empty() && month < by.front().size(); ++month) {
    std::vector<double> passes;
    for (const auto& pass : by) passes.push_back(pass[month]);
    out.push_back(median(passes));
  }
  return out;
}

std::vector<double> Times::rates() const {
  std::vector<double> out;
  for (const auto& pass : by)
    out.push_back(1e6 * static_cast<double>(pass.size()) / std::accumulate(pass.begin(), pass.end(), 0.0));
  return out;
}

Options read_options(int argc, char** argv, int passes) {
  Options options;
  options.passes = passes;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      options.json = true;
      continue;
    }
    const std::string_view value = word == "--passes" && i + 1 < argc ? argv[++i] : "";
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), options.passes);
    if (error == std::errc{} && end == value.data() + value.size() && options.passes >= 1 && options.passes <= 1000)
      continue;
    fmt::print(stderr, "{}: error: '{} {}'; expected [--passes 1..1000] [--json]\n", argv[0], word, value);
    std::exit(2);
  }
  return options;
}

int guarded(int (*benchmark)(int argc, char** argv), int argc, char** argv) {
  try {
    return benchmark(argc, argv);
  } catch (const base::InputError& error) {
    for (const auto& diagnostic : error.diagnostics().all()) fmt::print(stderr, "{}\n", diagnostic.text());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: error: {}\n", argv[0], error.what());
    return 1;
  }
}

std::string machine() {
  std::ifstream in("/proc/cpuinfo");
  std::string line, processor = "unknown processor";
  while (std::getline(in, line)) {
    if (!line.starts_with("model name")) continue;
    processor = line.substr(line.find(':') + 2);
    break;
  }
  double load = 0;
  std::ifstream("/proc/loadavg") >> load;
  return fmt::format("{}, {} threads, load {:.1f}, compiler {}", processor, std::thread::hardware_concurrency(), load,
                     __VERSION__);
}

double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;  // Linux gives KiB
}

void show(const std::string& headline, const std::vector<insight::Table>& tables, const Options& options) {
  app::Terminal terminal;
  if (options.json) {
    insight::Report report;
    report.question = headline;
    report.answer = machine();
    report.tables = tables;
    terminal.print(app::json(report));
    return;
  }
  terminal.print(terminal.bold(headline) + "\n" + machine() + "\n");
  for (const auto& table : tables) terminal.print("\n" + app::text(table, terminal));
}

}  // namespace lodestone::bench
