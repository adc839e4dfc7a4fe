// Errors that point: file, line, column, what was found, what was expected, the nearest valid name. Readers collect
// all of them before they give up.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lodestone::base {

/// A place in an input file. Lines and columns count from 1; 0 = not known.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  [[nodiscard]] std::string text() const;  // "data/facilities.csv:12:34"
};

enum class Severity { warning, error };

struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string found;     // what stands there, or the subject of the message
  std::string expected;  // what should stand there
  std::string nearest;   // nearest valid name, empty when there is none near
  [[nodiscard]] std::string text() const;
};

class Diagnostics {
 public:
  void error(Place place, std::string found, std::string expected, std::string nearest = {});
  void warning(Place place, std::string found, std::string expected, std::string nearest = {});
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] int errors() const { return errors_; }
  [[nodiscard]] int warnings() const { return static_cast<int>(all_.size()) - errors_; }

 private:
  std::vector<Diagnostic> all_;
  int errors_ = 0;
};

/// Wrong input: carries every diagnostic. The program ends with exit code 2.
class InputError : public std::runtime_error {
 public:
  explicit InputError(Diagnostics diagnostics);
  /// One error without a place in a file (a command-line value, a run that does not exist).
  explicit InputError(const std::string& message);
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  Diagnostics diagnostics_;
};

/// The candidate nearest to `name` by edit distance (case-insensitive), or empty when none is within a third of its
/// length.
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

}  // namespace lodestone::base
