// Behavioural parameters fitted to cases: one set for all, and what the cases can and cannot tell about it.
// Source: docs/model.md section 5, cases/README.md.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "lodestone/insight/backtest.hpp"

namespace lodestone::insight {

/// At most so many parameters are fitted.
inline constexpr std::size_t kMostFree = 12;
/// A month of difference counts like this log error: the goals of both are met together.
inline constexpr double kMonthAsError = kGoalError / kGoalMonths;
/// A value of a parameter is kept by the cases while the error stays within this share of the best.
inline constexpr double kKept = 0.1;

struct FreeParameter {
  std::string id;
  double low = 0, high = 0, start = 0;  // start: the dataset's value
  std::string why;
};

/// Reads cases/free_parameters.toml: tables [[free]] with parameter, low, high (else those of parameters.csv) and why.
/// Wrong names, more than kMostFree, and empty ranges are errors.
std::vector<FreeParameter> read_free_parameters(const std::filesystem::path& file, const CaseFile& any_case,
                                                base::Diagnostics& diagnostics);

/// Root mean square of the capped log errors of a case's headline figures, months counted as kMonthAsError each.
double case_error(const Case& kase, const Backtest& outcome);

struct Fit {
  std::vector<double> values;   // per free parameter
  double error = 0;             // mean over the fitted cases
  std::vector<double> by_case;  // of every case, fitted or not
};

/// What the cases say about one parameter.
struct Identified {
  double kept_low = 0, kept_high = 0;  // values that keep the error within kKept of the best, alone
  double effect = 0;  // root mean square of d ln(modelled) over the whole range, straight from the best
};

/// Two parameters whose effects are nearly the same: cosine between them.
struct Alike {
  std::size_t a = 0, b = 0;
  double cosine = 0;
};

struct Calibration {
  std::vector<FreeParameter> free;
  std::vector<std::string> cases;
  std::vector<Score> scores;  // of the best fit
  Fit start, best;
  std::vector<Fit> left_out;  // fitted to all cases but one; empty with a single case
  std::vector<Identified> identified;
  std::vector<Alike> alike;
  std::vector<double> no_change;  // error of that rival per case, figures it speaks of
  int evaluations = 0;
  bool interrupted = false;
};

/// Says what is done; false to stop with what there is.
using Progress = std::function<bool(const std::string& what, int done, int total)>;

/// Bounded derivative-free search: DIRECT-L over the whole box, then Subplex from the best point (NLopt). `budget` is
/// the number of runs of all cases per fit. Deterministic.
Calibration calibrate(const std::vector<CaseFile>& cases, std::vector<FreeParameter> free, int budget,
                      const Progress& progress);

Report report(const Calibration& calibration);

}  // namespace lodestone::insight
