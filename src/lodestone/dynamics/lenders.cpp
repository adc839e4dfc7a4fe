// The arithmetic of those who pay for projects. docs/model.md section 3.13.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/projects.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kUse = 0.85;       // of capacity, in a usual year
constexpr double kLeastOwn = 0.01;  // of the cost: some of their own money owners always put in
constexpr int kMiddleOfYear = 6;    // "2027" is the middle of it

}  // namespace

base::Month announced_opening(const base::Period& period) {
  const auto first = period.from.in_month();
  return period.to.in_month() - first >= 11 ? first + kMiddleOfYear : first;
}

Lenders::Lenders(const world::World& world)
    : hurdle(world.parameter("hurdle-rate")),
      volatility_premium(world.parameter("volatility-premium")),
      flood_premium(world.parameter("flood-premium")),
      expropriation_premium(world.parameter("expropriation-premium")),
      life(world.parameter("plant-life")),
      overrun(world.parameter("cost-overrun")),
      slip(world.parameter("construction-slip")),
      reversal(world.parameter("reversal-hazard")) {}

double Lenders::fear(const world::ProjectRisk& risk) const {
  return volatility_premium * std::sqrt(12 * risk.variance) + flood_premium * risk.flood;
}

double Lenders::rate(const world::Facility& facility, const world::ProjectRisk& risk) const {
  return hurdle + facility.construction.country_premium + facility.construction.bloc_premium + fear(risk) +
         expropriation_premium * risk.taking;
}

double Lenders::cost(const world::Facility& facility) const {
  return facility.construction.capex * overrun * 12 * facility.planned_capacity;
}

// Discounted to the decision: earnings begin when it is built, and half of its ramp-up is lost.
double Lenders::annuity(const world::Facility& facility, double rate, double years) const {
  const auto& build = facility.construction;
  const double wait = (build.build_months * slip + build.ramp_months / 2.0) / 12;
  return (1 - std::pow(1 + rate, -years)) / rate * std::pow(1 + rate, -wait);
}

double Lenders::worth(const world::Facility& facility, double margin, double cash_cost, double rate) const {
  return worth(facility, margin, cash_cost, rate, {});
}

// Owners keep what is left after the loans are served; a promise counts as long as it is likely to be kept, which is
// as if it were discounted at the rate plus the chance of its reversal.
double Lenders::worth(const world::Facility& facility, double margin, double cash_cost, double rate,
                      const PublicPart& part) const {
  const auto& build = facility.construction;
  const double capex = build.capex * overrun;
  const double wait = (build.build_months * slip + build.ramp_months / 2.0) / 12;
  const double promised = std::clamp(part.promise_years - wait, 0.0, life);
  // Without the promise it stands idle where it does not pay.
  const double alone = std::max(0.0, margin - cash_cost);
  const double more = std::max(0.0, margin - cash_cost + part.promise) - alone;
  double value = kUse * alone * annuity(facility, rate, life);
  if (promised > 0) value += kUse * more * annuity(facility, rate + part.reversal, promised);
  if (part.service > 0) value -= capex * part.service * annuity(facility, rate, std::min(part.loan_years, life));
  const double owners = std::max(1 - part.grant - part.loan, kLeastOwn);
  return value / (capex * owners);
}

}  // namespace lodestone::dynamics
