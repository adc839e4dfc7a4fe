// A results file read back into memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/store/run_facts.hpp"

namespace lodestone::store {

/// Numbers over named dimensions; the last dimension varies fastest. Missing values are NaN.
struct Variable {
  std::string name, long_name, units;
  std::vector<std::string> dimensions;
  std::vector<std::size_t> shape;
  std::vector<double> values;

  /// Entries of one month (or of one of whatever the first dimension counts).
  [[nodiscard]] std::size_t stride() const { return shape.empty() || shape[0] == 0 ? 0 : values.size() / shape[0]; }
  [[nodiscard]] double at(std::size_t first, std::size_t rest = 0) const { return values[first * stride() + rest]; }
};

class Results {
 public:
  /// Throws base::InputError for a missing, truncated or foreign file and for another schema.
  explicit Results(const std::filesystem::path& file);

  [[nodiscard]] const RunFacts& facts() const { return facts_; }
  [[nodiscard]] const std::string& status() const { return status_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::vector<base::Month>& months() const { return months_; }

  /// Names along a dimension or beside it ("region", "arc_from"); empty when the file has none.
  [[nodiscard]] const std::vector<std::string>& labels(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& variable) const { return variables_.contains(variable); }
  /// Throws base::InputError with the nearest name.
  [[nodiscard]] const Variable& variable(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> variable_names() const;

  /// Index of a name along its dimension; throws base::InputError with the nearest name.
  [[nodiscard]] std::size_t index(const std::string& dimension, const std::string& name) const;
  /// Index of a month in months(); throws base::InputError that says which months there are.
  [[nodiscard]] std::size_t month_index(base::Month month) const;
  /// Index along the nodes of one month: (product, region).
  [[nodiscard]] std::size_t node(std::size_t product, std::size_t region) const {
    return product * labels("region").size() + region;
  }

 private:
  std::filesystem::path file_;
  RunFacts facts_;
  std::string status_, message_;
  std::vector<base::Month> months_;
  std::map<std::string, std::vector<std::string>> labels_;
  std::map<std::string, Variable> variables_;

  void date_levers();
};

}  // namespace lodestone::store
