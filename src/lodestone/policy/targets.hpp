// Which routes a lever acts on, and how limits of several levers meet on one.
#pragma once

#include <vector>

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// Whether the head names a product, or the open product that one of an access class may be used as.
bool targets(const LeverHead& head, const world::World& world, world::ProductId product);

/// Regions that a list option names, of groups the members in `month`. Throws WrongOptions with the option's key.
std::vector<world::RegionId> named_regions(const base::OptionValues& values, const std::string& key,
                                           const world::World& world, base::Month month);

/// The routes of the head's products from its origins to its destinations, ascending.
std::vector<world::ArcId> targeted_arcs(const world::World& world, const LeverHead& head);

/// Lowers a route's limit (t per month) to `limit` and notes whose it is; a limit that is as low already stays its
/// owner's.
void limit_arc(world::Rules& rules, world::ArcId arc, double limit, int lever);

/// Share of what the importer usually uses that comes on a route, or of what comes when that is more.
double share_of_supply(const world::World& world, const world::State& state, world::ArcId arc);

/// A lever that acts on routes.
class ArcLever : public Lever {
 public:
  /// Throws WrongOptions when there is no such route: the lever could do nothing.
  ArcLever(LeverHead head, const world::World& world);
  /// Acts on these routes; there may be none.
  ArcLever(LeverHead head, const world::World& world, std::vector<world::ArcId> arcs);
  [[nodiscard]] const std::vector<world::ArcId>& arcs() const { return arcs_; }
  /// Whoever restricts a route invites others to go past.
  void register_needs(const world::World& world, MarketNeeds& needs) override;
  /// Share of each importer's supply that comes on these routes, times the share of it that is said to be cut.
  void announce(const world::World& world, const world::State& state, double weight,
                std::vector<double>& news) const override;

 protected:
  /// Share of the usual trade on these routes that the lever is said to cut when it is announced, 0..1. An act on
  /// prices cuts nothing.
  [[nodiscard]] virtual double announced_cut(const world::State&) const { return 0; }
  /// Part of it that is said of one of these routes.
  [[nodiscard]] virtual double announced_share(std::size_t /*i*/) const { return 1; }
  /// Adds to `rise` what a change of the price on these routes is to their importers: their share of the supply times
  /// `change`.
  void foresee_change(const world::World& world, const world::State& state, double change,
                      std::vector<double>& rise) const;
  /// What a route would carry without the lever, t per month: at least what was usual when the lever began, as far as
  /// the destination still uses what it used then. To be called in every month in force.
  double without_it(const world::World& world, const world::State& state, std::size_t i);
  /// Notes that a route may carry `allowed` (t) of `wanted` this month; of several levers the strictest counts. On
  /// routes that leave the actor's own country it is also withheld.
  void refuse(std::size_t i, double wanted, double allowed, world::Rules& rules) const;

 private:
  std::vector<world::ArcId> arcs_;
  std::vector<bool> own_export_;                  // per arc: it leaves the actor's own country
  std::vector<double> flow_before_, use_before_;  // per arc: usual flow, use at the destination when the lever began
};

}  // namespace lodestone::policy
