// Where a future's months go: a file, a table in memory, nowhere. The engine knows no files.
#pragma once

#include <string>

#include "lodestone/world/equilibrium.hpp"
#include "lodestone/world/month_market.hpp"
#include "lodestone/world/reactions.hpp"
#include "lodestone/world/state.hpp"

namespace lodestone::simulation {

/// Money of one month, USD. Every payment has a payer and a payee: the sum over all is 0.
struct Accounts {
  double consumers = 0;  // paid by final users (negative)
  double producers = 0;  // of all facilities: sales minus purchases, support and premiums less royalties, before costs
  double traders = 0;    // sales of goods that arrived minus purchases, freight, taxes and rents of goods shipped
  double stockholders = 0;  // working stocks: releases minus purchases
  double governments = 0;   // taxes on trade, royalties, sales from government stocks, less what plants are paid
  double carriers = 0;      // freight
  double rent_owners = 0;   // licences and quotas
  double middlemen = 0;     // what it costs to go past a restriction, and what is earned by it
  double imbalance = 0;     // what does not add up (0 up to rounding)
};

/// Mass of one month, t, summed over nodes: largest |in - out - disposed| relative to the node's turnover.
struct MassBalance {
  double worst_node = 0;   // relative
  double worst_stock = 0;  // |stock after - (before - released)|, t
};

/// One cleared month; references hold until the next month is begun.
struct MonthRecord {
  base::Month month;
  const world::World& world;
  const world::MonthMarket& market;
  const world::State& before;  // as the month cleared (expectations, stocks at opening)
  const world::Rules& rules;
  const world::Equilibrium& equilibrium;
  const std::vector<double>& stock_after;  // per World::stocks, t
  const Accounts& accounts;
  const MassBalance& mass;
  const world::State& after;  // moved on to the next month
  const world::ReactionsMonth& reactions;
};

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void month(const MonthRecord& record) = 0;
};

}  // namespace lodestone::simulation
