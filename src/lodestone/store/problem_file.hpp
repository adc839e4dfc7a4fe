// Clearing problems as JSON: a sequence of months of one topology, for tests, benchmarks and other programs.
// The format, field by field: docs/problem_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lodestone/market/problem.hpp"

namespace lodestone::store {

inline constexpr int kProblemSchema = 1;
inline constexpr std::uintmax_t kLargestProblemFile = 128u << 20;  // bytes
inline constexpr market::Index kMostRows = 10'000;                 // a solver takes some 32 rows^2 bytes
inline constexpr std::uint64_t kMostPeriodNumbers = 64'000'000;    // numbers of all periods together, once in memory

/// What another solver (or an earlier run) found; every part may be missing.
struct ReferenceSolution {
  std::optional<double> objective;
  std::vector<double> price;              // rows, or empty
  std::vector<market::Index> not_unique;  // rows whose price has no single right value; ascending
};

struct Period {
  std::string label;  // "2025-05", or a number
  market::Numbers numbers;
  ReferenceSolution reference;
};

struct ProblemSequence {
  std::string name;
  market::Topology topology;
  std::vector<std::string> row_names;     // rows, or empty
  std::vector<std::string> column_names;  // cols, or empty
  std::vector<Period> periods;
};

/// Reads a file or a text. Throws base::InputError with every diagnostic (file, line, column, found, expected).
/// What comes back has no market::defects.
ProblemSequence read_problems(const std::filesystem::path& file);
ProblemSequence parse_problems(std::string_view text, const std::string& file_name);

/// The text that parse_problems reads back to the same numbers, bit by bit.
std::string problems_json(const ProblemSequence& sequence);

}  // namespace lodestone::store
