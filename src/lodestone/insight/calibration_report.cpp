// What a calibration says to a reader.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lodestone/insight/calibration.hpp"

namespace lodestone::insight {
namespace {

constexpr double kWide = 0.8;     // share of the range from which a kept interval says nothing
constexpr double kLittle = 0.05;  // effect on ln(modelled) over the whole range that is next to none

Cell number(double value) {
  return std::isnan(value) ? Cell{} : Cell{value};
}

std::string says(const Calibration& calibration, std::size_t p) {
  if (calibration.identified.empty()) return "";
  const auto& found = calibration.identified[p];
  const auto& free = calibration.free[p];
  if (found.effect < kLittle) return "no: next to no effect";
  for (const auto& alike : calibration.alike)
    if (alike.a == p || alike.b == p) return "no: like " + calibration.free[alike.a == p ? alike.b : alike.a].id;
  if (found.kept_high - found.kept_low > kWide * (free.high - free.low)) return "no: nearly every value does";
  return "yes";
}

Table parameters_table(const Calibration& calibration) {
  Table table{"parameters",
              "Free parameters",
              {{"parameter", "parameter", ""},
               {"start", "dataset", ""},
               {"fitted", "fitted", ""},
               {"low", "range from", ""},
               {"high", "to", ""},
               {"kept_low", "kept from", ""},
               {"kept_high", "to", ""},
               {"effect", "effect", "ln"},
               {"identified", "told by the cases", ""},
               {"why", "why it is free", ""}},
              {},
              fmt::format("Kept: values that, alone, keep the error within {:.0f} % of the best. Effect: root mean "
                          "square change of ln(modelled) over the whole range.",
                          100 * kKept)};
  for (std::size_t p = 0; p < calibration.free.size(); ++p) {
    const auto& free = calibration.free[p];
    std::vector<Cell> row{free.id, free.start,
                          calibration.best.values.empty() ? Cell{} : Cell{calibration.best.values[p]}, free.low,
                          free.high};
    if (calibration.identified.empty())
      row.insert(row.end(), 3, Cell{});
    else
      for (const double value :
           {calibration.identified[p].kept_low, calibration.identified[p].kept_high, calibration.identified[p].effect})
        row.emplace_back(value);
    row.emplace_back(says(calibration, p));
    row.emplace_back(free.why);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table cases_table(const Calibration& calibration) {
  Table table{"cases",
              "Errors",
              {{"case", "case", ""},
               {"start", "as the dataset is", ""},
               {"fitted", "fitted to all", ""},
               {"left_out", "left out of the fit", ""},
               {"no_change", "no change", ""},
               {"median", "median abs. log error, fitted", ""},
               {"better", "nearer than rivals", ""},
               {"compared", "of", ""},
               {"reproduced", "items reproduced", ""},
               {"items", "of", ""}},
              {},
              fmt::format("Root mean square of log errors of the headline figures, each at most {}; a month of "
                          "difference counts {}. Left out: fitted to the other cases only.",
                          kLargestError, kMonthAsError)};
  for (std::size_t c = 0; c < calibration.cases.size(); ++c) {
    const bool run = c < calibration.start.by_case.size();
    const Score score = c < calibration.scores.size() ? calibration.scores[c] : Score{};
    table.rows.push_back({calibration.cases[c], run ? number(calibration.start.by_case[c]) : Cell{},
                          run ? number(calibration.best.by_case[c]) : Cell{},
                          c < calibration.left_out.size() ? number(calibration.left_out[c].by_case[c]) : Cell{},
                          c < calibration.no_change.size() ? number(calibration.no_change[c]) : Cell{},
                          number(score.median), static_cast<double>(score.better), static_cast<double>(score.compared),
                          static_cast<double>(score.reproduced), static_cast<double>(score.items)});
  }
  return table;
}

Table alike_table(const Calibration& calibration) {
  Table table{"alike",
              "Parameters that the cases cannot tell apart",
              {{"a", "parameter", ""}, {"b", "and", ""}, {"cosine", "cosine", ""}},
              {},
              "Cosine between what the two do to ln(modelled) of all headline figures; -1: what one raises the other "
              "lowers."};
  for (const auto& alike : calibration.alike)
    table.rows.push_back({calibration.free[alike.a].id, calibration.free[alike.b].id, alike.cosine});
  return table;
}

double left_out_error(const Calibration& calibration) {
  double sum = 0;
  for (std::size_t c = 0; c < calibration.left_out.size(); ++c) sum += calibration.left_out[c].by_case[c];
  return sum / static_cast<double>(calibration.left_out.size());
}

std::string answer(const Calibration& calibration) {
  if (calibration.start.by_case.empty()) return "Nothing: it was interrupted before the first run was done.";
  std::string out =
      fmt::format("Fitted to {} case{} the error falls from {:.2f} to {:.2f}", calibration.cases.size(),
                  calibration.cases.size() == 1 ? "" : "s", calibration.start.error, calibration.best.error);
  if (calibration.left_out.size() == calibration.cases.size())
    out += fmt::format("; a case that was left out of the fit has {:.2f}", left_out_error(calibration));
  else if (calibration.cases.size() == 1)
    out += "; with one case nothing can be left out, so this is no evidence";
  if (calibration.identified.empty()) return out + ". Interrupted: this is the state then.";
  std::size_t told = 0;
  for (std::size_t p = 0; p < calibration.free.size(); ++p) told += says(calibration, p) == "yes" ? 1 : 0;
  return out + fmt::format(". The cases tell {} of {} free parameters.", told, calibration.free.size());
}

}  // namespace

Report report(const Calibration& calibration) {
  Report out;
  out.question = "Which behaviour agrees best with what happened, and how much of it do the cases tell?";
  out.answer = answer(calibration);
  out.drivers.push_back(
      fmt::format("{} runs of all cases: DIRECT-L over the whole box, then Subplex (NLopt)", calibration.evaluations));
  out.assumed = "acts, datasets and observed figures as each case has them; only the listed parameters move";
  out.tables = {cases_table(calibration), parameters_table(calibration), alike_table(calibration)};
  return out;
}

}  // namespace lodestone::insight
