// The base year in its parts: each fills one subject of the world, in the order below. Source: docs/base_year.md.
#pragma once

#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/specificity.hpp"
#include "lodestone/dataset/tables.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::dataset {

/// World demand for a product outside the chain, t per month.
struct ProductDemand {
  const DemandTotalRow* row = nullptr;  // null when the product has no final demand
  double stated = 0;                    // the figure, or what stated production leaves
  double error = 0;                     // standard error; infinite when there is no figure
  double surplus = 0;                   // what stated production leaves beyond it and nobody wants
  double left = 0;                      // what stated production leaves
};

/// A region's share of the world demand for a product.
struct DemandShare {
  world::RegionId region;
  double part = 0;                        // of world demand
  double error = 0;                       // standard error as a share of it; those of its end uses go together
  const DemandShareRow* first = nullptr;  // the first of its rows
};

/// What the parts hand to each other. Quantities in t per month, per node.
struct BaseYear {
  const RawDataset& raw;
  world::World& world;
  base::Diagnostics& diagnostics;
  Places places;
  std::vector<double> made, processed, consumed;  // production, use in the chain, final demand
  std::vector<double> surplus;                    // made and thrown away: the product has no more users
  std::vector<bool> may_make, may_use;            // a plant (idle, being built, planned: no matter) or a final user
  std::vector<double> imported, exported;         // in the base year
  std::vector<const TradeRow*> known;             // per arc: its row in trade.csv, null when there is none
  std::vector<double> quote;                      // per product, USD/t: mean of its quotes without VAT
  std::vector<ProductDemand> demand;              // per product
  std::vector<double> stated_activity;            // per facility: its figure, t per month
};

// base_quantities.cpp: what is made and processed at the facilities' present activity.
void find_places(BaseYear& base);
void count_quantities(BaseYear& base);
/// What the facilities make less what they process, over all regions.
double left_over(const world::World& world, world::ProductId product);
/// What they make of it.
double made_of(const world::World& world, world::ProductId product);
// base_demand.cpp: final demand by region and end use. Prices are filled in by price_segments.
void add_segments(BaseYear& base);
void price_segments(BaseYear& base);
/// By region, in the order of regions.csv.
std::vector<DemandShare> demand_shares(const BaseYear& base, world::ProductId product);
// base_routes.cpp: the possible routes with freight, time at sea and standing taxes.
void add_routes(BaseYear& base);
/// VAT of a region on a product, as a fraction; null when taxes.csv has no row.
const TaxRow* vat_of(const BaseYear& base, const std::string& product, const std::string& region);
// base_reconcile.cpp: figures of output, demand and trade moved together until every node can balance.
/// False when they cannot be made to. Flows that no source gives are left open.
bool reconcile(BaseYear& base);
// base_trade.cpp: flows of the base year.
/// Finds the route of each flow in trade.csv.
void match_known_flows(BaseYear& base);
/// Fills the flows that no source gives.
void balance_trade(BaseYear& base);
/// Imports and exports of every node.
void count_trade(BaseYear& base);
/// Why the figures cannot be made to balance: who gets too little, and who cannot get rid of what.
void report_unbalanced(BaseYear& base);
// base_moves.cpp: which figures moved, and warnings where they moved far.
void note_moves(BaseYear& base);
// base_prices.cpp: node prices.
void average_quotes(BaseYear& base);
void price_nodes(BaseYear& base);
/// Price at the destination that just pays for a tonne bought at `price` at the origin (USD/t), without wedge.
double landed_cost(const world::Arc& arc, double price);
/// The inverse: the price at the origin that a price at the destination leaves.
double netback(const world::Arc& arc, double price);
// base_access.cpp: goods of access classes, beside the open ones.
void split_access_classes(BaseYear& base);
// base_scrap.cpp: lifetimes, and where goods that nobody uses any more are collected.
void add_collection(BaseYear& base);
// base_industries.cpp: what stands behind end uses.
void add_industries(BaseYear& base);
// base_ore.cpp: what is in the ground under the mines.
void add_reserves(BaseYear& base);
// base_wedges.cpp: what makes used routes break even and unused ones not pay; cost of switching.
void calibrate_routes(BaseYear& base);
// base_contracts.cpp: what routes carry between plants of one operator, and under contracts of a term.
void add_contracts(BaseYear& base);
// base_supply.cpp: supply curves of facilities.
void calibrate_facilities(BaseYear& base);
// base_growth.cpp: paths on which demand moves with time.
void add_growth(BaseYear& base);
// base_stocks.cpp: stocks at the start.
void add_stocks(BaseYear& base);

/// Standard error of a figure as a share of it, by its confidence (docs/base_year.md).
double relative_error(world::Confidence confidence);
/// A figure that follows from others: as weak as the weakest of them, known when the last of them was.
world::Provenance derived_from(const std::string& how, const std::vector<const world::Provenance*>& figures);

}  // namespace lodestone::dataset
