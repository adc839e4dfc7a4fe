// A case held against a run of the model: every observed figure beside the modelled one and two rivals, and every item
// that a model should reproduce. Source: docs/model.md section 5, cases/README.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lodestone/insight/case.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::insight {

/// Log errors are capped here, so that one lost figure does not hide all others; a figure without a modelled value has
/// it.
inline constexpr double kLargestError = 2;
/// Goals of the project: median |log error|, months of the peak, share of figures better than both rivals.
inline constexpr double kGoalError = 0.6, kGoalMonths = 4, kGoalBetter = 0.75;
/// The rival's price elasticity of demand.
inline constexpr double kRivalElasticity = -0.2;

/// A figure of 0 has no logarithm: shown, not scored.
enum class FigureState { scored, before_shock, outside_run, zero };

struct FigureOutcome {
  FigureState state = FigureState::scored;
  double modelled = 0;                          // in the figure's unit, NaN when there is none; of a month its count
  std::optional<double> no_change, elasticity;  // the rivals, in the same unit; nothing where they say nothing
  /// ln(forecast / observed), at most kLargestError in size; of a month the difference in months.
  double error = 0;
  std::optional<double> no_change_error, elasticity_error;
  [[nodiscard]] bool better_than_rivals() const;
};

enum class Verdict { reproduced, within_tolerance, not_reproduced, cannot_be_said };

struct PropositionOutcome {
  Verdict verdict = Verdict::not_reproduced;
  std::vector<Finding> findings;  // every comparison in it
  [[nodiscard]] bool holds() const { return verdict <= Verdict::within_tolerance; }
};

struct Backtest {
  std::vector<FigureOutcome> figures;            // per Case::figures
  std::vector<PropositionOutcome> propositions;  // per Case::propositions
  double worst_certificate = 0;                  // of the run's months
};

/// Sums of a backtest's scored figures. Medians are NaN without figures.
struct Score {
  bool headlines = false;                // of the figures that the case is about
  int figures = 0, months = 0;           // scored figures with a log error; figures that are months
  double median = 0, rms = 0;            // of |log error|
  double no_change = 0, elasticity = 0;  // medians of the rivals where they say something
  double no_change_rms = 0;              // root mean square of no change, where it says something
  double median_months = 0;              // of |months|
  int compared = 0, better = 0;          // figures with a rival; those nearer than every rival that says something
  int reproduced = 0, items = 0;         // reproduced: with the tolerance that the case states
  int only_within_tolerance = 0;         // of the reproduced
};

/// A goal of the project held against a score.
struct Goal {
  enum class State { met, missed, not_asked };  // not asked: the case has no such figures
  std::string id, text;                         // "median", "median |log error|"
  double found = 0, needed = 0;                 // NaN when not asked
  State state = State::not_asked;
};
/// Median error, months of the peak, figures nearer than every rival.
std::vector<Goal> goals(const Score& total);
std::string to_string(Goal::State state);

/// Clears the case's months and holds them against what was observed. Throws simulation::MonthNotCleared.
Backtest backtest(const Case& kase);

/// NaN without values.
double median(std::vector<double> values);

Score score(const Case& kase, const Backtest& outcome);
/// Of the series marked as headlines; of all where none is.
Score headline_score(const Case& kase, const Backtest& outcome);

/// The report: the first sentences answer "does the model reproduce it?".
Report report(const Case& kase, const Backtest& outcome);

}  // namespace lodestone::insight
