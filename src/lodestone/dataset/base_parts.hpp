// The base year in its parts: each fills one subject of the world, in the order below. Source: docs/base_year.md.
#pragma once

#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/specificity.hpp"
#include "lodestone/dataset/tables.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dataset {

/// What the parts hand to each other. Quantities in t per month, per node.
struct BaseYear {
  const RawDataset& raw;
  world::World& world;
  base::Diagnostics& diagnostics;
  Places places;
  std::vector<double> made, processed, consumed;  // production, use in the chain, final demand
  std::vector<double> surplus;                    // made and thrown away: the product has no more users
  std::vector<bool> may_make, may_use;            // a plant, even an idle one, or a final user stands here
  std::vector<double> imported, exported;         // in the base year
  std::vector<const TradeRow*> known;             // per arc: its row in trade.csv, null when there is none
  std::vector<double> quote;                      // per product, USD/t: mean of its quotes without VAT
};

// base_quantities.cpp: what is made and processed. Small imbalances of goods without final demand are reconciled.
void count_quantities(BaseYear& base);
// base_demand.cpp: final demand by region and end use. Prices are filled in by price_segments.
void add_segments(BaseYear& base);
void price_segments(BaseYear& base);
// base_routes.cpp: the possible routes with freight, time at sea and standing taxes.
void add_routes(BaseYear& base);
/// VAT of a region on a product, as a fraction; null when taxes.csv has no row.
const TaxRow* vat_of(const BaseYear& base, const std::string& product, const std::string& region);
// base_trade.cpp: flows of the base year.
void balance_trade(BaseYear& base);
// base_prices.cpp: node prices.
void average_quotes(BaseYear& base);
void price_nodes(BaseYear& base);
/// Price at the destination that just pays for a tonne bought at `price` at the origin (USD/t), without wedge.
double landed_cost(const world::Arc& arc, double price);
/// The inverse: the price at the origin that a price at the destination leaves.
double netback(const world::Arc& arc, double price);
// base_wedges.cpp: what makes used routes break even and unused ones not pay; cost of switching.
void calibrate_routes(BaseYear& base);
// base_supply.cpp: supply curves of facilities.
void calibrate_facilities(BaseYear& base);
// base_stocks.cpp: stocks at the start.
void add_stocks(BaseYear& base);

/// A figure that follows from others: as weak as the weakest of them, known when the last of them was.
world::Provenance derived_from(const std::string& how, const std::vector<const world::Provenance*>& figures);

}  // namespace lodestone::dataset
