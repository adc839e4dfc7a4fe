// make soak-market: at least 100,000 random months, on all processors. Prints its seeds and counts; writes what failed.
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "tests/market/soak/soak.hpp"

namespace lodestone::market::test {
namespace {

using Maker = std::unique_ptr<Solver> (*)(const Topology&);

struct Options {
  std::uint64_t first = 0;
  std::int64_t months = 100'000;
  unsigned workers = std::thread::hardware_concurrency();
  Maker make = make_cascade_solver;
  std::string method = "cascade";
  std::filesystem::path folder = "build/soak";
};

const std::map<std::string, Maker>& methods() {
  static const std::map<std::string, Maker> out{{"cascade", make_cascade_solver},
                                                {"newton", make_newton_solver},
                                                {"interior-point", make_interior_point_solver},
                                                {"homotopy", make_homotopy_solver}};
  return out;
}

[[noreturn]] void usage(const std::string& problem) {
  fmt::print(
      stderr,
      "{}\nsoak_market [--first SEED] [--months N] [--workers N] [--method cascade|newton|interior-point|homotopy] "
      "[--folder DIR]\n",
      problem);
  std::exit(2);
}

std::int64_t whole_number(const std::string& option, const std::string& text) {
  std::size_t used = 0;
  std::int64_t out = -1;
  try {
    out = std::stoll(text, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used != text.size() || used == 0 || out < 0) usage(fmt::format("{}: '{}' is not a whole number", option, text));
  return out;
}

Options read(int argc, char** argv) {
  Options out;
  for (int k = 1; k < argc; k += 2) {
    const std::string option = argv[k];
    if (k + 1 >= argc) usage(fmt::format("{}: a value is missing", option));
    const std::string value = argv[k + 1];
    if (option == "--first") {
      out.first = static_cast<std::uint64_t>(whole_number(option, value));
    } else if (option == "--months") {
      out.months = whole_number(option, value);
    } else if (option == "--workers") {
      out.workers = static_cast<unsigned>(whole_number(option, value));
    } else if (option == "--folder") {
      out.folder = value;
    } else if (option == "--method" && methods().contains(value)) {
      out.make = methods().at(value);
      out.method = value;
    } else {
      usage(fmt::format("{} {}: not known", option, value));
    }
  }
  out.workers = std::max(1u, out.workers);
  return out;
}

void write(const SoakFailure& failure, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const auto file = folder / fmt::format("soak_{}_{}.json", failure.seed, failure.problem.periods.size());
  std::ofstream(file) << store::problems_json(failure.problem);
  fmt::print("seed {} month {}: {} -> {}\n", failure.seed, failure.problem.periods.size(), failure.what, file.string());
}

int run(int argc, char** argv) {
  const Options options = read(argc, argv);
  const auto markets = static_cast<std::uint64_t>((options.months + kSoakMonths - 1) / kSoakMonths);
  fmt::print("{}: markets {} to {}, {} months of each, {} workers\n", options.method, options.first,
             options.first + markets - 1, kSoakMonths, options.workers);
  std::atomic<std::uint64_t> next{0};
  std::mutex lock;
  SoakCount total;
  const auto work = [&] {
    for (std::uint64_t k = next++; k < markets; k = next++) {
      const SoakCount one = soak(options.first + k, options.make);
      const std::scoped_lock hold(lock);
      for (const SoakFailure& failure : one.failures) write(failure, options.folder);
      total.add(one);
      total.failures.clear();  // written; a soak keeps nothing
      if (total.months % 10'000 == 0) fmt::print("{} months\n", total.months);
      std::fflush(stdout);
    }
  };
  {
    std::vector<std::jthread> workers;
    for (unsigned k = 0; k < options.workers; ++k) workers.emplace_back(work);
  }
  fmt::print("months {}, solved {}, flagged {}, silent misses {}\n", total.months, total.solved, total.flagged,
             total.silent);
  fmt::print("compared with Clp {}, Ipopt {}, Lemke {}; without witness {}; worst certificate {:.1e}\n", total.by_clp,
             total.by_ipopt, total.by_lemke, total.without_witness, total.worst_certificate);
  return total.solved == total.months ? 0 : 1;
}

}  // namespace
}  // namespace lodestone::market::test

int main(int argc, char** argv) {
  return lodestone::market::test::run(argc, argv);
}
