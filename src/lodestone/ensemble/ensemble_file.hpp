// The results of an ensemble as netCDF-4: every kept series of every future, what each drew, and the spread over them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lodestone/ensemble/design.hpp"
#include "lodestone/ensemble/member_log.hpp"
#include "lodestone/store/netcdf_file.hpp"
#include "lodestone/store/run_facts.hpp"

namespace lodestone::ensemble {

inline constexpr int kEnsembleSchema = 2;

/// A number that every future gives: once, or for every month.
struct Kept {
  std::string name;        // of the variable
  std::string expression;  // what it is
  std::string unit;
  bool monthly = true;
  std::string role = {}, subject = {};  // what it is kept for: nothing when somebody asked for the expression
  std::string says = {};                // in a sentence; empty: the expression speaks for itself
};

struct EnsembleFacts {
  store::RunFacts run;
  std::size_t members = 0;
  std::string sampling;
};

/// Values of a future: the kept numbers one after the other, each with all its months.
std::size_t values_of(const std::vector<Kept>& kept, int months);

/// Names for variables, made of their expressions: letters, digits and underscores, each once.
std::vector<std::string> variable_names(const std::vector<std::string>& expressions);

/// Writes the whole file or nothing (through `file`.part), and its checksum into `file`.crc32. Series of four-byte
/// numbers; one series is in memory at a time.
void write_ensemble(const std::filesystem::path& file, const EnsembleFacts& facts, const std::vector<Kept>& kept,
                    const Design& design, MemberReader& members);

/// An ensemble read back; series are read when they are asked for, from the file that stays open.
class EnsembleFile {
 public:
  /// Throws base::InputError for a missing or foreign file, for another schema, and for one that does not match its
  /// checksum.
  explicit EnsembleFile(const std::filesystem::path& file);

  [[nodiscard]] const EnsembleFacts& facts() const { return facts_; }
  [[nodiscard]] const std::vector<Kept>& kept() const { return kept_; }
  [[nodiscard]] const std::vector<std::string>& figures() const { return figures_; }
  [[nodiscard]] const std::vector<bool>& assumed() const { return assumed_; }  // per figure: rests on an assumption
  [[nodiscard]] const std::vector<double>& draws() const { return draws_; }    // member by member, per figure
  [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }  // per member; empty: none
  /// Index of what is kept under this name of a variable, or as this expression. Throws base::InputError with the
  /// nearest name.
  [[nodiscard]] std::size_t find(const std::string& name) const;
  /// Indices of what is kept for a role, in the order of the file.
  [[nodiscard]] std::vector<std::size_t> kept_for(const std::string& role) const;
  [[nodiscard]] std::size_t dropped() const;  // futures
  /// Member by member, per month; NaN where a future has none.
  [[nodiscard]] std::vector<double> values(std::size_t kept) const;

 private:
  std::filesystem::path file_;
  store::NetcdfFile nc_;
  std::vector<store::NetcdfFile::VariableInfo> variables_;  // per kept
  EnsembleFacts facts_;
  std::vector<Kept> kept_;
  std::vector<std::string> figures_, failures_;
  std::vector<bool> assumed_;
  std::vector<double> draws_;
};

}  // namespace lodestone::ensemble
