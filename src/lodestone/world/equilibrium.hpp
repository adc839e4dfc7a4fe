// A cleared month in the words of the domain.
#pragma once

#include <vector>

#include "lodestone/market/certificate.hpp"
#include "lodestone/market/solver.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::world {

struct Equilibrium {
  std::vector<double> price;  // nodes, USD/t: marginal (spot) price; meaningful only where quote.traded
  std::vector<double>
      forward_price;  // nodes, USD/t: of goods bought now that arrive after a lag; 0 where there are none
  std::vector<market::Quote> quote;  // nodes: bid and ask where nothing is traded
  std::vector<double> arc_flow;      // arcs, t shipped this month
  std::vector<double> arc_rent;      // arcs, USD/t: shadow price of the arc's own limit (licence, ban)
  std::vector<double> arc_fob;  // arcs, USD/t: price on leaving the origin with its taxes and quota rents; without what
                                // a licence for the route is worth, which is not for sale
  std::vector<double> arc_promised;   // arcs, t of it under contracts
  std::vector<double> arc_claim;      // arcs, USD/t: what deliveries cost above what they fetch, borne to avoid damages
  std::vector<double> evaded_flow;    // arcs, t shipped this month past a restriction on the arc
  std::vector<double> evasion_rent;   // arcs, USD/t: shadow price of the capacity of those who evade
  std::vector<double> licensed_flow;  // arcs, t shipped this month to holders of bound licences
  std::vector<double> licensed_price;  // nodes, USD/t that holders pay; 0 where nobody holds a licence
  std::vector<double> licensed_use;    // nodes, t that holders use this month
  std::vector<double> licensed_left;   // nodes, t that are theirs after it
  std::vector<double> weighted_price;  // nodes, USD/t: mean of what users pay, licensed and spot
  std::vector<double> group_rent;      // group limits (quotas), USD/t
  std::vector<double> activity;        // facilities, t of activity
  std::vector<double>
      capacity_rent;  // facilities, USD/t of activity: margin above the cost of the last step at full capacity
  std::vector<double> consumption;         // segments, t
  std::vector<double> stock_release;       // stocks, t put on the market (purchases negative)
  std::vector<double> government_release;  // releases, t (purchases negative)
  market::Certificate certificate;
  market::Work work;
};

}  // namespace lodestone::world
