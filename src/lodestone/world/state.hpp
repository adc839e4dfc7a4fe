// What moves: one slice per mechanism, each owned and advanced by one file of dynamics/. Masses in t, flows in t per
// month, prices in USD/t.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::world {

/// What a stock would buy, as a falling function of this month's price: at price[k] (ascending) the desired
/// net purchase is -release_limit + held_back[k]; held_back falls to 0 at the last price.
struct StockCurve {
  static constexpr std::size_t kPoints = 9;
  std::array<double, kPoints> price{};      // USD/t, strictly ascending
  std::array<double, kPoints> held_back{};  // t per month, strictly falling to 0
  double release_limit = 0;                 // t that can be put on the market this month
};

/// The money of a speculative stock, and what it remembers.
struct Speculation {
  double money = 0;  // USD, never below 0
  double paid = 0;   // USD that was paid for what is in store
  double trend = 0;  // of the price: smoothed monthly change of its logarithm
};

/// What a node orders for arrival, as a falling function of the price on arrival: linear between its points, constant
/// below the first, nothing from the last on.
struct OrderCurve {
  static constexpr std::size_t kPoints = 9;
  std::array<double, kPoints> price{};     // USD/t, strictly ascending where anything is ordered
  std::array<double, kPoints> quantity{};  // t per month, falling to 0
  [[nodiscard]] double at(double at_price) const;
};

/// Goods under way: one ring of `lag` months per carrier (arc or facility); slot 0 arrives this month.
class Pipeline {
 public:
  void resize(const std::vector<int>& lags);
  [[nodiscard]] double arriving(std::size_t carrier) const;  // 0 when the lag is 0
  void fill(std::size_t carrier, double quantity);           // every slot: a steady state
  /// Moves everything one month on and books `entering` (per carrier) at the far end; carriers without lag ignore it.
  void advance(const std::vector<double>& entering);
  /// Adds to what entered last.
  void add_entering(std::size_t carrier, double quantity);
  [[nodiscard]] double under_way(std::size_t carrier) const;  // t in all slots

 private:
  std::vector<std::size_t> start_;  // carriers + 1
  std::vector<double> slots_;
};

/// How far a plant has come, in the order of a project's life.
enum class PlantStage { prospect, permitting, financing, construction, ramp_up, operating, suspended, closed };
std::string to_string(PlantStage stage);

/// What holds a plant or project back.
enum class Stall { none, permit, money, skill, price, sale };
std::string to_string(Stall stall);

struct Plant {
  PlantStage stage = PlantStage::operating;
  Stall stall = Stall::none;
  double installed = 0;  // t of activity per month, built and not scrapped
  double idle = 0;       // t of activity per month of it, mothballed
  double ramp = 1;       // share of the rest that its ramp-up has reached
  double left = 0;       // months left of a permit or of construction
  int warm = 0;          // months in a row in which it would have paid well to run
};

/// What those who would pay for a project remember of its prices.
struct ProjectRisk {
  double revenue = 0;   // USD per t of activity at last month's prices
  double variance = 0;  // of monthly changes of its logarithm
  double flood = 0;     // how far prices were below its cash cost, in logarithms, fading
  double taking = 0;    // expropriation in its region, as remembered
};

/// What a government may do for a plant.
enum class Support { grant, loan, equity, guarantee, promise };

/// What a lever holds out to a plant, for as long as it stands in the rules of the month.
struct Offer {
  static constexpr double kUsualReversal = -1;
  std::size_t facility = 0;
  int lever = 0;  // whose purse pays
  Support kind = Support::grant;
  double share = 0;   // of the cost to build; of a promise: of the output
  double rate = 0;    // of a loan: interest, fraction a year
  double years = 0;   // of a loan: until it is paid back; of a promise: from now until it ends
  bool sale = false;  // of a promise: the output counts as sold
  // of a promise: share x ((price - p)+ - upside (p - price)+) per t of product
  ProductId product;
  double price = 0, upside = 0;      // USD/t; share of what prices are above it that goes to the government
  double paid = 0;                   // this month, at last month's price, USD per t of activity
  double reversal = kUsualReversal;  // chance a year that it is taken back; kUsualReversal: the parameter's
};

/// What a promise pays at this price of its product (USD per t of activity; negative: the plant pays).
double promised(const Process& process, const Offer& offer, double price);

/// What a government has in a plant.
struct Claim {
  std::size_t facility = 0;
  int lever = 0;
  Support kind = Support::loan;
  double amount = 0;  // loan: USD a month; equity: share of the profit; guarantee: USD
  double left = 0;    // months
};

/// What a month's rules do to a plant beside limits and money; as it stands where nobody acts on it.
struct PlantRule {
  double know_how = 1;      // of what it learns by running, the share that it still learns
  double talent = 1;        // of the workers that its stage and region train or poach, the share still to be had
  double capital = 1;       // of private capital, the share that it may still ask
  double risk_premium = 0;  // on its hurdle rate, fraction a year
  double price_cut = 0;  // how far below normal lenders expect its prices, in logarithms, while a flood is threatened
};

/// A way past restrictions on a route, through third countries.
struct EvasionRoute {
  double capacity = 0;  // t per month
  double trade = 0;     // t per month that the route carried before it was restricted
};

/// A government, or a firm on its behalf, takes over part of a plant.
struct Takeover {
  std::size_t facility = 0;
  int lever = 0;        // whose purse pays
  RegionId buyer;       // to whom control passes when it is half of the plant or more
  double share = 0;     // of the plant, 0..1
  double price = 0;     // USD, for that share
  bool forced = false;  // by the host: nobody's consent is asked, and it lasts as long as it stands in the rules
};

/// What came of it.
struct Holding {
  std::size_t facility = 0;
  int lever = 0;
  double share = 0;
  RegionId before;  // who had control
  bool forced = false;
};

/// What governments decide for a month beside the rules of the market: read by the mechanisms that age after it.
struct Measures {
  std::vector<double> spending;       // levers, USD this month, beside what plants are paid
  std::vector<double> taught;         // pools of workers: those who finish a public training this month
  std::vector<double> permit_months;  // per facility: months that its permit takes less
  std::vector<double> permit_slots;   // regions: more applications that are handled at once
  std::vector<double> saving;         // per facility: share of its cash cost that research takes off
  std::vector<double> collected;      // per facility, of places of collection: share of what is discarded
  std::vector<char> screened;         // plants, then regions: no money from there comes in
  std::vector<Takeover> takeovers;    // while they are in force
  /// Nothing is decided yet. Allocates nothing once it was called.
  void reset(const World& world, std::size_t levers);
};

/// Workers of a stage in a region: stage-major, then regions.
std::size_t pool_of_workers(const World& world, Stage stage, RegionId region);

struct State {
  base::Month month;
  // plants, and what the month clears with
  std::vector<Plant> plants;      // per facility
  Pipeline on_order;              // per facility, t of activity per month: capacity that comes on stream after a lag
  std::vector<double> capacity;   // per facility, t of activity per month that can run
  std::vector<double> cash_cost;  // per facility, USD per t of activity
  std::vector<double>
      restraint;  // per facility, 0..1: share of its usual output that it gives up under export controls
  // ore
  std::vector<double> ore_used;  // per facility, t of activity since the start beyond what exploration replaced
  // finance
  std::vector<ProjectRisk> project_risk;  // per facility; moves until it is financed
  double private_capital = 0;             // USD ready to be invested
  std::vector<double> contracted;         // products, t per month sold ahead by projects that were financed
  std::vector<double> private_invested;   // regions, USD committed this month
  std::vector<double> public_invested;    // regions, USD of governments committed with it
  std::vector<Offer> offers;              // of this month
  std::vector<Claim> claims;
  std::vector<double> public_paid;   // stage-major, then regions: USD this month to plants; negative: it comes back
  std::vector<double> purse;         // levers, USD that they may still spend
  std::vector<double> public_cost;   // levers, USD this month; negative: it comes back
  std::vector<double> public_spent;  // levers, USD since the start, of what has a budget
  std::vector<double>
      rules_margin;  // per facility, USD per t of activity: what this month's rules add to what it earns
  std::vector<PlantRule> plant_rules;  // per facility, of this month
  // measures and what they did to owners
  Measures measures;                  // of this month
  std::vector<RegionId> control;      // per facility
  std::vector<Holding> holdings;      // of levers, in plants that they took over
  std::vector<double> expropriation;  // regions: share of its plants taken without pay, as investors remember it
  // hosts
  std::vector<double> royalty;      // per facility, share of its revenue
  std::vector<double> royalty_due;  // per facility, USD per t of activity, this month
  std::vector<double> home_demand;  // regions, 0..1: how hard the host asks for processing at home
  std::vector<double> host_tax;     // per arc, ad valorem on the price at the origin
  // alignment
  std::vector<double> alignment;   // camp-major, then regions: membership, 0..1
  std::vector<double> settlement;  // the same: share of its trade that it settles in the currency of the camp's leader
  std::vector<double> courted;     // the same: what moved it this month
  std::vector<PlantStage> followed;  // per facility: how far it had come last month
  std::vector<double> friction;      // per arc, USD/t, not money: what distance between camps has added since the start
  std::vector<double> camp_premium;  // per facility, fraction a year: what alignment has added to its bloc premium
  // environment
  std::vector<double> backlash;  // regions: protest against mines and separation plants; 0 = none
  // learning
  std::vector<double> experience;  // stage-major, then regions: t of activity, fading
  // recycling
  std::vector<double> purchases;   // segments with a lifetime, years back from the one under way: t bought
  std::vector<double> bought;      // segments with a lifetime: t in the year under way
  int bought_months = 0;           // months of that year that are over
  std::vector<double> discarded;   // per segment, t this month
  std::vector<double> collecting;  // per facility, of places of collection: 0..1, how far they are equipped
  // workforce
  std::vector<double> skill;    // per facility, share of the workers it needs that there are, 0..1
  std::vector<double> skilled;  // stage-major, then regions: workers
  std::vector<double> workers_wanted, workers_trained, workers_poached, workers_retired;  // the same, this month
  // expectations
  std::vector<double> last_price;      // nodes
  std::vector<double> normal_price;    // nodes
  std::vector<double> expected_price;  // nodes: what goods ordered now are expected to be worth on arrival
  // transit
  Pipeline at_sea;      // per arc, t of product
  Pipeline in_process;  // per facility, t of activity
  // licences bound to end users
  Pipeline licensed_at_sea;            // per arc, t of product of what is at sea
  std::vector<double> licensed_store;  // nodes, t of working stocks that holders may not sell on
  std::vector<double> usual_activity;  // per facility, t of activity per month
  std::vector<double> licence_saving;  // per facility, USD per t of usual activity: what licences saved it last month
  // evasion
  std::vector<EvasionRoute> evasion;  // per arc
  double evasion_margin = 0;          // what middlemen take over the price at the origin, a share of it
  double evasion_full_cost = 0;       // USD/t: cost of passing when the whole capacity is in use, on top of that
  // perceived supply risk
  std::vector<double> news;            // nodes: share of the supply that this month's announcements say is cut
  std::vector<double> price_rise;      // nodes: relative change of price that buyers expect of measures to come
  std::vector<double> refused;         // per arc, t: of the usual trade, what governments do not let pass this month
  std::vector<double> withheld;        // per arc, t: of it, what the exporter's own government does not let pass
  std::vector<double> risk;            // nodes: perceived supply risk, before this month's news; 0 = none
  std::vector<double> cover_multiple;  // nodes: cover that holders want this month over their normal cover, >= 1
  // stocks
  std::vector<double> stock;            // per World::stocks, t
  std::vector<StockCurve> stock_curve;  // per World::stocks; governments' move by levers alone
  // speculation
  std::vector<Speculation> speculation;  // per World::stocks; of speculative stocks
  // plans
  std::vector<double> planned_use;    // nodes, t per month: processing and shipments that buyers plan for
  std::vector<double> prompt_supply;  // nodes, t per month: what usually comes without a lag
  std::vector<double> usual_use;      // nodes, t per month: planned use, and final use at base-year prices
  std::vector<double> final_use;      // nodes, t per month: forecast of final use, at the expected price
  std::vector<double> forecast_use;   // nodes, t per month: planned and forecast final use; what covers refer to
  // orders
  std::vector<double> worth;            // nodes, USD/t: what products made of the good would pay for it
  std::vector<double> expected_stock;   // nodes, t in store when goods ordered now arrive
  std::vector<OrderCurve> order_curve;  // nodes; empty where nothing arrives after a lag
  // demand
  std::vector<double> demand_level;  // per segment: trend times slow response, 1 in the base year
  std::vector<double> demand_trend;  // per segment: growth since the run began, 1 in its first month
  std::vector<double> demand_share;  // per segment: of its level, what this month's events leave; empty = all
  // contracts
  std::vector<double> contract_volume;  // per arc, t per month that its contracts ask for
  std::vector<double> contract_price;   // per arc, USD/t on leaving the origin (FOB): what they pay
  std::vector<double>
      contract_damages;  // per arc, USD/t: what a tonne not delivered, or not taken, costs who breaks it
  // switching
  std::vector<double> usual_flow;  // per arc, t per month
  std::vector<double> qualified;   // per arc, 0..1: how far its importer has tried it out

  /// Level of a segment's demand this month, 1 in the base year.
  [[nodiscard]] double wanted(std::size_t segment) const {
    return demand_share.empty() ? demand_level[segment] : demand_level[segment] * demand_share[segment];
  }
};

/// What governments decided for this month: made by policy/, read by the translation into a market.
struct Rules {
  std::vector<double> arc_limit;          // per arc, t per month; kUnlimited = free, 0 = banned
  std::vector<int> arc_limit_lever;       // per arc: index of the lever that sets the limit, -1 = none
  std::vector<double> arc_export_tax;     // per arc, ad valorem on the price at the origin (FOB)
  std::vector<double> arc_recognised;     // per arc, 0..1: how far its goods count as tried out, whatever was bought
  std::vector<double> arc_import_tariff;  // per arc, ad valorem on the landed price (CIF), above the standing duty
  std::vector<double> activity_limit;     // per facility, t of activity per month
  std::vector<double> activity_support;   // per facility, USD per t of activity: paid by governments
  std::vector<double> activity_premium;   // per facility, USD per t of activity: paid by users
  std::vector<double> activity_cost;      // per facility, USD per t of activity: what rules make it cost more
  std::vector<PlantRule> plant_rules;     // per facility
  std::vector<double> demand_share;       // per segment, 0..1 of what it would want
  std::vector<Offer> offers;              // what governments hold out to plants
  std::vector<double> purse;              // per lever, USD that it may still spend
  std::vector<char> arc_bound;            // per arc: its licence is bound to the end user, whose its rent is
  std::vector<double> arc_refused;        // per arc, t: of the usual trade, what may not pass this month
  std::vector<double> arc_withheld;       // per arc, t: of it, what the exporter's own government does not let pass
  std::vector<double> group_limit;        // per group limit of the market, t per month
  std::vector<double> release;            // per government release of the market, t offered or wanted this month
  std::vector<double> release_floor;      // per government release: lowest price accepted, of purchases highest, USD/t
  Measures measures;                      // what is no rule of the market

  /// A month in which nobody acts, for a market with so many limits over groups of routes and releases, and so many
  /// levers. Allocates nothing once it was called.
  void reset(const World& world, std::size_t limits, std::size_t releases, std::size_t levers);
};

}  // namespace lodestone::world
