// What a project must earn, and what it would: shared by the mechanism of projects, its tests and reports.
#pragma once

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {

/// Rules of those who pay for projects. Source of every formula: docs/model.md section 3.13.
struct Lenders {
  double hurdle, volatility_premium, flood_premium;  // fraction a year; per unit of volatility, of flood
  double life;                                       // years
  double overrun, slip;                              // cost and time of construction over what was announced
  explicit Lenders(const world::World& world);

  /// Added for jumps and floods that are remembered (fraction a year).
  [[nodiscard]] double fear(const world::ProjectRisk& risk) const;
  /// Base rate, country, fear (fraction a year).
  [[nodiscard]] double rate(const world::Facility& facility, const world::ProjectRisk& risk) const;
  /// Present value at `rate` of what a t of capacity earns, over what it costs to build: 1 = it just pays.
  [[nodiscard]] double worth(const world::Facility& facility, double margin, double rate) const;
};

}  // namespace lodestone::dynamics
