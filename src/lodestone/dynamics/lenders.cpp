// The arithmetic of those who pay for projects. docs/model.md section 3.13.
#include <algorithm>
#include <cmath>

#include "lodestone/dynamics/projects.hpp"

namespace lodestone::dynamics {
namespace {

constexpr double kUse = 0.85;  // of capacity, in a usual year

}  // namespace

Lenders::Lenders(const world::World& world)
    : hurdle(world.parameter("hurdle-rate")),
      volatility_premium(world.parameter("volatility-premium")),
      flood_premium(world.parameter("flood-premium")),
      life(world.parameter("plant-life")),
      overrun(world.parameter("cost-overrun")),
      slip(world.parameter("construction-slip")) {}

double Lenders::fear(const world::ProjectRisk& risk) const {
  return volatility_premium * std::sqrt(12 * risk.variance) + flood_premium * risk.flood;
}

double Lenders::rate(const world::Facility& facility, const world::ProjectRisk& risk) const {
  return hurdle + facility.construction.country_premium + fear(risk);
}

// Earnings of `life` years, discounted to the decision: they begin when it is built, and half of its ramp-up is lost.
double Lenders::worth(const world::Facility& facility, double margin, double rate) const {
  const auto& build = facility.construction;
  const double wait = (build.build_months * slip + build.ramp_months / 2.0) / 12;
  const double annuity = (1 - std::pow(1 + rate, -life)) / rate * std::pow(1 + rate, -wait);
  return kUse * (margin - facility.cash_cost) * annuity / (build.capex * overrun);
}

}  // namespace lodestone::dynamics
