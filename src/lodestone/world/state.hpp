// What moves: one slice per mechanism, each owned and advanced by one file of dynamics/. Masses in t, flows in t per
// month, prices in USD/t.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::world {

/// What working stocks would buy, as a falling function of this month's price: at price[k] (ascending) the desired
/// net purchase is -release_limit + held_back[k]; held_back falls to 0 at the last price.
struct StockCurve {
  static constexpr std::size_t kPoints = 9;
  std::array<double, kPoints> price{};      // USD/t, strictly ascending
  std::array<double, kPoints> held_back{};  // t per month, strictly falling to 0
  double release_limit = 0;                 // t that can be put on the market this month
};

/// What a node orders for arrival, as a falling function of the price on arrival: linear between its points, constant
/// below the first, nothing from the last on.
struct OrderCurve {
  static constexpr std::size_t kPoints = 9;
  std::array<double, kPoints> price{};     // USD/t, strictly ascending where anything is ordered
  std::array<double, kPoints> quantity{};  // t per month, falling to 0
};

/// Goods under way: one ring of `lag` months per carrier (arc or facility); slot 0 arrives this month.
class Pipeline {
 public:
  void resize(const std::vector<int>& lags);
  [[nodiscard]] double arriving(std::size_t carrier) const;  // 0 when the lag is 0
  void fill(std::size_t carrier, double quantity);           // every slot: a steady state
  /// Moves everything one month on and books `entering` (per carrier) at the far end; carriers without lag ignore it.
  void advance(const std::vector<double>& entering);
  [[nodiscard]] double under_way(std::size_t carrier) const;  // t in all slots

 private:
  std::vector<std::size_t> start_;  // carriers + 1
  std::vector<double> slots_;
};

struct State {
  base::Month month;
  // plants: what the month clears with
  std::vector<double> capacity;   // per facility, t of activity per month that can run
  std::vector<double> cash_cost;  // per facility, USD per t of activity
  // expectations
  std::vector<double> last_price;    // nodes
  std::vector<double> normal_price;  // nodes
  // transit
  Pipeline at_sea;      // per arc, t of product
  Pipeline in_process;  // per facility, t of activity
  // stocks
  std::vector<double> stock;            // per World::stocks, t
  std::vector<StockCurve> stock_curve;  // per World::stocks; working stocks only
  // plans
  std::vector<double> planned_use;    // nodes, t per month: processing and shipments that buyers plan for
  std::vector<double> prompt_supply;  // nodes, t per month: what usually comes without a lag
  std::vector<double> usual_use;      // nodes, t per month: planned use, and final use at base-year prices
  // orders
  std::vector<double> worth;            // nodes, USD/t: what products made of the good would pay for it
  std::vector<double> final_use;        // nodes, t per month: final demand at the normal price
  std::vector<double> expected_stock;   // nodes, t in store when goods ordered now arrive
  std::vector<OrderCurve> order_curve;  // nodes; empty where nothing arrives after a lag
  // demand
  std::vector<double> demand_level;  // per segment: slow response, 1 in the base year
  // switching
  std::vector<double> usual_flow;  // per arc, t per month
};

/// What governments decided for this month: made by policy/, read by the translation into a market.
struct Rules {
  std::vector<double> arc_limit;          // per arc, t per month; kUnlimited = free, 0 = banned
  std::vector<int> arc_limit_lever;       // per arc: index of the lever that sets the limit, -1 = none
  std::vector<double> arc_export_tax;     // per arc, ad valorem on the price at the origin (FOB)
  std::vector<double> arc_import_tariff;  // per arc, ad valorem on the landed price (CIF), above the standing duty
  std::vector<double> activity_limit;     // per facility, t of activity per month
  std::vector<double> group_limit;        // per group limit of the market, t per month
  std::vector<double> release;            // per government release of the market, t this month
  std::vector<double> release_floor;      // per government release: lowest price accepted, USD/t
};

}  // namespace lodestone::world
