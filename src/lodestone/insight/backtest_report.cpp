// What a backtest says to a reader.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "lodestone/insight/backtest.hpp"
#include "lodestone/insight/provenance.hpp"

namespace lodestone::insight {
namespace {

constexpr std::size_t kLargestMisses = 3;

std::string month_text(double count) {
  return base::Month{static_cast<int>(std::lround(count))}.text();
}

Cell number(double value) {
  return std::isnan(value) ? Cell{} : Cell{value};
}

Cell number(const std::optional<double>& value) {
  return value ? number(*value) : Cell{};
}

bool is_month(const Case& kase, const Figure& figure) {
  return kase.series[figure.series].model.type.kind == Kind::month;
}

Cell figure_value(const Case& kase, const Figure& figure, double value) {
  return is_month(kase, figure) && !std::isnan(value) ? Cell{month_text(value)} : number(value);
}

std::string state_text(const FigureOutcome& outcome) {
  switch (outcome.state) {
    case FigureState::scored:
      return std::isnan(outcome.modelled) ? "scored, nothing modelled" : "scored";
    case FigureState::before_shock:
      return "before the shock";
    case FigureState::outside_run:
      return "outside the run";
    case FigureState::zero:
      return "observed 0: not scored";
  }
  return "";
}

std::string nearer(const FigureOutcome& outcome) {
  if (outcome.state != FigureState::scored || (!outcome.no_change_error && !outcome.elasticity_error)) return "";
  return outcome.better_than_rivals() ? "yes" : "no";
}

Table figures_table(const Case& kase, const Backtest& outcome) {
  Table table{"figures",
              "Observed and modelled",
              {{"series", "series", ""},
               {"date", "date", ""},
               {"kind", "kind", ""},
               {"unit", "unit", ""},
               {"observed", "observed", ""},
               {"modelled", "modelled", ""},
               {"error", "log error", ""},
               {"no_change", "no change", ""},
               {"no_change_error", "its log error", ""},
               {"elasticity", "elasticity", ""},
               {"elasticity_error", "its log error", ""},
               {"nearer", "nearer than rivals", ""},
               {"state", "counts", ""},
               {"low", "low", ""},
               {"high", "high", ""},
               {"source", "source", ""}},
              {},
              fmt::format("Log error: ln(modelled / observed), at most {} in size; of months their difference. No "
                          "change: the last figure before the shock, or the model's own level in the month before it. "
                          "Elasticity: that times (Q/Q0)^(1/{}), Q what policy allows.",
                          kLargestError, kRivalElasticity)};
  for (std::size_t c = 0; c < kase.figures.size(); ++c) {
    const Figure& figure = kase.figures[c];
    const FigureOutcome& found = outcome.figures[c];
    const bool judged = found.state != FigureState::outside_run;
    const auto end = [](double value) { return value > 0 ? Cell{value} : Cell{}; };
    const bool has_error = judged && figure.observed > 0;
    table.rows.push_back({kase.series[figure.series].id, figure.date_text, to_string(kase.series[figure.series].kind),
                          figure.unit_text, figure_value(kase, figure, figure.observed),
                          figure_value(kase, figure, found.modelled), has_error ? number(found.error) : Cell{},
                          number(found.no_change), number(found.no_change_error), number(found.elasticity),
                          number(found.elasticity_error), nearer(found), state_text(found), end(figure.low),
                          end(figure.high), figure.source});
  }
  return table;
}

const char* verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::reproduced:
      return "reproduced";
    case Verdict::within_tolerance:
      return "within tolerance";
    case Verdict::not_reproduced:
      return "NOT reproduced";
    case Verdict::cannot_be_said:
      return "NOT reproduced (no value)";
  }
  return "";
}

std::string value_text(const Finding& finding) {
  if (std::isnan(finding.value)) return "no value";
  if (finding.type.kind == Kind::month) return month_text(finding.value);
  if (finding.type.dimension == kPrice) return usd_per_kg(finding.value) + " USD/kg";
  const std::string unit = finding.type.dimension == kPlain ? "" : " " + unit_of(finding.type.dimension);
  return readable(finding.value) + unit;
}

Table items_table(const Case& kase, const Backtest& outcome) {
  Table table{"reproduce",
              "What a model should reproduce",
              {{"item", "item", ""},
               {"verdict", "verdict", ""},
               {"text", "in words", ""},
               {"found", "found", ""},
               {"proposition", "proposition", ""}},
              {},
              "Within tolerance: holds when the bounds give way by the tolerance that the case states."};
  for (std::size_t i = 0; i < kase.propositions.size(); ++i) {
    const Proposition& proposition = kase.propositions[i];
    std::string found;
    for (const Finding& finding : outcome.propositions[i].findings)
      found += fmt::format("{}{} (needed {})", found.empty() ? "" : "; ", value_text(finding), finding.needed);
    table.rows.push_back({proposition.id, std::string(verdict_text(outcome.propositions[i].verdict)), proposition.text,
                          found, proposition.words});
  }
  return table;
}

Table summary_table(const std::string& id, const std::string& title, const Score& total) {
  const auto count = [](int value) { return static_cast<double>(value); };
  return {id,
          title,
          {{"measure", "measure", ""}, {"value", "value", ""}, {"goal", "goal", ""}},
          {{std::string("figures scored"), count(total.figures), Cell{}},
           {std::string("median |log error|"), number(total.median), kGoalError},
           {std::string("root mean square of log errors"), number(total.rms), Cell{}},
           {std::string("median |log error| of no change"), number(total.no_change), Cell{}},
           {std::string("median |log error| of the elasticity"), number(total.elasticity), Cell{}},
           {std::string("figures with a rival"), count(total.compared), Cell{}},
           {std::string("of these nearer than every rival"), count(total.better), kGoalBetter * total.compared},
           {std::string("figures that are months"), count(total.months), Cell{}},
           {std::string("median difference, months"), number(total.median_months), kGoalMonths},
           {std::string("items to reproduce"), count(total.items), Cell{}},
           {std::string("of these reproduced"), count(total.reproduced), count(total.items)},
           {std::string("of these only within tolerance"), count(total.only_within_tolerance), Cell{}}},
          ""};
}

Table goals_table(const Score& total) {
  Table table{"goals",
              "Goals",
              {{"goal", "goal", ""}, {"found", "found", ""}, {"needed", "needed", ""}, {"verdict", "verdict", ""}},
              {},
              total.headlines ? "Judged on the headline series." : ""};
  for (const Goal& goal : goals(total))
    table.rows.push_back({goal.text, number(goal.found), goal.needed, to_string(goal.state)});
  return table;
}

std::string items_sentence(const Score& total) {
  const std::string within = total.only_within_tolerance > 0
                                 ? fmt::format(" ({} of them only within tolerance)", total.only_within_tolerance)
                                 : "";
  return fmt::format("{} of {} items are reproduced{}", total.reproduced, total.items, within);
}

// "goals: median met, peak month missed, nearer than the rivals missed"
std::string goals_sentence(const std::vector<Goal>& all) {
  const std::map<std::string, std::string> names{
      {"median", "median error"}, {"months", "peak month"}, {"rivals", "nearer than the rivals"}};
  std::string out;
  for (const Goal& goal : all)
    if (goal.state != Goal::State::not_asked)
      out += fmt::format("{}{} {}", out.empty() ? "Goals: " : ", ", names.at(goal.id), to_string(goal.state));
  return out;
}

std::string answer(const Score& total) {
  const auto all = goals(total);
  const bool goals_met =
      std::none_of(all.begin(), all.end(), [](const Goal& g) { return g.state == Goal::State::missed; });
  const bool none = total.items > 0 ? total.reproduced == 0 : !goals_met;
  std::vector<std::string> parts;
  if (total.items > 0) parts.push_back(items_sentence(total));
  if (total.figures > 0) {
    parts.push_back(fmt::format("the median error over {} {}figures is a factor of {:.2f} (log {:.2f}, goal {})",
                                total.figures, total.headlines ? "headline " : "", std::exp(total.median), total.median,
                                kGoalError));
    if (total.compared > 0)
      parts.back() += fmt::format(", nearer than the rivals in {} of {}", total.better, total.compared);
  }
  if (total.months > 0)
    parts.push_back(std::isnan(total.median_months)
                        ? "the months asked for are not reached"
                        : fmt::format("months are off by {:.0f} (goal {})", total.median_months, kGoalMonths));
  const auto said = goals_sentence(all);
  const bool yes = total.reproduced == total.items && goals_met;
  return fmt::format("{}: {}.{}",
                     yes    ? "Yes"
                     : none ? "No"
                            : "Partly",
                     fmt::join(parts, "; "), said.empty() ? "" : " " + said + ".");
}

std::vector<std::string> drivers(const Case& kase, const Backtest& outcome, const Score& total) {
  std::vector<std::string> out;
  if (!std::isnan(total.no_change))
    out.push_back(fmt::format(
        "median log error of the model {:.2f}, of no change {:.2f}{}", total.median, total.no_change,
        std::isnan(total.elasticity) ? ""
                                     : fmt::format(", of an elasticity of {} {:.2f} (where policy sets a quantity)",
                                                   kRivalElasticity, total.elasticity)));
  std::vector<std::size_t> worst;
  for (std::size_t c = 0; c < kase.figures.size(); ++c)
    if (outcome.figures[c].state == FigureState::scored &&
        kase.series[kase.figures[c].series].kind != FigureKind::month &&
        (!total.headlines || kase.series[kase.figures[c].series].headline))
      worst.push_back(c);
  std::stable_sort(worst.begin(), worst.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(outcome.figures[a].error) > std::abs(outcome.figures[b].error);
  });
  worst.resize(std::min(worst.size(), kLargestMisses));
  for (const std::size_t c : worst) {
    const Figure& figure = kase.figures[c];
    out.push_back(
        fmt::format("missed by most: {} in {}, observed {}, modelled {}{}", kase.series[figure.series].id,
                    figure.date_text, readable(figure.observed),
                    std::isnan(outcome.figures[c].modelled) ? "nothing" : readable(outcome.figures[c].modelled),
                    figure.unit.dimension == kPlain ? "" : " " + figure.unit_text));
  }
  for (std::size_t i = 0; i < kase.propositions.size(); ++i)
    if (!outcome.propositions[i].holds()) out.push_back("not reproduced: " + kase.propositions[i].text);
  return out;
}

Table left_out_table(const Case& kase) {
  Table table{"left_out", "Observed, but not compared", {{"series", "series", ""}, {"reason", "why", ""}}, {}, ""};
  for (const auto& [series, reason] : kase.left_out) table.rows.push_back({series, reason});
  return table;
}

Table series_table(const Case& kase) {
  Table table{"series",
              "What is held against what",
              {{"series", "series", ""},
               {"headline", "headline", ""},
               {"model", "expression of the model", ""},
               {"note", "note", ""}},
              {},
              ""};
  for (const auto& series : kase.series)
    table.rows.push_back({series.id, std::string(series.headline ? "yes" : ""), series.model_text, series.note});
  return table;
}

}  // namespace

Report report(const Case& kase, const Backtest& outcome) {
  const Score total = headline_score(kase, outcome);
  Report out;
  out.question = kase.question;
  out.answer = answer(total);
  out.drivers = drivers(kase, outcome, total);
  const auto shares = assumed_shares(*kase.world);
  out.assumed = say(shares);
  out.assumed_share = shares.overall();
  out.tables = {goals_table(total), items_table(kase, outcome), figures_table(kase, outcome),
                summary_table("summary", total.headlines ? "In numbers: headline series" : "In numbers", total)};
  if (total.headlines)
    out.tables.push_back(summary_table("summary_all", "In numbers: all series", score(kase, outcome)));
  out.tables.push_back(series_table(kase));
  if (!kase.left_out.empty()) out.tables.push_back(left_out_table(kase));
  int outside = 0, before = 0, zero = 0;
  for (const auto& figure : outcome.figures) {
    zero += figure.state == FigureState::zero ? 1 : 0;
    outside += figure.state == FigureState::outside_run ? 1 : 0;
    before += figure.state == FigureState::before_shock ? 1 : 0;
  }
  out.notes.push_back(fmt::format("Case '{}' ({}): {} to {}, shock in {}; worst certificate {:.1e}.", kase.id,
                                  kase.title, kase.start.text(), (kase.start + (kase.months - 1)).text(),
                                  kase.shock.text(), outcome.worst_certificate));
  if (outside + before > 0)
    out.notes.push_back(
        fmt::format("{} figures lie before the shock and {} outside the run: shown, not scored.", before, outside));
  if (zero > 0)
    out.notes.push_back(fmt::format("{} observed figures are 0, which has no logarithm: shown, not scored.", zero));
  return out;
}

}  // namespace lodestone::insight
