// What a project must earn, and what it would: shared by the mechanism of projects, its tests and reports.
#pragma once

#include "lodestone/dynamics/mechanism.hpp"

namespace lodestone::dynamics {

/// Month in which a plant is said to open: of a year its middle.
base::Month announced_opening(const base::Period& period);

/// What governments would put into a project. Shares are of what it costs to build.
struct PublicPart {
  double grant = 0, loan = 0, equity = 0;
  double service = 0;        // of the loans, a year, per unit of what the project costs
  double loan_years = 0;     // the longest of them
  double guarantee = 0;      // share of the private money whose risk a government bears
  double promise = 0;        // USD per t of activity at normal prices
  double promise_years = 0;  // from now until the promises end
  double reversal = 0;       // chance a year that they are taken back, of the least trusted
  double sold = 0;           // share of the output that promises count as sold
};

/// Rules of those who pay for projects. Source of every formula: docs/model.md section 3.13.
struct Lenders {
  double hurdle, volatility_premium, flood_premium;  // fraction a year; per unit of volatility, of flood
  double expropriation_premium;                      // fraction a year per unit of what hosts took
  double life;                                       // years
  double overrun, slip;                              // cost and time of construction over what was announced
  double reversal;                                   // chance a year that a government takes back what it promised
  explicit Lenders(const world::World& world);

  /// Added for jumps and floods that are remembered (fraction a year).
  [[nodiscard]] double fear(const world::ProjectRisk& risk) const;
  /// Base rate, country, camp, fear, what the host took from others (fraction a year).
  [[nodiscard]] double rate(const world::Facility& facility, const world::ProjectRisk& risk) const;
  /// USD that the project costs, overrun included.
  [[nodiscard]] double cost(const world::Facility& facility) const;
  /// Present value at `rate` of what a t of capacity earns, over what it costs to build: 1 = it just pays. `margin` and
  /// `cash_cost` in USD per t of activity.
  [[nodiscard]] double worth(const world::Facility& facility, double margin, double cash_cost, double rate) const;
  /// The same for those who put in what governments do not.
  [[nodiscard]] double worth(const world::Facility& facility, double margin, double cash_cost, double rate,
                             const PublicPart& part) const;

 private:
  /// Present value at `rate` of 1 a year from the first output on for so many years.
  [[nodiscard]] double annuity(const world::Facility& facility, double rate, double years) const;
};

}  // namespace lodestone::dynamics
