// The translation of a month into a clearing problem, and back. The topology is built once with every column that
// could ever open; a month only fills in numbers. Source: docs/model.md section 2.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lodestone/market/problem.hpp"
#include "lodestone/world/demand_curve.hpp"
#include "lodestone/world/equilibrium.hpp"
#include "lodestone/world/licensed_use.hpp"
#include "lodestone/world/state.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::world {

/// A plant under a limit, with the t that a t of its activity counts for.
struct LimitedPlant {
  FacilityId plant;
  double amount = 1;
};

/// A limit over several arcs together (an export quota), or over several plants (a production quota).
struct GroupLimit {
  std::string name;
  std::vector<ArcId> arcs;
  double typical_price = 1;  // USD/t, scale of its rent
  std::vector<LimitedPlant> plants = {};
};

/// A place where a government may put goods on the market, or take them from it.
struct ReleasePoint {
  std::string name;
  ProductId product;
  RegionId region;
  bool buys = false;
};

/// What an arc costs beyond its price, freight and taxes (USD/t), `qualified` (0..1) being how far it has been tried
/// out.
double wedge_now(const Arc& arc, double qualified);
/// What distance between camps adds to it (USD/t); 0 where alignment is not modelled.
double friction_of(const State& state, std::size_t arc);

/// Rows: nodes (spot prices), goods for arrival at nodes that supply reaches after a lag (forward prices), group
/// limits. A node where nothing could ever be made, shipped, used or released has no row: reading says "no trade". What
/// is shipped or begun now and arrives later is sold forward: it meets what the node orders, so that traders and
/// processors know of each other's orders.
class MonthMarket {
 public:
  /// `evadable`: routes that levers may restrict, ascending; each gets a column past the restriction. `bound`: those
  /// whose licences may be bound to end users, ascending; plants at their ends get a column for licensed inputs.
  MonthMarket(const World& world, std::vector<GroupLimit> limits, std::vector<ReleasePoint> releases,
              std::vector<ArcId> evadable = {}, std::vector<ArcId> bound = {});

  [[nodiscard]] const market::Topology& topology() const { return topology_; }
  [[nodiscard]] const market::Numbers& numbers() const { return numbers_; }
  [[nodiscard]] const std::vector<GroupLimit>& limits() const { return limits_; }
  [[nodiscard]] const std::vector<ReleasePoint>& releases() const { return releases_; }
  [[nodiscard]] const std::vector<ArcId>& evadable() const { return evadable_; }
  [[nodiscard]] const std::vector<ArcId>& bound() const { return bound_; }
  /// What holders of bound licences use in the month last filled.
  [[nodiscard]] const LicensedUse& licensed() const { return licensed_; }
  /// t of activity of a plant on licensed inputs: it uses what is licensed first.
  [[nodiscard]] double licensed_activity(std::size_t facility, const Equilibrium& equilibrium) const {
    return std::min(licensed_.plants[facility].activity, equilibrium.activity[facility]);
  }
  [[nodiscard]] const std::vector<std::string>& row_names() const { return row_names_; }
  [[nodiscard]] const std::vector<std::string>& column_names() const { return column_names_; }

  /// Row of a node; -1 where nothing could ever be traded.
  [[nodiscard]] market::Index node_row(std::size_t node) const { return node_row_[node]; }
  /// Typical price of a node (USD/t), with or without a row, and the quantity that is worth the money scale (t/month).
  [[nodiscard]] double typical_price(std::size_t node) const { return typical_price_[node]; }
  [[nodiscard]] double typical_quantity(std::size_t node) const { return topology_.money_scale / typical_price_[node]; }
  /// Row of a node's goods for arrival; -1 where nothing arrives after a lag.
  [[nodiscard]] market::Index forward_row(std::size_t node) const { return forward_row_[node]; }
  /// What contracts on a route ask for in the month last filled, as far as governments let it pass (t per month).
  [[nodiscard]] double promised(ArcId arc) const { return promised_[arc.index()]; }
  /// First row of the group limits.
  [[nodiscard]] std::size_t first_limit_row() const { return static_cast<std::size_t>(topology_.nodes); }

  /// Fills the numbers of this month. Allocates nothing.
  void fill(const State& state, const Rules& rules);
  /// Reads a solution of the month last filled back into the domain's words. Allocates nothing after the first call.
  void read(const market::Solution& solution, Equilibrium& out) const;
  /// Marginal cost of a unit landed on an arc as in the month last filled, split into its parts (USD/t).
  struct LandedCost {
    double origin_price, export_vat, export_tax, freight, import_tariff, wedge, switching, limit_rent, group_rent;
    double claim;              // borne by who has promised, to avoid damages; the others less it are the value
    double destination_value;  // the price on arrival: forward (lag > 0) or the price there now
  };
  [[nodiscard]] LandedCost landed_cost(ArcId arc, const Equilibrium& equilibrium, const State& state,
                                       const Rules& rules) const;
  /// What a tonne costs that goes past a restriction, in parts (USD/t): `margin` and `passage` (at this month's flow)
  /// and `rent` (all of the capacity is in use) go to middlemen.
  struct EvasionCost {
    double origin_price, margin, freight, import_tariff, wedge, passage, rent, destination_value;
    [[nodiscard]] double middlemen() const { return margin + passage + rent; }
  };
  /// Whether a route could be evaded in the month last filled.
  [[nodiscard]] bool evasion_open(ArcId arc) const;
  [[nodiscard]] EvasionCost evasion_cost(ArcId arc, const Equilibrium& equilibrium, const State& state) const;

 private:
  [[nodiscard]] double reduced_cost(market::Index col, const market::Solution& solution) const;

  const World* world_;
  std::vector<GroupLimit> limits_;
  std::vector<ReleasePoint> releases_;
  market::Topology topology_;
  market::Numbers numbers_;
  std::vector<std::string> row_names_, column_names_;
  // First column of each entity, and one behind the last; columns of one entity are contiguous.
  std::vector<market::Index> facility_col_, arc_col_, stock_col_, demand_col_, release_col_, order_col_;
  std::vector<ArcId> evadable_, bound_;
  std::vector<market::Index> licensed_col_;  // per facility: its column of licensed inputs; -1 = none
  LicensedUse licensed_;                     // of the month last filled
  std::vector<char> bound_now_;              // per arc: its licence is bound this month
  std::vector<double> licensed_width_;       // per segment: t that its licensed users use
  std::vector<double> spot_level_;           // per segment: level of the rest of its demand
  std::vector<market::Index> evasion_col_,
      evasion_origin_;                                 // per evadable route: column, nonzero of the origin's price
  std::vector<std::vector<std::size_t>> arc_limits_;   // per arc: group limits it counts towards
  std::vector<DemandCurve> demand_;                    // one or more per node with final demand
  std::vector<market::Index> arc_origin_;              // per arc column: nonzero of the price paid at the origin
  std::vector<double> promised_;                       // per arc: t under contracts, of the month last filled
  std::vector<double> export_factor_, import_factor_;  // per arc: 1 + taxes, of the month last filled
  std::vector<double> stock_limit_;                    // per stock: release limit of the month last filled
  std::vector<double> typical_price_;                  // per node
  std::vector<market::Index> node_row_, forward_row_;  // per node, -1 where there is none

  void find_rows();
  void set_scales();
  void name_rows();
  [[nodiscard]] std::size_t row_of(std::size_t node) const { return static_cast<std::size_t>(node_row_[node]); }
  [[nodiscard]] std::size_t row_of(ProductId product, RegionId region) const {
    return row_of(world_->node(product, region));
  }
  void add_facilities();
  void add_arcs();
  void add_evasion();
  void find_licensed_plants();
  [[nodiscard]] bool takes_licensed(const Facility& facility, const std::vector<bool>& reached) const;
  [[nodiscard]] std::vector<std::pair<std::size_t, double>> ends_of(const Arc& arc) const;
  [[nodiscard]] market::Index origin_entry(const Arc& arc) const;
  void add_stocks();
  void add_demand();
  void add_releases();
  void add_orders();
  void set_piece(market::Index col, double first, double last, double width, double scale);
  void add_column(std::string name, std::vector<std::pair<std::size_t, double>> entries);

  void fill_facilities(const State& state, const Rules& rules);
  void fill_arcs(const State& state, const Rules& rules);
  void fill_evasion(const State& state, const Rules& rules);
  void fill_licences(const State& state, const Rules& rules);
  [[nodiscard]] double fill_licensed_plant(std::size_t facility, double share, double shift);
  [[nodiscard]] double licensed_orders(std::size_t node, const OrderCurve& curve) const;
  [[nodiscard]] bool restricted(std::size_t arc, const Rules& rules) const;
  void fill_stocks(const State& state);
  void fill_demand();
  void fill_orders(const State& state);
  void fill_rows(const State& state, const Rules& rules);
  void read_quotes(const market::Solution& solution, std::vector<market::Quote>& out) const;
  void read_arcs(const market::Solution& solution, Equilibrium& out) const;
  void read_evasion(const market::Solution& solution, Equilibrium& out) const;
  void count_licensed_use(Equilibrium& out) const;
  void read_licences(Equilibrium& out) const;
  void weigh_prices(Equilibrium& out) const;
  void read_demand(const market::Solution& solution, Equilibrium& out) const;
};

}  // namespace lodestone::world
