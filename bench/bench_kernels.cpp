// The parts of clearing a month, one by one (Google Benchmark): an unchanged month, a cold start, the certificate,
// quotes, reading and writing a file.
#include <benchmark/benchmark.h>

#include "bench/support/sequences.hpp"
#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"

namespace lodestone::bench {
namespace {

/// A sequence and the solution of its first month.
struct Case {
  store::ProblemSequence sequence;
  std::unique_ptr<market::Solver> solver;
  market::Solution solution;

  explicit Case(const std::string& name)
      : sequence(shared_sequence(name)),
        solver(market::make_newton_solver(sequence.topology)),
        solution(market::Solution::zeros(sequence.topology)) {
    solver->solve(month(), solution, market::Start::cold);
  }
  [[nodiscard]] const market::Numbers& month() const { return sequence.periods.front().numbers; }
};

/// The least a month can take: nothing has changed since the last.
void unchanged_month(benchmark::State& state, const std::string& name) {
  Case c(name);
  for (auto _ : state) benchmark::DoNotOptimize(c.solver->solve(c.month(), c.solution, market::Start::warm).outcome);
}

void cold_start(benchmark::State& state, const std::string& name) {
  Case c(name);
  for (auto _ : state) benchmark::DoNotOptimize(c.solver->solve(c.month(), c.solution, market::Start::cold).outcome);
}

void certificate(benchmark::State& state, const std::string& name) {
  const Case c(name);
  for (auto _ : state)
    benchmark::DoNotOptimize(market::certify(c.sequence.topology, c.month(), c.solution).stationarity);
}

void quotes(benchmark::State& state, const std::string& name) {
  const Case c(name);
  std::vector<market::Quote> out;
  for (auto _ : state) {
    market::quote_nodes(c.sequence.topology, c.month(), c.solution, 1e-9, out);
    benchmark::DoNotOptimize(out.data());
  }
}

void read_file(benchmark::State& state, const std::string& name) {
  const auto text = store::problems_json(shared_sequence(name));
  for (auto _ : state) benchmark::DoNotOptimize(store::parse_problems(text, name).periods.size());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void write_file(benchmark::State& state, const std::string& name) {
  const auto sequence = shared_sequence(name);
  std::size_t bytes = 0;
  for (auto _ : state) bytes += store::problems_json(sequence).size();
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void register_all() {
  using Kernel = void (*)(benchmark::State&, const std::string&);
  const std::pair<const char*, Kernel> kernels[] = {{"unchanged_month", unchanged_month},
                                                    {"cold_start", cold_start},
                                                    {"certificate", certificate},
                                                    {"quotes", quotes},
                                                    {"read_file", read_file},
                                                    {"write_file", write_file}};
  for (const auto& [title, kernel] : kernels)
    for (const std::string name : {"small", "medium", "large"})
      benchmark::RegisterBenchmark((std::string(title) + "/" + name).c_str(), [kernel = kernel,
                                                                               name](benchmark::State& state) {
        kernel(state, name);
      })->Unit(benchmark::kMicrosecond);
}

}  // namespace
}  // namespace lodestone::bench

int main(int argc, char** argv) {
  lodestone::bench::register_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
