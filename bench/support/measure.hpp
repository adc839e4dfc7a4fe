// What benchmarks share: a clock, medians and spreads, options, a line about the machine.
#pragma once

#include <string>
#include <vector>

#include "lodestone/insight/report.hpp"

namespace lodestone::bench {

/// Microseconds since it was made. `processor` counts the processor time of this process (all its threads): equal to
/// the wall's on an idle machine, and hardly moved by a busy one. `wall` also counts waiting for the disk.
class Stopwatch {
 public:
  enum class Clock { processor, wall };
  explicit Stopwatch(Clock clock = Clock::processor);
  [[nodiscard]] double microseconds() const;

 private:
  Clock clock_;
  double begin_;
};

/// The value below which `share` of the values lie (linear between neighbours); NaN when there are none.
double quantile(std::vector<double> values, double share);
double median(const std::vector<double>& values);
/// "12.4 .. 18.1": the 10th and 90th percentile.
std::string spread(const std::vector<double>& values);

/// Times of the same months in several passes: by[pass][month], microseconds.
struct Times {
  std::vector<std::vector<double>> by;

  /// Per month the median over the passes: what a month takes, without the machine's hiccups.
  [[nodiscard]] std::vector<double> months() const;
  /// Per pass, months per second.
  [[nodiscard]] std::vector<double> rates() const;
};

struct Options {
  int passes = 5;
  bool json = false;
};

/// Reads `--passes N` and `--json`; ends the program with code 2 and a message for anything else.
Options read_options(int argc, char** argv, int passes);

/// Runs a benchmark and says what went wrong when it throws: code 2 for wrong input, 1 for the rest.
int guarded(int (*benchmark)(int argc, char** argv), int argc, char** argv);

/// Processor, cores, compiler, load of the machine.
std::string machine();

/// Largest memory this process has held so far, MiB.
double peak_memory();

/// Prints tables under a headline, as text or as JSON.
void show(const std::string& headline, const std::vector<insight::Table>& tables, const Options& options);

}  // namespace lodestone::bench
