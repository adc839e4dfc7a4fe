// Which routes a lever acts on, and how limits of several levers meet on one.
#pragma once

#include <vector>

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// Whether the head names a product, or the open product that one of an access class may be used as.
bool targets(const LeverHead& head, const world::World& world, world::ProductId product);

/// The routes of the head's products from its origins to its destinations, ascending.
std::vector<world::ArcId> targeted_arcs(const world::World& world, const LeverHead& head);

/// Lowers a route's limit (t per month) to `limit` and notes whose it is; a limit that is as low already stays its
/// owner's.
void limit_arc(world::Rules& rules, world::ArcId arc, double limit, int lever);

/// A lever that acts on routes.
class ArcLever : public Lever {
 public:
  /// Throws WrongOptions when there is no such route: the lever could do nothing.
  ArcLever(LeverHead head, const world::World& world);
  [[nodiscard]] const std::vector<world::ArcId>& arcs() const { return arcs_; }

 private:
  std::vector<world::ArcId> arcs_;
};

}  // namespace lodestone::policy
