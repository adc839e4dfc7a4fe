// A dataset as it stands in its files: typed rows, converted to the model's units (t, t per month, USD per t, shares as
// fractions), names still as text. Source: docs/data.md.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/distribution.hpp"
#include "lodestone/dataset/table_spec.hpp"

namespace lodestone::dataset {

struct RegionRow : Row {
  std::string id, name;
  bool rest = false;
};

struct GroupRow : Row {  // membership holds from provenance.valid_from to provenance.valid_to
  std::string group, name, region;
};

struct ElementRow : Row {
  std::string id, name;
};

struct ProductRow : Row {
  std::string id, name;
  world::Stage stage = world::Stage::mining;
  std::string basis;
};

struct CompositionRow : Row {
  std::string product, element;
  double share = 0;  // t of oxide equivalent per t of product, as written: not yet normalised
};

struct ProcessRow : Row {
  std::string id, name;
  world::Stage stage = world::Stage::mining;
  int lag_months = 0;
};

struct RecipeRow : Row {
  std::string process;
  bool output = false;
  std::string product;
  double amount = 0;  // t per t of activity, > 0
};

struct FacilityRow : Row {
  std::string id, name, region, process, owner_operator, control;
  bool aggregate = false;
  world::FacilityStatus status = world::FacilityStatus::operating;
  world::CapacityKind kind = world::CapacityKind::nameplate;
  std::string parent;                 // an aggregate that includes this one; empty when none does
  std::optional<base::Period> opens;  // of what is being built or planned
  double capacity = 0;                // t of activity per month; an aggregate's holds all that it covers
  double base_output = 0;             // t of activity per month, <= capacity
  double cash_cost = 0;               // USD per t of activity
  /// Stands in the base year, running or idle.
  [[nodiscard]] bool in_place() const { return status <= world::FacilityStatus::suspended; }
};

/// What it takes to build, of one stage in one place.
struct ConstructionRow : Row {
  world::Stage stage = world::Stage::mining;
  std::string region;    // id, group or "all"
  double capex = 0;      // USD per t of activity a year
  int build_months = 0;  // from the decision to the first ore or feed
  int ramp_months = 0;   // from there to full capacity
  double labour = 0;     // workers per 1,000 t of activity a year
};

struct PermitRow : Row {
  bool plant = false;  // else a mine
  std::string region;  // id, group or "all"
  int months = 0;      // from application to permit
};

struct CountryRiskRow : Row {
  std::string region;  // id, group or "all"
  double premium = 0;  // on the cost of capital, fraction a year
};

/// What is in the ground, of the mines in one place that make one product.
struct ReservesRow : Row {
  std::string region, product;     // region: id, group or "all"; product may be "all"
  std::optional<double> reserves;  // t of the product's basis, of all of them together
  std::optional<double> years;     // or years of each one's capacity
  double replaced = 0;             // of the base year's output, the share that exploration replaces
};

/// How long an end use keeps what it buys.
struct LifetimeRow : Row {
  std::string product, end_use;
  double mean = 0, shape = 0;  // years; 1
  double growth = 0;           // of past purchases, fraction a year
  std::string scrap;           // what it comes back as
  double yield = 0;            // t of it per t of product
};

/// What it costs to meet the strictest rules on the environment, of one stage in one place.
struct EnvironmentRow : Row {
  world::Stage stage = world::Stage::mining;
  std::string region;     // id, group or "all"
  double compliance = 0;  // USD per t of activity, beyond what is paid today
};

struct GovernanceRow : Row {
  std::string region;  // id, group or "all"
  double score = 0;    // 0..1
};

/// What investors of one camp ask of a host of another.
struct BlocRiskRow : Row {
  std::string investor, host;  // id, group or "all"
  double premium = 0;          // on the cost of capital, fraction a year
};

/// Which industry stands behind an end use, in one place.
struct IndustryRow : Row {
  std::string end_use, region, sector;  // region: id, group or "all"
  double share = 0;                     // of the sector's value added
  double substitutable = 0;             // of what is missing, the share that it can do without at once
};

struct ValueAddedRow : Row {
  std::string sector, region;  // region: id, group or "all"
  double value_added = 0;      // USD a month, of all regions that the row speaks for together
};

/// How far a place belongs to the camp of a leader.
struct AlignmentRow : Row {
  std::string camp, leader, region;  // region: id, group or "all"
  double membership = 0;             // 0..1
};

struct StakeRow : Row {  // held from provenance.valid_from to provenance.valid_to
  std::string facility, owner, owner_region;
  double share = 0;  // fraction
};

struct EndUseRow : Row {
  std::string product, end_use;
  double share = 0;  // of the product's world demand outside the chain; sums to 1 per product
  double short_elasticity = 0, long_elasticity = 0;  // < 0
  double choke_multiple = 0;                         // > 1
};

struct DemandShareRow : Row {
  std::string product, end_use, region;
  double share = 0;  // of the end use's world demand; sums to 1 per (product, end use)
};

enum class DemandRule { balance, fixed };

struct DemandTotalRow : Row {
  std::string product;
  DemandRule rule = DemandRule::balance;
  std::optional<double> quantity;  // t per month; present when the rule is `fixed`
};

/// How much of a use can be designed out, whatever the price.
struct SubstitutionRow : Row {
  std::string product, end_use;  // may be "all"
  double limit = 0;              // share of the use
};

/// How demand moves with time on a path that a scenario may choose: from provenance.valid_from to valid_to.
struct GrowthRow : Row {
  std::string path, product, end_use, region;  // product and end use may be "all"; region an id, a group or "all"
  double rate = 0;                             // a year, fraction
};

enum class Incoterm { exw, fob, cif };

struct PriceRow : Row {
  std::string product, region;
  base::Period date;  // the days that the quote speaks for
  double quoted = 0;  // per t in `currency`, as quoted: VAT and duty as stated
  std::string currency;
  double price = 0;  // constant 2024 USD per t, VAT and duty as stated: see money.hpp
  Incoterm incoterm = Incoterm::exw;
  bool vat_included = false, duty_included = false;
  bool real = false;  // stated in money of 2024 rather than of its date
  std::string grade;
};

struct FxRow : Row {
  std::string currency;
  base::Period period;  // a year or a month
  double rate = 0;      // units of the currency per USD, average of the period
  std::string unit;
};

struct DeflatorRow : Row {
  int year = 0;
  double index = 0;  // price level of the dollar
  std::string unit;  // such as 2024=100
};

enum class TaxKind { vat, export_vat, export_duty, import_tariff };

struct TaxRow : Row {
  TaxKind kind = TaxKind::vat;
  std::string product, from, to;  // product may be "all"; regions may be groups or "all"
  double rate = 0;                // ad valorem, fraction
};

struct FreightRow : Row {
  std::string product, from, to;  // "all", groups and ids; the most specific row wins (product, then from, then to)
  double freight = 0;             // USD per t
  int lag_months = 0;
};

struct TradeRow : Row {
  std::string product, from, to;
  double flow = 0;  // t per month
};

struct ArcRow : Row {
  std::string product, from, to;  // as in FreightRow
  bool open = true;
};

/// A product that some users accept from certain origins only.
struct AccessRow : Row {
  std::string access, product;
  std::string excluded;        // origins that may not serve the class: region or group
  std::string end_use, users;  // who insists on it: an end use in a region, group or all; empty: only makers of others
  std::optional<double> use_share;  // of that use: how much of it insists
  bool in_force = false;            // the rule holds; else any origin serves until a lever says otherwise
  double qualified = 0;             // share of the plants in place elsewhere that is kept apart for the class
  double downgrade_cost = 0;        // of a good of the class sold as an open one, as a share of its price
  double leakage = 0;               // most that passes from excluded origins, as a share of what the class could use
  double leakage_cost = 0;          // as a share of the price
};

struct StockRow : Row {
  std::string product, region;  // product may be "all"; region may be a group or "all"
  world::Holder holder = world::Holder::working;
  std::optional<double> cover_months;  // present for all but government stocks
  std::optional<double> quantity;      // t; present for government stocks, where known for commercial ones
};

struct ParameterRow : Row {
  std::string id, unit, meaning;
  double value = 0, low = 0, high = 0;  // low <= value <= high
};

enum class UncertainKind {
  parameter,
  short_elasticity,
  long_elasticity,
  choke_price,
  cash_cost,
  stock_cover,
  capex,
  build_time,
  permit_time,
  country_premium,
  expectation_rule,
  stock_rule,
  evasion_rule,
  substitution
};
/// As files write them, in the order of UncertainKind.
inline constexpr std::array<std::string_view, 14> kUncertainKindNames{
    "parameter",    "short-elasticity", "long-elasticity", "choke-price",     "cash-cost",        "stock-cover",
    "capex",        "build-time",       "permit-time",     "country-premium", "expectation-rule", "stock-rule",
    "evasion-rule", "substitution"};

struct UncertaintyRow : Row {
  UncertainKind kind = UncertainKind::parameter;
  std::string of;  // parameter, end use, stage, product, mine or plant, region; or "all"
  base::Shape shape = base::Shape::triangular;
  double low = 0, central = 0, high = 0;  // a parameter's values, else factors
  std::string group, meaning;
  std::optional<double> correlation;  // present with a group
};

/// The stages as files write them, in the order of world::Stage.
std::vector<std::string> stage_names();

struct PublishedShareRow : Row {
  std::string stage, measure, region;
  int year = 0;
  double share = 0;
};

/// An act or an outcome of the chronicle: docs/chronicle.md. Its dates are provenance.valid_from to valid_to.
struct EventRow : Row {
  std::string event, actors, targets, materials;  // several joined by ';'
  std::string stage, act, magnitude, unit;        // in the chronicle's own words
  world::EventStatus status = world::EventStatus::not_mappable;
  std::string reason, series, summary;
};

/// An overlay that lies on the dataset.
struct OverlayFacts {
  std::string id, title;
};

struct RawDataset {
  std::string folder;  // as given
  std::string id, title;
  int base_year = 0;
  int usual_year = 0;                       // the one of dataset.toml
  std::vector<int> base_years;              // all that the files have figures for, in order; base_year is one of them
  std::vector<OverlayFacts> overlays;       // from below
  std::optional<base::Date> as_of;          // what was published later is left out
  std::map<std::string, LeftOut> left_out;  // per file
  std::string hash;                         // SHA-256 over names and bytes of the files, lower-case hexadecimal
  std::vector<RegionRow> regions;
  std::vector<GroupRow> groups;
  std::vector<ElementRow> elements;
  std::vector<ProductRow> products;
  std::vector<CompositionRow> compositions;
  std::vector<ProcessRow> processes;
  std::vector<RecipeRow> recipes;
  std::vector<FacilityRow> facilities;
  std::vector<StakeRow> stakes;
  std::vector<ConstructionRow> construction;
  std::vector<PermitRow> permits;
  std::vector<CountryRiskRow> country_risk;
  std::vector<ReservesRow> reserves;
  std::vector<LifetimeRow> lifetimes;
  std::vector<EnvironmentRow> environment;
  std::vector<GovernanceRow> governance;
  std::vector<BlocRiskRow> bloc_risk;
  std::vector<IndustryRow> industries;
  std::vector<ValueAddedRow> value_added;
  std::vector<AlignmentRow> alignment;
  std::vector<EndUseRow> end_uses;
  std::vector<DemandShareRow> demand_shares;
  std::vector<DemandTotalRow> demand_totals;
  std::vector<SubstitutionRow> substitution;
  std::vector<GrowthRow> demand_growth;
  std::vector<PriceRow> prices;         // of the base year
  std::vector<PriceRow> price_history;  // of other times
  std::vector<FxRow> fx;
  std::vector<DeflatorRow> deflator;
  std::vector<TaxRow> taxes;
  std::vector<FreightRow> freight;
  std::vector<TradeRow> trade;          // of the base year
  std::vector<TradeRow> trade_history;  // of other times: provenance.valid_from to valid_to
  std::vector<ArcRow> arcs;
  std::vector<AccessRow> access_classes;
  std::vector<StockRow> stocks;
  std::vector<ParameterRow> parameters;
  std::vector<UncertaintyRow> uncertainty;
  std::vector<PublishedShareRow> published_shares;
  std::vector<EventRow> events;
  std::vector<world::TomlText> chronicle_levers;  // chronicle/levers.toml, the dataset's and those of overlays
  std::vector<world::TomlText> actors;            // actors/*.toml by name; an overlay's takes the place of one below
  std::vector<std::string> all_products, all_facilities, all_events;  // ids, those of other times and known later too
};

}  // namespace lodestone::dataset
