#include "lodestone/insight/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lodestone/simulation/future.hpp"

namespace lodestone::insight {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr double kRounding = 1e-9;  // what clearing leaves of an error of 0

class CaseRecorder : public Recorder {
 public:
  using Recorder::Recorder;
  void month(const simulation::MonthRecord& record) override {
    Recorder::month(record);
    worst = std::max(worst, record.equilibrium.certificate.worst());
  }
  double worst = 0;
};

Track run(const Case& kase, const policy::Scenario& scenario, double& worst) {
  CaseRecorder recorder(kase.probes, scenario.start);
  simulation::Future future(*kase.world, scenario);
  future.run(recorder);
  worst = std::max(worst, recorder.worst);
  return recorder.take();
}

// The run in which nothing changes any more: every month is like the one before the shock, or, when the run begins with
// the shock, like its first month without levers.
Track unchanged(const Case& kase, const Track& track, double& worst) {
  const int before = kase.shock - kase.start - 1;
  if (before >= 0) return track.frozen(track, before);
  policy::Scenario scenario = kase.scenario.without_levers();
  scenario.months = 1;
  return track.frozen(run(kase, scenario, worst), 0);
}

// The model's value for a figure's dates, in the model's unit.
double value(const SeriesMap& series, const Figure& figure, const Track& track) {
  const Evaluation evaluation{track, figure.date, 0, 0, nullptr};
  const Values values = series.model.rule(evaluation);
  if (!series.model.type.series) return values.front();
  const auto first = static_cast<std::size_t>(figure.date.from.in_month() - track.start);
  const auto end = static_cast<std::size_t>(figure.date.to.in_month() - track.start) + 1;
  double sum = 0;
  int count = 0;
  for (std::size_t m = first; m < end; ++m)
    if (!std::isnan(values[m])) {
      sum += values[m];
      ++count;
    }
  if (count == 0) return kMissing;
  const bool summed = !(series.model.type.dimension == figure.unit.dimension);  // a flow as an amount
  return summed ? sum : sum / count;
}

double log_error(double forecast, double observed) {
  if (!(forecast > 0)) return forecast == 0 ? -kLargestError : kLargestError;
  const double error = std::clamp(std::log(forecast / observed), -kLargestError, kLargestError);
  return std::abs(error) < kRounding ? 0 : error;
}

// The last figure of the same series that was observed before the shock: what a forecaster had in hand.
std::optional<double> last_before(const Case& kase, const Figure& figure) {
  const Figure* last = nullptr;
  for (const auto& other : kase.figures)
    if (other.series == figure.series && other.observed > 0 && other.date.to.in_month() < kase.shock &&
        other.unit_text == figure.unit_text && (last == nullptr || last->date.to < other.date.to))
      last = &other;
  return last == nullptr ? std::nullopt : std::optional(last->observed);
}

void add_rivals(const Case& kase, const Figure& figure, const Track& still, FigureOutcome& outcome) {
  const SeriesMap& series = kase.series[figure.series];
  const bool amount = series.kind == FigureKind::quantity;  // periods of unlike lengths are not like each other
  const auto known = amount ? std::nullopt : last_before(kase, figure);
  const double base = known ? *known : value(series, figure, still) * figure.to_unit;
  if (!(base > 0)) return;
  outcome.no_change = base;
  outcome.no_change_error = log_error(base, figure.observed);
  if (amount || series.allowed.empty()) return;
  outcome.elasticity = base * std::pow(allowed_share(kase, series.allowed, figure.date), 1 / kRivalElasticity);
  outcome.elasticity_error = log_error(*outcome.elasticity, figure.observed);
}

FigureOutcome judge(const Case& kase, const Figure& figure, const Track& track, const Track& still) {
  const SeriesMap& series = kase.series[figure.series];
  FigureOutcome outcome;
  if (figure.date.from.in_month() < kase.start || figure.date.to.in_month() - kase.start >= kase.months) {
    outcome.state = FigureState::outside_run;
    outcome.modelled = kMissing;
    return outcome;
  }
  if (figure.date.to.in_month() < kase.shock)
    outcome.state = FigureState::before_shock;
  else if (figure.observed == 0)
    outcome.state = FigureState::zero;
  const double model = value(series, figure, track);
  if (series.kind == FigureKind::month) {
    outcome.modelled = model;
    outcome.error = model * figure.to_unit - figure.observed;
    return outcome;
  }
  outcome.modelled = model * figure.to_unit;
  if (figure.observed == 0) return outcome;
  outcome.error = log_error(outcome.modelled, figure.observed);
  add_rivals(kase, figure, still, outcome);
  return outcome;
}

PropositionOutcome judge(const Proposition& proposition, const Track& track) {
  PropositionOutcome outcome;
  const double strict = proposition.holds.rule({track, {}, 0, 0, &outcome.findings}).front();
  const double loose =
      proposition.holds.rule({track, {}, proposition.tolerance, proposition.tolerance_months, nullptr}).front();
  outcome.verdict = strict == 1          ? Verdict::reproduced
                    : loose == 1         ? Verdict::within_tolerance
                    : std::isnan(strict) ? Verdict::cannot_be_said
                                         : Verdict::not_reproduced;
  return outcome;
}

Score score_of(const Case& kase, const Backtest& outcome, bool headlines) {
  Score out;
  out.headlines = headlines;
  std::vector<double> errors, months, no_change, elasticity;
  double squares = 0;
  for (std::size_t c = 0; c < kase.figures.size(); ++c) {
    const FigureOutcome& figure = outcome.figures[c];
    if (figure.state != FigureState::scored) continue;
    if (headlines && !kase.series[kase.figures[c].series].headline) continue;
    if (kase.series[kase.figures[c].series].kind == FigureKind::month) {
      if (!std::isnan(figure.error)) months.push_back(std::abs(figure.error));
      ++out.months;
      continue;
    }
    errors.push_back(std::abs(figure.error));
    squares += figure.error * figure.error;
    if (figure.no_change_error) no_change.push_back(std::abs(*figure.no_change_error));
    if (figure.elasticity_error) elasticity.push_back(std::abs(*figure.elasticity_error));
    if (figure.no_change_error || figure.elasticity_error) {
      ++out.compared;
      out.better += figure.better_than_rivals() ? 1 : 0;
    }
  }
  out.figures = static_cast<int>(errors.size());
  out.rms = out.figures > 0 ? std::sqrt(squares / out.figures) : kMissing;
  out.median = median(std::move(errors));
  out.median_months = median(std::move(months));
  double rival = 0;
  for (const double error : no_change) rival += error * error;
  out.no_change_rms = no_change.empty() ? kMissing : std::sqrt(rival / static_cast<double>(no_change.size()));
  out.no_change = median(std::move(no_change));
  out.elasticity = median(std::move(elasticity));
  out.items = static_cast<int>(outcome.propositions.size());
  out.reproduced =
      static_cast<int>(std::count_if(outcome.propositions.begin(), outcome.propositions.end(),
                                     [](const PropositionOutcome& proposition) { return proposition.holds(); }));
  out.only_within_tolerance = static_cast<int>(std::count_if(
      outcome.propositions.begin(), outcome.propositions.end(),
      [](const PropositionOutcome& proposition) { return proposition.verdict == Verdict::within_tolerance; }));
  return out;
}

}  // namespace

bool FigureOutcome::better_than_rivals() const {
  const auto beats = [&](const std::optional<double>& rival) { return !rival || std::abs(error) < std::abs(*rival); };
  return beats(no_change_error) && beats(elasticity_error);
}

double median(std::vector<double> values) {
  if (values.empty()) return kMissing;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

Backtest backtest(const Case& kase) {
  Backtest outcome;
  const Track track = run(kase, kase.scenario, outcome.worst_certificate);
  const Track still = unchanged(kase, track, outcome.worst_certificate);
  for (const auto& figure : kase.figures) outcome.figures.push_back(judge(kase, figure, track, still));
  for (const auto& proposition : kase.propositions) outcome.propositions.push_back(judge(proposition, track));
  return outcome;
}

Score score(const Case& kase, const Backtest& outcome) {
  return score_of(kase, outcome, false);
}

Score headline_score(const Case& kase, const Backtest& outcome) {
  return score_of(kase, outcome, std::any_of(kase.series.begin(), kase.series.end(), [](const SeriesMap& series) {
                    return series.headline;
                  }));
}

std::vector<Goal> goals(const Score& total) {
  using State = Goal::State;
  const auto state = [](int asked, bool met) {
    return asked == 0 ? State::not_asked : met ? State::met : State::missed;
  };
  return {
      {"median", "median |log error|, at most", total.median, kGoalError,
       state(total.figures, total.median <= kGoalError)},
      {"months", "months off the peak, at most", total.median_months, kGoalMonths,
       state(total.months, total.median_months <= kGoalMonths)},
      {"rivals", "figures nearer than every rival, at least", static_cast<double>(total.better),
       std::ceil(kGoalBetter * total.compared), state(total.compared, total.better >= kGoalBetter * total.compared)}};
}

std::string to_string(Goal::State state) {
  return state == Goal::State::met ? "met" : state == Goal::State::missed ? "MISSED" : "not asked";
}

}  // namespace lodestone::insight
