// What a backtest says to a reader.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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
    table.rows.push_back({kase.series[figure.series].id, figure.date_text, to_string(kase.series[figure.series].kind),
                          figure.unit_text, figure_value(kase, figure, figure.observed),
                          figure_value(kase, figure, found.modelled), judged ? number(found.error) : Cell{},
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
           {std::string("of these reproduced"), count(total.reproduced), count(total.items)}},
          ""};
}

bool meets_goals(const Score& total) {
  const bool near = total.figures == 0 || total.median <= kGoalError;
  const bool timed = total.months == 0 || total.median_months <= kGoalMonths;
  return near && timed && total.better >= kGoalBetter * total.compared;
}

std::string answer(const Score& total) {
  const bool all = total.reproduced == total.items;
  const bool none = total.items > 0 ? total.reproduced == 0 : !meets_goals(total);
  std::string out = all && meets_goals(total) ? "Yes" : none ? "No" : "Partly";
  out += total.items > 0 ? fmt::format(": {} of {} items are reproduced", total.reproduced, total.items) : ":";
  if (total.figures > 0)
    out += fmt::format("{}the median error over {} {}figures is a factor of {:.2f} (log {:.2f}, goal {})",
                       total.items > 0 ? "; " : " ", total.figures, total.headlines ? "headline " : "",
                       std::exp(total.median), total.median, kGoalError);
  if (total.compared > 0) out += fmt::format(", nearer than the rivals in {} of {}", total.better, total.compared);
  if (total.months > 0)
    out += std::isnan(total.median_months)
               ? "; the months asked for are not reached"
               : fmt::format("; months are off by {:.0f} (goal {})", total.median_months, kGoalMonths);
  return out + ".";
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
  out.tables = {items_table(kase, outcome), figures_table(kase, outcome),
                summary_table("summary", total.headlines ? "In numbers: headline series" : "In numbers", total)};
  if (total.headlines)
    out.tables.push_back(summary_table("summary_all", "In numbers: all series", score(kase, outcome)));
  out.tables.push_back(series_table(kase));
  if (!kase.left_out.empty()) out.tables.push_back(left_out_table(kase));
  int outside = 0, before = 0;
  for (const auto& figure : outcome.figures) {
    outside += figure.state == FigureState::outside_run ? 1 : 0;
    before += figure.state == FigureState::before_shock ? 1 : 0;
  }
  out.notes.push_back(fmt::format("Case '{}' ({}): {} to {}, shock in {}; worst certificate {:.1e}.", kase.id,
                                  kase.title, kase.start.text(), (kase.start + (kase.months - 1)).text(),
                                  kase.shock.text(), outcome.worst_certificate));
  if (outside + before > 0)
    out.notes.push_back(
        fmt::format("{} figures lie before the shock and {} outside the run: shown, not scored.", before, outside));
  return out;
}

}  // namespace lodestone::insight
