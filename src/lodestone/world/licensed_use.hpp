// Licences that are bound to end users: who holds one pays the price at the origin and what it costs to bring the
// goods, and may not sell them on; the rest of a place's use meets the spot market. Source: docs/model.md section 3.27.
#pragma once

#include <cstddef>
#include <vector>

#include "lodestone/world/state.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::world {

/// What holders of licences use in a month, worked out before it clears from last month's prices.
struct LicensedUse {
  struct Place {        // a node
    double price = 0;   // USD/t that holders pay, duty paid; 0 = nobody holds a licence
    double orders = 0;  // t that they would have set out for them this month
    double goods = 0;   // t that are theirs this month: in store and arriving
    double prompt = 0;  // t of these that set out and arrive this month, as far as they are shipped
    double wanted = 0;  // t that all users here would use at that price
    double share = 0;   // of what is wanted, 0..1: what licences cover
    double left = 0;    // t that holders will not use this month and may not sell on
  };
  struct Plant {
    double activity = 0;  // t of activity on licensed inputs
    double cost = 0;      // USD per t of that activity: what those inputs cost
    double saving = 0;    // USD per t of that activity: what they would have cost at last month's spot price, less that
  };
  std::vector<Place> places;  // nodes
  std::vector<Plant> plants;  // facilities

  /// Of a segment: t that its licensed users use this month, and the share of its users that they are.
  struct Slice {
    double quantity = 0, share = 0;
  };
  [[nodiscard]] Slice of(const World& world, const State& state, std::size_t segment) const;
  /// Whether those who hold licences pay the licensed price here.
  [[nodiscard]] bool covers(std::size_t node) const { return places[node].share > 0; }
};

/// `bound`: routes that levers may bind to end users. Allocates nothing after the first call.
void work_out_licensed_use(const World& world, const State& state, const Rules& rules, const std::vector<ArcId>& bound,
                           LicensedUse& out);

}  // namespace lodestone::world
