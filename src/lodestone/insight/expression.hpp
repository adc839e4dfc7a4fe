// Expressions over a run's months: prices, flows, shares, peaks and their dates, with units that must agree. The
// language is docs/expressions.md, made from the tables of expression_leaves and expression_functions.
//
// An expression is compiled once against a world. Each of its leaves (price(...), exports(...)) becomes a probe that
// reads one number a month; a run records its probes (Recorder), and the expression is evaluated on the track.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/money.hpp"
#include "lodestone/insight/expression_unit.hpp"
#include "lodestone/simulation/sink.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::insight {

/// What a leaf reads from a cleared month; NaN where there is nothing to read (a price without trade).
using Reading = std::function<double(const simulation::MonthRecord&)>;

/// The leaves of all expressions of a case, each once.
class Probes {
 public:
  /// Index of the probe of this name; added when there is none yet.
  std::size_t add(const std::string& name, Reading read);
  [[nodiscard]] std::size_t size() const { return readings_.size(); }
  [[nodiscard]] double read(std::size_t probe, const simulation::MonthRecord& record) const {
    return readings_[probe](record);
  }

 private:
  std::map<std::string, std::size_t> index_;
  std::vector<Reading> readings_;
};

/// What the probes read in each month of a run.
struct Track {
  base::Month start;
  std::vector<std::vector<double>> values;  // per probe, per month
  [[nodiscard]] int months() const { return values.empty() ? 0 : static_cast<int>(values.front().size()); }
  /// A track as long as this one in which every month is like one of another track.
  [[nodiscard]] Track frozen(const Track& other, int month) const;
};

/// Records probes month by month; the probes must outlive it.
class Recorder : public simulation::Sink {
 public:
  explicit Recorder(const Probes& probes, base::Month start) : probes_(probes), track_{start, {}} {
    track_.values.resize(probes.size());
  }
  void month(const simulation::MonthRecord& record) override;
  [[nodiscard]] Track take() { return std::move(track_); }

 private:
  const Probes& probes_;
  Track track_;
};

enum class Kind { number, month, truth };

/// A number, a month (counted as base::Month) or a truth (1, 0; NaN = cannot be said): once, or one for every month.
struct Type {
  Kind kind = Kind::number;
  bool series = false;
  Dimension dimension;  // of numbers
};
std::string to_string(const Type& type);

/// A comparison that was made: what was found and what it was held against.
struct Finding {
  std::string what;    // the text of the left side
  double value = 0;    // NaN when there is none
  Type type;           // of the left side
  std::string needed;  // "between 3 and 4", tolerance left out
  double truth = 0;    // 1 held, 0 did not, NaN cannot be said
};

/// What an expression is evaluated on.
struct Evaluation {
  const Track& track;
  std::optional<base::Period> period;  // what `period` stands for
  double tolerance = 0;                // by which comparisons give way, relative to the bound
  double tolerance_months = 0;         // the same for months and numbers of months
  std::vector<Finding>* findings = nullptr;
};

using Values = std::vector<double>;  // one, or one for every month
using Rule = std::function<Values(const Evaluation&)>;

struct Expression {
  std::string text;
  Type type;
  bool uses_period = false;
  std::vector<std::string> leaves;         // names of the leaves it uses, each once
  std::vector<world::ProductId> products;  // that its leaves name, each once, in the order of the text
  Rule rule;
  std::optional<base::Month> earliest, latest;  // months and periods that its text names
};

/// What expressions are compiled against.
struct Grounds {
  const world::World& world;
  const dataset::Money& money;
  base::Month start;
  int months = 0;
  std::vector<std::string> actors = {};  // per lever of the scenario: who pays
  bool may_leave_run = false;            // dates beyond the run have no value; otherwise they are errors
  [[nodiscard]] base::Month last() const { return start + (months - 1); }
};

/// Compiles a text that stands at a place of a file; nothing, and errors with line and column, when it is wrong.
std::optional<Expression> compile(std::string_view text, const base::Place& at, const Grounds& grounds, Probes& probes,
                                  base::Diagnostics& diagnostics);

/// The place of a byte of a text that begins at a place.
base::Place place_in(std::string_view text, std::size_t byte, const base::Place& at);

}  // namespace lodestone::insight
