// Rules that hold between rows and between files. Each check runs only when the files it reads are free of errors in
// their cells, so that one wrong cell is one error.
#pragma once

#include <map>
#include <string>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/table_reader.hpp"
#include "lodestone/dataset/tables.hpp"

namespace lodestone::dataset {

/// Runs every check of the list in checks.cpp.
void check_together(const RawDataset& raw, std::map<std::string, FileState> files, base::Diagnostics& diagnostics);

// The chain: what is made from what.
void check_compositions(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_recipes(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_mass_balance(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_supply(const RawDataset& raw, base::Diagnostics& diagnostics);

// Facilities: what each can do and does, what aggregates cover, who holds them.
void check_facilities(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_parents(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_construction(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_reserves(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_stakes(const RawDataset& raw, base::Diagnostics& diagnostics);

// Demand.
void check_end_uses(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_lifetimes(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_demand_shares(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_substitution(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_industries(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_alignment(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_chronicle(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_demand_growth(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_demand_totals(const RawDataset& raw, base::Diagnostics& diagnostics);

// Prices, routes and the rest.
void check_groups(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_prices(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_fx(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_deflator(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_money(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_taxes(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_freight(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_trade(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_access(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_stocks(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_parameters(const RawDataset& raw, base::Diagnostics& diagnostics);
void check_published(const RawDataset& raw, base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
