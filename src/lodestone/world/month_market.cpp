// The numbers of a month. Every column gets a curvature above 0, so that quantities are unique.
#include "lodestone/world/month_market.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::world {
namespace {

/// Least rise of the marginal cost over a column's full width, relative to its price: a documented floor, too small to
/// move a price that anybody would quote.
constexpr double kLeastRise = 1e-6;
/// A government that sells at a floor price, or buys up to a ceiling, is as good as indifferent between lots.
constexpr double kReleaseRise = 1e-3;
/// Orders at less than this share of the typical price, or of the quantity that is worth the money scale, are none.
constexpr double kLeastOrder = 1e-9;
/// Contracts over less than this share of the base flow have run out.
constexpr double kLeastContract = 1e-6;

}  // namespace

double wedge_now(const Arc& arc, double qualified) {
  return arc.wedge - qualified * arc.entry;
}

double friction_of(const State& state, std::size_t arc) {
  return state.friction.empty() ? 0.0 : state.friction[arc];
}

/// One linear piece of a supply (rising) or demand (falling) curve: from `first` at activity 0 to `last` at `width`.
void MonthMarket::set_piece(market::Index col, double first, double last, double width, double scale) {
  numbers_.cost[col] = first;
  numbers_.upper[col] = width;
  const double least = kLeastRise * scale;
  numbers_.curvature[col] = width > 0 ? std::max(last - first, least) / width : least;
}

void MonthMarket::fill(const State& state, const Rules& rules) {
  fill_licences(state, rules);
  fill_facilities(state, rules);
  fill_arcs(state, rules);
  fill_evasion(state, rules);
  fill_stocks(state);
  fill_demand();
  fill_orders(state);
  fill_rows(state, rules);
}

// The steps of the full plant, each as wide as the share of it that can run; a change of cash cost shifts them all.
void MonthMarket::fill_facilities(const State& state, const Rules& rules) {
  for (std::size_t f = 0; f < world_->facilities.size(); ++f) {
    const Facility& facility = world_->facilities[f];
    if (facility.step_quantity.empty()) continue;
    const double share = std::min(state.capacity[f], rules.activity_limit[f]) / facility.full_capacity();
    const double rules_margin = rules.activity_support[f] + rules.activity_premium[f] - rules.activity_cost[f];
    const double shift = state.cash_cost[f] - facility.cash_cost - facility.support - rules_margin;
    double done = fill_licensed_plant(f, share, shift);  // of what the steps can do, by holders of licences
    const market::Index first = facility_col_[f] + (licensed_col_[f] >= 0 ? 1 : 0);
    for (std::size_t s = 0; s < facility.step_quantity.size(); ++s) {
      const double width = share * facility.step_quantity[s], licensed = std::min(done, width);
      const double from = facility.step_cost[s], to = facility.step_cost[s + 1];
      set_piece(first + static_cast<market::Index>(s),
                (licensed > 0 ? from + (to - from) * licensed / width : from) + shift, to + shift, width - licensed,
                std::abs(to));
      done -= licensed;
    }
  }
}

// An arc's price at the destination is (1+tariff)((1+VAT lost+export tax) price_from + freight) + wedge + switching.
// What contracts ask for comes first: a tonne of it not delivered costs damages, so it is worth as much more.
void MonthMarket::fill_arcs(const State& state, const Rules& rules) {
  for (std::size_t a = 0; a < world_->arcs.size(); ++a) {
    const Arc& arc = world_->arcs[a];
    const market::Index col = arc_col_[a];
    const double landed = 1 + arc.base_tariff + rules.arc_import_tariff[a];
    import_factor_[a] = landed;
    export_factor_[a] = 1 + arc.export_vat + rules.arc_export_tax[a];
    const double first = landed * arc.freight + wedge_now(arc, std::max(state.qualified[a], rules.arc_recognised[a])) +
                         friction_of(state, a) - arc.switching * state.usual_flow[a];
    promised_[a] = 0;
    for (market::Index c = arc_col_[a]; c < arc_col_[a + 1]; ++c) {
      numbers_.wedge[arc_origin_[static_cast<std::size_t>(c - arc_col_.front())]] = landed * export_factor_[a] - 1;
      numbers_.curvature[c] = arc.switching;
    }
    if (arc_col_[a + 1] - col > 1) {
      const double asked = state.contract_volume[a];
      promised_[a] = asked >= kLeastContract * arc.base_flow ? std::min(asked, rules.arc_limit[a]) : 0.0;
      numbers_.cost[col + 1] = first - state.contract_damages[a];
      numbers_.upper[col + 1] = promised_[a];
    }
    numbers_.cost[col] = first + arc.switching * promised_[a];
    numbers_.upper[col] = rules.arc_limit[a] - promised_[a];
  }
}

// What stocks hold back is a falling demand; what they could put on the market is in the node's right-hand side. What
// holders of licences leave in a working stock is not for sale: the stock puts less on the market, or takes it in.
void MonthMarket::fill_stocks(const State& state) {
  for (std::size_t h = 0; h < world_->stocks.size(); ++h) {
    stock_limit_[h] = 0;  // a government's stock moves by levers alone
    if (stock_col_[h] == stock_col_[h + 1]) continue;
    const StockCurve& curve = state.stock_curve[h];
    const Stock& stock = world_->stocks[h];
    const double left =
        stock.holder == Holder::working ? licensed_.places[world_->node(stock.product, stock.region)].left : 0.0;
    stock_limit_[h] = left > 0 ? std::min(curve.release_limit, state.stock[h] - left) : curve.release_limit;
    double kept = curve.release_limit - stock_limit_[h];  // of what the curve holds back, at the highest prices
    for (std::size_t k = StockCurve::kPoints - 1; k > 0; --k) {
      const double width = curve.held_back[k - 1] - curve.held_back[k], here = std::min(kept, width);
      const double from =
          here > 0 ? curve.price[k] + (curve.price[k - 1] - curve.price[k]) * here / width : curve.price[k];
      set_piece(stock_col_[h] + static_cast<market::Index>(StockCurve::kPoints - 1 - k), -from, -curve.price[k - 1],
                width - here, curve.price[k]);
      kept -= here;
    }
  }
}

// Licensed users stand at the top of the curve: they use what they hold, whatever the spot price.
void MonthMarket::fill_demand() {
  for (std::size_t c = 0; c < demand_.size(); ++c) {
    const DemandCurve& curve = demand_[c];
    market::Index col = demand_col_[c];
    for (std::size_t k = curve.pieces(); k-- > 0; ++col) {
      double width = 0;
      for (std::size_t s = 0; s < curve.segments.size(); ++s)
        width += spot_level_[curve.segments[s].index()] * curve.width(s, k);
      if (k + 1 == curve.pieces())
        for (const SegmentId s : curve.segments) width += licensed_width_[s.index()];
      set_piece(col, -curve.price[k + 1], -curve.price[k], width, curve.price[k + 1]);
    }
  }
}

void MonthMarket::fill_orders(const State& state) {
  for (std::size_t n = 0; n < world_->nodes(); ++n) {
    if (forward_row_[n] < 0) continue;
    const OrderCurve& curve = state.order_curve[n];
    // A price that fades month by month never reaches 0; digits end before.
    const bool is_order = curve.price.back() >= kLeastOrder * typical_price_[n] &&
                          curve.quantity.front() >= kLeastOrder * typical_quantity(n);
    double held = is_order ? licensed_orders(n, curve) : 0.0;
    const double spot = held > 0 ? 1 - held / curve.at(licensed_.places[n].price) : 1.0;
    for (std::size_t k = OrderCurve::kPoints - 1; k > 0; --k) {
      const double width = is_order ? spot * (curve.quantity[k - 1] - curve.quantity[k]) + held : 0.0;
      set_piece(order_col_[n] + static_cast<market::Index>(OrderCurve::kPoints - 1 - k), -curve.price[k],
                -curve.price[k - 1], width, curve.price[k]);
      held = 0;
    }
  }
}

void MonthMarket::fill_rows(const State& state, const Rules& rules) {
  std::fill(numbers_.rhs.begin(), numbers_.rhs.end(), 0.0);
  for (std::size_t a = 0; a < world_->arcs.size(); ++a) {
    const Arc& arc = world_->arcs[a];
    if (arc.lag > 0) numbers_.rhs[row_of(arc.product, arc.to)] -= state.at_sea.arriving(a);
  }
  for (std::size_t f = 0; f < world_->facilities.size(); ++f) {
    const Facility& facility = world_->facilities[f];
    const Process& process = world_->processes[facility.process.index()];
    if (process.lag == 0 || facility.step_quantity.empty()) continue;
    for (const RecipeItem& item : process.outputs)
      numbers_.rhs[row_of(item.product, facility.region)] -= item.amount * state.in_process.arriving(f);
  }
  for (std::size_t h = 0; h < world_->stocks.size(); ++h)
    if (stock_limit_[h] != 0)
      numbers_.rhs[row_of(world_->stocks[h].product, world_->stocks[h].region)] -= stock_limit_[h];
  for (std::size_t l = 0; l < limits_.size(); ++l) {
    // A quota that is not in force cannot bind: what a month could at most ship, with room to spare.
    double limit = rules.group_limit[l];
    if (limit == market::kUnlimited) {
      limit = topology_.quantity_scale(static_cast<market::Index>(first_limit_row() + l));
      for (const ArcId arc : limits_[l].arcs)
        limit += 1e3 * (world_->arcs[arc.index()].base_flow + state.usual_flow[arc.index()]);
      for (const LimitedPlant& limited : limits_[l].plants)
        limit += 1e3 * limited.amount * world_->facilities[limited.plant.index()].full_capacity();
    }
    numbers_.rhs[first_limit_row() + l] = -limit;
  }
  for (std::size_t r = 0; r < releases_.size(); ++r) {
    const double price = typical_price_[world_->node(releases_[r].product, releases_[r].region)];
    const double first = releases_[r].buys ? -rules.release_floor[r] : rules.release_floor[r];
    set_piece(release_col_[r], first, first + kReleaseRise * price, rules.release[r], price);
  }
}

}  // namespace lodestone::world
