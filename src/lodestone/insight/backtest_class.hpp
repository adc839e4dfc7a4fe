// Backtests by class of product: what `lodestone report` shows beside a run, kept in cases/results.csv so that nothing
// is run again to say it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/backtest.hpp"

namespace lodestone::insight {

/// Scored figures of one case, one kind and products of one stage. Medians of |log error|; NaN where a rival says
/// nothing.
struct ClassScore {
  std::string case_id, title;
  Evidence evidence = Evidence::hold_out;
  std::string stage;  // that makes the first product of the series' expressions
  std::string kind;   // price, ratio, quantity, share
  int figures = 0;
  double median = 0, no_change = 0, elasticity = 0;
  int compared = 0, better = 0;  // with a rival; nearer than every rival
};

std::vector<ClassScore> class_scores(const Case& kase, const Backtest& outcome);

/// As the table of cases/results.csv.
Table class_table(const std::vector<ClassScore>& scores);
/// The scores of every case that is evidence; runs them all.
std::vector<ClassScore> class_scores(const std::vector<std::filesystem::path>& cases,
                                     const std::filesystem::path& shipped);
/// Reads a file that class_table was written to. Throws base::InputError when it cannot be read.
std::vector<ClassScore> read_class_scores(const std::filesystem::path& file);

}  // namespace lodestone::insight
