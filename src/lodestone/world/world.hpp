// What exists: the domain of a run. Constant once built. Mass is tonnes of the product's stated basis per month, money
// constant 2024 USD, time calendar months. Source: docs/model.md section 1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/id.hpp"
#include "lodestone/world/chronicle.hpp"

namespace lodestone::world {

using RegionId = base::Id<struct RegionTag>;
using ProductId = base::Id<struct ProductTag>;
using ElementId = base::Id<struct ElementTag>;
using ProcessId = base::Id<struct ProcessTag>;
using FacilityId = base::Id<struct FacilityTag>;
using SegmentId = base::Id<struct SegmentTag>;
using ArcId = base::Id<struct ArcTag>;
using StockId = base::Id<struct StockTag>;

/// How well a figure is known. `assumed`: no publication gives the number.
enum class Confidence { high, medium, low, assumed };
std::string to_string(Confidence confidence);

/// Where a figure comes from and when it holds.
struct Provenance {
  std::string source;
  Confidence confidence = Confidence::assumed;
  bool derived = false;   // arithmetic on quoted figures, gravity, balancing
  bool recalled = false;  // "recalled, unverified"
  base::Date valid_from, valid_to{2200, 12, 31}, known_from;
  base::Place place;
  std::string overlay;  // id of the overlay that it comes from; empty for the dataset itself
  /// Rests on an assumption rather than on a document: assumed or recalled.
  [[nodiscard]] bool assumed() const { return confidence == Confidence::assumed || recalled; }
};

struct Region {
  std::string id, name;   // "CHN", "China"
  bool rest = false;      // an aggregate of countries
  double governance = 1;  // 0..1, how well it is governed; 1 = nobody says, and no protest is modelled
};

struct Membership {
  RegionId region;
  base::Date from, to;
};

struct Group {
  std::string id, name;  // "EU27"
  std::vector<Membership> members;
};

struct Element {
  std::string id, name;
};

/// In the order of the chain. Recycling gives back products of earlier stages; access makes nothing: there goods pass
/// from one access class to another.
enum class Stage { mining, separation, finishing, metal, magnet, recycling, access };
std::string to_string(Stage stage);

struct Product {
  std::string id, name;
  Stage stage = Stage::mining;  // the stage that makes it; of scrap the one that takes it: recycling
  std::string basis;            // "REO", "NdFeB"
  std::vector<double> content;  // per element: t of element (oxide equivalent) per t of product
  Provenance provenance;
  std::string access;  // the access class that it is kept apart for; empty: open to everybody
  ProductId open;      // the open product that it may be used as; invalid when it is open itself
};

struct RecipeItem {
  ProductId product;
  double amount = 0;  // t per t of activity, > 0
};

/// A recipe per unit of activity. The sum over outputs of every element is at most that over inputs.
struct Process {
  std::string id, name;
  Stage stage = Stage::mining;
  std::vector<RecipeItem> inputs, outputs;
  int lag = 0;  // months between input and output
  Provenance provenance;
};

/// Only what operates runs in the base year; a suspended plant is idle capacity, the others have none yet.
enum class FacilityStatus { operating, suspended, building, planned };
std::string to_string(FacilityStatus status);

/// What a capacity figure is: what the plant can do, may do by permit or by quota, or did; or what comes along with
/// another product (copper, nickel), whatever this one pays.
enum class CapacityKind { nameplate, permit, quota, output, by_product };
std::string to_string(CapacityKind kind);

/// Not a plant, but where goods pass from one access class to another in a region: goods of a class used as open ones;
/// open goods into a class that accepts any origin yet; open goods that get in all the same. Or where goods that nobody
/// uses any more are collected as scrap.
enum class Transfer { none, downgrade, any_origin, leakage, collection };

/// A holding in a facility, on the days from `held.from` to `held.to`.
struct Stake {
  std::string owner;
  RegionId owner_region;
  double share = 0;  // 0..1
  base::Period held;
  Provenance provenance;
};

/// What it takes to build a plant of its stage where it stands, and to run it.
struct Construction {
  double capex = 0;            // USD per t of activity a year
  int permit_months = 0;       // from application to permit
  int build_months = 0;        // from the decision to the first output
  int ramp_months = 0;         // from there to full capacity
  double labour = 0;           // workers per t of activity a month
  double country_premium = 0;  // on the cost of capital, fraction a year
  double bloc_premium = 0;     // more of it, because investor and host stand in different camps
  Provenance provenance;       // of the weakest of these
};

/// What is in the ground under a mine.
struct Ore {
  double reserves = 0;  // t of activity from the start on; 0 = nobody says, and it does not end
  double replaced = 0;  // of the base year's output, the share that exploration replaces
  Provenance provenance;
};

/// A plant or mine, or a country aggregate where no plant is known. An aggregate is what its children leave of it.
struct Facility {
  std::string id, name;
  RegionId region;
  ProcessId process;
  std::string owner_operator;
  RegionId control;  // control by operator
  bool aggregate = false;
  FacilityStatus status = FacilityStatus::operating;
  CapacityKind capacity_kind = CapacityKind::nameplate;
  FacilityId parent;                  // the aggregate that includes this one; invalid when none does
  std::optional<base::Period> opens;  // when one that is being built or planned is expected
  double planned_capacity = 0;        // t of activity per month, of one that is being built or planned
  std::vector<Stake> stakes;          // in the order of the file
  Construction construction;          // zeros when the dataset does not say; given for what is built or planned
  Ore ore;                            // of a mine
  double compliance = 0;              // USD per t of activity: to meet the strictest rules on the environment
  Transfer transfer = Transfer::none;
  double capacity = 0;       // t of activity per month, in place in the base year
  double base_activity = 0;  // t of activity per month in the base year, 0 < base_activity <= capacity, or 0
  double cash_cost = 0;      // USD per t of activity, inputs of the chain excluded
  double support = 0;  // USD per t: calibration wedge where the base margin does not cover the cash cost (not money)
  std::vector<double> step_quantity;  // t of activity per month: widths of the supply steps, sum = full_capacity()
  std::vector<double> step_cost;      // step_quantity.size() + 1 marginal costs at the step ends, non-decreasing, USD/t
  Provenance provenance;
  /// False where goods only pass from one access class to another, or come back as scrap.
  [[nodiscard]] bool makes_something() const { return transfer == Transfer::none; }
  /// Built or only planned (t of activity per month): what the supply steps span and a month's capacity is a share of.
  [[nodiscard]] double full_capacity() const { return capacity > 0 ? capacity : planned_capacity; }
  /// Marginal cost of `activity` (USD per t of activity) when `capacity_now` of the full capacity can run at
  /// `cash_cost_now`: the supply steps scaled and shifted; support not taken off.
  [[nodiscard]] double marginal_cost(double activity, double capacity_now, double cash_cost_now) const;
};

/// A demand: constant-elasticity between 0.2 base_price and the choke price.
struct Segment {
  std::string id;
  RegionId region;
  ProductId product;
  std::string end_use;
  double base_quantity = 0;                                // t per month
  double base_price = 0;                                   // USD/t at the segment's node in the base year
  double short_elasticity = -0.1, long_elasticity = -0.4;  // < 0
  double choke_price = 0;                                  // USD/t, > base_price
  double substitution_limit = 1;  // largest share of the use that can be designed out in the long run; 1: no limit
  Provenance provenance;
};

/// The industry of a region that stands behind an end use: what it earns is lost where what it needs is missing.
struct Industry {
  std::string end_use, sector;  // "ev-traction", "MOT"
  RegionId region;
  double value_added = 0;         // USD a month, in the base year
  double substitutable = 0;       // of what is missing, the share that it can do without at once
  std::vector<SegmentId> inputs;  // what it needs, in the order of the segments
  Provenance provenance;
};

/// A camp of states around a leader, with graded membership.
struct Camp {
  std::string id;
  RegionId leader;
  std::vector<double> membership;  // per region, 0..1, at the start
  Provenance provenance;           // of the weakest of these
};

/// How long an end use keeps what it buys (Weibull), and what it gives back then.
struct Lifetime {
  ProductId product;
  std::string end_use;
  double mean = 0, shape = 0;  // years; 1
  double growth = 0;           // of purchases before the start, fraction a year
  ProductId scrap;             // what it comes back as
  double yield = 0;            // t of it per t of product, where it is collected
  Provenance provenance;
};

/// A possible trade route for one product. Prices are per t: the importer's price equals
/// (1+import tariff)((1+export_vat+export tax) price_from + freight) + wedge + switching.
struct Arc {
  ProductId product;
  RegionId from, to;
  double base_flow = 0;   // t per month; 0 = possible but unused in the base year
  double freight = 0;     // USD/t, insurance included
  int lag = 0;            // months at sea
  double export_vat = 0;  // ad valorem on the price at the origin: VAT not refunded on export, and standing export duty
  double base_tariff = 0;  // ad valorem on the landed price (CIF), standing import duty
  double wedge = 0;        // USD/t, calibration wedge or qualification cost (not money)
  double switching = 0;    // USD/t per (t/month): curvature, the cost of switching partners (not money)
  double entry = 0;        // USD/t, part of the wedge: trying out a partner never bought from; falls with use
  double captive = 0;      // share of the base flow that makers ship to plants of their own
  double contracted = 0;   // share of what it carries that is sold under contracts of a term, captive goods included
  Provenance provenance;
};

/// Users and makers; traders; those who bet on a rise with money of their own; governments.
enum class Holder { working, commercial, speculative, government };
std::string to_string(Holder holder);

struct Stock {
  RegionId region;
  ProductId product;
  Holder holder = Holder::working;
  double cover = 0;     // months of use: working, the target; commercial, the most there is room for
  double quantity = 0;  // t at the start
  double room = 0;      // t, commercial: cover times use of the base year
  double money = 0;     // USD at the start, speculative
  Provenance provenance;
};

/// A behavioural parameter with its range.
struct Parameter {
  std::string id, unit;
  double value = 0, low = 0, high = 0;
  Provenance provenance;
};

/// A published share to hold the base year against.
struct PublishedShare {
  std::string stage;    // "mining", "separation", "metal", "magnet"
  std::string measure;  // "REO", "magnet_REE", ...
  RegionId region;
  int year = 0;
  double share = 0;  // 0..1
  Provenance provenance;
};

/// A price as it was quoted, with what it includes: only prices of like bases may be compared.
struct QuotedPrice {
  ProductId product;
  RegionId region;
  base::Period period;
  double price = 0;  // constant 2024 USD per t
  std::string incoterm;
  bool vat_included = false, duty_included = false;
  std::string grade;
  Provenance provenance;
};

/// A flow known for another time than the base year.
struct PastFlow {
  ProductId product;
  RegionId from, to;
  base::Period period;
  double flow = 0;  // t per month
  Provenance provenance;
};

/// A figure of the files that was moved so that the base year balances (docs/base_year.md).
struct MovedFigure {
  std::string what;             // "output of 'mt-weld-mine'"
  std::string unit;             // "t/yr"
  double stated = 0, used = 0;  // in that unit
  double error = 0;             // standard error of the stated figure, in that unit
  Provenance provenance;        // of the stated figure
};

/// A period in which demand grows.
struct GrowthStep {
  base::Month from, end;  // the first month, and the first one no longer in it
  double rate = 0;        // a year, fraction
};

/// A path of demand that a scenario may choose. Where and when no step speaks demand stays as it is.
struct GrowthPath {
  std::string id;                                 // "central"
  std::vector<std::vector<GrowthStep>> segments;  // per segment, in the order of time
};

inline const std::string kNoGrowth = "none";  // the path of a scenario in which demand does not grow

struct World {
  std::string id, title;
  int base_year = 0;
  base::Month start;                  // first month for which the dataset can be run: January of the base year
  std::optional<base::Date> as_of;    // only what was known then went in; nothing: everything
  std::vector<std::string> overlays;  // ids, from below
  std::vector<Region> regions;
  std::vector<Group> groups;
  std::vector<Element> elements;
  std::vector<Product> products;
  std::vector<Process> processes;
  std::vector<Facility> facilities;
  std::vector<Segment> segments;
  std::vector<Lifetime> lifetimes;
  std::vector<Industry> industries;  // by end use, then region; empty: nobody says what stands behind
  std::vector<Camp> camps;           // in the order of the file; empty: alignment is not modelled
  std::vector<Arc> arcs;
  std::vector<Stock> stocks;
  std::vector<Parameter> parameters;
  std::vector<PublishedShare> published;
  std::vector<QuotedPrice> base_quotes;  // of the base year, in the order of the file
  std::vector<QuotedPrice> past_prices;  // of other times, earlier or later
  std::vector<PastFlow> past_flows;
  std::vector<GrowthPath> growth;            // in the order of the file
  std::vector<double> base_price;            // per node, USD/t
  std::vector<Provenance> price_provenance;  // per node
  std::vector<MovedFigure> moved;            // by the reconciliation of the base year, in the order of the files
  Chronicle chronicle;                       // what happened; empty when the dataset has none
  std::vector<TomlText> actors;              // one file each; policy/actor.hpp reads them
  std::string hash;                          // of the files it was read from

  /// Nodes are (product, region) pairs, product-major.
  [[nodiscard]] std::size_t node(ProductId p, RegionId r) const { return p.index() * regions.size() + r.index(); }
  [[nodiscard]] std::size_t nodes() const { return products.size() * regions.size(); }
  [[nodiscard]] RegionId find_region(const std::string& region_id) const;
  [[nodiscard]] ProductId find_product(const std::string& product_id) const;
  /// How long a segment keeps what it buys; null when nobody says. Goods of an access class last as long as open ones.
  [[nodiscard]] const Lifetime* lifetime_of(const Segment& segment) const;
  /// Value of a behavioural parameter; the id must exist (a programming error otherwise).
  [[nodiscard]] double parameter(const std::string& parameter_id) const;
  /// Regions named by an id of a region, of a group as of `date`, or "all"; empty when the name is unknown.
  [[nodiscard]] std::vector<RegionId> expand_regions(const std::string& name, base::Date date) const;
  [[nodiscard]] std::vector<std::string> region_names() const;  // ids of regions and groups, for error messages
  [[nodiscard]] std::vector<std::string> product_names() const;
  [[nodiscard]] std::vector<std::string> growth_names() const;        // of paths of demand, kNoGrowth first
  [[nodiscard]] std::string node_name(std::size_t node_index) const;  // "dysprosium-oxide in DEU"
};

}  // namespace lodestone::world
