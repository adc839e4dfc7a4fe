// What moves between months: one mechanism, one file. A mechanism owns its parameters and its slice of the state.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lodestone/world/equilibrium.hpp"
#include "lodestone/world/month_market.hpp"
#include "lodestone/world/state.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dynamics {

class Mechanism {
 public:
  virtual ~Mechanism() = default;
  [[nodiscard]] virtual const char* name() const = 0;
  /// Sizes its slice of the state and sets it to the base year's steady state. Called in the order of `mechanisms`.
  virtual void start(const world::World& world, world::State& state) const = 0;
  /// What this month's clearing needs to know of it, from last month's state.
  virtual void expect(const world::World&, world::State&) const {}
  /// Moves its slice to the next month; reads other slices as they were when the month cleared or as already moved by
  /// mechanisms before it in the list. Allocates nothing.
  virtual void age(const world::World& world, const world::MonthMarket& market, const world::Equilibrium& equilibrium,
                   world::State& state) const = 0;
};

/// All mechanisms, in the order in which they act. `growth` is the path on which demand moves: one of the world's, or
/// kNoGrowth. Throws base::InputError when the dataset lacks a parameter. `world` must outlive them.
std::vector<std::unique_ptr<Mechanism>> mechanisms(const world::World& world, const std::string& growth);

// One file each.
std::unique_ptr<Mechanism> plants();
std::unique_ptr<Mechanism> ore(const world::World& world);
std::unique_ptr<Mechanism> recycling(const world::World& world);
std::unique_ptr<Mechanism> learning(const world::World& world);
std::unique_ptr<Mechanism> environment(const world::World& world);
std::unique_ptr<Mechanism> alignment(const world::World& world);
std::unique_ptr<Mechanism> restraint(const world::World& world);
std::unique_ptr<Mechanism> host_bargaining(const world::World& world);
std::unique_ptr<Mechanism> public_finance();
std::unique_ptr<Mechanism> ownership(const world::World& world);
std::unique_ptr<Mechanism> mothballing(const world::World& world);
std::unique_ptr<Mechanism> capacity_orders(const world::World& world);
std::unique_ptr<Mechanism> project_risk(const world::World& world);
std::unique_ptr<Mechanism> projects(const world::World& world);
std::unique_ptr<Mechanism> ramp_up(const world::World& world);
std::unique_ptr<Mechanism> workforce(const world::World& world);
std::unique_ptr<Mechanism> transit();
std::unique_ptr<Mechanism> demand_response(const world::World& world);
std::unique_ptr<Mechanism> demand_growth(const world::World& world, const std::string& path);
std::unique_ptr<Mechanism> contracts(const world::World& world);
std::unique_ptr<Mechanism> switching(const world::World& world);
std::unique_ptr<Mechanism> evasion(const world::World& world);
std::unique_ptr<Mechanism> licensed_goods(const world::World& world);
std::unique_ptr<Mechanism> plans(const world::World& world);
std::unique_ptr<Mechanism> supply_risk(const world::World& world);
std::unique_ptr<Mechanism> working_stocks(const world::World& world);
std::unique_ptr<Mechanism> traders(const world::World& world);
std::unique_ptr<Mechanism> speculation(const world::World& world);
std::unique_ptr<Mechanism> worth();
std::unique_ptr<Mechanism> orders(const world::World& world);
std::unique_ptr<Mechanism> expectations(const world::World& world);

/// How much stock is wanted at a price, as one rule shared by those who hold stocks and
/// those who order for them: C U min(m, c (Pn / p)^s), in t, with `target` = C U and c the multiple that perceived
/// supply risk asks for.
struct CoverRule {
  double elasticity, ceiling;
  explicit CoverRule(const world::World& world);
  [[nodiscard]] double desired(double target, double multiple, double normal_price, double price) const;
};

/// What a tonne of activity brings and takes at these node prices (USD/t).
struct Earnings {
  double revenue = 0, inputs = 0;
  [[nodiscard]] double margin() const { return revenue - inputs; }
};
Earnings earnings(const world::World& world, const world::Facility& facility, const std::vector<double>& price);

/// Place of a facility in lists that are stage-major, then regions.
std::size_t stage_and_region(const world::World& world, const world::Facility& facility);

/// Whether the dataset knows of plants that do not stand yet.
bool has_projects(const world::World& world);

/// Whether the dataset says what is in the ground under any mine.
bool has_ore(const world::World& world);
/// Whether anything is sold under contracts of a term.
bool has_contracts(const world::World& world);
/// Whether anybody of this kind may hold a stock.
bool has_holder(const world::World& world, world::Holder holder);

/// The price that a node showed this month: traded, or the last one as far as bid and ask leave room for it (USD/t).
double shown_price(const world::Equilibrium& equilibrium, std::size_t node, double last_price);

}  // namespace lodestone::dynamics
