// Many random months through one solver, each compared with a solver that shares nothing with it. Used by a short test
// and by a long program (make soak-market).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lodestone/market/solver.hpp"
#include "lodestone/store/problem_file.hpp"
#include "tests/support/random_market.hpp"

namespace lodestone::market::test {

/// Months of one random market in one workspace: cold first, then warm, mild months and stress jumps in turn.
inline constexpr int kSoakMonths = 4;

/// What went wrong, ready to be written: the months up to the one that failed.
struct SoakFailure {
  std::uint64_t seed = 0;
  std::string what;
  bool flagged = false;  // the solver itself said that it is not solved
  store::ProblemSequence problem;
};

struct SoakCount {
  std::int64_t months = 0;
  std::int64_t solved = 0;
  std::int64_t flagged = 0;  // not solved, and said so
  std::int64_t silent = 0;   // said to be solved, but the certificate or an independent solver says otherwise
  std::int64_t by_clp = 0, by_ipopt = 0, by_lemke = 0;
  std::int64_t without_witness = 0;  // the other solver gave up: only the certificate counts
  double worst_certificate = 0;
  std::vector<SoakFailure> failures;

  void add(const SoakCount& other);
};

/// The shape of market number `seed`: mostly 1 to 7 regions, one in ten up to 20, one in a hundred up to 40 and one in
/// a thousand 80, by 1 to 6 products; straight, tied, with tariffs to 200 %, over nine orders of magnitude, with bans.
MarketShape soak_shape(std::uint64_t seed);

/// Clears the months of market number `seed` with a solver from `make` and counts. Safe to be called from several
/// threads.
SoakCount soak(std::uint64_t seed, std::unique_ptr<Solver> (*make)(const Topology&));

}  // namespace lodestone::market::test
